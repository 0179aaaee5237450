"""Is everything well? Each check says what it found and, when something is wrong, how to mend it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from casework.calendar_report import REMEDY, ending
from casework.calendars import calendar_in_force
from casework.mailing import house_of
from casework.plan_check import PATIENCE
from config.clock import london_day, utc_now
from config.settings import Settings
from post.errors import PostError
from post.smtp import SmtpCourier
from records.database import connect
from records.migrate import current, newest
from statute.calendar import ENGLAND, Calendar

# A wake is delivered within seconds; one that waits longer means that no worker reaches Temporal.
WAKE_PATIENCE = timedelta(minutes=2)
NIGHTLY_PATIENCE = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `remedy` is empty when all is well, unless it will not stay so."""

    what: str
    well: bool
    found: str
    remedy: str = ""


def examine(settings: Settings, app_url: str) -> list[Finding]:
    """Every check, in the order in which one would mend things. Never raises for what it is looking for."""
    findings = [Finding("settings", True, "read"), _sender(settings), _signing(settings, app_url)]
    database = _database(app_url)
    findings.append(database)
    if database.well:
        db = connect(app_url, name="ehcp-doctor", pool_size=1)
        try:
            findings += [check(db, utc_now()) for check in CHECKS]
        finally:
            db.dispose()
    return [*findings, *asyncio.run(_temporal(settings)), asyncio.run(_mail(settings))]


def _sender(settings: Settings) -> Finding:
    try:
        return Finding("sender", True, f"{house_of(settings).mail_from}, answers to {settings.reply_to}")
    except PostError as error:
        return Finding("sender", False, str(error), "set EHCP_MAIL_FROM, EHCP_REPLY_TO and EHCP_AUTHORITY_NAME")


def _signing(settings: Settings, app_url: str) -> Finding:
    if settings.signing_key.get_secret_value() or not settings.database_url:
        return Finding("signing key", True, "set" if settings.database_url else "in the data folder")
    return Finding(
        "signing key",
        False,
        "EHCP_SIGNING_KEY is empty: the nightly digest is not signed",
        "set it to the output of: openssl rand -hex 32",
    )


def _database(app_url: str) -> Finding:
    try:
        revision = current(app_url)
    except SQLAlchemyError:
        return Finding("database", False, "does not answer", "start Postgres, or correct EHCP_DATABASE_URL")
    if revision != newest():
        return Finding(
            "database", False, f"at revision {revision}, this version needs {newest()}", "run 'ehcp migrate'"
        )
    return Finding("database", True, f"at revision {revision}")


def _moment(db: Engine, query: str) -> datetime | None:
    with db.connect() as connection:
        return connection.execute(text(query)).scalar()


def _count(db: Engine, query: str, **bound: date) -> int:
    with db.connect() as connection:
        return connection.execute(text(query), bound).scalar_one()


def _wakes(db: Engine, now: datetime) -> Finding:
    oldest = _moment(db, "SELECT min(created_at) FROM wake WHERE delivered_at IS NULL")
    if oldest is None or now - oldest < WAKE_PATIENCE:
        return Finding("oldest wake", True, "none waits" if oldest is None else f"since {oldest:%H:%M:%S} UTC")
    return Finding(
        "oldest wake",
        False,
        f"waits since {oldest:%Y-%m-%d %H:%M} UTC: workflows do not hear of new facts",
        "start Temporal and a worker ('ehcp up', or 'ehcp worker')",
    )


def last_round_due(now: datetime, calendar: Calendar = ENGLAND) -> datetime:
    """The last moment by which a post round should have ended: 10:00 UTC on the last day of work that is past it."""
    day = london_day(now)
    if now.hour < 10 or not calendar.is_office_day(day):
        day = calendar.operational_due(day - timedelta(days=1))
    return datetime(day.year, day.month, day.day, 7, tzinfo=now.tzinfo)


def _post_round(db: Engine, now: datetime) -> Finding:
    last = _moment(db, "SELECT max(finished_at) FROM round_log WHERE kind = 'post'")
    armed = _moment(db, "SELECT min(armed_from) FROM process WHERE armed_from IS NOT NULL AND ended_on IS NULL")
    found = f"ended {last:%Y-%m-%d %H:%M} UTC" if last else "none has run"
    with Session(db) as session:
        expected = last_round_due(now, calendar_in_force(session))
    if armed is None or armed > expected or (last and last >= expected):
        return Finding("last post round", True, found)
    return Finding(
        "last post round",
        False,
        f"{found}; one was due since {expected:%Y-%m-%d}",
        "start a worker, then 'ehcp schedules apply'; 'ehcp post' sends now",
    )


def _nightly(db: Engine, now: datetime) -> Finding:
    last = _moment(db, "SELECT max(finished_at) FROM round_log WHERE kind = 'nightly'")
    first = _moment(db, "SELECT min(opened_at) FROM process WHERE ended_on IS NULL")
    found = f"ended {last:%Y-%m-%d %H:%M} UTC" if last else "none has run"
    since = last or first
    if since is None or now - since < NIGHTLY_PATIENCE:
        return Finding("nightly check", True, found)
    return Finding("nightly check", False, found, "start a worker, then 'ehcp schedules apply'")


def _reviews(db: Engine, now: datetime) -> Finding:
    late = _count(db, "SELECT count(*) FROM review WHERE opens_on <= :day", day=london_day(now) - PATIENCE)
    if not late:
        return Finding("reviews to open", True, "each was opened on its day")
    return Finding(
        "reviews to open",
        False,
        f"{late} should have been opened days ago: nobody is chased for them",
        "start a worker, then 'ehcp schedules apply'; the nightly check opens them too",
    )


def _undelivered(db: Engine, now: datetime) -> Finding:
    failed = _count(db, "SELECT count(*) FROM message WHERE status = 'failed'")
    if not failed:
        return Finding("mail not delivered", True, "none")
    return Finding(
        "mail not delivered",
        False,
        f"{failed} messages could not be delivered to anybody",
        "'ehcp messages --status failed' lists them; correct the address and record the contact yourself",
    )


def _not_timed(db: Engine, now: datetime) -> Finding:
    rows = _count(db, "SELECT count(*) FROM import_refusal WHERE resolved_at IS NULL")
    return Finding("rows not timed", True, f"{rows} refused rows wait in rejects files" if rows else "none")


def _calendar(db: Engine, now: datetime) -> Finding:
    with Session(db) as session:
        found = ending(session, london_day(now))
    if not found.said:
        return Finding("calendar", True, "recorded for a year and more")
    return Finding("calendar", not found.soon, "; ".join(found.said), REMEDY)


CHECKS: tuple[Callable[[Engine, datetime], Finding], ...] = (
    _wakes,
    _post_round,
    _nightly,
    _reviews,
    _undelivered,
    _not_timed,
    _calendar,
)


async def _temporal(settings: Settings) -> list[Finding]:
    from engine.client import TemporalAway, connect
    from engine.deployment import pollers

    remedy = "start it ('ehcp up' on one machine), or correct EHCP_TEMPORAL_ADDRESS and EHCP_TEMPORAL_NAMESPACE"
    try:
        client = await connect(settings)
        working = await pollers(client, settings.task_queue)
    except TemporalAway as away:
        found = f"does not answer at {away.address} ({away.detail}); what was recorded is safe and waits"
        return [Finding("Temporal", False, found, remedy)]
    here = Finding("Temporal", True, f"answers at {settings.temporal_address}")
    if working:
        return [here, Finding("worker", True, f"{working} at work")]
    return [
        here,
        Finding("worker", False, "none is at work: nothing is timed or sent", "start one: 'ehcp worker'"),
    ]


async def _mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        return Finding("mail", True, "no mail server is set: mail is caught or written to files on this machine")
    try:
        answer = await SmtpCourier.from_url(settings.smtp_url).greet()
    except PostError as error:
        return Finding("mail", False, str(error), "correct EHCP_SMTP_URL, or ask whoever runs the mail server")
    return Finding("mail", True, answer)
