"""Lists of reviews before a term: prepared once, said without names, sent by an officer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from casework.actor import Actor
from casework.cover import SERVICE, add_cover
from casework.errors import Refused
from casework.recording import record
from casework.term_exports import names, term_lists
from casework.term_lists import Prepared, mark_sent, prepare_due
from records.tables import Body, Officer, Person, Process, Setting, TermList
from statute.notation import parse_fact
from tests.casework.chasing.council import ACTOR, PAEDS, REFUSED, Council, at

SCHOOL, HEAD, CARE, MANAGER = (
    "senco@schools.example",
    "head@schools.example",
    "dct@nhs.example",
    "m.east@council.example",
)
AUTUMN, SPRING, SUMMER = ("2026-09-02", "2026-12-18"), ("2027-01-05", "2027-03-25"), ("2027-04-12", "2027-07-21")
# The spring term begins on 5 January 2027: its lists are due by 21 December, and there from the 7th.
READY, FIRST = at("2026-12-07", "06:00"), date(2027, 1, 5)
ROUND = at("2026-12-07", "08:30")
LONG_AGO = at("2026-06-01")


def reviewed(council: Council, ref: str, last: str, **how: Any) -> None:
    council.plan(ref, "plan_made=2022-01-10", f"last_review={last}", now=LONG_AGO, **how)


def kept(council: Council) -> dict[str, int]:
    with Session(council.db) as session:
        return {row.recipient: row.count for row in session.exec(select(TermList))}


def prepared(council: Council, now: datetime = READY) -> Prepared:
    return prepare_due(council.db, now)


@pytest.fixture
def spring(council: Council) -> Council:
    """Reviews due on 19 March and 19 January 2027 at one setting, on 19 March at another, and terms."""
    council.terms(AUTUMN, SPRING, SUMMER)
    reviewed(council, "A-1", "2026-03-20")
    reviewed(council, "A-2", "2026-01-20")
    reviewed(council, "A-3", "2026-03-20", setting_urn="999")
    return council


def test_each_setting_health_and_social_care_get_one_list_and_it_is_said_once(spring: Council):
    assert prepared(spring, at("2026-12-06")) == Prepared()
    assert prepared(spring) == Prepared(lists=4, messages=4)
    assert kept(spring) == {"117222": 2, "999": 1, "health": 3, "social_care": 3}
    assert prepared(spring) == prepared(spring, at("2026-12-08")) == Prepared()


def test_the_mail_says_how_many_and_names_nobody(spring: Council):
    prepared(spring)
    spring.round(ROUND)
    assert sorted(spring.box.to) == sorted([SCHOOL, PAEDS, CARE, MANAGER])
    (school,) = spring.box.of(SCHOOL)
    assert school.subject == "Annual reviews next term: 2"
    assert "term that begins on Tuesday 5 January 2027 is ready for you: 2 annual reviews." in school.text
    (manager,) = spring.box.of(MANAGER)
    assert manager.subject == "Term lists to send by Monday 21 December 2026: 4"
    with Session(spring.db) as session:
        people = [person.surname for person in session.exec(select(Person))]
        told = people + [
            ref for process in session.exec(select(Process)) for ref in (process.mail_ref, process.case_ref)
        ]
    for letter in spring.box.letters:
        assert not [each for each in told if each in letter.text + letter.html + letter.subject]


def test_who_stands_in_gets_the_mail_while_somebody_is_away(spring: Council):
    days = date(2026, 12, 4), date(2026, 12, 11)
    add_cover(spring.db, "m.east", "j.okafor", *days, ACTOR, LONG_AGO)
    add_cover(spring.db, "health/paeds", "cover@nhs.example", *days, ACTOR, LONG_AGO, kind=SERVICE)
    prepared(spring)
    spring.round(ROUND)
    assert sorted(spring.box.to) == sorted([SCHOOL, "cover@nhs.example", CARE, "j.okafor@council.example"])


def test_cover_that_began_after_a_list_was_prepared_counts_when_it_is_sent(spring: Council):
    prepared(spring)
    add_cover(spring.db, "m.east", "j.okafor", date(2026, 12, 7), date(2026, 12, 7), ACTOR, READY)
    spring.round(ROUND)  # the letter to the manager is found to be another's
    spring.round(at("2026-12-07", "09:30"))
    assert "j.okafor@council.example" in spring.box.to
    assert MANAGER not in spring.box.to


def test_without_recorded_terms_or_without_armed_plans_nothing_is_prepared(council: Council):
    reviewed(council, "A-1", "2026-03-20")
    assert prepared(council) == Prepared()
    council.terms(AUTUMN, SPRING)
    reviewed(council, "A-2", "2026-03-20", setting_urn="999", armed=False)
    prepared(council)
    assert kept(council) == {"117222": 1, "health": 1, "social_care": 1}


# Facts of a plan beside its making, and whether its review is on the list of the spring term.
ON_A_LIST: list[tuple[bool, tuple[str, ...]]] = [
    # The meeting is wanted four weeks before the review is due: by 12 April, the first day of the next term.
    (False, ("last_review=2026-05-11",)),
    # In the holidays before it: it has to be held in this term.
    (True, ("last_review=2026-05-10",)),
    # Overdue already.
    (True, ("last_review=2025-10-01",)),
    # The move to post-16 needs its meeting twelve weeks before 30 March.
    (True, ("last_review=2026-10-01", "phase_transfer:post16=2027-09-01")),
    # The meeting was held: what is missing is the authority's decision.
    (False, ("last_review=2026-03-20", "review_meeting=2026-12-01")),
    (True, ("last_review=2026-03-20", "review_invited=2026-12-01;meeting=2027-01-20")),
]


def test_a_list_holds_the_reviews_whose_meeting_has_to_be_held_in_the_term(council: Council):
    council.terms(AUTUMN, SPRING, SUMMER)
    for number, (_, facts) in enumerate(ON_A_LIST):
        council.plan(f"A-{number}", "plan_made=2022-01-10", *facts, now=at("2026-12-02"), setting_urn=str(number))
    prepared(council)
    listed = [str(number) in kept(council) for number in range(len(ON_A_LIST))]
    assert listed == [wanted for wanted, _ in ON_A_LIST]


def test_a_list_for_september_is_there_before_the_schools_break_up(council: Council):
    council.terms(("2026-04-13", "2026-07-21"), AUTUMN)
    reviewed(council, "A-1", "2025-11-02")
    assert prepared(council, at("2026-07-13")).lists == 0
    assert prepared(council, at("2026-07-14")).lists == 3
    with Session(council.db) as session:
        assert {row.due_on for row in session.exec(select(TermList))} == {date(2026, 8, 18)}


def test_a_setting_with_terms_of_its_own_gets_its_list_before_its_own_term(spring: Council):
    spring.terms(("2026-09-07", "2026-12-11"), ("2027-01-11", "2027-03-25"), urn="999")
    assert prepared(spring, at("2026-12-03")).lists == 0
    prepared(spring, at("2026-12-04"))
    assert kept(spring) == {"999": 1}  # it breaks up a week later
    prepared(spring)
    with Session(spring.db) as session:
        starts = {row.recipient: row.term_start for row in session.exec(select(TermList))}
    assert (starts["999"], starts["117222"]) == (date(2027, 1, 11), FIRST)


def test_the_number_follows_the_plans_until_the_list_is_sent(spring: Council):
    prepared(spring)
    held = [parse_fact("review_meeting=2026-12-08")]
    record(spring.db, "A-1/R1", held, ACTOR, at("2026-12-08", "10:00"), confirm=True)
    mark_sent(spring.db, "health", FIRST, date(2026, 12, 8), ACTOR, date(2026, 12, 8))
    prepared(spring, at("2026-12-09"))
    assert kept(spring) == {"117222": 1, "999": 1, "health": 3, "social_care": 2}
    record(spring.db, "A-2/R1", held, ACTOR, at("2026-12-09", "10:00"), confirm=True)
    prepared(spring, at("2026-12-10"))
    states = {row.recipient: row.state for row in term_lists(spring.db, date(2026, 12, 22))}
    assert states == {"117222": "nothing due", "999": "overdue", "health": "sent", "social_care": "overdue"}
    spring.round(at("2026-12-10", "08:30"))
    assert sorted(spring.box.to) == sorted([CARE, MANAGER])


def test_nobody_hears_of_a_list_that_was_sent_before_the_mail_was(spring: Council):
    prepared(spring)
    for recipient in kept(spring):
        mark_sent(spring.db, recipient, FIRST, date(2026, 12, 7), ACTOR, date(2026, 12, 7))
    assert spring.round(ROUND).skipped == 4
    assert spring.box.to == []


def test_the_send_team_is_reminded_before_the_last_day_and_once_after_it(spring: Council):
    for day in ("2026-12-07", "2026-12-08", "2026-12-17", "2026-12-18", "2026-12-22", "2026-12-23"):
        prepared(spring, at(day, "06:00"))
        spring.round(at(day, "08:30"))
    told = spring.box.of(MANAGER)
    assert [letter.written_at.day for letter in told] == [7, 17, 22]
    assert "1 day late" in told[-1].text


def test_without_managers_the_heads_hear_of_the_lists(spring: Council):
    spring.change(Officer, "m.east", active=False)
    prepared(spring)
    spring.round(ROUND)
    assert "h.service@council.example" in spring.box.to


def test_a_setting_that_refuses_its_mail_is_told_through_its_head(spring: Council):
    spring.box.answers = {SCHOOL: REFUSED}
    prepared(spring)
    spring.round(ROUND)
    assert len(spring.box.of(HEAD)) == 1


def test_who_has_no_address_is_told_when_there_is_one(spring: Council):
    spring.change(Setting, "117222", email=None, head_email=None)
    spring.change(Body, "dct", email=None, manager_email=None, fallback_email=None)
    assert prepared(spring) == Prepared(lists=4, messages=2)
    spring.change(Setting, "117222", email=SCHOOL)
    assert prepared(spring) == Prepared(lists=0, messages=1)


# The list itself


def test_the_list_names_each_child_with_the_days_that_matter(spring: Council):
    found = names(spring.db, "117222", ACTOR, date(2026, 12, 7))
    assert (found.term_start, found.due_on, found.restricted, found.unarmed) == (FIRST, date(2026, 12, 21), 0, 0)
    assert [(child.surname, child.review_due, child.meeting_by) for child in found.children] == [
        ("Surname-A-2", date(2027, 1, 19), date(2026, 12, 22)),
        ("Surname-A-1", date(2027, 3, 19), date(2027, 2, 19)),
    ]
    assert {(child.setting, child.caseworker) for child in found.children} == {("Setting 117222", "a.marsh")}
    assert len(names(spring.db, "health", ACTOR, date(2026, 12, 7)).children) == 3


def test_children_restricted_to_named_staff_are_on_no_list_and_only_those_staff_hear_of_it(spring: Council):
    reviewed(spring, "A-5", "2026-03-20", restricted_to=["a.marsh"])
    reviewed(spring, "A-6", "2026-03-20", armed=False)
    prepared(spring)
    assert kept(spring)["117222"] == 2
    mine = names(spring.db, "117222", ACTOR, date(2026, 12, 7))
    theirs = names(spring.db, "117222", Actor("j.okafor", "cli"), date(2026, 12, 7))
    assert (mine.restricted, theirs.restricted, mine.unarmed) == (1, 0, 1)
    assert "Surname-A-5" not in {child.surname for child in (*mine.children, *theirs.children)}


def test_what_cannot_be_a_list_is_refused_with_what_to_do(spring: Council):
    today = date(2026, 12, 7)
    with pytest.raises(Refused, match="not in the directory of settings"):
        names(spring.db, "555", ACTOR, today)
    assert len(names(spring.db, "999", ACTOR, today).children) == 1  # no setting we know, but a child's
    with pytest.raises(Refused, match="No term of the authority is recorded"):
        names(spring.db, "health", ACTOR, today, date(2030, 1, 1))
    for recipient, term in (("health", date(2027, 1, 6)), ("health", date(2030, 1, 1)), ("555", FIRST)):
        with pytest.raises(Refused, match=f"No term list was prepared for {recipient}"):
            mark_sent(spring.db, recipient, term, today, ACTOR, today)
    prepared(spring)
    with pytest.raises(Refused, match="There are: 2027-01-05"):
        mark_sent(spring.db, "health", date(2027, 1, 6), today, ACTOR, today)
    with pytest.raises(Refused, match="still to come"):
        mark_sent(spring.db, "health", FIRST, date(2026, 12, 8), ACTOR, today)
    first = mark_sent(spring.db, "health", FIRST, today, ACTOR, today)
    again = mark_sent(spring.db, "health", FIRST, date(2026, 12, 6), Actor("j.okafor", "cli"), today)
    assert (again.sent_on, again.sent_by) == (first.sent_on, first.sent_by) == (today, ACTOR.name)


def test_a_list_that_was_sent_before_it_was_prepared_is_said_to_nobody(spring: Council):
    long_before = date(2026, 11, 2)
    mark_sent(spring.db, "117222", FIRST, long_before, ACTOR, long_before)
    assert mark_sent(spring.db, "health", FIRST, long_before, ACTOR, long_before).sent_on == long_before
    assert prepared(spring) == Prepared(lists=2, messages=2)
    assert kept(spring) == {"117222": 2, "999": 1, "health": 3, "social_care": 3}


def test_two_who_prepare_at_once_prepare_one_list(spring: Council):
    with ThreadPoolExecutor(2) as both:
        results = list(both.map(prepared, [spring, spring]))
    assert sum(result.lists for result in results) == sum(result.messages for result in results) == 4
