"""A forecast is worked out by the worker, and taken by whoever looks."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from config.clock import london_day
from scorecard.forecast import kept as keeping
from scorecard.forecast.kept import AGAIN, LASTING, keep_forecast_ready, kept_forecast
from scorecard.forecast.looking_ahead import forecast
from scorecard.forecast.looking_back import look_back
from tests.casework.support import NOW, Council
from tests.scorecard.conftest import write
from tests.web.pages import questions

TODAY = london_day(NOW)


@pytest.fixture
def here(council: Council) -> Council:
    """A council with one case that waits and one that was decided, and its forecast put by."""
    council.opens(f"{TODAY - timedelta(20)}")
    write(council, council.opens(f"{TODAY - timedelta(60)}"), f"decision_to_assess={TODAY - timedelta(30)}")
    keep_forecast_ready(council.db, NOW)
    return council


def forget(council: Council) -> None:
    """As in a process that has not looked yet."""
    keeping._SHELVES.pop(council.db, None)  # pyright: ignore[reportPrivateUsage]


def counting(asked: Sequence[str]) -> Sequence[str]:
    return [each for each in asked if "counted_assessment" in each]


def test_what_was_put_by_is_what_is_worked_out_now(here: Council) -> None:
    with questions(here.db) as asked:
        found = kept_forecast(here.db, TODAY, NOW + timedelta(minutes=5))
    assert not counting(asked)
    assert found.worked_out_at == NOW
    assert found.forecast == forecast(here.db, TODAY)
    assert found.last_quarter == look_back(here.db, TODAY)
    assert found.forecast.chances


def test_whoever_has_read_it_asks_nobody_until_it_is_old(here: Council) -> None:
    first = kept_forecast(here.db, TODAY, NOW)
    with questions(here.db) as asked:
        assert kept_forecast(here.db, TODAY, NOW + LASTING - timedelta(seconds=1)) is first
    assert not asked
    late = kept_forecast(here.db, TODAY, NOW + LASTING)
    assert late.worked_out_at == NOW + LASTING
    forget(here)
    assert kept_forecast(here.db, TODAY, NOW + LASTING) == late


def test_the_worker_works_it_out_again_when_it_is_no_longer_young(here: Council) -> None:
    with questions(here.db) as asked:
        keep_forecast_ready(here.db, NOW + AGAIN - timedelta(seconds=1))
    assert not counting(asked)
    keep_forecast_ready(here.db, NOW + AGAIN)
    assert kept_forecast(here.db, TODAY, NOW + AGAIN).worked_out_at == NOW + AGAIN


def test_it_is_worked_out_now_for_whoever_says_so_and_after_a_change_of_version(here: Council) -> None:
    later = NOW + timedelta(minutes=1)
    with here.db.begin() as connection:
        connection.execute(text("UPDATE kept_figures SET definitions = 'others'"))
    assert kept_forecast(here.db, TODAY, later).worked_out_at == later
    last = later + timedelta(minutes=1)
    assert kept_forecast(here.db, TODAY, last).worked_out_at == later
    assert kept_forecast(here.db, TODAY, last, anew=True).worked_out_at == last
