"""What a reader of the timeline of a review should know besides its days."""

from collections.abc import Iterator, Sequence

from statute.endings import ANOTHER_REVIEW_FOLLOWS
from statute.facts import Fact
from statute.review_case import ReviewCase
from statute.row import Row
from statute.warnings import lifting_nothing, still_to_be_sent
from statute.words import count, day_words, listed, plain


def review_warnings(case: ReviewCase, rows: Sequence[Row]) -> tuple[str, ...]:
    """The warnings of one timeline, in the order of its rows."""
    found = [note for row in rows for note in row.notes]
    found.extend(row.breach for row in rows if row.breach)
    if case.finals and not case.void:
        found.extend(still_to_be_sent(case.finals, "amended plan"))
    found.extend(_earlier(case))
    found.extend(_later(case))
    if case.reliefs:
        found.extend(lifting_nothing(case, rows))
    return tuple(dict.fromkeys(found))


def _earlier(case: ReviewCase) -> Iterator[str]:
    if case.earlier and case.last is not None:
        yield (
            f"{_named(case.earlier)} {_lie(case.earlier)} on or before the decision of the last review, "
            f"{day_words(case.last.day)}, and so {_belong(case.earlier, 'that')}."
        )


def _later(case: ReviewCase) -> Iterator[str]:
    if case.later and case.ended is not None:
        yield (
            f"This review ended on {day_words(case.ended.day)} ({plain(case.ended.kind)}). {_named(case.later)} "
            f"{_lie(case.later)} after that and {_later_means(case.later, case.ended)}."
        )


def _named(facts: Sequence[Fact]) -> str:
    kinds = list(dict.fromkeys(plain(fact.kind) for fact in facts))
    said = kinds if len(kinds) <= 3 else [*kinds[:3], count(len(kinds) - 3, "other kind")]
    return listed(said).capitalize()


def _belong(facts: Sequence[Fact], review: str) -> str:
    one = len(facts) == 1
    return f"{'belongs' if one else 'belong'} to {review} review: {'it does' if one else 'they do'} not count here"


def _later_means(facts: Sequence[Fact], ended: Fact) -> str:
    if ended.kind in ANOTHER_REVIEW_FOLLOWS:
        return _belong(facts, "the next")
    return "does not count" if len(facts) == 1 else "do not count"


def _lie(facts: Sequence[Fact]) -> str:
    return "lies" if len(facts) == 1 else "lie"
