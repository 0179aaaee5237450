"""Questions about one review that the rest of the house asks of its facts."""

from collections.abc import Sequence
from datetime import date

from statute.attributes import day_of
from statute.calendar import ENGLAND
from statute.endings import END_AN_AMENDMENT
from statute.facts import Fact
from statute.norms import NO_NORMS
from statute.phase_transfer import unmet
from statute.review_case import ReviewCase, goes_on_after_appeal, planned, present, read_review
from statute.timeline import State, Timeline

# The limits that can say when the review is due; one of them governs.
GOVERNING = ("reg15_review", "reg27_review", "s44_review")


def completed_by(facts: Sequence[Fact], today: date) -> Fact | None:
    """The decision that completes the review, as at `today`, or None. None when the case was opened in error."""
    case = _read(facts, today)
    return None if case.void else completing(case)


def completing(case: ReviewCase) -> Fact | None:
    """The decision that completes a review that was not opened in error, or None.

    That to keep or amend the plan; that to cease it only where an appeal kept it, or an amended plan was sent after
    all. Where an amended plan ended the review and no decision was recorded, that plan.
    """
    kept = case.first("decision_maintain", "decision_amend")
    if kept is not None:
        return kept
    if goes_on_after_appeal(case) is not None:
        return case.first("decision_cease")
    done, ended = case.completed, case.ended
    if done is None or done.kind != "decision_cease":
        return done
    return done if ended is not None and ended.kind in END_AN_AMENDMENT else None


def unmet_transfers(facts: Sequence[Fact], today: date) -> tuple[Fact, ...]:
    """The phase transfers that no amended plan sent up to `today` has met: the next review takes them over."""
    return unmet(_read(facts, today))


def planned_meeting(facts: Sequence[Fact]) -> date | None:
    """The day for which the review meeting is planned, by the latest invitation or papers that name one."""
    said = planned(present(facts))
    return None if said is None else day_of(said, "meeting")


def held_meeting(facts: Sequence[Fact]) -> date | None:
    """The day on which the review meeting was held: the first, if there were several."""
    return min((fact.day for fact in present(facts) if fact.kind == "review_meeting"), default=None)


def review_due(timeline: Timeline) -> date | None:
    """The last lawful day of the review, by whichever of the three limits governs; None while none has started."""
    for limit in GOVERNING:
        deadline = timeline.get(limit)
        if deadline is not None and deadline.legal_due is not None and deadline.state is not State.REPLACED:
            return deadline.legal_due
    return None


def _read(facts: Sequence[Fact], today: date) -> ReviewCase:
    return read_review(facts, today, ENGLAND, NO_NORMS, 0)
