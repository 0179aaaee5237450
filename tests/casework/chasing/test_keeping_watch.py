"""The nightly check and the relay: what was lost is found again, what cannot be mended is said."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.nightly import check
from casework.policies import adopt, policy_in_force
from casework.relay import mark_delivered, undelivered_wakes
from engine.waking import workflow_id
from records.tables import Body, LedgerDigest, Process, RoundLog, Wake
from statute.policy import default_policy
from statute.policy_errors import PolicyError
from tests.casework.chasing.council import ACTOR, Council, at

NIGHT = at("2026-11-12", "02:00")


@pytest.fixture(autouse=True)
def signing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHCP_SIGNING_KEY", "0123456789abcdef0123456789abcdef")


def deliver_all(council: Council) -> None:
    waiting = undelivered_wakes(council.db, 1000)
    mark_delivered(council.db, [wake.row for wake in waiting], NIGHT)


def test_a_night_in_which_all_is_well_finds_nothing_and_signs_the_ledger(council: Council):
    case = council.asked()
    council.wake(case, at("2026-11-11"))
    council.round(at("2026-11-11", "08:30"))
    deliver_all(council)
    found = check(council.db, {workflow_id(case)}, NIGHT)
    assert (found.to_wake, found.problems) == ((), ())
    with Session(council.db) as session:
        assert len(session.exec(select(LedgerDigest)).all()) == 1
        log = session.exec(select(RoundLog).where(RoundLog.kind == "nightly")).one()
        assert log.finished_at == NIGHT
    assert check(council.db, {workflow_id(case)}, NIGHT + timedelta(hours=1)).problems == ()


def test_an_open_process_without_a_clock_is_woken_and_a_closed_one_is_left(council: Council):
    case, closed = council.open("One"), council.open("Two")
    council.say(closed, at("2026-09-10"), "withdrawn=2026-09-10")
    deliver_all(council)
    found = check(council.db, set(), NIGHT)
    assert [ref.process_id for ref in found.to_wake] == [case]
    assert found.problems[0].startswith("1 clocks were not running")
    assert [wake.ref for wake in undelivered_wakes(council.db, 10)] == list(found.to_wake)


def test_an_absence_without_an_end_lifts_the_limit_from_its_28th_day_on_though_nobody_recorded_anything(
    council: Council,
):
    case = council.asked()
    council.say(case, at("2026-10-20"), "relief=2026-10-20;ground=absent_4w;from=2026-10-16;limit=reg13_final_plan")
    standing = "SELECT standing FROM deadline WHERE limit_id = 'reg13_final_plan' AND to_day IS NULL"
    with council.db.connect() as connection:
        assert connection.exec_driver_sql(standing).scalar_one() == "open"
        connection.rollback()
        check(council.db, {workflow_id(case)}, at("2026-11-13", "02:15"))
        assert connection.exec_driver_sql(standing).scalar_one() == "lifted"


def test_a_clock_that_slept_through_its_wake_is_woken(council: Council):
    case = council.asked()
    council.wake(case, at("2026-10-01"))
    deliver_all(council)
    assert [ref.process_id for ref in check(council.db, {workflow_id(case)}, NIGHT).to_wake] == [case]


def test_a_wake_that_nobody_delivered_is_found_even_for_a_closed_process(council: Council):
    case = council.open()
    council.say(case, at("2026-09-10"), "withdrawn=2026-09-10")
    with Session(council.db) as session:
        version = session.get_one(Process, case).version
    (ref,) = check(council.db, {workflow_id(case)}, NIGHT).to_wake
    assert (ref.process_id, ref.version) == (case, version)


def test_requests_without_a_contact_and_rounds_that_died_are_said(council: Council):
    case = council.asked()
    council.change(Body, "paeds", email=None, fallback_email=None, manager_email=None)
    council.wake(case, at("2026-11-11"))
    deliver_all(council)
    with Session(council.db) as session, session.begin():
        session.add(RoundLog(kind="post", started_at=at("2026-11-11", "08:30")))
    problems = " ".join(check(council.db, {workflow_id(case)}, NIGHT).problems)
    assert "1 messages have no address to go to" in problems
    assert "1 rounds never came to their end" in problems


def test_without_a_key_the_ledger_is_said_not_to_be_signed(council: Council, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EHCP_SIGNING_KEY", "")
    assert "EHCP_SIGNING_KEY is empty" in check(council.db, set(), NIGHT).problems[0]


def test_the_relay_reads_the_oldest_wakes_and_ticks_off_what_was_taken(council: Council):
    first, second = council.open("One"), council.open("Two")
    waiting = undelivered_wakes(council.db, 1)
    assert [wake.ref.process_id for wake in waiting] == [first]
    mark_delivered(council.db, [waiting[0].row], NIGHT)
    assert {wake.ref.process_id for wake in undelivered_wakes(council.db, 10)} == {second}
    with Session(council.db) as session:
        assert session.get_one(Wake, waiting[0].row).delivered_at == NIGHT


def test_a_council_adopts_its_policy_in_numbered_versions(council: Council):
    with Session(council.db) as session, session.begin():
        assert policy_in_force(session) == default_policy()
        assert adopt(session, "[advice]\nadviser = [0]", ACTOR, NIGHT) == 1
        assert adopt(session, "[advice]\nadviser = [0]", ACTOR, NIGHT) == 1
        assert adopt(session, "[advice]\nadviser = [0, 7]", ACTOR, NIGHT) == 2
        assert policy_in_force(session).advice.adviser == (0, 7)
        with pytest.raises(PolicyError):
            adopt(session, "[advice]\nadvisor = [0]", ACTOR, NIGHT)
