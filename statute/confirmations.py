"""What is recorded only once a person has confirmed it: unlawful but real, or undoing what is final."""

from collections.abc import Iterable, Iterator

from statute.docket import Docket
from statute.endings import went_to_family
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import STARTS_OF, VOIDS
from statute.limits_of_assessments import LIMITS
from statute.review_confirmations import review_confirmations, too_short_a_notice
from statute.warnings import triggers_apart
from statute.window import Window, latest_window
from statute.words import day_words, plain

_FINAL_THINGS = VOIDS | {
    "died",
    "attained_26",
    "final_plan_sent",
    "amended_plan_sent",
    "plan_ceased",
    "transferred_out",
}


def confirmations(docket: Docket) -> Iterator[str]:
    """What a person must confirm before the fact is recorded."""
    fact = docket.fact
    if fact is None:
        return
    if docket.process == ANNUAL_REVIEW:
        yield from review_confirmations(docket, fact)
    if fact.kind == "final_plan_sent" and went_to_family(fact):
        yield from _inside_the_window(docket, fact)
    elif fact.kind == "draft_plan_sent":
        yield from too_short_a_notice(docket, fact, LIMITS["reg13_representations"], "regulation 13(1)(a)")
        yield from _round_a_final_plan(docket, fact)
    elif fact.kind in STARTS_OF[ASSESSMENT]:
        yield from triggers_apart([*docket.others, fact])
    elif fact.kind == "reopened":
        yield from _undoing(docket)


def _inside_the_window(docket: Docket, final: Fact) -> Iterator[str]:
    window = _window_round(docket, final, docket.case.all("draft_plan_sent"))
    if window is not None:
        yield (
            f"The family may answer the draft plan up to and including {day_words(window.closes)} (regulation "
            f"13(1)(a)). A final plan sent on {day_words(final.day)} breaks that, and will be shown as a breach."
        )


def _round_a_final_plan(docket: Docket, draft: Fact) -> Iterator[str]:
    """A draft recorded or corrected afterwards can put a final plan that was sent into the family's time."""
    drafts = docket.case.all("draft_plan_sent")
    for final in filter(went_to_family, docket.case.finals):
        window = _window_round(docket, final, [*drafts, draft])
        if window is not None and _window_round(docket, final, drafts) is None:
            yield (
                f"With this draft the family could answer up to and including {day_words(window.closes)} (regulation "
                f"13(1)(a)). The final plan of {day_words(final.day)} will be shown as a breach of that."
            )


def _window_round(docket: Docket, final: Fact, drafts: Iterable[Fact]) -> Window | None:
    sent = [draft for draft in drafts if draft.day <= final.day]
    window = latest_window(LIMITS["reg13_representations"], sent, docket.case.calendar)
    return window if window is not None and final.day <= window.closes else None


def _undoing(docket: Docket) -> Iterator[str]:
    ended = docket.case.ended
    if ended is not None and ended.kind in _FINAL_THINGS:
        yield (
            f"This undoes {plain(ended.kind)} of {day_words(ended.day)}: the clocks run on from their first day. "
            "If that entry was a mistake, retract it instead."
        )
