"""Phase transfers that are coming (reg 18): they stay on 1 September, whenever the council is dated."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

from scorecard.synthetic.rows import PlanRow

_STARTS = {4: "school", 11: "school", 16: "post16"}
"""The age, on the day before 1 September, at which a child starts school, secondary school, or what comes after 16."""

_KNOWN, _NAMED = 0.9, 0.5
"""How many transfers somebody has said are coming, and of how many the receiving school is known."""


def with_transfers(plans: Iterable[PlanRow], day: date, rng: Random) -> list[PlanRow]:
    """The plans with the transfers of the next 1 September after a day, by the children's ages."""
    coming = date(day.year if day < date(day.year, 9, 1) else day.year + 1, 9, 1)
    held = list(plans)
    settings = sorted({plan.place.setting_urn for plan in held})
    return [_with(plan, coming, settings, rng) for plan in held]


def _with(plan: PlanRow, coming: date, settings: list[str], rng: Random) -> PlanRow:
    born = plan.child.date_of_birth
    age = coming.year - born.year - ((born.month, born.day) >= (9, 1))
    kind = _STARTS.get(age)
    if kind is None or plan.ended or rng.random() > _KNOWN:
        return plan
    receiving = rng.choice(settings) if rng.random() < _NAMED else ""
    return replace(plan, phase_transfer=kind, transfer_date=coming, receiving=receiving)
