"""A rehearsal names the mails that the real clocks send, on the days on which they send them."""

from datetime import date

import pytest

from casework.actor import Actor
from casework.arming import All, arm
from scorecard.rehearsal.rehearsing import Asked, rehearse
from tests.casework.chasing.conftest import by_link
from tests.casework.chasing.council import Council, at
from tests.scorecard.rehearsal.in_earnest import in_earnest, mails_of
from tests.support.database import Database

__all__ = ["by_link"]

AUTUMN, WINTER = date(2026, 10, 5), date(2026, 12, 21)


@pytest.fixture
def council(database: Database) -> Council:
    """Three assessments, asked for, late, held back; two reviews, of which one is still to be opened."""
    council = Council(database.engine)
    council.furnish()
    council.terms(("2026-09-02", "2026-10-23"), ("2026-11-02", "2026-12-18"), ("2027-01-04", "2027-02-12"))
    council.asked("Asked")
    council.open("Undecided", at("2026-09-03"))
    held = council.asked("Held")
    council.say(held, at("2026-10-02"), "mail_hold=2026-10-02;to=2027-01-04")
    council.plan("P-1", "plan_made=2025-01-10", "last_review=2025-12-01", now=at("2026-09-03"), armed=False)
    council.plan("P-2", "plan_made=2025-01-10", "last_review=2026-04-07", now=at("2026-09-03"), armed=False)
    return council


def armed(council: Council, day: date) -> Council:
    """The council on the morning on which everything goes live."""
    arm(council.db, All(), Actor("a.marsh", "cli"), at(day.isoformat(), "00:00"))
    return council


def test_with_nobody_doing_anything(council: Council) -> None:
    rehearsal = rehearse(armed(council, WINTER).db, Asked(WINTER, weeks=5, as_is=True))
    assert mails_of(rehearsal) == in_earnest(council, rehearsal)
    assert {"chase", "danger", "breach", "arrange", "weekly"} <= {mail.kind for mail in rehearsal.mails}


@pytest.mark.usefixtures("by_link")
def test_with_people_who_do_their_part(council: Council) -> None:
    rehearsal = rehearse(armed(council, AUTUMN).db, Asked(AUTUMN, weeks=4, seed=3))
    assert mails_of(rehearsal) == in_earnest(council, rehearsal)
    assert {"notify", "views"} <= {mail.kind for mail in rehearsal.mails}
