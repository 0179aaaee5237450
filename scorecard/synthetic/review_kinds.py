"""How many plans there are of each kind of review history, so that the counts of all of them are met together."""

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from scorecard.synthetic.review_kind import ReviewKind, When
from scorecard.synthetic.review_outcomes import with_outcomes
from scorecard.synthetic.sharing import between, shared
from scorecard.synthetic.wanted import Reviews


@dataclass(frozen=True, slots=True)
class _Split:
    """Plans by last meeting (after, in the year, before): owed not due, outstanding, and decided."""

    not_due: tuple[int, int]
    outstanding: tuple[int, int]
    decided: tuple[int, int, int]


EARLIER = "earlier"
"""Owed, of a decision for which the plan's later meeting is still to be found."""


def review_kinds(wanted: Reviews, rng: Random) -> list[ReviewKind]:
    """One kind for each plan of which a review was expected, in a shuffled order.

    Raises ValueError when no plans can have these counts.
    """
    split = _split(wanted)
    decided = _decisions(wanted, split)
    plans = _with_speed(decided, wanted.in_four_weeks)
    kinds = _with_later_meetings(plans, _owed(split)) + Counter({ReviewKind(None): wanted.not_met})
    return with_outcomes(wanted, kinds, rng)


def _split(wanted: Reviews) -> _Split:
    """Whose decision is owed. A meeting of January is at most four weeks back: without a decision it is not due."""
    after = between(
        max(
            0,
            wanted.met_this_year - min(wanted.decided_this_year, wanted.in_four_weeks),
            wanted.not_due - wanted.met_in_year,
        ),
        wanted.not_due,
        min(wanted.not_due, wanted.met_this_year),
    )
    in_december = wanted.not_due - after
    doubly = _doubly(wanted)
    met = wanted.met_before + wanted.met_in_year
    before = between(
        max(0, wanted.outstanding - (wanted.met_in_year - in_december)),
        wanted.outstanding * wanted.met_before / max(met, 1),
        min(wanted.outstanding, wanted.met_before, wanted.met_before + doubly - wanted.decided_before),
    )
    in_year = wanted.outstanding - before
    decided = (wanted.met_this_year - after, wanted.met_in_year - in_december - in_year, wanted.met_before - before)
    return _Split((after, in_december), (in_year, before), decided)


def _doubly(wanted: Reviews) -> int:
    """Plans that count twice: the meeting under way is undecided, and the review before was decided."""
    return wanted.decided + wanted.not_due + wanted.outstanding - wanted.met


def _decisions(wanted: Reviews, split: _Split) -> dict[ReviewKind, int]:
    """Decided plans by the years of meeting and decision; those with `owed` EARLIER have a later meeting besides."""
    doubly = _doubly(wanted)
    now, then, before = split.decided
    left = wanted.decided_this_year - now
    in_january = min(then, left)
    late = min(before, left - in_january)
    again = left - in_january - late
    both_before = between(wanted.decided_before - (before - late), 0, doubly - again)
    room = split.not_due[0] + split.not_due[1] + split.outstanding[0] - again
    both_before = max(both_before, doubly - again - room)
    prior = wanted.decided_before - both_before
    found = {
        ReviewKind(When.AFTER, "", When.AFTER): now,
        ReviewKind(When.IN_YEAR, "", When.AFTER): in_january,
        ReviewKind(When.IN_YEAR, "", When.IN_YEAR): then - in_january,
        ReviewKind(When.BEFORE, "", When.AFTER): late,
        ReviewKind(When.BEFORE, "", When.IN_YEAR): before - late - prior,
        ReviewKind(When.BEFORE, "", When.BEFORE): prior,
        ReviewKind(None, EARLIER, When.AFTER): again,
        ReviewKind(None, EARLIER, When.IN_YEAR): doubly - again - both_before,
        ReviewKind(None, EARLIER, When.BEFORE): both_before,
    }
    if min(found.values()) < 0:
        raise ValueError("no plans can have these meetings and decisions")
    return found


def _with_speed(decided: dict[ReviewKind, int], quick: int) -> Counter[ReviewKind]:
    """Which decisions came within four weeks: all of a meeting in January, none over a whole year later."""
    kinds = list(decided)
    always = decided[kinds[0]]
    most = [0 if _never_quick(kind) else number for kind, number in decided.items()]
    most[0] = 0
    rare = [number * (0.05 if _rarely_quick(kind) else 1) for kind, number in zip(kinds, most, strict=True)]
    fast = shared(quick - always, rare, most)
    fast[0] = always
    found: Counter[ReviewKind] = Counter()
    for kind, number in zip(kinds, fast, strict=True):
        found[replace(kind, quick=True)] += number
        found[kind] += decided[kind] - number
    return +found


def _never_quick(kind: ReviewKind) -> bool:
    return kind.met is When.BEFORE and kind.decided is When.AFTER


def _rarely_quick(kind: ReviewKind) -> bool:
    return kind.met is When.BEFORE and kind.decided is When.IN_YEAR


def _owed(split: _Split) -> Counter[ReviewKind]:
    return +Counter(
        {
            ReviewKind(When.AFTER, "not_due"): split.not_due[0],
            ReviewKind(When.IN_YEAR, "not_due"): split.not_due[1],
            ReviewKind(When.IN_YEAR, "outstanding"): split.outstanding[0],
            ReviewKind(When.BEFORE, "outstanding"): split.outstanding[1],
        }
    )


def _with_later_meetings(plans: Counter[ReviewKind], owed: Counter[ReviewKind]) -> Counter[ReviewKind]:
    """Each decision of an earlier review found a plan whose later meeting came after it."""
    found = Counter({kind: number for kind, number in plans.items() if kind.owed != EARLIER})
    left = Counter(owed)
    for when in (When.AFTER, When.IN_YEAR, When.BEFORE):
        for earlier in [kind for kind in plans if kind.owed == EARLIER and kind.decided is when]:
            for kind, number in _attached(plans[earlier], when, left):
                left[kind] -= number
                found[replace(kind, decided=when, quick=earlier.quick)] += number
    return found + left


def _attached(number: int, when: When, left: Counter[ReviewKind]) -> list[tuple[ReviewKind, int]]:
    fits = [kind for kind in left if when is When.BEFORE or kind.met is When.AFTER]
    if when is When.IN_YEAR:
        fits += [kind for kind in left if kind.met is When.IN_YEAR]
    return list(zip(fits, shared(number, [left[kind] for kind in fits], [left[kind] for kind in fits]), strict=True))
