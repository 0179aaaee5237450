"""What became of letters that Notify took, asked of a service on this machine."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from casework.case_letters import letters_of
from casework.deliveries import Polled, note_fate, poll
from casework.fates import sent_today
from casework.mailing import courier_of, paper_of
from casework.round import RoundResult, post_round
from config.settings import Settings
from post.dryrun import DryRun
from post.notify import NotifyCourier
from post.smtp import SmtpCourier
from records.tables import DeliveryAttempt, Digest, Message
from tests.casework.chasing.council import DUE, HOUSE, MORNING, OFFICE, PAEDS, Council, at, chased
from tests.support import notify_server as served
from tests.support.database import Database
from tests.support.notify_server import Notify, notify_server

LATER = at(DUE, "08:35")


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_server() as service:
        yield service


@pytest.fixture
def settings(notify: Notify, tmp_path: Path) -> Settings:
    return settings_for(notify, tmp_path)


def settings_for(notify: Notify, folder: Path, **more: object) -> Settings:
    return Settings.model_validate(
        {
            "data_dir": folder,
            "notify_api_key": served.KEY,
            "notify_url": notify.url,
            "notify_email_template": served.MAIL_TEMPLATE,
            **more,
        }
    )


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


def send(council: Council, settings: Settings, now: datetime = MORNING) -> RoundResult:
    return post_round(council.db, now, courier_of(settings, council.db), HOUSE)


def digests(council: Council) -> list[Digest]:
    with Session(council.db) as session:
        rows = session.exec(select(Digest).where(Digest.carrier == "notify").order_by(col(Digest.claimed_at))).all()
        session.expunge_all()
        return list(rows)


def status_of(council: Council, case: UUID) -> str:
    [message] = [each for each in council.messages(case) if each.kind == "chase" and each.rung == "0"]
    return f"{message.status} {message.recipient}"


def test_a_letter_that_notify_took_is_pending_until_it_says_more(
    council: Council, notify: Notify, settings: Settings
) -> None:
    [case] = chased(council)
    assert send(council, settings).sent == 1
    [digest] = digests(council)
    assert (digest.carrier_id, digest.fate, digest.sent_at) == (notify.taken[0]["id"], "pending", MORNING)
    notify.becomes("sending")
    assert poll(council.db, settings, LATER) == Polled(asked=1)
    notify.becomes("delivered")
    assert poll(council.db, settings, LATER + timedelta(minutes=5)) == Polled(asked=1, delivered=1)
    [digest] = digests(council)
    assert (digest.fate, digest.fate_at) == ("delivered", LATER + timedelta(minutes=5))
    assert poll(council.db, settings, LATER + timedelta(minutes=10)) == Polled()
    assert status_of(council, case) == f"sent {PAEDS}"
    with Session(council.db) as session:
        assert [letter.became for letter in letters_of(session, case) if letter.sent][-1] == "delivered"


@pytest.mark.parametrize("failure", ["permanent-failure", "temporary-failure"])
def test_an_address_that_took_nothing_hands_the_letter_to_the_next_in_line(
    council: Council, notify: Notify, settings: Settings, failure: str
) -> None:
    [case] = chased(council)
    send(council, settings)
    notify.becomes(failure)
    assert poll(council.db, settings, LATER) == Polled(asked=1, bounced=1)
    assert digests(council)[0].fate == "bounced"
    send(council, settings, LATER)
    assert notify.recipients == [PAEDS, OFFICE]
    assert status_of(council, case) == f"sent {OFFICE}"


def test_what_notify_never_sent_goes_once_more_under_the_same_reference(
    council: Council, notify: Notify, settings: Settings
) -> None:
    [case] = chased(council)
    send(council, settings)
    notify.becomes("technical-failure")
    assert poll(council.db, settings, LATER) == Polled(asked=1, again=1)
    assert status_of(council, case) == f"queued {PAEDS}"
    assert send(council, settings, at(DUE, "09:30")).sent == 1
    assert notify.recipients == [PAEDS, PAEDS]
    assert len(notify.copies()) == 1
    [digest] = digests(council)
    assert (digest.fate, digest.carrier_id) == ("pending", notify.taken[1]["id"])


def test_what_notify_never_manages_to_send_ends_with_the_next_in_line(
    council: Council, notify: Notify, settings: Settings
) -> None:
    [case] = chased(council)
    send(council, settings)
    _tried_since(council, MORNING - timedelta(days=3))
    notify.becomes("technical-failure")
    assert poll(council.db, settings, LATER) == Polled(asked=1, bounced=1)
    send(council, settings, LATER)
    assert notify.recipients == [PAEDS, OFFICE]
    assert status_of(council, case) == f"sent {OFFICE}"


def test_those_not_asked_about_for_longest_come_first_and_no_more_than_a_bounded_number(
    council: Council, notify: Notify, settings: Settings
) -> None:
    _five_pending(council)
    asked: list[str] = []
    for minute in range(3):
        notify.requests.clear()
        poll(council.db, settings, LATER + timedelta(minutes=minute), most=2)
        asked += [request.rsplit("/", 1)[1] for request in notify.requests]
    assert asked == [str(UUID(int=number)) for number in (1, 2, 3, 4, 5, 1)]


def test_a_service_that_is_away_is_left_until_the_next_asking(
    council: Council, notify: Notify, settings: Settings
) -> None:
    _five_pending(council)
    notify.asking = served.INTERNAL
    polled = poll(council.db, settings, LATER)
    assert (polled.asked, bool(polled.problem), len(notify.requests)) == (0, True, 1)
    assert {digest.fate for digest in digests(council)} == {"pending"}


def test_what_notify_has_forgotten_is_unknown_after_a_week_and_asked_about_until_then(
    council: Council, settings: Settings
) -> None:
    _five_pending(council)
    poll(council.db, settings, LATER)
    assert {digest.fate for digest in digests(council)} == {"pending"}
    poll(council.db, settings, MORNING + timedelta(days=7))
    assert {digest.fate for digest in digests(council)} == {""}


def test_a_letter_that_notify_will_not_speak_of_keeps_nobody_from_hearing_of_the_others(
    council: Council, notify: Notify, settings: Settings
) -> None:
    _five_pending(council)
    with Session(council.db) as session, session.begin():
        session.get_one(Digest, UUID(int=1)).carrier_id = "no id of Notify's"
    chased(council)
    send(council, settings)
    notify.becomes("delivered")
    polled = poll(council.db, settings, LATER)
    assert (polled.asked, polled.delivered) == (6, 1)
    assert polled.problem == "Notify would not say what became of letters: 1"
    poll(council.db, settings, MORNING + timedelta(days=7))
    assert "pending" not in {digest.fate for digest in digests(council)}, "after a week nobody will ever know"


def test_noting_a_bounce_twice_writes_one_attempt_and_sends_nothing_twice(
    council: Council, notify: Notify, settings: Settings
) -> None:
    chased(council)
    send(council, settings)
    [digest] = digests(council)
    for _ in range(2):
        note_fate(council.db, digest.id, "bounced", LATER, code="5.1.1", detail="not delivered: 5.1.1")
    send(council, settings, LATER)
    assert notify.recipients == [PAEDS, OFFICE]
    with Session(council.db) as session:
        rows = session.exec(select(DeliveryAttempt).where(DeliveryAttempt.digest_id == digest.id)).all()
    assert sorted(row.outcome for row in rows) == ["accepted", "permanent"]


def test_the_letters_of_the_day_are_counted_and_what_is_over_waits_for_tomorrow(
    council: Council, notify: Notify, tmp_path: Path
) -> None:
    chased(council)
    _five_pending(council)
    assert (sent_today(council.db, MORNING), sent_today(council.db, MORNING + timedelta(days=1))) == (5, 0)
    courier = courier_of(settings_for(notify, tmp_path), council.db)
    assert isinstance(courier, NotifyCourier)
    assert courier.sent_today() == 0, "by today's date, not by the test's"


def test_notify_goes_before_a_mail_server_and_never_in_a_demonstration(notify: Notify, tmp_path: Path) -> None:
    server = "smtp://127.0.0.1:2525"
    assert isinstance(courier_of(settings_for(notify, tmp_path, smtp_url=server)), NotifyCourier)
    assert isinstance(courier_of(settings_for(notify, tmp_path, smtp_url=server, demo=True)), SmtpCourier)
    assert isinstance(courier_of(settings_for(notify, tmp_path, demo=True)), DryRun)
    assert paper_of(settings_for(notify, tmp_path)) is None
    assert paper_of(settings_for(notify, tmp_path, notify_letter_template=served.PAPER_TEMPLATE)) is not None
    smtp = courier_of(Settings(data_dir=tmp_path, smtp_url=server, mails_per_second=2))
    assert isinstance(smtp, SmtpCourier)
    assert smtp.pace is not None


def _tried_since(council: Council, first: datetime) -> None:
    with Session(council.db) as session, session.begin():
        for message in session.exec(select(Message).where(Message.status == "sent")).all():
            message.about = {**message.about, "attempts": 4, "first_attempt": first.isoformat()}
            session.add(message)


def _five_pending(council: Council) -> None:
    """Letters that Notify took this morning, a minute apart."""
    with Session(council.db) as session, session.begin():
        for number in range(1, 6):
            session.add(
                Digest(
                    id=UUID(int=number),  # of those asked at one moment the first comes first
                    authority="000",
                    recipient=f"desk{number}@nhs.example",
                    day=MORNING.date(),
                    kind="daily",
                    message_id_header=f"<{number}@council.example>",
                    claimed_at=MORNING,
                    sent_at=MORNING + timedelta(minutes=number - 6),
                    carrier="notify",
                    carrier_id=str(UUID(int=number)),
                    fate="pending",
                )
            )
