"""A scorecard is counted by the worker, and taken by whoever looks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from config.clock import london_day
from scorecard.card import Card, card
from scorecard.kept import AGAIN, LASTING, Wanted, keep_ready, kept, kept_trend
from scorecard.measures import in_force, measure
from scorecard.period import month_of
from scorecard.trend import trends
from tests.casework.support import NOW, Council
from tests.scorecard.conftest import write
from tests.web.pages import questions

TODAY = london_day(NOW)
AMBER = Decimal(10)


@pytest.fixture
def here(council: Council) -> Council:
    """A council with one case that was decided, one that waits, and a scorecard that is ready."""
    write(council, council.opens("2026-01-05"), "decision_to_assess=2026-02-02")
    council.opens("2026-01-12")
    keep_ready(council.db, NOW)
    return council


def wanted(*, for_managers: bool = True) -> Wanted:
    return Wanted(TODAY, TODAY, AMBER, in_force(TODAY.year), for_managers=for_managers)


def counting(asked: Sequence[str]) -> Sequence[str]:
    """The questions that count."""
    return [each for each in asked if "counted_assessment" in each]


def test_what_was_counted_beforehand_is_what_counting_now_gives(here: Council) -> None:
    with questions(here.db) as asked:
        found = kept(here.db, wanted(), NOW + timedelta(minutes=4))
    assert not counting(asked)
    assert found.counted_at == NOW
    assert found.card == card(here.db, TODAY, TODAY, AMBER, measures=in_force(TODAY.year), for_managers=True)
    live = trends(here.db, wanted().shown, wanted().last_whole_month)
    assert found.trends == {each.measure.id: each for each in live}


def test_it_is_counted_by_whoever_looks_where_the_worker_is_away(here: Council) -> None:
    council, late = here, NOW + LASTING
    council.opens("2026-01-19")
    assert kept(council.db, wanted(), late - timedelta(seconds=1)).counted_at == NOW
    before, after = kept(council.db, wanted(), NOW), kept(council.db, wanted(), late)
    assert after.counted_at == late
    assert _open(after.card) == _open(before.card) + 1
    with questions(council.db) as asked:
        assert kept(council.db, wanted(), late).card == after.card
    assert not counting(asked)


def test_the_worker_counts_again_when_figures_are_no_longer_young(here: Council) -> None:
    with questions(here.db) as asked:
        keep_ready(here.db, NOW + AGAIN - timedelta(seconds=1))
    assert not counting(asked)
    keep_ready(here.db, NOW + AGAIN)
    assert kept(here.db, wanted(), NOW + AGAIN).counted_at == NOW + AGAIN


def test_figures_by_officer_are_kept_and_shown_to_managers_alone(here: Council) -> None:
    assert kept(here.db, wanted(), NOW).card.line("caseload")
    found = kept(here.db, wanted(for_managers=False), NOW)
    assert found.card.line("caseload") is None
    assert "caseload" not in found.trends


def test_what_was_counted_by_other_definitions_is_counted_again(here: Council) -> None:
    with here.db.begin() as connection:
        connection.execute(text("UPDATE kept_figures SET definitions = 'others'"))
    assert kept(here.db, wanted(), NOW + timedelta(minutes=1)).counted_at == NOW + timedelta(minutes=1)


def test_a_month_that_is_over_is_another_than_on_its_last_day(here: Council) -> None:
    last = month_of(TODAY).last
    at = datetime.combine(last, time(23, 55), UTC)
    running = replace(wanted(), day=last, today=last)
    assert kept(here.db, running, at).counted_at == at
    after = at + timedelta(minutes=10)
    over = kept(here.db, replace(running, today=last + timedelta(days=1)), after)
    assert over.counted_at == after
    assert over.card.over


def test_the_trend_of_one_measure_is_put_by_as_well(here: Council) -> None:
    of, last = measure("requests_received"), TODAY.replace(year=2025)
    first = kept_trend(here.db, of, last, NOW)
    with questions(here.db) as asked:
        assert kept_trend(here.db, of, last, NOW) == first
    assert not counting(asked)


def test_what_is_days_old_is_thrown_away(here: Council) -> None:
    keep_ready(here.db, NOW + timedelta(days=3))
    with here.db.connect() as connection:
        (oldest,) = connection.execute(text("SELECT min(counted_at) FROM kept_figures")).one()
    assert oldest == NOW + timedelta(days=3)


def _open(found: Card) -> int:
    line = found.line("open_assessments")
    assert line and line.figure and line.figure.value is not None
    return int(line.figure.value)
