"""Every letter of two reviews, sent by SMTP and read: in one everything is late, the other ends with the plan."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from casework.round import post_round
from post.servers import server_from_url
from post.smtp import SmtpCourier
from records.tables import Digest, Message, Person, Process
from statute.calendar import ENGLAND
from tests.casework.chasing.council import HOUSE, Council, at
from tests.faults.child import BORN, FORENAME, REFERENCE, SURNAME, UPN, named_in
from tests.post.mailserver import Mailbox, smtp_server

pytestmark = pytest.mark.timeout(120)

# Last reviewed on 13 May 2026, so due on 12 May 2027: the meeting is wanted by 14 April, and asked for from 20 January.
PLAN = ("plan_made=2024-05-13", "last_review=2026-05-13;meeting=2026-04-22")
AMENDED = {
    "2027-03-08": "review_invited=2027-03-08;meeting=2027-04-14",
    "2027-04-19": "review_meeting=2027-04-14",
    "2027-05-05": "review_report_received=2027-05-05;recommends=amend",
    "2027-05-10": "decision_amend=2027-05-10",
    "2027-05-14": "amendment_notice_sent=2027-05-14;served=2027-05-14",
    "2027-07-12": "amended_plan_sent=2027-07-12;names_setting=117222;to=family",
}
CEASED = {
    "2027-02-01": "review_invited=2027-02-01;meeting=2027-02-24",
    "2027-02-02": "review_papers_sent=2027-02-02;meeting=2027-02-24",
    "2027-02-24": "review_meeting=2027-02-24",
    "2027-02-26": "review_report_received=2027-02-26;recommends=cease",
    "2027-03-01": "decision_cease=2027-03-01;reason=4",
    "2027-05-10": "plan_ceased=2027-05-10;reason=4",
}
# By kind, what it is about and who reads it: the days on which a letter said so.
LETTERS_OF_THE_AMENDED = """
arrange education adviser: 20 Jan, 3 Mar
invite health adviser: 8 Mar, 23 Mar, 30 Mar
invite social_care adviser: 8 Mar, 23 Mar, 30 Mar
review_papers education adviser: 23 Mar, 25 Mar, 31 Mar
review_papers education caseworker: 31 Mar
meeting education adviser: 15 Apr
report education adviser: 21 Apr, 28 Apr, 29 Apr, 4 May
escalate education service_manager: 4 May
warn caseworker: 14 Apr, 28 Apr, 5 May, 10 May, 12 May, 9 Jun, 23 Jun, 30 Jun, 5 Jul, 7 Jul
warn manager: 5 May, 12 May, 23 Jun, 5 Jul, 7 Jul
notice caseworker: 11 May
breach caseworker: 13 May, 8 Jul
breach manager: 13 May, 8 Jul
finalise caseworker: 1 Jun
"""
LETTERS_OF_THE_CEASED = """
arrange education adviser: 20 Jan
invite health adviser: 1 Feb
invite social_care adviser: 1 Feb
hold_over caseworker: 5 May
"""


def child(council: Council, number: int) -> UUID:
    """The process of a plan whose every particular would be recognised in a letter."""
    process_id = council.plan(f"{REFERENCE}-{number}", *PLAN, now=at("2026-06-01"))
    with Session(council.db) as session, session.begin():
        person = session.get_one(Person, session.get_one(Process, process_id).person_id)
        person.surname, person.forename, person.date_of_birth = SURNAME, FORENAME, BORN
        person.upn = UPN if number == 1 else None
        session.add(person)
    return process_id


def live(council: Council, told: Mapping[UUID, Mapping[str, str]], day: str, courier: SmtpCourier) -> None:
    """One day: clocks whose hour has come wake, what happened is recorded, and the post goes out."""
    with Session(council.db) as session:
        woken = {each: session.get_one(Process, each).next_wake for each in told}
    for process_id, facts in told.items():
        wake, fact = woken[process_id], facts.get(day)
        if fact:
            council.say(process_id, at(day, "07:10"), fact)
        if fact or (wake and wake <= at(day)):
            council.wake(process_id, at(day))
    if council.messages(None, "queued"):
        post_round(council.db, at(day, "08:30"), courier, HOUSE)


def letters_about(council: Council, process_id: UUID) -> str:
    """What was said about one process, as above."""
    query = select(Message, Digest).join(Digest, col(Digest.id) == col(Message.digest_id))
    said: dict[str, list[str]] = {}
    with Session(council.db) as session:
        sent = query.where(Message.process_id == process_id, Message.status == "sent").order_by(col(Digest.day))
        for message, digest in session.exec(sent):
            news = " ".join(filter(None, (message.kind, message.subject, message.role)))
            said.setdefault(news, []).append(f"{digest.day.day} {digest.day:%b}")
    return "\n".join(sorted(f"{news}: {', '.join(days)}" for news, days in said.items()))


def whole(letter: EmailMessage) -> str:
    """Every header and every part of a letter, decoded."""
    headers = [f"{name}: {value}" for part in letter.walk() for name, value in part.items()]
    return "\n".join([*headers, *(part.get_content() for part in letter.walk() if not part.is_multipart())])


async def test_every_letter_of_a_review_comes_on_its_day_and_names_nobody(council: Council):
    amended, ceased = child(council, 1), child(council, 2)
    for process_id in (amended, ceased):
        council.wake(process_id, at("2026-06-01"))
    post, day = Mailbox(), date(2027, 1, 19)
    async with smtp_server(post) as port:
        courier = SmtpCourier(server_from_url(f"smtp://127.0.0.1:{port}"))
        while day < date(2027, 7, 14):
            if ENGLAND.is_working_day(day):
                await asyncio.to_thread(live, council, {amended: AMENDED, ceased: CEASED}, day.isoformat(), courier)
            day += timedelta(days=1)

    assert letters_about(council, amended) == "\n".join(sorted(LETTERS_OF_THE_AMENDED.strip().splitlines()))
    assert letters_about(council, ceased) == "\n".join(sorted(LETTERS_OF_THE_CEASED.strip().splitlines()))
    with Session(council.db) as session:
        references = {session.get_one(Process, each).mail_ref for each in (amended, ceased)}
    assert {message.mail_ref for message in council.messages(None, "sent")} == references
    for letter, raw in zip(post.letters, post.raw, strict=True):
        assert named_in(whole(letter)) == named_in(raw.decode()) == []
        assert any(reference in whole(letter) for reference in references)
        assert "Please do not reply with a child's papers" in whole(letter)
        assert len(letter["Subject"]) < 78
