"""The short form of a pack, for a board: what has no figure is named once, and what was published is one table."""

from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.measure import Shape
from scorecard.packs.content import Entry, Pack, Section
from scorecard.packs.kinds import KINDS
from scorecard.packs.said import figure_words


@dataclass(frozen=True, slots=True)
class Beside:
    """Shares and averages beside the department's: what its columns are called, and a row for each measure."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def is_short(pack: Pack) -> bool:
    """Whether it is one row for each measure, and more only of a few."""
    return not KINDS[pack.kind].at_length


def is_told(entry: Entry) -> bool:
    """Whether a measure has a figure for the days of the pack."""
    return entry.figure is not None


def sections_told(pack: Pack) -> list[Section]:
    """The sections with the measures that have a figure."""
    found = [Section(each.heading, [entry for entry in each.entries if is_told(entry)]) for each in pack.sections]
    return [each for each in found if each.entries]


def untold(pack: Pack) -> list[str]:
    """The names of the measures without one."""
    return [each.measure.name for each in pack.entries if not is_told(each)]


def is_more_than_chance(entry: Entry) -> bool:
    """Whether the pack's own last month is a signal in the trend."""
    last = entry.trend.months[-1] if entry.trend and entry.trend.months else None
    return last is not None and last.last == entry.days.last and last.point.signal is not None


def beside_published(pack: Pack) -> list[Beside]:
    """The tables: one for all measures that were published of the same areas and year. Of counts none: a month's
    count is not to be held beside a year's."""
    found: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for entry in pack.entries:
        if entry.compared and is_told(entry) and entry.measure.shape is not Shape.COUNT:
            row = [entry.measure.name, figure_words(entry.measure, entry.figure), *(x.figure for x in entry.compared)]
            found.setdefault(tuple(each.who for each in entry.compared), []).append(row)
    return [Beside(heads, rows) for heads, rows in found.items()]
