"""Before a council has data there is nothing to count; from its first case on, nobody is a true nought."""

from datetime import date
from decimal import Decimal

import pytest

from casework.actor import Actor
from scorecard.card import NO_DATA, card
from scorecard.figures import figures
from scorecard.kept import kept_trend
from scorecard.measures import in_force, measure
from scorecard.packs.kinds import Kind
from scorecard.packs.making import Asked, make
from scorecard.period import month_of
from scorecard.plain import plain_card
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import frozen
from scorecard.snapshots.restating import restated
from tests.casework.support import NOW, Council
from tests.scorecard.conftest import write

TODAY = NOW.date()
BEFORE, FIRST, AFTER = date(2025, 12, 31), date(2026, 1, 31), date(2026, 3, 31)
WHO = Actor("m.east", "web")
COUNTED = ("requests_received", "open_assessments", "plans_twenty_weeks")


@pytest.fixture
def begun(council: Council) -> Council:
    """A council whose only case came in January 2026 and was withdrawn in February."""
    write(council, council.opens("2026-01-12"), "withdrawn=2026-02-02")
    return council


def test_months_before_the_first_case_have_no_figure_and_those_after_it_a_true_nought(begun: Council) -> None:
    requests, still_open, in_time = (kept_trend(begun.db, measure(name), AFTER, NOW) for name in COUNTED)
    assert requests
    assert still_open
    assert in_time
    assert [each and each.value for each in requests.figures[-5:]] == [None, None, 1, 0, 0]
    assert [each and each.value for each in still_open.figures[-5:]] == [None, None, 1, 0, 0]
    assert set(requests.figures[:-3]) == set(still_open.figures[:-3]) == set(in_time.figures[:-3]) == {None}
    assert in_time.figures[-1]
    assert in_time.figures[-1].denominator == 0


def test_each_kind_of_case_has_a_beginning_of_its_own(begun: Council) -> None:
    (found,) = figures(begun.db, [measure(name) for name in ("plans_held", "appeals", *COUNTED)], [month_of(AFTER)])
    assert {each.measure.id for each in found if not each.part} == set(COUNTED)


def test_a_card_before_the_data_says_so_in_words_and_by_null(begun: Council) -> None:
    found = card(begun.db, BEFORE, TODAY, Decimal(10), measures=[measure(name) for name in COUNTED])
    assert {line.none_words for line in found.lines} == {NO_DATA}
    told = plain_card(found, NOW)["measures"]
    assert {(each["numerator"], each["value"], each["no_figure"]) for each in told} == {(None, None, NO_DATA)}
    after = card(begun.db, AFTER, TODAY, Decimal(10), measures=[measure(name) for name in COUNTED])
    assert {each["no_figure"] for each in plain_card(after, NOW)["measures"]} == {None}


def test_a_pack_before_the_data_has_no_averages_and_says_why(begun: Council) -> None:
    pack = make(begun.db, Asked(Kind.BOARD, BEFORE, "Testshire", Decimal(10)), NOW)
    assert {entry.figure for entry in pack.entries} == {None}
    assert {entry.trend for entry in pack.entries} == {None}
    counted = [entry for entry in pack.entries if entry.measure.population]
    assert f"{NO_DATA}: {len(counted)} measures." in pack.notes
    after = make(begun.db, Asked(Kind.BOARD, AFTER, "Testshire", Decimal(10)), NOW)
    (requests,) = [entry for entry in after.entries if entry.measure.id == "requests_received"]
    assert requests.trend
    assert [month.point.value for month in requests.trend.months[-4:]] == [None, 1, 0, 0]


def test_a_month_without_data_is_frozen_and_a_nought_of_before_is_not_restated(
    begun: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("scorecard.figures.has_data", _always)  # as months were frozen before
        assert freeze(begun.db, BEFORE, WHO, NOW)
    noughts = frozen(begun.db, BEFORE)
    assert noughts
    assert noughts.figures
    assert restated(begun.db, noughts) == []
    lines = card(begun.db, BEFORE, TODAY, Decimal(10), measures=in_force(2025)).lines
    assert not [line for line in lines if line.restated]
    assert freeze(begun.db, date(2025, 11, 30), WHO, NOW)
    nothing = frozen(begun.db, date(2025, 11, 30))
    assert nothing
    assert not nothing.figures


def _always(*_: object) -> bool:
    return True
