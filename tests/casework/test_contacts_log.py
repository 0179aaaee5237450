"""The contact log: what is put down, what is not, and what remains after erasure."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from casework.contacts_log import Contact, Note, contacts_of, last_family_contact, log_contact
from casework.errors import Refused, UnknownCase
from casework.opening import Opened
from records.erasure import erase_texts
from records.tables import Process
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council

CALL = Note(date(2026, 11, 18), "phone", "parent", "Ms Ada Byron asked when the draft comes.")


def log_of(council: Council, case: Opened) -> list[Contact]:
    """The log of one case."""
    with Session(council.db) as session:
        return list(contacts_of(session, case.process_id))


def test_the_log_is_read_from_the_latest_contact_down_with_the_officers_name(council: Council) -> None:
    case = council.opens()
    log_contact(council.db, case.mail_ref, CALL, OFFICER, NOW)
    log_contact(council.db, case.mail_ref, replace(CALL, day=date(2026, 11, 19), way="email"), COLLEAGUE, NOW)
    assert [(each.day.day, each.way, each.by) for each in log_of(council, case)] == [
        (19, "email", "P. Singh"),
        (18, "phone", "A. Marsh"),
    ]


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (replace(CALL, day=date(2026, 11, 21)), "in the future"),
        (replace(CALL, way="pigeon"), "by phone, email or letter"),
        (replace(CALL, with_whom="nobody"), "whom you were in contact with"),
        (replace(CALL, text="  "), "what was said"),
        (replace(CALL, text="a" * 20_001), "20,001 characters"),
    ],
)
def test_a_contact_that_says_too_little_or_too_much_is_refused(council: Council, note: Note, reason: str) -> None:
    case = council.opens()
    with pytest.raises(Refused, match=reason):
        log_contact(council.db, case.mail_ref, note, OFFICER, NOW)
    assert log_of(council, case) == []


def test_a_form_that_is_sent_twice_adds_one_contact(council: Council) -> None:
    case, number = council.opens(), uuid4()
    for _ in range(2):
        log_contact(council.db, case.mail_ref, CALL, OFFICER, NOW, number)
    assert len(log_of(council, case)) == 1


def test_the_last_contact_with_the_family_is_told_for_many_cases_at_once(council: Council) -> None:
    heard, unheard, silent = (council.opens() for _ in range(3))
    for each in (CALL, replace(CALL, day=date(2026, 11, 2))):
        log_contact(council.db, heard.mail_ref, each, OFFICER, NOW)
    log_contact(council.db, unheard.mail_ref, replace(CALL, with_whom="health"), OFFICER, NOW)
    with Session(council.db) as session:
        asked = [heard.process_id, unheard.process_id, silent.process_id]
        assert last_family_contact(session, asked) == {heard.process_id: CALL.day}
        assert last_family_contact(session, []) == {}


def test_the_log_of_a_restricted_child_is_for_named_people_only(council: Council) -> None:
    case = council.opens(sensitivity="restricted", restricted_to=["a.marsh"])
    with pytest.raises(UnknownCase):
        log_contact(council.db, case.mail_ref, CALL, COLLEAGUE, NOW)


def test_what_was_said_is_erased_with_the_persons_other_texts(council: Council) -> None:
    case, other = council.opens(), council.opens()
    for each in (case, other):
        log_contact(council.db, each.mail_ref, CALL, OFFICER, NOW)
    with Session(council.db) as session, session.begin():
        erase_texts(session, person_of(session, case.process_id))
    assert (len(log_of(council, case)), len(log_of(council, other))) == (0, 1)
    with pytest.raises(Refused, match="erased"):
        log_contact(council.db, case.mail_ref, CALL, OFFICER, NOW)


def person_of(session: Session, process_id: UUID) -> UUID:
    """Whose process it is."""
    return session.exec(select(Process.person_id).where(Process.id == process_id)).one()
