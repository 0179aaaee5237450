"""A letter of the records as the post room writes it: days and codes looked up at the moment of writing."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlmodel import Session, select

from casework.families.states import EMAIL
from casework.families.who import address_lines
from casework.policies import policy_in_force
from post.family import FamilyNews, FamilyPage, compose_family, family_page, text_of
from post.house import House
from post.letters import Letter
from records.tables import Contact, FamilyLetter, Officer, Process

TRY = "try"
"""In `about`: how many times it was drafted to go."""


@dataclass(frozen=True, slots=True)
class Written:
    """One letter as it goes: to whom (an address of mail, or the lines of an envelope), what it says, and its text."""

    to: str
    lines: tuple[str, ...]
    page: FamilyPage
    text: str
    mail: Letter | None = None

    @property
    def subject(self) -> str:
        """Its title, which is the subject of a mail."""
        return self.page.title

    @property
    def seen(self) -> str:
        """A sign of exactly this letter: what somebody approves is what they saw."""
        return sha256("\n".join((self.to, *self.lines, self.subject, self.text)).encode()).hexdigest()[:32]


def write(session: Session, row: FamilyLetter, contact: Contact, house: House, day: date) -> Written:
    """The letter as it is on that day (London). Raises AddressError; PostError for what there is no letter about."""
    news = news_of(session, row)
    page = family_page(news, house, day)
    if row.way == EMAIL:
        mail = compose_family(contact.email or "", page, key_of(row), day)
        return Written(mail.to, (), page, text_of(page), mail)
    return Written("", address_lines(contact) if row.way else (), page, text_of(page))


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
