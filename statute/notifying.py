"""The notices that health, the social services and the head must have: regulations 4(2), 5(2) and 10(2).

They go to whoever the law names, asked for advice or not, and in the school holidays too: the regulations give them no
day of their own and no exception. Nothing of a case that is quiet, or that came from a file, is told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from statute.facts import Fact
from statute.ladder import Kind, Role, Step
from statute.notices_of_assessments import NOTICES_OF_ASSESSMENTS
from statute.situation import Matter, Situation
from statute.wanted_notice import WantedNotice, Who

CATEGORY_OF: Mapping[Who, str] = MappingProxyType(
    {Who.HEALTH: "health", Who.SOCIAL_CARE: "social_care", Who.SETTING: "education"}
)
"""The category of the directory of services in which each of those whom the regulations name is found."""
WHO_IN: Mapping[str, Who] = MappingProxyType({category: who for who, category in CATEGORY_OF.items()})

_DECISIONS = frozenset({"decision_to_assess", "decision_not_to_assess"})
_PLAN = frozenset({"decision_to_issue", "decision_not_to_issue", "draft_plan_sent", "final_plan_sent"})
# What has happened since, so that the notice would tell them something old.
_OVERTAKEN_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {"considering": _DECISIONS | _PLAN, "copy_of_decision": _PLAN, "copy_of_refusal": frozenset()}
)
# Nobody is written to about a child who has died, or a case that was never one.
_SILENT = frozenset({"died", "withdrawn", "moved_away", "attained_26", "opened_in_error", "merged_into"})


@dataclass(frozen=True, slots=True)
class Tidings:
    """One notice whose time has come, and the fact that it tells of."""

    notice: WantedNotice
    fact: Fact


def tidings(stands: Sequence[Fact]) -> Iterator[Tidings]:
    """The notices to services that are true of the facts that stand, in the order of the law."""
    said = {fact.kind for fact in stands}
    if said & _SILENT:
        return
    for notice in NOTICES_OF_ASSESSMENTS:
        overtaken = _OVERTAKEN_BY.get(notice.name)
        if overtaken is None or said & overtaken or said & set(notice.unless):
            continue
        about = [fact for fact in stands if fact.kind in notice.after]
        if about:
            yield Tidings(notice, about[-1])


def notices_to_services(situation: Situation) -> Iterator[Iterable[Step]]:
    """A step for each of those who must be told, from the moment at which the fact was recorded."""
    if not situation.to_tell:
        return
    for each in tidings(situation.facts):
        if each.fact.sequence in situation.from_file:
            continue
        for category in categories_of(each.notice):
            if category in situation.to_tell:
                matter = Matter(situation.process, each.notice.name, category, each.fact.day)
                at = each.fact.recorded_at or situation.morning(each.fact.day)
                yield [matter.step(Kind.NOTIFY, "now", Role.TOLD, at)]


def categories_of(notice: WantedNotice) -> tuple[str, ...]:
    """Who is told besides the family, as categories of services."""
    return tuple(CATEGORY_OF[who] for who in notice.to if who in CATEGORY_OF)
