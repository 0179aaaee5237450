"""One look at what became of letters: by the schedule, and by hand; what came back goes on at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from temporalio.testing import ActivityEnvironment

from activities.mail import Mail
from activities.returns import ReturnActivities
from casework.return_sending import send_on
from engine.messages import ReturnsRead, RoundOrder
from records.tables import Body
from tests.casework.chasing.council import ABOVE, DUE, HOUSE, MORNING, OFFICE, PAEDS, Council, at, chased
from tests.casework.returns.conftest import Box, LetterTo
from tests.cli.conftest import run
from tests.post.returns.mails import dsn, note

AFTERWARDS = MORNING + timedelta(minutes=5)


def to(council: Council, *addresses: str) -> list[str]:
    """Which of these were written to, in order: others are told of the decision."""
    return [each for each in council.box.to if each in addresses]


def look(returns: ReturnActivities) -> ReturnsRead:
    """The activity, as a worker runs it: in a thread."""
    env = ActivityEnvironment()
    env.info = replace(env.info, started_time=AFTERWARDS)
    return asyncio.run(asyncio.to_thread(env.run, returns.read_returns, RoundOrder(now=AFTERWARDS)))


def test_what_came_back_goes_on_at_once_and_only_counts_leave(council: Council, box: Box, letter_to: LetterTo) -> None:
    chased(council, 2)
    council.round(MORNING)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id), note("Advice to follow."))
    returns = ReturnActivities(council.db, Mail(council.box, HOUSE), box.settings)
    assert look(returns) == ReturnsRead(bounces=1, replies=1, unfiled=1, passed_on=1)
    assert to(council, PAEDS, OFFICE) == [PAEDS, OFFICE]
    assert letter_to(OFFICE).subject.endswith("2 due today")
    assert look(returns) == ReturnsRead()


def test_whoever_had_the_letter_of_the_day_gets_what_came_back_beside_it(
    council: Council, box: Box, letter_to: LetterTo
) -> None:
    council.change(Body, "paeds", fallback_email=ABOVE)
    case = council.asked()
    council.wake(case, at("2026-11-25"))
    morning = at("2026-11-25", "08:30")
    council.round(morning)
    assert sorted(to(council, PAEDS, ABOVE)) == [ABOVE, PAEDS]
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    box.read(morning + timedelta(minutes=5))
    assert send_on(council.db, morning + timedelta(minutes=5), council.box, HOUSE) == 1
    assert council.box.to[-1] == ABOVE


def test_what_came_back_in_the_evening_waits_for_the_morning(council: Council, box: Box, letter_to: LetterTo) -> None:
    chased(council)
    council.round(MORNING)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    evening = at(DUE, "22:00")
    box.read(evening)
    assert send_on(council.db, evening, council.box, HOUSE) == 0
    next_morning = at("2026-11-12", "08:30")
    council.round(next_morning)
    assert to(council, PAEDS, OFFICE) == [PAEDS, OFFICE]
    assert send_on(council.db, next_morning, council.box, HOUSE) == 0


def test_the_mailbox_is_read_by_hand(council: Council, box: Box, tmp_path: Path) -> None:
    box.deliver(note("Something."))
    url = council.db.url.render_as_string(hide_password=False)
    settings = {
        "EHCP_DATABASE_URL": url,
        "EHCP_DATA_DIR": str(tmp_path),
        "EHCP_RETURNS_URL": box.settings.returns_url,
        "EHCP_DOCUMENT_KEYS": "ab" * 32,
    }
    read = run("returns", "read", "--json", **settings)
    assert (read.code, read.json["replies"], read.json["unfiled"]) == (0, 1, 1)
    assert "0 replies; 0 wait to be filed" in run("returns", "read", **settings).out
    away = run("returns", "read", **{**settings, "EHCP_RETURNS_URL": "maildir:///nowhere"})
    assert away.code == 4
    assert "there is no Maildir" in away.err
    assert "No return mailbox is set" in run("returns", "read", **{**settings, "EHCP_RETURNS_URL": ""}).out
