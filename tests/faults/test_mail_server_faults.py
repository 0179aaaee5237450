"""The post round against real mail servers that refuse, hang, break off or are away: no letter is lost."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from casework.round import RoundResult, post_round
from post.servers import server_from_url
from post.smtp import SmtpCourier
from records.tables import DeliveryAttempt
from tests.casework.chasing.council import DUE, HOUSE, Council, at
from tests.cli.conftest import run
from tests.faults.moody_post import DROP_AFTER_LETTER, DROP_IN_LETTER, HANG, MoodyPost, open_post
from tests.support.database import Database

MORNING = at(DUE, "08:30")
HALF_AN_HOUR = timedelta(minutes=30)
SOCIAL, PSYCHOLOGY, HEALTH = "dct@nhs.example", "eps@nhs.example", "paeds@nhs.example"
OFFICE, ABOVE, OFFICER = "eps.office@nhs.example", "eps.manager@nhs.example", "a.marsh@council.example"
ASKED = ("health", "educational_psychology", "social_care")


@dataclass
class Morning:
    """Three advisers are to be written to on the day their advice is due, by way of a server in some mood."""

    council: Council
    database: Database
    case: UUID
    port: int = 0
    post: MoodyPost = field(default_factory=MoodyPost)

    async def round(self, now: datetime = MORNING) -> RoundResult:
        """A post round as the worker makes it, with short patience."""
        courier = SmtpCourier(server_from_url(f"smtp://127.0.0.1:{self.port}"), timeout=0.4, answer_timeout=0.4)
        return await asyncio.to_thread(post_round, self.council.db, now, courier, HOUSE)

    def attempts(self, address: str) -> list[str]:
        """Outcome and code of every attempt recorded for an address."""
        with Session(self.council.db) as session:
            rows = session.exec(select(DeliveryAttempt).where(DeliveryAttempt.recipient == address)).all()
            made = sorted(rows, key=lambda row: row.id or 0)
            # The announcement went by another way, before.
            return [" ".join(filter(None, (row.outcome, str(row.code or "")))) for row in made if row.at >= MORNING]

    def listed(self, address: str) -> dict[str, Any]:
        """What `ehcp messages` says of the chaser to an address."""
        told = run("messages", "--to", address, "--json", EHCP_DATABASE_URL=self.database.app_url)
        [row] = [row for row in told.json["items"] if row["kind"] == "chase" and row["rung"] == "0"]
        return row

    def nothing_is_lost(self) -> None:
        """Every message was sent or passed over, or has failed with a reason and a person was told."""
        messages = self.council.messages(self.case)
        assert {message.status for message in messages} <= {"sent", "skipped", "failed"}
        failed = [message for message in messages if message.status == "failed"]
        assert all(message.reason for message in failed)
        told = [message for message in messages if message.kind == "undelivered" and message.status == "sent"]
        assert len(told) >= len(failed)


@pytest.fixture
def morning(council: Council, database: Database, unused_tcp_port: int) -> Morning:
    case = council.open()
    asked = at("2026-09-30", "14:00")
    council.say(case, asked, "decision_to_assess=2026-09-30;reuse=education")
    council.wake(case, asked)
    council.urgent(case, asked)
    views = "family_views=2026-09-30;from=parent"  # or the officer would be asked to invite them, by a fourth letter
    council.say(case, asked, views, *(f"advice_requested:{category}=2026-09-30" for category in ASKED))
    council.wake(case, at(DUE))
    return Morning(council, database, case, unused_tcp_port)


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


async def test_a_well_behaved_server_gets_one_letter_for_each(morning: Morning) -> None:
    async with open_post(morning.post, morning.port):
        assert await morning.round() == RoundResult(sent=3, letters=3)
    assert sorted(morning.post.recipients) == [SOCIAL, PSYCHOLOGY, HEALTH]
    morning.nothing_is_lost()


async def test_a_recipient_that_is_refused_is_replaced_by_the_fallback_contact_at_once(morning: Morning) -> None:
    morning.post.moods = {PSYCHOLOGY: "550 5.1.1 no such user"}
    async with open_post(morning.post, morning.port):
        assert (await morning.round()).sent == 3
    assert sorted(morning.post.recipients) == [SOCIAL, OFFICE, HEALTH]
    assert morning.attempts(PSYCHOLOGY) == ["permanent 550"]
    assert morning.attempts(OFFICE) == ["accepted 250"]
    assert morning.listed(OFFICE)["status"] == "sent"
    morning.nothing_is_lost()


async def test_when_nobody_of_a_service_is_taken_the_officer_is_told_and_the_list_says_why(morning: Morning) -> None:
    morning.post.moods = dict.fromkeys((PSYCHOLOGY, OFFICE, ABOVE), "550 5.1.1 no such user")
    async with open_post(morning.post, morning.port):
        result = await morning.round()
    assert (result.sent, result.failed) == (3, 1)
    assert sorted(morning.post.recipients) == [OFFICER, SOCIAL, HEALTH]
    failed = morning.listed(ABOVE)
    assert failed["status"] == "failed"
    assert "550 5.1.1 no such user" in failed["reason"]
    morning.nothing_is_lost()


async def test_a_recipient_that_is_greylisted_waits_and_the_others_do_not(morning: Morning) -> None:
    morning.post.moods = {PSYCHOLOGY: "451 4.7.1 greylisted, come back"}
    async with open_post(morning.post, morning.port):
        result = await morning.round()
        assert (result.sent, result.left) == (2, 1)
        waiting = morning.listed(PSYCHOLOGY)
        morning.post.moods = {}
        assert (await morning.round(MORNING + HALF_AN_HOUR / 2)).sent == 0
        assert (await morning.round(MORNING + HALF_AN_HOUR)).sent == 1
    assert waiting["status"] == "queued"
    assert "greylisted" in waiting["reason"]
    assert morning.attempts(PSYCHOLOGY) == ["temporary 451", "accepted 250"]
    assert set(morning.post.copies().values()) == {1}
    morning.nothing_is_lost()


async def test_a_server_that_hangs_costs_a_bounded_time_and_no_letter(morning: Morning) -> None:
    morning.post.moods = {SOCIAL: HANG}
    began = time.monotonic()
    async with open_post(morning.post, morning.port):
        result = await morning.round()
        assert time.monotonic() - began < 4
        assert (result.sent, result.left) == (2, 1)
        assert "did not answer in time" in morning.listed(SOCIAL)["reason"]
        morning.post.moods = {}
        assert (await morning.round(MORNING + HALF_AN_HOUR)).sent == 1
    assert morning.attempts(SOCIAL) == ["temporary", "accepted 250"]
    assert set(morning.post.copies().values()) == {1}
    morning.nothing_is_lost()


async def test_a_letter_broken_off_in_the_middle_is_sent_again(morning: Morning) -> None:
    morning.post.moods = {SOCIAL: DROP_IN_LETTER}
    async with open_post(morning.post, morning.port):
        result = await morning.round()
        assert (result.sent, result.left) == (2, 1)
        morning.post.moods = {}
        assert (await morning.round(MORNING + HALF_AN_HOUR)).sent == 1
    assert len(morning.post.swallowed) == 1
    assert morning.attempts(SOCIAL) == ["unknown", "accepted 250"]
    assert len(morning.post.to(SOCIAL)) == 1
    morning.nothing_is_lost()


async def test_a_letter_taken_without_an_answer_comes_twice_under_one_name_and_no_other_does(morning: Morning) -> None:
    """The one documented duplicate."""
    morning.post.moods = {SOCIAL: DROP_AFTER_LETTER}
    async with open_post(morning.post, morning.port):
        assert (await morning.round()).sent == 2
        assert "may have arrived" in morning.listed(SOCIAL)["reason"]
        morning.post.moods = {}
        assert (await morning.round(MORNING + HALF_AN_HOUR)).sent == 1
        assert (await morning.round(MORNING + 2 * HALF_AN_HOUR)).sent == 0
    first, second = morning.post.to(SOCIAL)
    assert first == second
    assert sorted(morning.post.copies().values()) == [1, 1, 2]
    assert morning.attempts(SOCIAL) == ["unknown", "accepted 250"]
    morning.nothing_is_lost()


async def test_a_server_that_is_away_for_a_round_gets_every_letter_once_when_it_is_back(morning: Morning) -> None:
    result = await morning.round()
    assert (result.sent, result.failed, result.left) == (0, 0, 3)
    for address in (SOCIAL, PSYCHOLOGY, HEALTH):
        waiting = morning.listed(address)
        assert (waiting["status"], waiting["sent_at"]) == ("queued", None)
        assert "could not be reached" in waiting["reason"]
    async with open_post(morning.post, morning.port):
        assert (await morning.round(MORNING + HALF_AN_HOUR)).sent == 3
    assert sorted(morning.post.recipients) == [SOCIAL, PSYCHOLOGY, HEALTH]
    assert morning.attempts(HEALTH) == ["temporary", "accepted 250"]
    morning.nothing_is_lost()


async def test_on_the_worst_of_mornings_everything_still_arrives_or_is_told(morning: Morning) -> None:
    """Everything at once, then each mood after the other for the same letter, then a server that behaves."""
    moods = ("451 later", HANG, DROP_IN_LETTER, DROP_AFTER_LETTER)
    now = MORNING
    async with open_post(morning.post, morning.port):
        for number in range(len(moods)):
            for place, address in enumerate((SOCIAL, PSYCHOLOGY, HEALTH)):
                morning.post.moods[address] = moods[(number + place) % len(moods)]
            await morning.round(now)
            now += 4 * HALF_AN_HOUR
        morning.post.moods = {}
        await morning.round(at("2026-11-12", "08:30"))
        assert (await morning.round(at("2026-11-13", "08:30"))).letters == 0
    morning.nothing_is_lost()
    for address in (SOCIAL, PSYCHOLOGY, HEALTH):
        assert morning.listed(address)["status"] == "sent"
        assert morning.attempts(address)[-1] == "accepted 250"
        # Taken once without an answer and once with one.
        assert len(morning.post.to(address)) <= 2
