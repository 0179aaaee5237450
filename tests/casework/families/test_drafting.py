"""Letters to families are drafted once, in time, for those who may be written to, and dropped when not true any more."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.families import drafts
from records.tables import Contact, Person, Process
from tests.casework.chasing.council import ACTOR, at
from tests.casework.families.home import AFTER, BEFORE, NEXT_ROUND, OPENED, Home

ACK, DELAY = "acknowledgement email draft", "delay email draft"


def test_a_request_is_acknowledged_once_with_the_days_that_the_law_sets(home: Home) -> None:
    case = home.child()
    home.wake(case, OPENED)
    home.wake(case, OPENED + timedelta(minutes=1))
    assert home.stand(case) == [ACK]
    (row,) = home.letters(case)
    assert row.about == {
        "start": "2026-09-02",
        "began": "request",
        "decide": "2026-10-14",
        "no_plan": "2026-12-23",
        "plan": "2027-01-20",
    }


def test_everybody_who_may_be_written_to_gets_a_letter_of_their_own(home: Home) -> None:
    post = {"name": "Lee Testing", "email": None, "preferred": "post", "address": "1 High Street\nAnytown\nAB1 2CD"}
    case = home.child("Testing", {}, post, {"name": "Max Testing", "do_not_contact": True}, {"preferred": None})
    home.wake(case, OPENED)
    assert sorted(home.stand(case)) == ["acknowledgement draft", ACK, "acknowledgement letter draft"]


def test_nothing_is_drafted_for_an_imported_or_a_quiet_case(home: Home) -> None:
    case, quiet = home.child(), home.child("Quiet")
    with Session(home.db) as session, session.begin():
        session.get_one(Process, case).imported = True
        session.get_one(Process, quiet).armed_from = None
    home.wake(case, OPENED)
    home.wake(quiet, AFTER)
    assert home.stand(case) == home.stand(quiet) == []


def test_a_delay_notice_is_drafted_seven_days_before_and_the_clock_wakes_for_it(home: Home) -> None:
    case = home.child()
    home.policy("[families]\ndelay = [-11, 1]")
    found = home.wake(case, OPENED)
    while found.next_wake and found.next_wake < at("2026-10-02", "06:59"):
        found = home.wake(case, found.next_wake)
    assert found.next_wake
    assert found.next_wake.date().isoformat() == "2026-10-02"  # eleven days before is a Saturday
    home.wake(case, found.next_wake)
    assert DELAY in home.stand(case)


def test_no_delay_notice_before_its_day_and_none_for_what_is_done(home: Home) -> None:
    case = home.child()
    home.wake(case, at("2026-10-06"))
    assert DELAY not in home.stand(case)
    home.say(case, at("2026-10-06", "12:00"), "decision_to_assess=2026-10-06")
    home.wake(case, BEFORE)
    assert home.stand(case) == ["acknowledgement email dropped met"]


def test_a_draft_that_stands_the_day_after_is_not_drafted_again(home: Home) -> None:
    case = home.late()
    home.wake(case, AFTER)
    assert [row.kind for row in home.letters(case, "draft")] == ["delay"]
    assert home.stand(case)[0] == "acknowledgement email dropped day_passed"


def test_once_more_on_the_day_after_if_none_was_sent(home: Home) -> None:
    case = home.late()
    drafts.drop(home.db, home.cases[case], home.delay(case), "in_time", ACTOR, BEFORE)
    home.wake(case, BEFORE + timedelta(hours=1))
    assert not [row for row in home.letters(case, "draft") if row.kind == "delay"]
    home.wake(case, AFTER)
    assert [row.status for row in home.letters(case) if row.kind == "delay"] == ["dropped", "draft"]


def test_who_was_told_before_is_not_told_again_the_day_after(home: Home) -> None:
    case = home.late()
    home.approved(case)
    home.round(NEXT_ROUND)
    home.wake(case, AFTER)
    assert [row.status for row in home.letters(case) if row.kind == "delay"] == ["sent"]


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("died=2026-10-07", "ended"),
        ("withdrawn=2026-10-07", "ended"),
        ("decision_to_assess=2026-10-07", "met"),
        ("relief=2026-10-07;limit=reg5_decide;ground=absent_4w;from=2026-09-03;to=2026-10-10", "lifted"),
    ],
)
def test_what_is_not_true_any_more_drops_itself(home: Home, fact: str, reason: str) -> None:
    case = home.late()
    home.say(case, at("2026-10-07", "12:00"), fact)
    home.wake(case, at("2026-10-07", "12:01"))
    assert {row.status for row in home.letters(case)} == {"dropped"}
    assert {row.reason for row in home.letters(case) if row.kind == "delay"} <= {reason, "died"}


def test_a_draft_comes_back_when_what_dropped_it_never_happened(home: Home) -> None:
    case = home.late()
    home.say(case, at("2026-10-07", "12:00"), "decision_to_assess=2026-10-07")
    home.wake(case, at("2026-10-07", "12:01"))
    home.say(case, at("2026-10-07", "13:00"), "retracted:decision_to_assess=2026-10-07")
    home.wake(case, at("2026-10-07", "13:01"))
    assert home.stand(case) == [ACK, DELAY]


def test_a_death_recorded_in_another_case_of_the_child_counts(home: Home) -> None:
    case = home.late()
    other = home.child("Other")
    home.say(other, at("2026-10-07", "12:00"), "died=2026-10-07")
    with Session(home.db) as session, session.begin():
        session.get_one(Process, other).person_id = session.get_one(Process, case).person_id
    home.wake(case, at("2026-10-07", "12:01"))
    assert {row.reason for row in home.letters(case)} == {"died"}


def test_nothing_is_drafted_under_a_hold_and_it_is_once_the_hold_is_over(home: Home) -> None:
    case = home.child()
    home.say(case, OPENED, "mail_hold=2026-09-02;from=2026-09-02;to=2026-09-09;reason=dispute")
    home.wake(case, OPENED)
    assert home.stand(case) == []
    home.wake(case, at("2026-09-10"))
    assert home.stand(case) == [ACK]


def test_who_asked_not_to_be_contacted_meanwhile_is_dropped(home: Home) -> None:
    case = home.late()
    with Session(home.db) as session, session.begin():
        person = session.get_one(Process, case).person_id
        session.exec(select(Contact).where(Contact.person_id == person)).one().do_not_contact = True
    home.wake(case, BEFORE)
    assert {row.reason for row in home.letters(case)} == {"do_not_contact"}


def test_a_case_armed_late_is_warned_of_what_is_still_to_come_and_not_of_the_past(home: Home) -> None:
    early, late = home.child("Early"), home.child("Late")
    with Session(home.db) as session, session.begin():
        session.get_one(Process, early).armed_from = at("2026-10-12")
        session.get_one(Process, late).armed_from = at("2026-11-02")
    home.wake(early, at("2026-10-12"))
    home.wake(late, at("2026-11-02"))
    assert DELAY in home.stand(early)
    assert home.stand(late) == []


def test_by_policy_an_acknowledgement_goes_by_itself_but_never_of_a_sensitive_case(home: Home) -> None:
    home.policy('[families]\nacknowledge = "send"')
    plain = home.child("Plain")
    careful = [
        home.child("Restricted", sensitivity="restricted", restricted_to=["a.marsh"]),
        home.child("After", looked_after=True),
        home.child("Hidden", {}, {"name": "Sam", "confidential": True}),
        home.child("Unsaid", {"preferred": None}),
    ]
    for case in (plain, *careful):
        home.wake(case, OPENED)
    assert home.stand(plain) == ["acknowledgement email approved"]
    assert {row.status for case in careful for row in home.letters(case)} == {"draft"}
    with Session(home.db) as session, session.begin():
        session.get_one(Person, session.get_one(Process, plain).person_id).looked_after = True
    home.round(at("2026-09-03", "08:30"))
    assert home.stand(plain) == [ACK]
    assert home.of_families() == []
