"""Who a letter goes to when people left, share an address or are spelled twice, and why nobody gets it."""

from sqlmodel import Session

from casework.arming import One, arm
from casework.case import chronology
from casework.reassigning import reassign
from records.tables import Officer, Process
from tests.casework.chasing.council import ACTOR, DUE, OFFICER, PAEDS, Council, at, chased

WARNED = at("2026-10-14")
ROUND = at("2026-10-14", "08:30")
MANAGER, HEAD = "m.east@council.example", "h.service@council.example"


def reference(council: Council, case: object) -> str:
    with Session(council.db) as session:
        return session.get_one(Process, case).case_ref


def test_an_officer_who_left_is_answered_for_by_their_own_manager(council: Council):
    case = council.open(team="")
    council.change(Officer, "a.marsh", active=False)
    council.wake(case, WARNED)
    council.round(ROUND)
    assert council.box.to == [MANAGER]


def test_a_manager_who_left_is_not_written_to_because_others_still_name_them(council: Council):
    case = council.open()
    council.change(Officer, "m.east", active=False)
    council.wake(case, WARNED)
    council.round(ROUND)
    assert sorted(council.box.to) == [OFFICER, HEAD]


def test_a_manager_who_is_in_no_directory_is_still_written_to(council: Council):
    case = council.open()
    council.change(Officer, "a.marsh", manager_email="m.outside@council.example")
    council.wake(case, WARNED)
    council.round(ROUND)
    assert sorted(council.box.to) == [OFFICER, "m.outside@council.example"]


def test_a_case_given_to_another_officer_since_it_was_put_down_is_told_to_the_other(council: Council):
    case = council.open()
    council.wake(case, WARNED)
    reassign(council.db, reference(council, case), "j.okafor", ACTOR, WARNED)
    council.round(ROUND)
    assert council.box.to == ["j.okafor@council.example", MANAGER]


def test_somebody_listed_under_several_roles_and_spellings_gets_one_digest(council: Council):
    council.change(Officer, "a.marsh", email="M.East@Council.example")
    case = council.open()
    council.wake(case, WARNED)
    assert council.round(ROUND).letters == 1
    (letter,) = council.box.letters
    assert letter.subject.startswith("Decision whether to assess due")  # the officer's and the manager's are one


def test_when_nobody_at_the_authority_has_an_address_the_reason_says_so(council: Council):
    for username in ("a.marsh", "j.okafor", "m.east", "h.service"):
        council.change(Officer, username, email=None, manager_email=None)
    case = council.open(officer="", team="")
    council.wake(case, WARNED)
    assert {m.reason for m in council.messages(case, "held")} == {"no officer, manager or administrator has an address"}


def test_for_a_restricted_child_whose_named_staff_left_nobody_climbs_the_service(council: Council):
    case = council.asked(sensitivity="restricted", restricted_to=("a.marsh",))
    council.change(Officer, "a.marsh", active=False)
    council.wake(case, at("2026-11-25"))
    (climbing,) = (m for m in council.messages(case, "held") if m.kind == "escalate")
    assert climbing.reason == "restricted: nobody who may be written to is named"


def test_one_message_that_cannot_be_written_stops_no_other(council: Council):
    odd, _ = chased(council, 2)
    with Session(council.db) as session, session.begin():
        session.get_one(Process, odd).team = "East\nand West"
    assert council.round(at(DUE, "08:30")).sent == 1
    assert council.box.to == [PAEDS]
    (failed,) = council.messages(odd, "failed")
    assert failed.reason.startswith("it cannot be written: team must be one line")


def test_the_chronology_of_an_imported_case_says_who_armed_it_and_when(council: Council):
    case = council.open()
    with Session(council.db) as session, session.begin():
        process = session.get_one(Process, case)
        process.imported, process.armed_from, process.armed_at, process.armed_by = True, None, None, None
    ref = reference(council, case)
    assert "armed: letters may go" not in [entry["what"] for entry in chronology(council.db, ref, ACTOR, WARNED)]
    arm(council.db, One(ref), ACTOR, WARNED)
    (armed,) = (e for e in chronology(council.db, ref, ACTOR, WARNED) if e["what"] == "armed: letters may go")
    assert (armed["by"], armed["recorded_at"]) == (ACTOR.name, WARNED)
