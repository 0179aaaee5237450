"""A letter of the records as the post room writes it: days and codes looked up at the moment of writing."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlmodel import Session, select

from casework.families.states import EMAIL
from casework.families.who import address_lines
from casework.policies import policy_in_force
from post.family import FamilyNews, compose_family, on_paper
from post.house import House
from post.letters import Letter
from records.tables import Contact, FamilyLetter, Officer, Process

TRY = "try"
"""In `about`: how many times it was drafted to go."""


@dataclass(frozen=True, slots=True)
class Written:
    """One letter as it goes: to whom (an address of mail, or the lines of an envelope), subject and text."""

    to: str
    lines: tuple[str, ...]
    subject: str
    text: str
    mail: Letter | None = None

    @property
    def seen(self) -> str:
        """A sign of exactly this letter: what somebody approves is what they saw."""
        return sha256("\n".join((self.to, *self.lines, self.subject, self.text)).encode()).hexdigest()[:32]


def write(session: Session, row: FamilyLetter, contact: Contact, house: House, day: date) -> Written:
    """The letter as it is on that day (London). Raises AddressError; PostError for what there is no letter about."""
    news, key = news_of(session, row), key_of(row)
    if row.way == EMAIL:
        mail = compose_family(contact.email or "", news, house, key, day)
        return Written(mail.to, (), mail.subject, mail.text.removeprefix(mail.subject).strip(), mail)
    subject, text = on_paper(news, house, day)
    return Written("", address_lines(contact) if row.way else (), subject, text)


def key_of(row: FamilyLetter) -> str:
    """The name of a letter for ever: handed over again, it has the same Message-ID and reference.

    One that was refused, or came back, and is approved once more is another letter.
    """
    return f"family/{row.id}/{row.about.get(TRY, 1)}"


def news_of(session: Session, row: FamilyLetter) -> FamilyNews:
    """What the letter says: nothing in it is about the child."""
    process = session.get_one(Process, row.process_id)
    officer = _officer(session, process)
    families = policy_in_force(session).families
    days = {name: date.fromisoformat(row.about[name]) for name in _DAYS if row.about.get(name)}
    return FamilyNews(
        kind=row.kind,
        mail_ref=process.mail_ref,
        process=process.kind,
        began=row.about.get("began", "request"),
        limit=row.limit_id,
        due=row.due,
        target=row.target,
        reason=row.about.get("why", ""),
        words=row.words,
        officer=officer.name if officer else "",
        officer_email=(officer.email or "") if officer else "",
        sendiass=families.sendiass,
        complaints=families.complaints,
        **days,
    )


_DAYS = ("start", "decide", "no_plan", "plan")


def _officer(session: Session, process: Process) -> Officer | None:
    mine = (Officer.authority == process.authority, Officer.username == (process.officer or ""), Officer.active)
    return session.exec(select(Officer).where(*mine)).first()
