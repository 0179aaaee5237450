"""The same weeks in earnest: the commands that the workflows and schedules call, each at its hour, on a real database."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import TextClause, text

from casework.actor import Actor
from casework.recording import record
from casework.relay import mark_delivered, undelivered_wakes
from casework.sweep import open_due
from config.clock import utc_of_london
from scorecard.rehearsal.rehearsing import Rehearsal
from statute.facts import Fact
from tests.casework.chasing.council import Council

DAY = timedelta(days=1)
Said = tuple[datetime, str, Fact]


def in_earnest(council: Council, rehearsal: Rehearsal) -> set[tuple[date, str, str]]:
    """Live through the days of a rehearsal, say what was said in it, and return what `mails_of` returns of it."""
    asked = rehearsal.asked
    said = sorted(_said(rehearsal), key=lambda each: each[0])
    for number in range(asked.weeks * 7):
        _one_day(council, asked.first + number * DAY, said)
    return _sent(council, asked.first)


def mails_of(rehearsal: Rehearsal) -> set[tuple[date, str, str]]:
    """Day, address and claim of every mail."""
    return {(mail.at.date(), mail.to, mail.key) for mail in rehearsal.mails}


def _said(rehearsal: Rehearsal) -> Iterator[Said]:
    for walked in rehearsal.walked:
        for fact in walked.said:
            if fact.recorded_at and fact.attributes.get("channel") != "link":  # the engine says that itself
                yield fact.recorded_at, walked.case.process.case_ref, fact


def _one_day(council: Council, day: date, said: Sequence[Said]) -> None:
    hour = utc_of_london(day, time(5))
    _wakes(council, hour)
    open_due(council.db, hour)
    _told(council, hour)
    post = utc_of_london(day, time(8, 30))
    _wakes(council, post)
    if day.isoweekday() <= 5:
        council.round(post)
        _told(council, post)
    for at, reference, fact in said:
        if post < at < utc_of_london(day + DAY, time()):
            _wakes(council, at)
            record(council.db, reference, [fact], Actor("a.marsh", "cli"), at, confirm=True)
            _told(council, at)
    _wakes(council, utc_of_london(day + DAY, time()))


def _wakes(council: Council, until: datetime) -> None:
    due = text("SELECT id, next_wake FROM process WHERE next_wake < :until AND ended_on IS NULL ORDER BY next_wake")
    while found := _rows(council, due, until):
        for process_id, at in found:
            _wake(council, process_id, at)


def _told(council: Council, now: datetime) -> None:
    while waiting := undelivered_wakes(council.db, 500):
        for process_id in dict.fromkeys(each.ref.process_id for each in waiting):
            _wake(council, process_id, now)
        mark_delivered(council.db, [each.row for each in waiting], now)


def _wake(council: Council, process_id: UUID, at: datetime) -> None:
    if council.wake(process_id, at).urgent:
        council.urgent(process_id, at)


def _rows(council: Council, query: TextClause, until: datetime) -> Sequence[tuple[UUID, datetime]]:
    with council.db.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(query, {"until": until})]


def _sent(council: Council, first: date) -> set[tuple[date, str, str]]:
    query = text(
        "SELECT digest.day, digest.recipient, message.step_key FROM message JOIN digest ON digest.id = message.digest_id "
        "WHERE message.status = 'sent' AND digest.day >= :first"
    )
    with council.db.connect() as connection:
        return {(row[0], row[1], row[2]) for row in connection.execute(query, {"first": first})}
