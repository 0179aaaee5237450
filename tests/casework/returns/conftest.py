"""The council of the chasing tests with links, a document store, and a Maildir that mail comes back to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from casework.returns import Read, read_returns
from config.settings import Settings
from post.letters import Letter
from records.tables import Document, InboundMail
from tests.casework.chasing.council import Council
from tests.support.database import Database


@dataclass
class Box:
    """The mailbox, and what is made of it."""

    council: Council
    settings: Settings
    folder: Path
    delivered: list[bytes] = field(default_factory=list[bytes])

    def deliver(self, *mails: bytes) -> None:
        """New mail."""
        for mail in mails:
            (self.folder / "new" / f"{len(self.delivered):04}.test").write_bytes(mail)
            self.delivered.append(mail)

    def read(self, now: datetime) -> Read:
        """One reading."""
        return read_returns(self.council.db, self.settings, now)

    @property
    def left(self) -> int:
        """How many mails still wait."""
        return len(list((self.folder / "new").iterdir()))

    def kept(self) -> list[InboundMail]:
        """Every mail as it was kept."""
        with Session(self.council.db) as session:
            rows = session.exec(select(InboundMail).order_by(col(InboundMail.received_at))).all()
            session.expunge_all()
            return list(rows)

    def documents(self) -> list[Document]:
        """Every document that came."""
        with Session(self.council.db) as session:
            rows = session.exec(select(Document).order_by(col(Document.name))).all()
            session.expunge_all()
            return list(rows)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters carry links, and a mail server takes them."""
    monkeypatch.setenv("EHCP_PUBLIC_URL", "https://ehcp.council.example/")
    monkeypatch.setenv("EHCP_SMTP_URL", "smtp://127.0.0.1:25")


@pytest.fixture
def council(database: Database, pages: None) -> Council:
    """Furnished, without cases."""
    council = Council(database.engine)
    council.furnish()
    return council


@pytest.fixture
def box(council: Council, tmp_path: Path) -> Box:
    """An empty mailbox."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    settings = Settings(data_dir=tmp_path, returns_url=f"maildir://{tmp_path / 'box'}")
    return Box(council, settings, tmp_path / "box")


LetterTo = Callable[[str], Letter]


@pytest.fixture
def letter_to(council: Council) -> LetterTo:
    """The last letter to an address."""
    return lambda address: council.box.of(address)[-1]
