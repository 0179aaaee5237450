"""Whom a review writes to: the child's own setting and its head, the first service of a category, and the officer."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from casework.cases import authority
from records.tables import Body, Setting
from tests.casework.chasing.council import OFFICE, OFFICER, PAEDS, REFUSED, Council, at

# The meeting is wanted by 14 April 2027, and asked for from Wednesday 20 January.
PLAN = ("plan_made=2024-05-13", "last_review=2026-05-13;meeting=2026-04-22")
SENCO, HEAD, CARE = "senco@schools.example", "head@schools.example", "dct@nhs.example"
ASKED, ROUND = at("2027-01-20"), at("2027-01-20", "08:30")
BEFORE = at("2027-01-04")


def with_virtual_school(council: Council) -> None:
    body = Body(authority=authority(), category="education", code="vs", name="Virtual School", email="vs@c.example")
    with Session(council.db) as session, session.begin():
        session.add(body)


def asked(council: Council, setting_urn: str | None = "117222") -> UUID:
    """A review whose setting is asked today to arrange the meeting."""
    case = council.plan("A-1", *PLAN, now=BEFORE, setting_urn=setting_urn)
    council.wake(case, ASKED)
    return case


def reported_late(council: Council, now: datetime, **how: tuple[str, ...]) -> UUID:
    """A review whose report is due on 27 January 2027 and does not come."""
    case = council.plan("A-1", *PLAN, "review_meeting=2027-01-13", now=at("2027-01-14"), **how)
    council.wake(case, now)
    return case


def test_a_review_is_the_settings_even_where_a_service_for_education_is_in_the_directory(council: Council):
    with_virtual_school(council)
    asked(council)
    council.round(ROUND)
    assert council.box.to == [SENCO]


def test_advice_of_the_childs_own_school_is_asked_of_it_and_not_of_another_body_for_education(council: Council):
    with_virtual_school(council)
    case = council.open()
    council.say(case, at("2026-09-30", "14:00"), "decision_to_assess=2026-09-30;seek=education;already_asked=health")
    council.wake(case, at("2026-09-30", "14:00"))
    council.urgent(case, at("2026-09-30", "14:00"))
    assert SENCO in council.box.to
    assert "vs@c.example" not in council.box.to


def test_a_setting_without_an_address_is_told_of_to_the_officer_once(council: Council):
    council.change(Setting, "117222", email=None, head_email=None)
    case = asked(council)
    council.round(ROUND)
    council.wake(case, at("2027-03-03"))
    council.round(at("2027-03-03", "08:30"))
    (letter,) = council.box.of(OFFICER)
    assert letter.subject.startswith("Nobody to write to: ")
    assert "about the annual review for" in letter.text
    assert "Service: Setting 117222" in letter.text


def test_a_child_at_no_setting_is_told_of_to_the_officer(council: Council):
    asked(council, setting_urn=None)
    council.round(ROUND)
    assert council.box.to == [OFFICER]


def test_a_late_report_goes_to_the_setting_and_then_to_its_head(council: Council):
    reported_late(council, at("2027-02-01"))
    council.round(at("2027-02-01", "08:30"))
    (head,) = council.box.of(HEAD)
    assert head.subject.startswith("Your help, please: review report 5 days late")
    assert len(council.box.of(SENCO)) == 1


def test_about_a_restricted_child_the_head_is_asked_by_named_staff_and_not_by_mail(council: Council):
    reported_late(council, at("2027-02-01"), restricted_to=("j.okafor",))
    council.round(at("2027-02-01", "08:30"))
    assert HEAD not in council.box.to
    (named,) = council.box.of("j.okafor@council.example")
    assert "Service: Setting 117222" in named.text


def test_health_and_social_care_are_the_first_of_their_category(council: Council):
    case = council.plan("A-1", *PLAN, "review_invited=2027-01-19;meeting=2027-02-24", now=at("2027-01-19", "06:00"))
    council.wake(case, at("2027-01-19"))
    council.round(at("2027-01-19", "08:30"))
    assert sorted(council.box.to) == sorted([PAEDS, CARE])
    council.box.answers = {PAEDS: REFUSED}
    council.box.letters.clear()
    council.wake(case, at("2027-02-02"))
    council.round(at("2027-02-02", "08:30"))
    assert OFFICE in council.box.to


def test_who_refuses_a_letter_about_a_review_is_told_of_as_of_a_review(council: Council):
    council.box.answers = {SENCO: REFUSED, HEAD: REFUSED}
    asked(council)
    council.round(ROUND)
    (letter,) = council.box.of(OFFICER)
    assert "Our email about the annual review for" in letter.text


def test_a_chaser_to_a_school_waits_for_the_term_that_is_recorded_for_it(council: Council):
    council.terms(("2027-01-05", "2027-01-19"), ("2027-01-25", "2027-03-25"), urn="117222")
    case = council.plan("A-1", *PLAN, now=BEFORE)
    council.wake(case, at("2027-01-20"))
    council.round(ROUND)
    assert council.box.to == []
    council.wake(case, at("2027-01-25"))
    council.round(at("2027-01-25", "08:30"))
    assert council.box.to == [SENCO]


def test_a_chaser_that_missed_the_last_day_of_term_waits_for_the_next(council: Council):
    council.terms(("2027-01-05", "2027-01-20"), ("2027-01-25", "2027-03-25"))
    case = asked(council)
    council.round(at("2027-01-21", "08:30"))
    (held,) = council.messages(case, "held")
    assert (held.reason, council.box.to) == ("schools are on holiday", [])
    council.round(at("2027-01-25", "08:30"))
    assert council.box.to == [SENCO]
