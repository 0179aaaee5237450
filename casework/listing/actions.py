"""What to do now about a limit, in one plain sentence: derived from the limit and how far the case has come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from casework.listing.stages import ADVICE, Stage
from casework.listing.words import short
from statute.words import count, listed

ABOVE: Mapping[str, str] = MappingProxyType(
    {
        "service_manager": "the service's manager",
        "service_lead": "the service's lead",
        "head_of_service": "the head of service",
        "manager": "the team's manager",
    }
)
"""Who is written to above whoever owes an advice, from the nearest on."""
_ORDER = tuple(ABOVE)


@dataclass(frozen=True, slots=True)
class Owed:
    """One advice that is out: who owes it, since when, how often it was chased, and by which day it is promised.

    `subject` is that of its limit; `roles` are those that have been written to about it being late.
    """

    subject: str
    who: str
    asked: date | None = None
    chased: int = 0
    roles: frozenset[str] = frozenset()
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """Where one case stands on a day, as far as the next thing to do depends on it.

    `window` is the last day of the family's time to answer a draft or a notice; `decided` the kind of the last
    decision of a review; `planned` the day planned for its meeting; `school` the name of the setting.
    """

    day: date
    stage: Stage
    owed: Sequence[Owed] = ()
    window: date | None = None
    decided: str = ""
    planned: date | None = None
    school: str = ""
    by_authority: bool = False


_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "reg5_decide": "Decide whether to assess and tell the family.",
        "reg15_inform": "Write to the family about the plan that came to us.",
        "reg20_notice": "See that everyone invited gets notice of the meeting.",
        "reg20_papers": "See that everyone invited gets the papers.",
    }
)


def next_action(limit: str, subject: str, here: Here) -> str:
    """What to do now about one limit of a case."""
    if limit in ADVICE:
        return chase(next((each for each in here.owed if each.subject == subject), Owed(subject, subject)), here.day)
    if limit == "code_consultation":
        return f"Chase {subject} for its answer to the consultation."
    if limit in _ALWAYS:
        return _ALWAYS[limit]
    if limit == "reg20_report":
        return _report(here)
    if limit == "reg18_phase_transfer":
        return _transfer(here)
    return next_of_stage(here)


def next_of_stage(here: Here) -> str:
    """What moves the case itself on."""
    return _OF_STAGE[here.stage](here)


def chase(owed: Owed, day: date) -> str:
    """Whom to chase for one advice, and what was done about it so far."""
    if owed.promised is not None and owed.promised >= day:
        return f"Wait for {owed.who}: promised for {short(owed.promised)}."
    done = [f"asked {short(owed.asked)}"] if owed.asked else []
    if owed.chased:
        done.append("chased once" if owed.chased == 1 else f"chased {count(owed.chased, 'time')}")
    if owed.promised is not None:
        done.append(f"promised for {short(owed.promised)}")
    if reached := [role for role in _ORDER if role in owed.roles]:
        done.append(f"now with {ABOVE[reached[-1]]}")
    return f"Chase {owed.who}: {', '.join(done)}." if done else f"Chase {owed.who}."


def _after_the_window(here: Here, plan: str, after: str) -> str:
    if here.window is not None and here.window >= here.day:
        return f"The family can answer until {short(here.window)}. Send the {plan} after that."
    return after


def _report(here: Here) -> str:
    if here.by_authority:
        return "Write the report of the review meeting and send it."
    return f"Chase {here.school or 'the setting'} for the report of the review meeting."


def _meeting(here: Here) -> str:
    if here.planned is None:
        whose = "Arrange" if here.by_authority else f"Ask {here.school or 'the setting'} to hold"
        return f"{whose} the review meeting: no day is known for it."
    if here.planned >= here.day:
        return f"The review meeting is planned for {short(here.planned)}. Decide within four weeks of it."
    return f"The review meeting was planned for {short(here.planned)}: find out whether it was held."


def _decision(here: Here) -> str:
    if here.decided == "decision_amend":
        return "Send the amendment notice with the proposed amendments."
    return "Decide to keep, amend or cease the plan and tell the family."


def _transfer(here: Here) -> str:
    if here.stage is Stage.AMENDING:
        return "Send the final amended plan that names the place for the move."
    return f"{next_of_stage(here).removesuffix('.')}. The plan must name the place for the move."


def _advice(here: Here) -> str:
    out = listed(sorted({each.who for each in here.owed}))
    return f"Get the advice that is out from {out}, then send the draft plan."


def _final(here: Here) -> str:
    return _after_the_window(here, "final plan", "Finish the plan and send it to the family.")


def _amended(here: Here) -> str:
    return _after_the_window(here, "amended plan", "Send the final amended plan, or the decision not to amend.")


_OF_STAGE: Mapping[Stage, Callable[[Here], str]] = MappingProxyType(
    {
        Stage.DECIDING: lambda here: _ALWAYS["reg5_decide"],
        Stage.AWAITING_ADVICE: _advice,
        Stage.DRAFTING: lambda here: "Write the draft plan and send it to the family.",
        Stage.AFTER_DRAFT: _final,
        Stage.ARRANGING: _meeting,
        Stage.AWAITING_REPORT: lambda here: f"{_report(here).removesuffix('.')}, then decide and tell the family.",
        Stage.REVIEW_DECISION: _decision,
        Stage.AMENDING: _amended,
        Stage.REVIEWED: lambda here: "Finish what follows from the decision.",
    }
)
