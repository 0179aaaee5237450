"""Reassigning, restricting, auditing and rebuilding."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlmodel import Session

from casework.audit import sign, verify
from casework.errors import Refused, UnknownCase
from casework.lists import overdue
from casework.people import NewContact, add_contact, restrict
from casework.policies import adopt, policy_in_force
from casework.reassigning import reassign, reassign_all
from casework.rebuild import recompute, should_be_running
from config.settings import Settings
from tests.casework.support import COLLEAGUE, NOW, OFFICER, TODAY, Council
from tests.support.database import Database


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def test_a_case_that_changes_hands_is_on_the_other_officers_list(council: Council) -> None:
    case = council.opens("2026-09-02", officer="a.marsh")
    given = reassign(council.db, case.mail_ref, "P.Singh", OFFICER, NOW)
    assert (given.case_refs, given.officer, given.team) == ((case.case_ref,), "p.singh", "West")
    assert len(given.wakes) == 1
    assert overdue(council.db, OFFICER, TODAY, officer="a.marsh").items == ()
    assert [item.team for item in overdue(council.db, OFFICER, TODAY, officer="p.singh").items] == ["West"]


def test_all_cases_of_somebody_who_leaves_go_to_another_and_closed_ones_stay(council: Council) -> None:
    one, two = council.opens(officer="a.marsh"), council.opens(officer="a.marsh")
    closed = council.opens(officer="a.marsh")
    council.records(closed, "withdrawn=2026-10-01")
    given = reassign_all(council.db, "a.marsh", "p.singh", OFFICER, NOW, team="East")
    assert given.case_refs == (one.case_ref, two.case_ref)
    assert council.rows("SELECT DISTINCT officer, team FROM process WHERE ended_on IS NULL") == [
        {"officer": "p.singh", "team": "East"}
    ]


def test_no_case_is_given_to_somebody_nobody_knows(council: Council) -> None:
    case = council.opens(officer="a.marsh")
    with pytest.raises(Refused, match="not an active officer"):
        reassign(council.db, case.case_ref, "x.nobody", OFFICER, NOW)
    assert council.row("SELECT officer FROM process")["officer"] == "a.marsh"


def test_no_restricted_case_is_given_to_an_officer_who_may_not_see_it(council: Council) -> None:
    case, other = council.opens(officer="a.marsh"), council.opens(officer="a.marsh")
    restrict(council.db, case.case_ref, ["a.marsh"], OFFICER)
    with pytest.raises(Refused, match=r"P\. Singh may not see this case: it is restricted\. Let them see it first\."):
        reassign(council.db, case.case_ref, "p.singh", OFFICER, NOW)
    with pytest.raises(Refused, match=rf"P\. Singh may not see {case.case_ref}: restricted"):
        reassign_all(council.db, "a.marsh", "p.singh", OFFICER, NOW)
    assert council.rows("SELECT DISTINCT officer FROM process") == [{"officer": "a.marsh"}]
    restrict(council.db, case.case_ref, ["a.marsh", "p.singh"], OFFICER)
    given = reassign_all(council.db, "a.marsh", "p.singh", OFFICER, NOW)
    assert set(given.case_refs) == {case.case_ref, other.case_ref}


def test_a_child_who_becomes_restricted_vanishes_from_the_lists_of_others_at_once(council: Council) -> None:
    case = council.opens("2026-09-02")
    restrict(council.db, case.case_ref, ["a.marsh"], OFFICER)
    assert overdue(council.db, COLLEAGUE, TODAY).items == ()
    with pytest.raises(UnknownCase):
        restrict(council.db, case.case_ref, ["p.singh"], COLLEAGUE)
    restrict(council.db, case.case_ref, [], OFFICER, ordinary=True)
    assert len(overdue(council.db, COLLEAGUE, TODAY).items) == 1


def test_a_restriction_that_names_nobody_is_refused(council: Council) -> None:
    case = council.opens()
    with pytest.raises(Refused, match="Name at least one"):
        restrict(council.db, case.case_ref, [], OFFICER)


def test_a_parent_is_added_with_a_role_we_know(council: Council) -> None:
    case = council.opens()
    add_contact(council.db, case.case_ref, NewContact("parent", "R. Doe", email="r@home.example"), OFFICER)
    assert council.row("SELECT role, name, confidential FROM contact") == {
        "role": "parent",
        "name": "R. Doe",
        "confidential": False,
    }
    with pytest.raises(Refused, match="parent, young_person, representative"):
        add_contact(council.db, case.case_ref, NewContact("uncle", "U. Doe"), OFFICER)


def test_an_untouched_ledger_passes_its_audit(council: Council, settings: Settings) -> None:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01", texts={"note": "seen"})
    assert sign(council.db, settings, NOW).heads == 1
    audit = verify(council.db, settings)
    assert (audit.facts, audit.processes, audit.faults) == (2, 1, ())


def test_whoever_cuts_facts_off_the_end_is_found_by_the_audit(
    council: Council, settings: Settings, database: Database
) -> None:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01")
    sign(council.db, settings, NOW)
    owner = create_engine(database.owner_url)
    with owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE fact DISABLE TRIGGER USER")
        connection.exec_driver_sql("DELETE FROM fact WHERE sequence = 2")
        connection.exec_driver_sql("UPDATE process SET version = 1, head_hash = (SELECT hash FROM fact)")
    owner.dispose()
    assert verify(council.db, settings).faults


def test_what_should_be_running_are_the_cases_that_have_not_ended(council: Council) -> None:
    one, two = council.opens(), council.opens()
    council.records(one, "withdrawn=2026-10-01")
    council.records(two, "withdrawn=2026-10-01", "reopened=2026-10-02")
    assert [(ref.process_id, ref.version, ref.run) for ref in should_be_running(council.db)] == [(two.process_id, 3, 2)]


def test_the_read_model_can_be_lost_and_made_again(council: Council) -> None:
    for received in ("2026-09-02", "2026-08-01"):
        council.records(council.opens(received), "decision_to_assess=2026-10-01", "advice_requested:health=2026-10-05")
    kept = council.rows("SELECT * FROM deadline")
    with council.db.begin() as connection:
        connection.exec_driver_sql("DELETE FROM deadline")
    assert recompute(council.db, NOW) == 2
    again = council.rows("SELECT * FROM deadline")
    assert sorted(str({**row, "id": 0}) for row in again) == sorted(str({**row, "id": 0}) for row in kept)
    assert recompute(council.db, NOW) == 0


def test_a_new_norm_of_the_policy_reaches_every_case_by_recomputing(council: Council) -> None:
    council.opens("2026-09-02")
    with Session(council.db) as session, session.begin():
        assert adopt(session, "[norms]\nlocal_draft_plan = 10\n", OFFICER, NOW) == 1
        assert adopt(session, "[norms]\nlocal_draft_plan = 10\n", OFFICER, NOW) == 1
        assert policy_in_force(session).norms.local_draft_plan == 10
    assert recompute(council.db, NOW) == 1
    row = council.row("SELECT norm_due FROM deadline WHERE limit_id = 'local_draft_plan'")
    assert row["norm_due"] == date(2026, 11, 11)
