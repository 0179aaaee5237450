"""Who gets a letter while somebody is away: the stand-in, on the days of the cover, and nobody who may not know."""

from datetime import date

import pytest

from casework.cover import add_cover
from casework.cover_ends import end_cover
from casework.people import restrict
from records.tables import Cover, Officer
from tests.casework.chasing.council import ACTOR, OFFICER, REFUSED, Council, at
from tests.casework.chasing.test_who_gets_it import reference

WARNED = at("2026-10-14")
ROUND = at("2026-10-14", "08:30")
MANAGER, STAND_IN, HEAD = "m.east@council.example", "j.okafor@council.example", "h.service@council.example"


def covered(council: Council, who: str, stand_in: str, first: str = "2026-10-12", last: str = "2026-10-16") -> Cover:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return add_cover(council.db, who, stand_in, *days, ACTOR, at("2026-10-01"))


def told(council: Council) -> set[str]:
    """Who is written to about a decision that is due today: the officer and, of the same step, the manager."""
    council.wake(council.open(), WARNED)
    council.round(ROUND)
    return set(council.box.to)


def test_the_stand_in_is_written_to_instead(council: Council):
    covered(council, "a.marsh", "j.okafor")
    assert told(council) == {STAND_IN, MANAGER}


@pytest.mark.parametrize(
    ("first", "last", "officer"),
    [
        ("2026-10-14", "2026-10-14", STAND_IN),
        ("2026-10-15", "2026-10-16", OFFICER),
        ("2026-10-12", "2026-10-13", OFFICER),
    ],
)
def test_first_and_last_day_are_both_covered_and_no_other(council: Council, first: str, last: str, officer: str):
    covered(council, "a.marsh", "j.okafor", first, last)
    assert told(council) == {officer, MANAGER}


def test_cover_that_was_taken_back_holds_no_more_on_that_day(council: Council):
    cover = covered(council, "a.marsh", "j.okafor")
    end_cover(council.db, cover.id, ACTOR, WARNED)
    assert told(council) == {OFFICER, MANAGER}


def test_what_waits_when_somebody_goes_away_is_sent_to_the_stand_in(council: Council):
    case = council.open()
    council.wake(case, WARNED)
    covered(council, "a.marsh", "j.okafor")
    council.round(ROUND)
    assert set(council.box.to) == {STAND_IN, MANAGER}


def test_when_the_stand_in_is_refused_the_officer_is_written_to_after_all(council: Council):
    covered(council, "a.marsh", "j.okafor")
    council.box.answers[STAND_IN] = REFUSED
    assert told(council) == {STAND_IN, OFFICER, MANAGER}


def test_a_managers_stand_in_hears_what_the_manager_would(council: Council):
    covered(council, "m.east", "h.service")
    assert told(council) == {OFFICER, HEAD}


def test_who_stands_in_and_goes_away_too_is_stood_in_for(council: Council):
    covered(council, "a.marsh", "j.okafor")
    covered(council, "j.okafor", "h.service")
    assert told(council) == {HEAD, MANAGER}


def test_two_away_who_stand_in_for_each_other_are_still_written_to(council: Council):
    covered(council, "a.marsh", "j.okafor")
    covered(council, "j.okafor", "a.marsh")
    assert told(council) == {STAND_IN, MANAGER}


def test_a_stand_in_who_left_is_not_written_to(council: Council):
    covered(council, "a.marsh", "j.okafor")
    council.change(Officer, "j.okafor", active=False)
    assert told(council) == {OFFICER, MANAGER}


def test_somebody_stands_in_for_an_officer_who_left(council: Council):
    case = council.open()
    covered(council, "a.marsh", "j.okafor")
    council.change(Officer, "a.marsh", active=False)
    council.wake(case, WARNED)
    council.round(ROUND)
    assert set(council.box.to) == {STAND_IN, MANAGER}


def kept_to(council: Council, *named: str) -> set[str]:
    """Who hears of the case of a restricted child while its officer is away."""
    covered(council, "a.marsh", "j.okafor")
    case = council.open()
    restrict(council.db, reference(council, case), named, ACTOR)
    council.wake(case, WARNED)
    council.round(ROUND)
    return set(council.box.to)


def test_a_restricted_child_is_not_told_of_to_a_stand_in_who_is_not_named_but_to_the_manager(council: Council):
    assert kept_to(council, "a.marsh", "m.east") == {MANAGER}


def test_a_restricted_child_is_told_of_to_a_stand_in_who_is_named(council: Council):
    assert kept_to(council, "a.marsh", "j.okafor") == {STAND_IN}


def test_a_restricted_child_whom_only_the_officer_may_know_waits_for_the_officer(council: Council):
    assert kept_to(council, "a.marsh") == {OFFICER}
