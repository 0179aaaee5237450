"""Making a pack: the figures of its months, what was said of them, how they move, and what they stand beside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from config.clock import london_day
from scorecard.counted.keeping import bring_up_to_date
from scorecard.measure import Group, Measure, Shape
from scorecard.measures import in_force
from scorecard.notes import Notes, notes
from scorecard.packs.amounts import Amounts, Key, MonthTold, days_of, is_added_up, months_told, together
from scorecard.packs.content import Compared, Entry, Pack, Part, Section, Trend
from scorecard.packs.hiding import Shown, everything, hidden_of, in_public
from scorecard.packs.kinds import HEADLINES, KINDS, Kind, Made
from scorecard.packs.linked import Whom
from scorecard.packs.restating import restatements
from scorecard.packs.said import (
    OFFICERS,
    basis_words,
    beside_words,
    draft_words,
    months_words,
    no_data_words,
    part_words,
    public_words,
)
from scorecard.packs.trends import trend_of
from scorecard.status import rag_of
from scorecard.suppression import SMALL
from scorecard.trend import MONTHS
from scorecard.words import ACTIONS

Compare = Callable[[Sequence[Measure]], Mapping[str, Sequence[Compared]]]
"""What the department published for some measures, by their ids."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pack: of the month of `day`, for the public or not (then counts `below` are hidden)."""

    kind: Kind
    day: date
    council: str
    amber: Decimal
    public: bool = False
    below: int = SMALL


@dataclass(frozen=True, slots=True)
class _Material:
    """What entries are made of: the months of the trend, the last of them those of the pack, and what to hide."""

    asked: Asked
    today: date
    months: Sequence[MonthTold]
    own: Sequence[MonthTold]
    figures: Mapping[Key, Amounts]
    hide: Mapping[date, frozenset[Whom]]
    notes: Notes
    compared: Mapping[str, Sequence[Compared]]

    def shown(self, measure: Measure, part: str, amounts: Amounts | None, of: Sequence[MonthTold]) -> Shown | None:
        """A figure of some months, without what is to be hidden."""
        if amounts is None:
            return None
        if not self.asked.public:
            return everything(amounts)
        return in_public(measure, part, amounts, [self.hide[each.last] for each in of])


def make(
    db: Engine,
    asked: Asked,
    now: datetime,
    *,
    measures: Sequence[Measure] = (),
    compare: Compare = lambda _: {},
) -> Pack:
    """The pack as it is on `now`: frozen months as they were told, and a draft where one was not frozen."""
    today, made = london_day(now), KINDS[asked.kind]
    wanted = [each for each in measures or in_force(asked.day.year) if not each.for_managers]
    bring_up_to_date(db)
    with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        months = months_told(connection, wanted, asked.day, today, MONTHS)
        said = notes(connection, asked.day)
    own = months[-made.months :]
    hide = {each.last: hidden_of(wanted, each.figures, asked.below) for each in months} if asked.public else {}
    compared = compare(wanted)
    material = _Material(asked, today, months, own, together(wanted, own), hide, said, compared)
    restated = () if asked.public else restatements(db, own, wanted)
    entries = _entries(material, wanted, made)
    return Pack(
        asked.kind,
        asked.council,
        made.title,
        months_words(own),
        now,
        asked.public,
        draft_words(own, today),
        basis_words(own, public=asked.public),
        _sections(entries),
        restated,
        (*(public_words(asked.below) if asked.public else ()), *no_data_words(entries), OFFICERS),
    )


def _entries(material: _Material, measures: Sequence[Measure], made: Made) -> list[Entry]:
    entries = [_entry(material, each, made) for each in measures]
    by_id = {each.measure.id: each for each in entries}
    return [replace(each, beside=beside_words(by_id, each.measure.id)) for each in entries]


def _sections(entries: Sequence[Entry]) -> list[Section]:
    found = [Section(group.value, [each for each in entries if each.measure.group is group]) for group in Group]
    return [section for section in found if section.entries]


def _entry(material: _Material, measure: Measure, made: Made) -> Entry:
    told = material.own[-1].taken
    frozen = told.of(measure.id) if told else None
    note, target = material.notes.of(measure), frozen.target if frozen else material.notes.target_of(measure)
    figure = _figure(material, measure, "")
    rag = rag_of(figure and figure.value, target, measure.better, material.asked.amber)
    narrative = "" if material.asked.public else note.narrative
    entry = Entry(
        measure,
        frozen.definition if frozen else measure.definition,
        days_of(measure, material.own, material.today),
        figure,
        _parts(material, measure),
        target,
        rag,
        material.notes.owner_of(measure),
        ACTIONS[note.action] if note.action else "",
        narrative,
        _trend(material, measure),
        material.compared.get(measure.id, ()),
        (),
        at_length=False,
    )
    return replace(entry, at_length=made.at_length or _is_worth_a_word(entry))


def _is_worth_a_word(entry: Entry) -> bool:
    """Whether a board reads more of it than its row: a headline, or something was said or is done."""
    return entry.measure.id in HEADLINES or bool(entry.narrative or entry.action)


def _figure(material: _Material, measure: Measure, part: str) -> Shown | None:
    of = material.own if is_added_up(measure) else material.own[-1:]
    return material.shown(measure, part, material.figures.get((measure.id, part)), of)


def _trend(material: _Material, measure: Measure) -> Trend | None:
    """In public none of a year so far: from month to month it grows by what one month added, however few."""
    if material.asked.public and measure.overlaps:
        return None
    over = [each for each in material.months if each.last < material.today]
    return trend_of(measure, [(each, _of_month(material, measure, each)) for each in over])


def _of_month(material: _Material, measure: Measure, month: MonthTold) -> Shown | None:
    return material.shown(measure, "", month.figures.get((measure.id, "")), [month])


def _parts(material: _Material, measure: Measure) -> list[Part]:
    if not (measure.parts or measure.shape is Shape.FED):
        return []
    names = [part for of, part in material.figures if of == measure.id and part]
    return [Part(part_words(name), _figure(material, measure, name)) for name in names]
