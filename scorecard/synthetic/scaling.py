"""A table's figures made larger or smaller, so that they still fit one another."""

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

from scorecard.published.rows import REVIEWS, TIMELINESS
from scorecard.synthetic.review_kind import ReviewKind, When
from scorecard.synthetic.review_kinds import review_kinds
from scorecard.synthetic.sharing import shared
from scorecard.synthetic.wanted import reviews

BANDS = (
    ("plans_issued_within_20_weeks", "plans_issued_20_weeks_ex"),
    ("plans_issued_gt20weeks_ltYear", "plans_issued_gt20weeks_ltYear_ex"),
    ("plans_issued_gt_1_year", "plans_issued_gt_1_year_ex"),
)
"""Columns of the bands of weeks, with and without exceptions."""


def scaled(table: str, figures: Mapping[str, int], factor: float, total: int | None, year: int) -> dict[str, int]:
    """The figures of a model times `factor`. For reviews `total` is the number of plans, if known, and `year` the
    model's."""
    if table == REVIEWS:
        return _reviews(figures, factor, total, year)
    if factor == 1.0:
        return dict(figures)
    if table == TIMELINESS:
        return _timeliness(figures, factor)
    raise ValueError(f"{table} is only ever taken as it is")


def _timeliness(figures: Mapping[str, int], factor: float) -> dict[str, int]:
    found = {"plans_issued_den": 0, "plans_issued_den_ex": 0}
    for all_of, without in BANDS:
        found[without] = int(figures[without] * factor)
        found[all_of] = found[without] + int((figures[all_of] - figures[without]) * factor)
        found["plans_issued_den"] += found[all_of]
        found["plans_issued_den_ex"] += found[without]
    return found


def _reviews(figures: Mapping[str, int], factor: float, total: int | None, year: int) -> dict[str, int]:
    """The kinds of plans behind the model's figures, so many of each, counted again."""
    if factor == 1.0 and total is None:
        return dict(figures)
    wanted = reviews(figures, year)
    kinds = Counter(review_kinds(wanted, Random(0)))  # noqa: S311
    order = sorted(kinds, key=repr)
    number = round(figures["total_ehc_plans"] * factor) if total is None else total
    *parts, new = shared(number, [*(kinds[kind] for kind in order), wanted.not_expected])
    return _counted(Counter(dict(zip(order, parts, strict=True))), new, year)


def _counted(kinds: Counter[ReviewKind], new: int, year: int) -> dict[str, int]:
    met = {when: _sum(kinds, lambda kind, when=when: kind.met is when) for when in (*When, None)}
    made = {when: _sum(kinds, lambda kind, when=when: kind.with_meeting and kind.decided is when) for when in When}
    outcomes = {
        word: _sum(kinds, lambda kind, word=word: kind.outcome == word) for word in ("amend", "cease", "maintain")
    }
    quick = _sum(kinds, lambda kind: kind.decided is not None and kind.with_meeting and kind.quick)
    this, last = (year + 1) % 100, year % 100
    all_met = sum(met[when] for when in When)
    return {
        "total_ehc_plans": kinds.total() + new,
        "review_expected": kinds.total(),
        "review_not_expected": new,
        f"review_meeting_{this}": met[When.AFTER],
        f"review_meeting_{last}": met[When.IN_YEAR],
        f"review_meeting_prior_{last}": met[When.BEFORE],
        "total_review_meeting": all_met,
        "no_review_meeting": met[None],
        f"review_decision{this}": made[When.AFTER],
        f"review_decision{last}": made[When.IN_YEAR],
        f"review_decision_prior{last}": made[When.BEFORE],
        "review_decision_not_due": _sum(kinds, lambda kind: kind.owed == "not_due"),
        "review_decision_outstanding": _sum(kinds, lambda kind: kind.owed == "outstanding"),
        "outcome_amend": outcomes["amend"],
        "outcome_cease": outcomes["cease"],
        "outcome_maintan": outcomes["maintain"],
        "no_outcome": all_met - sum(outcomes.values()),
        "number_decsion_4weeks": quick,
        "number_decision_gt_4weeks": sum(made.values()) - quick,
    }


def _sum(kinds: Counter[ReviewKind], fits: Callable[[ReviewKind], bool]) -> int:
    return sum(number for kind, number in kinds.items() if fits(kind))
