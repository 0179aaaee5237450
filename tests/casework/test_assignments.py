"""Whose a case was: kept whenever it changes hands."""

from casework.reassigning import reassign, reassign_all
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council, at

KEPT = "SELECT was_officer, officer, team, at, given_by FROM assignment ORDER BY id"


def test_each_case_that_changes_hands_keeps_whose_it_was(council: Council) -> None:
    first, _ = council.opens(officer="a.marsh"), council.opens(officer="a.marsh")
    reassign(council.db, first.case_ref, "p.singh", OFFICER, NOW)
    given = {"officer": "p.singh", "was_officer": "a.marsh", "team": "West", "at": NOW, "given_by": "a.marsh"}
    assert council.rows(KEPT) == [given]
    later = at("2026-11-21")
    reassign_all(council.db, "a.marsh", "p.singh", COLLEAGUE, later)
    assert council.rows(KEPT) == [given, {**given, "at": later, "given_by": "p.singh"}]


def test_a_case_that_had_nobody_says_so(council: Council) -> None:
    case = council.opens()
    reassign(council.db, case.case_ref, "a.marsh", OFFICER, NOW, team="West")
    (row,) = council.rows(KEPT)
    assert (row["was_officer"], row["officer"], row["team"]) == (None, "a.marsh", "West")


def test_what_changes_nothing_is_not_kept(council: Council) -> None:
    case = council.opens(officer="a.marsh")
    reassign(council.db, case.case_ref, "A.MARSH", OFFICER, NOW)
    assert council.rows(KEPT) == []
