"""The post round and the code mails against a Notify that refuses, limits, hangs, breaks off or is away.

What nobody can promise of a mail server holds here: no letter comes twice, because a second attempt asks first.
"""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from casework.round import RoundResult, post_round
from casework.secure_links.codes import send_code
from casework.secure_links.making import Opens, secret_to
from casework.sign_in.codes import Made
from casework.sign_in.mail import mail_code, mail_is_away
from casework.sign_in.staff import Staff
from config.settings import Settings
from post.notify import NotifyCourier
from records.tables import DeliveryAttempt, Digest, Message
from tests.casework.chasing.council import DUE, HOUSE, Council, at
from tests.support import notify_server as served
from tests.support.database import Database
from tests.support.notify_server import Mood, Notify, notify_server

MORNING = at(DUE, "08:30")
HALF_AN_HOUR = timedelta(minutes=30)
SOCIAL, PSYCHOLOGY, HEALTH = "dct@nhs.example", "eps@nhs.example", "paeds@nhs.example"
OFFICE = "eps.office@nhs.example"
ALL = (SOCIAL, PSYCHOLOGY, HEALTH)


async def no_rest(_: float) -> None:
    """As if the rolling minute had passed."""


@dataclass
class Morning:
    """Three advisers are to be written to on the day their advice is due, by way of Notify in some mood."""

    council: Council
    notify: Notify
    case: UUID
    now: datetime = MORNING
    courier: NotifyCourier = field(init=False)

    def __post_init__(self) -> None:
        self.courier = NotifyCourier(
            self.notify.url,
            served.KEY,
            served.MAIL_TEMPLATE,
            connect=0.4,
            answer=0.4,
            now=lambda: self.now,
            sleep=no_rest,
        )

    async def round(self, now: datetime = MORNING) -> RoundResult:
        """A post round as the worker makes it, with short patience."""
        self.now = now
        return await asyncio.to_thread(post_round, self.council.db, now, self.courier, HOUSE)

    def attempts(self, address: str) -> list[str]:
        """Outcome and code of every attempt of the morning recorded for an address."""
        with Session(self.council.db) as session:
            rows = session.exec(select(DeliveryAttempt).where(DeliveryAttempt.recipient == address)).all()
            made = sorted(rows, key=lambda row: row.id or 0)
            return [" ".join(filter(None, (row.outcome, str(row.code or "")))) for row in made if row.at >= MORNING]

    def chaser(self, address: str) -> Message:
        """The chaser to an address."""
        put_down = self.council.messages(self.case)
        [row] = [row for row in put_down if (row.recipient, row.kind, row.rung) == (address, "chase", "0")]
        return row

    def everybody_has_it_once(self) -> None:
        """Each adviser's letter is at Notify once, is noted as sent, and Notify's own id of it is kept."""
        assert sorted(self.notify.recipients) == sorted(ALL)
        assert {self.chaser(address).status for address in ALL} == {"sent"}
        with Session(self.council.db) as session:
            ids = session.exec(select(Digest.carrier_id).where(Digest.carrier == "notify")).all()
        assert sorted(filter(None, ids)) == sorted(row["id"] for row in self.notify.taken)


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_server() as service:
        yield service


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


@pytest.fixture
def morning(council: Council, notify: Notify) -> Morning:
    case = council.open()
    asked = at("2026-09-30", "14:00")
    council.say(case, asked, "decision_to_assess=2026-09-30;reuse=education")
    council.wake(case, asked)
    council.urgent(case, asked)
    views = "family_views=2026-09-30;from=parent"
    requests = (f"advice_requested:{name}=2026-09-30" for name in ("health", "educational_psychology", "social_care"))
    council.say(case, asked, views, *requests)
    council.wake(case, at(DUE))
    return Morning(council, notify, case)


async def test_a_well_behaved_service_gets_one_letter_for_each_and_no_question(morning: Morning) -> None:
    assert await morning.round() == RoundResult(sent=3, letters=3)
    assert len(morning.notify.requests) == 3
    morning.everybody_has_it_once()


async def test_an_address_that_notify_refuses_is_replaced_by_the_fallback_contact_at_once(morning: Morning) -> None:
    morning.notify.moods[PSYCHOLOGY] = served.BAD_ADDRESS
    assert (await morning.round()).sent == 3
    assert sorted(morning.notify.recipients) == [SOCIAL, OFFICE, HEALTH]
    assert (morning.attempts(PSYCHOLOGY), morning.attempts(OFFICE)) == (["permanent 400"], ["accepted 201"])


@pytest.mark.parametrize(
    ("mood", "attempt", "says"),
    [
        (served.TRIAL, "temporary 400", "trial mode"),
        (served.NO_KEY, "temporary 403", "EHCP_NOTIFY_API_KEY"),
        (served.RATE, "temporary 429", "in this minute"),
        (served.INTERNAL, "temporary 500", "could not take it"),
        (served.GATEWAY, "unknown 502", "may have it"),
        (served.DROP_AFTER, "unknown", "may have it"),
    ],
)
async def test_what_is_wrong_for_all_loses_no_letter_sends_none_twice_and_says_what_to_do(
    morning: Morning, mood: Mood, attempt: str, says: str
) -> None:
    morning.notify.always = mood
    result = await morning.round()
    assert (result.sent, result.failed, result.left) == (0, 0, 3)
    assert {morning.attempts(address)[0] for address in ALL} == {attempt}
    assert says in morning.chaser(HEALTH).reason
    morning.notify.always = ""
    await morning.round(MORNING + HALF_AN_HOUR)
    morning.everybody_has_it_once()
    assert {morning.attempts(address)[1].split()[0] for address in ALL} == {"accepted"}


async def test_a_service_that_hangs_for_one_letter_costs_a_bounded_time_and_no_second_copy(morning: Morning) -> None:
    morning.notify.moods[SOCIAL] = served.HANG_AFTER
    began = time.monotonic()
    assert (await morning.round()).sent == 2
    assert time.monotonic() - began < 3
    morning.notify.moods.clear()
    assert (await morning.round(MORNING + HALF_AN_HOUR)).sent == 1
    assert morning.attempts(SOCIAL) == ["unknown", "accepted"]
    morning.everybody_has_it_once()


async def test_over_the_daily_limit_the_round_stops_trying_until_tomorrow(morning: Morning) -> None:
    morning.notify.always = served.DAILY
    assert (await morning.round()).sent == 0
    assert len(morning.notify.requests) == 1, "the other two were not even tried"
    assert "tomorrow" in morning.chaser(HEALTH).reason
    assert {morning.chaser(address).due_at for address in ALL} == {datetime(2026, 11, 12, tzinfo=UTC)}
    morning.notify.always = ""
    assert (await morning.round(MORNING + 4 * HALF_AN_HOUR)).sent == 0
    assert (await morning.round(at("2026-11-12", "08:30"))).sent == 3
    morning.everybody_has_it_once()


async def test_on_the_worst_of_mornings_everybody_still_gets_one_letter(morning: Morning) -> None:
    moods = (served.INTERNAL, served.HANG, served.DROP_AFTER, served.RATE)
    now = MORNING
    for number in range(len(moods)):
        for place, address in enumerate(ALL):
            morning.notify.moods[address] = moods[(number + place) % len(moods)]
        await morning.round(now)
        now += 4 * HALF_AN_HOUR
    morning.notify.moods.clear()
    await morning.round(at("2026-11-12", "08:30"))
    assert set(morning.notify.copies().values()) == {1}
    morning.everybody_has_it_once()


def test_a_round_killed_between_sending_and_noting_asks_before_it_sends_again(
    morning: Morning, database: Database
) -> None:
    first = min(ALL)  # rounds go by address
    morning.notify.moods[first] = served.HANG_AFTER
    words = [sys.executable, "-m", "tests.faults.one_round", database.app_url, morning.notify.url, MORNING.isoformat()]
    child = subprocess.Popen(words)
    until = time.monotonic() + 30
    while not morning.notify.taken:
        assert time.monotonic() < until
        time.sleep(0.01)
    child.kill()
    child.wait(timeout=10)
    assert [message.status for message in morning.council.messages(morning.case, "sending")] == ["sending"]
    morning.notify.moods.clear()
    asyncio.run(morning.round(MORNING + timedelta(minutes=1)))
    assert morning.notify.asked("GET /v2/notifications?reference=") == 1
    morning.everybody_has_it_once()
    assert morning.attempts(first) == ["unknown", "accepted"]


# Codes


@pytest.fixture
def settings(notify: Notify, tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "data_dir": tmp_path,
            "notify_api_key": served.KEY,
            "notify_url": notify.url,
            "notify_email_template": served.MAIL_TEMPLATE,
            "mail_from": "ehc@council.example",
            "signing_key": "0123456789abcdef" * 2,
            "public_url": "https://ehcp.council.example",
        }
    )


def made_code() -> Made:
    staff = Staff("a.marsh", "A. Marsh", "caseworker", "East", "a.marsh@council.example")
    return Made(uuid4(), "314159", MORNING, staff)


def test_a_sign_in_code_goes_by_notify_and_stands_in_its_text_alone(notify: Notify, settings: Settings) -> None:
    assert not mail_is_away(settings)
    assert mail_code(settings, made_code())
    [row] = notify.taken
    assert row["email_address"] == "a.marsh@council.example"
    assert "314 159" in row["body"]
    assert "314" not in row["subject"]


@pytest.mark.parametrize("mood", [served.INTERNAL, served.NO_KEY, served.DROP, served.DROP_AFTER, served.BAD_ADDRESS])
def test_a_code_that_notify_does_not_take_is_told_and_never_logged(
    notify: Notify, settings: Settings, mood: Mood, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    notify.always = mood
    assert not mail_code(settings, made_code())
    assert "sign_in_code_not_sent" in caplog.text
    assert not [secret for secret in ("314159", "314 159", served.SECRET, "a.marsh@") if secret in caplog.text]


def test_while_notify_is_away_whoever_signs_in_is_told_before_anything_is_sent(
    notify: Notify, settings: Settings
) -> None:
    notify.asking = served.AWAY
    assert mail_is_away(settings)
    assert notify.taken == []


@pytest.mark.parametrize(("mood", "copies"), [("", 1), (served.INTERNAL, 0), (served.DROP_AFTER, 1)])
def test_the_code_of_a_link_is_sent_once_and_never_again_by_itself(
    morning: Morning, settings: Settings, mood: Mood, copies: int
) -> None:
    db = morning.council.db
    with Session(db) as session, session.begin():
        secret = secret_to(session, settings, Opens.LIST, HEALTH, MORNING)
    morning.notify.always = mood
    send_code(db, settings, secret, "browser", MORNING)
    assert morning.notify.recipients == [HEALTH] * copies
