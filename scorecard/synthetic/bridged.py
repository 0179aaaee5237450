"""The differences between the published tables of one authority, and how they are bridged."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scorecard.synthetic.assessment_kind import AssessmentKind, Came, Decided, Fate
from scorecard.synthetic.assessment_kinds import first_decisions
from scorecard.synthetic.bridges import Bridge
from scorecard.synthetic.plans import OfYear
from scorecard.synthetic.review_kind import ReviewKind
from scorecard.synthetic.wanted import Wanted

Kinds = Counter[AssessmentKind]


def bridged(wanted: Wanted, kinds: Kinds, reviews: Sequence[ReviewKind], new: OfYear, year: int) -> tuple[Bridge, ...]:
    """Every bridge of a council that has cases on it."""
    found = [*_decisions(wanted, year), *_outcomes(wanted, kinds, year), *_made(new, year), *_reviews(reviews)]
    return tuple(bridge for bridge in found if bridge.cases)


def _decisions(wanted: Wanted, year: int) -> Iterator[Bridge]:
    first = first_decisions(wanted)
    between = f"decisions on the requests of {year}, and decisions within and after six weeks"
    yield Bridge(
        between,
        first.january,
        f"were requested in {year} and first decided on in January {year + 1}: they are among the decisions of their "
        "requests, and in no six-week column",
    )
    yield Bridge(
        between,
        sum(first.older),
        f"were requested before {year} and first decided on in it: they are in the six-week columns, and not among "
        "the requests",
    )


def _outcomes(wanted: Wanted, kinds: Kinds, year: int) -> Iterator[Bridge]:
    yield Bridge(
        "plans issued in `assessments`, and the denominator of `timeliness_20_week`",
        wanted.outcomes.issued - wanted.plans.sent,
        f"were decided in {year} to be issued, and the plan was sent after it, or had not been sent by the census: "
        "they are issued, and not among the plans sent in the year",
    )
    between = f"requests of {year} that are assessed, and assessments that came to an outcome in {year}"
    yield Bridge(
        between,
        _sum(kinds, Came.BEFORE, open_ones=False),
        f"were requested before {year} and came to their outcome in it",
    )
    yield Bridge(
        between,
        _sum(kinds, Came.IN_YEAR, open_ones=True),
        f"were requested in {year} and were still being assessed when it ended",
    )


def _sum(kinds: Kinds, came: Came, *, open_ones: bool) -> int:
    def fits(kind: AssessmentKind) -> bool:
        assessed = kind.decided is not Decided.NOT_YET and kind.fate is not Fate.REFUSED
        return kind.came is came and assessed and (kind.fate is Fate.OPEN) == open_ones

    return sum(number for kind, number in kinds.items() if fits(kind))


def _made(new: OfYear, year: int) -> Iterator[Bridge]:
    between = f"plans made since New Year {year}, and plans of which no review was expected"
    yield Bridge(
        between, new.moved_in, "were made elsewhere and came with a child who moved in: no assessment made them"
    )
    yield Bridge(between, new.ended, "were made and ended again before the census")


def _reviews(reviews: Sequence[ReviewKind]) -> Iterator[Bridge]:
    yield Bridge(
        "review meetings, and review decisions made, not due or outstanding",
        sum(bool(kind.owed and kind.decided and kind.with_meeting) for kind in reviews),
        "have an earlier review that was decided and a later meeting that is not: they are counted in both",
    )
    between = "review decisions, and outcomes"
    yield Bridge(
        between,
        sum(bool(kind.decided and not kind.with_meeting) for kind in reviews),
        "have a decision with an outcome, of which no meeting is on record: they are among the outcomes, and in no "
        "decision column; no_outcome, published as meetings less outcomes, is a difference and can be below nought",
    )
    yield Bridge(
        between,
        sum(bool(kind.decided and not kind.outcome) for kind in reviews),
        "have a decision on record without its outcome",
    )
