"""What a board reads: a few pages, every measure in one row, the headlines drawn, the definitions at the end."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from scorecard.comparison import Cell, Comparison, Year
from scorecard.control import Signal
from scorecard.measure import Measure
from scorecard.measures import MEASURES, in_force, measure
from scorecard.notes import Action, Note, write_note
from scorecard.packs.brief import beside_published, is_more_than_chance, untold
from scorecard.packs.compared import latest
from scorecard.packs.content import Compared, Month, Trend
from scorecard.packs.kinds import HEADLINES, Kind
from scorecard.packs.making import make
from scorecard.packs.page import page
from scorecard.packs.paper import paper
from scorecard.packs.view import view
from scorecard.snapshots.freezing import freeze
from tests.casework.support import NOW, OFFICER, Council, at
from tests.scorecard.packs.test_packs import BOARD, MEASURES_OF_TWO, entry, made, words_of
from tests.scorecard.test_snapshots import APRIL, MAY, planned

FEW = 8
PUBLISHED = [Compared("Hartlepool, 2024, as published", "74.6%"), Compared("England, 2024, as published", "45.9%")]


@pytest.fixture
def two_plans(council: Council) -> Council:
    """May 2026 with one plan in time and one late."""
    planned(council, "2026-01-05", "2026-05-25")
    planned(council, "2026-01-04", "2026-05-25")
    return council


def marked(month: Month) -> Month:
    return replace(month, point=replace(month.point, signal=Signal.OUTSIDE))


def trend(months: Sequence[Month]) -> Trend:
    return Trend(months, None, "", "")


def compare(measures: Sequence[Measure]) -> Mapping[str, Sequence[Compared]]:
    return {each.id: PUBLISHED for each in measures if each.columns or each in MEASURES_OF_TWO}


def test_a_board_pack_is_a_few_pages_with_every_measure(two_plans: Council) -> None:
    pack = make(two_plans.db, BOARD, NOW, compare=compare)
    printed = paper(pack)
    assert len(PdfReader(io.BytesIO(printed)).pages) <= FEW
    said = words_of(printed).replace(" *", "")
    assert [each.measure.name for each in pack.entries if each.measure.name not in said] == []
    assert "Appendix: what each figure means" in said


def test_the_headlines_are_drawn_and_no_others(two_plans: Council) -> None:
    pack = made(two_plans, measures=tuple(in_force(2026)))
    assert {each.measure.id for each in pack.entries if each.at_length} == set(HEADLINES)
    assert all(each in {known.id for known in MEASURES if known.until == 9999} for each in HEADLINES)
    said = page(pack).decode()
    assert said.count("<article") == len(HEADLINES)


def test_what_somebody_said_is_read_in_full_and_managers_read_all(two_plans: Council) -> None:
    write_note(two_plans.db, Note("plans_issued", MAY, "Two came late.", action=Action.SOME), OFFICER, NOW)
    measures = tuple(each for each in in_force(2026) if not each.for_managers)
    assert entry(made(two_plans, measures=measures), "plans_issued").at_length
    long = made(two_plans, replace(BOARD, kind=Kind.MANAGERS), measures)
    assert all(each.at_length for each in long.entries)
    assert sum(len(each["entries"]) for each in view(long)["sections"]) == len(measures)


def test_what_has_no_figure_is_named_once(two_plans: Council) -> None:
    pack = made(two_plans, measures=tuple(in_force(2026)))
    assert "Wait for an autism assessment" in untold(pack)
    assert page(pack).decode().count("Wait for an autism assessment") == 1


def test_shares_stand_beside_what_was_published_and_counts_do_not(two_plans: Council) -> None:
    """A month's requests beside a year's would look like a fall to a twelfth."""
    pack = make(two_plans.db, BOARD, NOW, measures=MEASURES_OF_TWO, compare=compare)
    (table,) = beside_published(pack)
    assert [*table.heads] == [each.who for each in PUBLISHED]
    assert [row[0] for row in table.rows] == ["Plans within twenty weeks", "Weeks", "Half of them"]
    assert [*table.rows[0]] == ["Plans within twenty weeks", "50.0%", "74.6%", "45.9%"]
    assert "74.6%" in words_of(paper(pack))


@pytest.mark.parametrize(
    ("name", "who"), [("requests_received", "Hull, whole of 2024"), ("plans_twenty_weeks", "Hull, 2024")]
)
def test_a_count_of_a_whole_year_says_that_it_is_one(name: str, who: str) -> None:
    cell = Cell(value=Decimal(811))
    found = Comparison(measure(name), council="Hull", region="Yorkshire", years=[Year(2024, cell, cell, cell)])
    assert next(latest(found)).who == f"{who}, as published"


def test_only_the_months_own_signal_is_a_change(two_plans: Council) -> None:
    found = entry(made(two_plans, measures=MEASURES_OF_TWO), "in_time")
    assert found.trend is not None
    *before, last = found.trend.months
    assert last.last == found.days.last
    assert not is_more_than_chance(found)
    assert is_more_than_chance(replace(found, trend=trend([*before, marked(last)])))
    assert not is_more_than_chance(replace(found, trend=trend([*before[:-1], marked(before[-1]), last])))
    assert not is_more_than_chance(replace(found, trend=trend([*before[:-1], marked(before[-1])])))


def test_a_month_that_was_frozen_late_says_so_in_its_pack(two_plans: Council) -> None:
    assert freeze(two_plans.db, MAY, OFFICER, at("2026-06-30"), MEASURES_OF_TWO)
    assert "late" not in made(two_plans).basis
    assert freeze(two_plans.db, APRIL, OFFICER, at("2026-06-01"), MEASURES_OF_TWO)
    basis = made(two_plans, replace(BOARD, day=APRIL)).basis
    assert "April 2026 on Monday 1 June 2026, late, by what was known then" in basis
