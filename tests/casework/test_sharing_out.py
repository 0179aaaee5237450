"""Sharing cases out: evenly, a child's together, the same way every time."""

import pytest

from casework.errors import Refused
from casework.people import restrict
from casework.reassigning import reassign
from casework.sharing_out import MOST, deal, share_out
from tests.casework.support import NOW, OFFICER, Council

MANY = [(f"Child {number:02}", f"REF-{number:02}") for number in range(10)]


def test_cases_are_dealt_evenly() -> None:
    assert [len(refs) for refs in deal(MANY, ["a", "b", "c"]).values()] == [4, 3, 3]


def test_the_cases_of_one_child_stay_together() -> None:
    dealt = deal([*MANY, ("Child 03", "REF-X"), ("Child 03", "REF-Y")], ["a", "b"])
    assert any({"REF-03", "REF-X", "REF-Y"} <= set(refs) for refs in dealt.values())
    assert sorted(len(refs) for refs in dealt.values()) == [6, 6]


def test_the_same_cases_are_always_dealt_alike() -> None:
    assert deal(MANY, ["a", "b"]) == deal(list(reversed(MANY)), ["a", "b"])


def test_with_nothing_to_deal_everybody_gets_nothing() -> None:
    assert deal([], ["a", "b"]) == {"a": [], "b": []}


def owners(council: Council) -> dict[str, tuple[str, str]]:
    rows = council.rows("SELECT mail_ref, officer, team FROM process")
    return {row["mail_ref"]: (row["officer"], row["team"]) for row in rows}


def test_many_cases_go_to_an_officer_in_their_own_team_and_each_is_noted(council: Council) -> None:
    refs = [council.opens(officer="a.marsh").mail_ref for _ in range(3)]
    done = share_out(council.db, {"p.singh": refs[:2]}, OFFICER, NOW)
    assert [owners(council)[ref] for ref in refs] == [("p.singh", "West"), ("p.singh", "West"), ("a.marsh", "East")]
    assert len(done.wakes) == 2
    assert council.count("assignment") == 2


def test_an_officer_who_is_not_there_gets_nothing_and_neither_do_the_others(council: Council) -> None:
    refs = [council.opens(officer="a.marsh").mail_ref for _ in range(2)]
    with pytest.raises(Refused, match="not an active officer"):
        share_out(council.db, {"p.singh": refs[:1], "n.obody": refs[1:]}, OFFICER, NOW)
    assert {officer for officer, _ in owners(council).values()} == {"a.marsh"}


def test_a_restricted_case_is_dealt_to_nobody_who_may_not_see_it(council: Council) -> None:
    refs = [council.opens(officer="a.marsh").mail_ref for _ in range(2)]
    restrict(council.db, refs[0], ["a.marsh"], OFFICER)
    with pytest.raises(Refused, match="may not see"):
        share_out(council.db, {"p.singh": refs}, OFFICER, NOW)
    assert {officer for officer, _ in owners(council).values()} == {"a.marsh"}


def test_what_ended_or_was_given_away_meanwhile_is_passed_over(council: Council) -> None:
    ended, moved, stays = (council.opens(officer="a.marsh") for _ in range(3))
    council.records(ended, "withdrawn=2026-11-01", confirm=True)
    reassign(council.db, moved.case_ref, "p.singh", OFFICER, NOW)
    refs = [case.mail_ref for case in (ended, moved, stays)]
    assert share_out(council.db, {"p.singh": refs}, OFFICER, NOW).number == 1
    assert owners(council)[ended.mail_ref][0] == "a.marsh"


def test_too_many_at_once_are_refused(council: Council) -> None:
    with pytest.raises(Refused, match="at once"):
        share_out(council.db, {"p.singh": [f"REF-{number}" for number in range(MOST + 1)]}, OFFICER, NOW)
