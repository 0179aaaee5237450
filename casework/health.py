"""Is everything well? Each check says what it found and, when something is wrong, how to mend it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from casework.calendar_report import REMEDY, ending
from casework.document_upkeep import store_tried
from casework.mailing import by_notify, courier_of, house_of
from casework.plan_check import PATIENCE
from casework.return_watch import mailbox_read
from casework.uncounted import uncounted
from casework.vital_signs import Finding, vital_signs
from config.clock import london_day, utc_now
from config.settings import Settings
from post.dryrun import DryRun
from post.errors import PostError
from records.database import connect
from records.migrate import current, newest

__all__ = ["CHECKS", "Finding", "examine"]


def examine(settings: Settings, app_url: str) -> list[Finding]:
    """Every check, in the order in which one would mend things. Never raises for what it is looking for."""
    findings = [
        Finding("settings", True, "read"),
        _sender(settings),
        _signing(settings, app_url),
        store_tried(settings),
    ]
    database = _database(app_url)
    findings.append(database)
    if database.well:
        db = connect(app_url, name="ehcp-doctor", pool_size=1)
        try:
            findings += vital_signs(db, utc_now())
            findings += [check(db, utc_now()) for check in CHECKS]
            findings.append(mailbox_read(db, settings, utc_now()))
        finally:
            db.dispose()
    return [*findings, *asyncio.run(_temporal(settings)), asyncio.run(_mail(settings))]


def examine_records(db: Engine, now: datetime) -> list[Finding]:
    """The checks that the records alone answer."""
    return [check(db, now) for check in CHECKS]


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


def _count(db: Engine, query: str, **bound: date) -> int:
    with db.connect() as connection:
        return connection.execute(text(query), bound).scalar_one()


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
    _reviews,
    _undelivered,
    _not_timed,
    uncounted,
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
    remedy = "correct EHCP_SMTP_URL, or ask whoever runs the mail server"
    if by_notify(settings):
        remedy = "correct EHCP_NOTIFY_API_KEY and the templates: 'ehcp notify templates' says what differs"
    try:
        courier = courier_of(settings)
        if isinstance(courier, DryRun):
            return Finding("mail", True, "no mail server is set: mail is caught or written to files on this machine")
        return Finding("mail", True, await courier.greet())
    except PostError as error:
        return Finding("mail", False, str(error), remedy)
