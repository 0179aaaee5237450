"""A small council for the chasing tests: its directories, a case asked for on 2 September 2026, a letter box.

Request received Wednesday 2 September 2026, so the decision is due on 14 October and the plan on 20 January
2027. Advice asked of health on 30 September is due on Wednesday 11 November.
"""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.chasing import NextWake, carry_out
from casework.opening import Opening, open_case
from casework.plans import open_plan
from casework.recording import record
from casework.round import RoundResult, post_round, send_urgent
from post.courier import Delivery, Outcome
from post.house import House
from post.letters import Letter
from records.tables import (
    Body,
    CalendarChange,
    DeliveryAttempt,
    Message,
    Officer,
    Person,
    Process,
    Setting,
    Term,
)
from statute.mornings import morning
from statute.notation import parse_fact

ACTOR = Actor("a.marsh", "cli")
HOUSE = House("Anytown Council", "ehc@council.example", "send.team@council.example", "01632 960123")
ACCEPTED = Delivery(Outcome.ACCEPTED, 250)
BUSY = Delivery(Outcome.TEMPORARY, 451, "greylisted")
REFUSED = Delivery(Outcome.PERMANENT, 550, "no such user")
LOST = Delivery(Outcome.UNKNOWN, None, "the connection was lost")
DUE = "2026-11-11"
MORNING = morning(date.fromisoformat(DUE), time(8, 30))
# The desk that is asked, its fallback, its manager; and the officer of the case.
PAEDS, OFFICE, ABOVE = "paeds@nhs.example", "paeds.office@nhs.example", "paeds.manager@nhs.example"
OFFICER = "a.marsh@council.example"
EDUCATION_QUIET = "reuse=education"
# So that nobody is asked to invite them.
VIEWS = "family_views=2026-09-30;from=parent"
# Everything but health has been answered before, so that a test sees one ladder.
ONLY_HEALTH = "already_asked=education,educational_psychology,social_care;seek=health"

LINK = re.compile(r"https://ehcp\.council\.example/advice/link/([0-9A-Za-z_-]{43})")


def at(day: str, clock: str = "07:20") -> datetime:
    """That clock time in London, in UTC."""
    return morning(date.fromisoformat(day), time.fromisoformat(clock))


class Killed(BaseException):
    """Stands for kill -9 in the middle of a sending."""


@dataclass
class LetterBox:
    """A courier by hand: keeps what it is given and answers as told, `accepted` unless somebody said otherwise."""

    answers: dict[str, Delivery] = field(default_factory=dict[str, Delivery])
    before: Callable[[Letter], None] | None = None
    after: Callable[[Letter], None] | None = None
    letters: list[Letter] = field(default_factory=list[Letter])

    async def deliver(self, letter: Letter) -> Delivery:
        """Keep the letter and answer."""
        if self.before:
            self.before(letter)
        self.letters.append(letter)
        if self.after:
            self.after(letter)
        return self.answers.get(letter.to, ACCEPTED)

    @asynccontextmanager
    async def session(self) -> AsyncIterator["LetterBox"]:
        """One connection is as good as another."""
        yield self

    @property
    def to(self) -> list[str]:
        """Who was written to, in order."""
        return [letter.to for letter in self.letters]

    def of(self, address: str) -> list[Letter]:
        """The letters to one address."""
        return [letter for letter in self.letters if letter.to == address]


@dataclass
class Council:
    """The council with its cases, its letter box and its clock in the test's hands."""

    db: Engine
    box: LetterBox = field(default_factory=LetterBox)

    @property
    def driver_url(self) -> str:
        """The database's address as the driver itself takes it."""
        return self.db.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def furnish(self) -> None:
        """The directories."""
        with Session(self.db) as session, session.begin():
            for row in _directories(authority()):
                session.add(row)

    def open(self, surname: str = "Testing", opened: datetime | None = None, **more: object) -> UUID:
        """A case, received on 2 September 2026 and opened at nine that morning."""
        details = {"officer": "a.marsh", "team": "East", "source": 1, "setting_urn": "117222", **more}
        opening = Opening.model_validate(
            {"received": date(2026, 9, 2), "surname": surname, "forename": "Ada", **details}
        )
        return open_case(self.db, opening, ACTOR, opened or at("2026-09-02", "09:00")).process_id

    def plan(
        self,
        ref: str,
        *facts: str,
        now: datetime,
        armed: bool = True,
        setting_urn: str | None = "117222",
        restricted_to: Sequence[str] = (),
    ) -> UUID:
        """A plan with its facts, and the process of its review."""
        child = Person(
            authority=authority(),
            surname=f"Surname-{ref}",
            forename="Ada",
            setting_urn=setting_urn,
            sensitivity="restricted" if restricted_to else "ordinary",
            restricted_to=list(restricted_to),
            text_key=b"0" * 32,
        )
        with Session(self.db) as session, session.begin():
            session.add(child)
            said = [parse_fact(fact) for fact in facts]
            process = open_plan(session, child, ref, said, ACTOR, now, officer="a.marsh", team="East")
            process.armed_from = now if armed else None
            return process.id

    def terms(self, *spans: tuple[str, str], urn: str = "") -> None:
        """Terms as recorded: first and last day, of the authority or of one setting."""
        with Session(self.db) as session, session.begin():
            number = len(session.exec(select(CalendarChange)).all()) + 1
            change = CalendarChange(
                authority=authority(), number=number, applied_at=at("2026-01-01"), applied_by=ACTOR.name
            )
            session.add(change)
            session.flush()
            for first, last in spans:
                session.add(
                    Term(
                        authority=authority(),
                        setting_urn=urn,
                        first=date.fromisoformat(first),
                        last=date.fromisoformat(last),
                        change_number=number,
                    )
                )

    def say(self, process_id: UUID, now: datetime, *facts: str) -> None:
        """Record facts, confirmed."""
        with Session(self.db) as session:
            reference = session.get_one(Process, process_id).case_ref
        record(self.db, reference, [parse_fact(fact) for fact in facts], ACTOR, now, confirm=True)

    def asked(self, surname: str = "Testing", **more: object) -> UUID:
        """A case whose health advice was asked for on 30 September, announcement sent."""
        process_id = self.open(surname, **more)
        now = at("2026-09-30", "14:00")
        self.say(process_id, now, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", VIEWS)
        self.wake(process_id, now)
        self.urgent(process_id, now)
        self.say(process_id, now, "advice_requested:health=2026-09-30")
        self.wake(process_id, now)
        self.box.letters.clear()
        return process_id

    def wake(self, process_id: UUID, now: datetime) -> NextWake:
        """The clock of a process wakes."""
        return carry_out(self.db, process_id, now, 1)

    def round(self, now: datetime, *, force: bool = False) -> RoundResult:
        """A post round."""
        return post_round(self.db, now, self.box, HOUSE, force=force)

    def urgent(self, process_id: UUID, now: datetime) -> RoundResult:
        """What a process has that cannot wait."""
        return send_urgent(self.db, process_id, now, self.box, HOUSE)

    def messages(self, process_id: UUID | None = None, *statuses: str) -> Sequence[Message]:
        """What was put down, in the order of its keys."""
        query = select(Message).order_by(col(Message.step_key))
        if process_id:
            query = query.where(Message.process_id == process_id)
        if statuses:
            query = query.where(col(Message.status).in_(statuses))
        with Session(self.db) as session:
            found = session.exec(query).all()
            session.expunge_all()
            return found

    def said(self, process_id: UUID, *statuses: str) -> list[str]:
        """`kind subject rung role status` of every message that was not passed over before arming."""
        return sorted(
            " ".join(filter(None, (m.kind, m.subject, m.rung, m.role, m.status)))
            for m in self.messages(process_id, *statuses)
        )

    def change(self, table: type[Body] | type[Setting] | type[Officer], key: str, **values: object) -> None:
        """Correct a directory: `key` is a code, URN or username."""
        column = {Body: "code", Setting: "urn", Officer: "username"}[table]
        with Session(self.db) as session, session.begin():
            row = session.exec(select(table).where(getattr(table, column) == key)).one()
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)


def chased(council: Council, number: int = 1) -> list[UUID]:
    """So many cases whose health advice is due today, put down."""
    cases = [council.asked(f"Testing-{n}") for n in range(number)]
    for case in cases:
        council.wake(case, at(DUE))
    return cases


def attempts(db: Engine) -> list[str]:
    """Every delivery that was tried, in order: to whom, and how it went."""
    with Session(db) as session:
        rows = session.exec(select(DeliveryAttempt).order_by(col(DeliveryAttempt.id))).all()
        return [f"{row.recipient} {row.outcome}" for row in rows]


def _directories(code: str) -> list[Body | Setting | Officer]:
    def body(category: str, short: str, name: str, *, section_31: bool = False, lead: str | None = None) -> Body:
        return Body(
            authority=code,
            category=category,
            code=short,
            name=name,
            section_31=section_31,
            email=f"{short}@nhs.example",
            manager_email=f"{short}.manager@nhs.example",
            lead_email=lead,
            fallback_email=f"{short}.office@nhs.example",
        )

    def officer(username: str, team: str, role: str, manager: str | None) -> Officer:
        return Officer(
            authority=code,
            username=username,
            name=username,
            email=f"{username}@council.example",
            team=team,
            manager_email=manager,
            role=role,
        )

    return [
        body("health", "paeds", "Community Paediatrics", section_31=True, lead="dco@nhs.example"),
        body("educational_psychology", "eps", "Educational Psychology Service", lead="pep@council.example"),
        body("social_care", "dct", "Disabled Children Team", lead="dsco@council.example"),
        Setting(
            authority=code,
            urn="117222",
            name="Setting 117222",
            email="senco@schools.example",
            head_email="head@schools.example",
        ),
        officer("a.marsh", "East", "caseworker", "m.east@council.example"),
        officer("j.okafor", "East", "caseworker", "m.east@council.example"),
        officer("m.east", "East", "manager", "h.service@council.example"),
        officer("h.service", "All", "admin", None),
    ]
