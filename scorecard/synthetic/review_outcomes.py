"""Which outcome each decision of a review had, so that the counts of outcomes are met."""

from collections import Counter
from dataclasses import replace
from random import Random

from scorecard.synthetic.review_kind import ReviewKind, When
from scorecard.synthetic.sharing import shared
from scorecard.synthetic.wanted import Reviews


def with_outcomes(wanted: Reviews, kinds: Counter[ReviewKind], rng: Random) -> list[ReviewKind]:
    """One kind for each plan, in a shuffled order, with outcomes.

    Fewer outcomes than decisions: some decisions have none. More: some plans without a decided meeting have a
    decision of which no meeting is on record. Raises ValueError when there are not so many plans.
    """
    decided = [kind for kind in kinds.elements() if kind.decided]
    others = kinds - Counter(decided)
    unmet = _without_meeting(others, wanted.outcomes - len(decided))
    rng.shuffle(decided)
    carriers = decided[: wanted.outcomes] + list(unmet.elements())
    blank = decided[wanted.outcomes :]
    rest = list(
        (others - Counter(replace(kind, decided=None, with_meeting=True) for kind in unmet.elements())).elements()
    )
    found = _told(wanted, carriers, rng) + blank + rest
    rng.shuffle(found)
    return found


def _without_meeting(others: Counter[ReviewKind], number: int) -> Counter[ReviewKind]:
    """Plans with an outcome of a decision without a meeting: the never met first, in the measure of their numbers."""
    if number <= 0:
        return Counter()
    kinds = list(others)
    counts = [others[kind] for kind in kinds]
    never = [count if kind.met is None else 0 for kind, count in zip(kinds, counts, strict=True)]
    first = shared(min(number, sum(never)), never, never)
    left = [count - part for count, part in zip(counts, first, strict=True)]
    more = shared(number - sum(first), left, left)
    found: Counter[ReviewKind] = Counter()
    for kind, one, two in zip(kinds, first, more, strict=True):
        when = When.IN_YEAR if kind.met in (None, When.AFTER) else When.BEFORE
        found[replace(kind, decided=when, with_meeting=False)] += one + two
    return +found


def _told(wanted: Reviews, carriers: list[ReviewKind], rng: Random) -> list[ReviewKind]:
    """Plans that are to cease have no later meeting where that can be, and were decided on last."""
    by_age = {When.AFTER: 0, When.IN_YEAR: 1, When.BEFORE: 2}
    order = sorted(carriers, key=lambda kind: (bool(kind.owed), by_age[kind.decided] if kind.decided else 3))
    ceasing, others = order[: wanted.cease], order[wanted.cease :]
    rng.shuffle(others)
    words = ["cease"] * len(ceasing) + ["amend"] * wanted.amend + ["maintain"] * wanted.maintain
    return [replace(kind, outcome=word) for kind, word in zip(ceasing + others, words, strict=True)]
