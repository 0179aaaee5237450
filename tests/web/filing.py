"""Mail that comes back to a site, for the tests of filing it."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from casework.returns import take
from documents.house import archive_of
from post.returns.mail import understood
from records.tables import InboundMail
from tests.post.returns.mails import note
from tests.web.site import Site


def came(site: Site, text: str, subject: str = "Re: advice", **papers: bytes) -> UUID:
    """A reply, read from the mailbox."""
    raw = note(text, headers={"Subject": subject}, **papers)
    mail = understood(raw, date(2026, 11, 20))
    assert take(site.db, lambda: archive_of(site.settings), mail, site.now) == "unfiled"
    with Session(site.db) as session:
        return session.exec(select(InboundMail.id).where(InboundMail.message_key == mail.key)).one()


def kept(site: Site, mail: UUID) -> InboundMail:
    with Session(site.db) as session:
        return session.get_one(InboundMail, mail)
