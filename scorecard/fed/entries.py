"""One figure from outside, and what must be right about it before it is taken."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches

from casework.errors import Refused
from scorecard.measure import Measure, Shape
from scorecard.measures import MEASURES
from scorecard.measures.fed import PER_CENT, WEEKS
from statute.words import day_words

_YEAR = timedelta(days=366)
_FIRST = date(2014, 9, 1)
_LARGEST = Decimal(10) ** 9
_SHORT, _LONG = 80, 200
_MARGIN = Decimal("0.1")
_HUNDRED = Decimal(100)
_DECIMALS = 6

Fault = tuple[str, str]
"""The name of a field (or a column of a file), and a sentence that says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class FedEntry:
    """A figure of a fed measure, for all together or one `part`, from `first_day` to `last_day`, both counted.

    Either `numerator` and `denominator` (of how many how many), or the `value` in the unit of the measure, or all
    three. `owner` answers for it, `source` says where it came from.
    """

    measure_id: str
    first_day: date
    last_day: date
    owner: str
    source: str
    part: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None


class NotTaken(Refused):
    """A figure that cannot be taken: `faults` say of each field what is wrong. Nothing was kept."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([f"{field}: {said}" for field, said in faults])
        self.faults = faults


def fed_measures() -> tuple[Measure, ...]:
    """The measures that are fed from outside, in their order."""
    return tuple(each for each in MEASURES if each.shape is Shape.FED)


def faults_of(entry: FedEntry, today: date) -> list[Fault]:
    """What is wrong with an entry; nothing when it can be taken."""
    known = {each.id: each for each in fed_measures()}
    measure = known.get(entry.measure_id)
    found = [*_of_period(entry, today), *_of_words(entry), *_of_numbers(entry)]
    if measure is None:
        return [("measure", no_such(entry.measure_id)), *found]
    return found or list(_of_measure(entry, measure))


def no_such(name: str) -> str:
    """That there is no fed measure of that name, and which is meant perhaps."""
    if any(each.id == name for each in MEASURES):
        return f"{name} is counted from the cases: it cannot be fed"
    ids = [each.id for each in fed_measures()]
    near = get_close_matches(name.strip().lower().replace(" ", "_"), ids, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"the measures that are fed are {', '.join(ids)}"
    return f"there is no measure {name!r}; {hint}" if name else f"which measure it is must be said; {hint}"


def whole(entry: FedEntry) -> FedEntry:
    """The entry as it is kept: the value of a count is its number."""
    if entry.value is not None or entry.numerator is None or entry.denominator is not None:
        return entry
    return replace(entry, value=entry.numerator)


def _of_period(entry: FedEntry, today: date) -> Iterator[Fault]:
    if entry.first_day > entry.last_day:
        begins, ends = day_words(entry.first_day), day_words(entry.last_day)
        yield "first_day", f"the period begins on {begins}, after its last day, {ends}"
    elif entry.last_day - entry.first_day >= _YEAR:
        yield "first_day", "the period is longer than a year: give the figure of each year, term or month"
    if entry.last_day > today:
        yield (
            "last_day",
            f"the period ends on {day_words(entry.last_day)}, which is still to come: wait until it is over",
        )
    if entry.first_day < _FIRST:
        yield "first_day", f"the period begins before {day_words(_FIRST)}, when EHC plans began"


def _of_words(entry: FedEntry) -> Iterator[Fault]:
    if not entry.owner.strip():
        yield "owner", "who answers for the figure must be said"
    if not entry.source.strip():
        yield "source", "where the figure comes from must be said"
    for name, said, most in (
        ("part", entry.part, _SHORT),
        ("owner", entry.owner, _SHORT),
        ("source", entry.source, _LONG),
    ):
        if len(said) > most:
            yield name, f"the {name} is longer than {most} letters: it has {len(said):,}"
        if any(not each.isprintable() for each in said):
            yield name, f"the {name} holds a character that cannot be shown: type it anew"


def _of_numbers(entry: FedEntry) -> Iterator[Fault]:
    for name, number in (("numerator", entry.numerator), ("denominator", entry.denominator), ("value", entry.value)):
        if number is None:
            continue
        if not number.is_finite() or abs(number) >= _LARGEST:
            yield name, f"{number} is too large to be meant"
        elif number < 0:
            yield name, f"{number} is below nothing"
        elif name != "value" and number != number.to_integral_value():
            yield name, f"{number} is not a whole number"
        elif number != round(number, _DECIMALS):
            yield name, f"the {name} has more than {_DECIMALS} decimals: round it"


def _of_measure(entry: FedEntry, measure: Measure) -> Iterator[Fault]:
    numerator, denominator, value = entry.numerator, entry.denominator, entry.value
    if denominator is not None and numerator is None:
        yield "numerator", "there is a denominator and no numerator"
    elif numerator is None and value is None:
        yield "value", "the figure is missing: give the value, or the numerator and the denominator"
    elif measure.unit == PER_CENT:
        yield from _of_share(numerator, denominator, value)
    elif value is None and (measure.unit or denominator is not None):
        yield "value", f"the value in {measure.unit} is missing" if measure.unit else "a count has no denominator"
    elif not measure.unit:
        yield from _of_count(numerator, value)
    elif measure.unit == WEEKS and value is not None and value > 52 * 20:
        yield "value", f"{value} weeks are more than twenty years"


def _of_share(numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None) -> Iterator[Fault]:
    if value is not None and value > _HUNDRED:
        yield "value", f"{value} per cent is more than all"
    if numerator is None:
        return
    if denominator is None:
        yield "denominator", "there is a numerator and no denominator"
    elif numerator > denominator:
        yield "numerator", f"{numerator} are more than the {denominator} that they are of"
    elif not denominator:
        yield "denominator", "of nothing there is no share: leave the figure out"
    elif value is not None and abs(numerator * _HUNDRED / denominator - value) > _MARGIN:
        share = (numerator * _HUNDRED / denominator).quantize(_MARGIN, ROUND_HALF_UP)
        yield "value", f"{value} is not {numerator} of {denominator}, which is {share} per cent: give one of them"


def _of_count(numerator: Decimal | None, value: Decimal | None) -> Iterator[Fault]:
    if value is not None and value != value.to_integral_value():
        yield "value", f"{value} is not a whole number, and this is a count"
    if value is not None and numerator is not None and value != numerator:
        yield "value", f"{value} is not {numerator}: a count is given once"
