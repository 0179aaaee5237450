"""A rehearsal names the mails that the real clocks send, on the days on which they send them."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.arming import All, arm
from casework.policies import adopt
from records.tables import Contact, Process
from scorecard.rehearsal.arriving import NEW, is_drawn
from scorecard.rehearsal.families import BY_ITSELF, LOOKED_AT
from scorecard.rehearsal.rehearsing import Asked, rehearse
from tests.casework.chasing.conftest import by_link
from tests.casework.chasing.council import Council, at
from tests.scorecard.rehearsal.in_earnest import in_earnest, letters_in_earnest, letters_of, mails_of
from tests.support.database import Database

__all__ = ["by_link"]

AUTUMN, DECEMBER, WINTER = date(2026, 10, 5), date(2026, 12, 7), date(2026, 12, 21)


@pytest.fixture
def council(database: Database) -> Council:
    """Three assessments, asked for, late, held back; two reviews, of which one is still to be opened."""
    council = Council(database.engine)
    council.furnish()
    council.terms(("2026-09-02", "2026-10-23"), ("2026-11-02", "2026-12-18"), ("2027-01-04", "2027-02-12"))
    council.asked("Asked")
    family(council, council.open("Undecided", at("2026-09-03")))
    held = council.asked("Held")
    council.say(held, at("2026-10-02"), "mail_hold=2026-10-02;to=2027-01-04")
    council.plan("P-1", "plan_made=2025-01-10", "last_review=2025-12-01", now=at("2026-09-03"), armed=False)
    council.plan("P-2", "plan_made=2025-01-10", "last_review=2026-04-07", now=at("2026-09-03"), armed=False)
    return council


def family(council: Council, process_id: UUID) -> None:
    """Somebody to write to: a parent who prefers mail."""
    with Session(council.db) as session, session.begin():
        process = session.get_one(Process, process_id)
        parent = Contact(
            authority=process.authority,
            person_id=process.person_id,
            role="parent",
            name="Kim Testing",
            email="kim.testing@family.example",
            preferred="email",
        )
        session.add(parent)


def adopt_policy(council: Council, toml: str) -> None:
    """Put a policy in force."""
    with Session(council.db) as session, session.begin():
        adopt(session, toml, Actor("m.east", "cli"), at("2026-12-01"))


def armed(council: Council, day: date) -> Council:
    """The council on the morning on which everything goes live."""
    arm(council.db, All(), Actor("a.marsh", "cli"), at(day.isoformat(), "00:00"))
    return council


def test_with_nobody_doing_anything(council: Council) -> None:
    rehearsal = rehearse(armed(council, WINTER).db, Asked(WINTER, weeks=5, as_is=True))
    assert mails_of(rehearsal) == in_earnest(council, rehearsal)
    assert letters_of(rehearsal) == letters_in_earnest(council)
    kinds = {mail.kind for mail in rehearsal.mails}
    assert {"chase", "danger", "breach", "arrange", "weekly", "term_list", "term_lists"} <= kinds
    assert [each for each in rehearsal.term_lists if each.count]
    assert {LOOKED_AT} == {letter.became for each in rehearsal.walked for letter in each.family}


@pytest.mark.usefixtures("by_link")
def test_with_people_who_do_their_part(council: Council) -> None:
    rehearsal = rehearse(armed(council, AUTUMN).db, Asked(AUTUMN, weeks=4, seed=3))
    assert mails_of(rehearsal) == in_earnest(council, rehearsal)
    assert letters_of(rehearsal) == letters_in_earnest(council)
    assert {"notify", "views"} <= {mail.kind for mail in rehearsal.mails}


def test_lists_that_are_sent_and_letters_that_need_no_approval(council: Council) -> None:
    adopt_policy(council, '[families]\nacknowledge = "send"\n')
    council.plan("P-3", "plan_made=2025-01-10", "last_review=2026-02-20", now=at("2026-09-03"), armed=False)
    armed(council, DECEMBER)
    new = council.open("New", at("2026-12-05"), received=date(2026, 12, 4))
    family(council, new)
    rehearsal = rehearse(council.db, Asked(DECEMBER, weeks=5, seed=2))
    assert mails_of(rehearsal) == in_earnest(council, rehearsal)
    assert letters_of(rehearsal) == letters_in_earnest(council)
    assert [each for each in rehearsal.term_lists if each.sent_on]
    assert BY_ITSELF in {letter.became for each in rehearsal.walked for letter in each.family}


def test_requests_that_are_drawn(council: Council) -> None:
    rehearsal = rehearse(armed(council, AUTUMN).db, Asked(AUTUMN, weeks=5, seed=4, new_requests=1))
    assert sum(is_drawn(each.case) for each in rehearsal.walked) in range(2, 12)
    assert mails_of(rehearsal) == in_earnest(council, rehearsal)
    assert letters_of(rehearsal) == letters_in_earnest(council)
    assert any(each.mail_ref.startswith(NEW) for each in rehearsal.mails)
