"""The same weeks in earnest: the commands that the workflows and schedules call, each at its hour, on a real database."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlmodel import Session

from casework.actor import Actor
from casework.recording import record
from casework.relay import mark_delivered, undelivered_wakes
from casework.sweep import open_due
from casework.term_lists import mark_sent, prepare_due
from config.clock import london_day, utc_of_london
from records.tables import Contact, Process
from scorecard.rehearsal.arriving import is_drawn
from scorecard.rehearsal.held import Held
from scorecard.rehearsal.rehearsing import Rehearsal
from statute.facts import Fact
from tests.casework.chasing.council import Council

DAY = timedelta(days=1)
Said = tuple[datetime, str, Fact]


def in_earnest(council: Council, rehearsal: Rehearsal) -> set[tuple[date, str, str]]:
    """Live through the days of a rehearsal, say what was said in it, and return what `mails_of` returns of it."""
    asked = rehearsal.asked
    said = sorted(_said(rehearsal), key=lambda each: each[0])
    new = [each.case for each in rehearsal.walked if is_drawn(each.case)]
    lists = {(row.recipient, row.term_start): row.sent_on for row in rehearsal.term_lists if row.sent_on}
    for number in range(asked.weeks * 7):
        day = asked.first + number * DAY
        _one_day(council, day, said, new)
        for recipient, term in (each for each, sent_on in lists.items() if sent_on == day):
            mark_sent(council.db, recipient, term, day, Actor("m.east", "cli"), day)
    return _sent(council, asked.first)


def mails_of(rehearsal: Rehearsal) -> set[tuple[date, str, str]]:
    """Day, address and claim of every mail."""
    return {(mail.at.date(), mail.to, mail.key) for mail in rehearsal.mails}


def letters_of(rehearsal: Rehearsal) -> set[tuple[str, str, date]]:
    """Claim, standing and day of the draft of every letter to a family, sent ones in their own place."""
    rows = [row for each in rehearsal.walked for row in each.case.letters]
    return {(_whoever(row.step_key), row.status, london_day(row.drafted_at)) for row in rows}


def letters_in_earnest(council: Council) -> set[tuple[str, str, date]]:
    """The same on the real database."""
    query = text("SELECT step_key, status, (drafted_at AT TIME ZONE 'Europe/London')::date FROM family_letter")
    with council.db.connect() as connection:
        found = [(row[0], row[1], row[2]) for row in connection.execute(query)]
    return {(_whoever(_as_drawn(council, key)), status, day) for key, status, day in found}


def _whoever(key: str) -> str:
    """The claim of a letter without whom it is for."""
    return key.rpartition("/")[0]


def _as_drawn(council: Council, key: str) -> str:
    """A claim of a case that was drawn, under the number that the rehearsal gave it."""
    process_id, _, rest = key.partition("/")
    with council.db.connect() as connection:
        query = text("SELECT substr(case_ref, 7) FROM process WHERE id::text = :id AND case_ref LIKE 'drawn/%'")
        drawn = connection.execute(query, {"id": process_id}).scalar()
    return f"{drawn or process_id}/{rest}"


def _arrives(council: Council, case: Held) -> None:
    """A request that the rehearsal drew comes in, and those who may be written to with it."""
    at, process = case.process.opened_at, case.process
    received = case.facts[0].day
    details = {"officer": process.officer, "team": process.team, "setting_urn": case.person.setting_urn}
    made = council.open(str(process.id), at, received=received, case_ref=process.case_ref, **details)
    with Session(council.db) as session, session.begin():
        person = session.get_one(Process, made).person_id
        for each in case.family.contacts:
            kept = each.model_dump(exclude={"id", "person_id"})
            session.add(Contact(**kept, person_id=person))


def _said(rehearsal: Rehearsal) -> Iterator[Said]:
    for walked in rehearsal.walked:
        for fact in walked.said:
            if fact.recorded_at and fact.attributes.get("channel") != "link":  # the engine says that itself
                yield fact.recorded_at, walked.case.process.case_ref, fact


def _one_day(council: Council, day: date, said: Sequence[Said], new: Sequence[Held]) -> None:
    hour = utc_of_london(day, time(5))
    _wakes(council, hour)
    open_due(council.db, hour)
    _told(council, hour)
    prepare_due(council.db, utc_of_london(day, time(6)))
    post = utc_of_london(day, time(8, 30))
    _wakes(council, post)
    if day.isoweekday() <= 5:
        council.round(post)
        _told(council, post)
    for case in new:
        if case.begins and post < case.begins < utc_of_london(day + DAY, time()):
            _wakes(council, case.begins)
            _arrives(council, case)
            _told(council, case.begins)
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
        found = [(row[0], row[1], row[2]) for row in connection.execute(query, {"first": first})]
    return {(day, to, _as_drawn(council, key)) for day, to, key in found}
