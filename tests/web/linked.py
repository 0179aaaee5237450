"""What the tests of links share: a council that has asked for advice, the links that it sent, and their door."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import ENGINE
from casework.directories import import_officers
from casework.opening import Opened
from casework.secure_links.making import Opens, secret_to
from config.settings import Settings
from demo import FOLDER as OFFICERS
from records.tables import AdviceRequest, SecureLink
from tests.casework.support import Council, council_of
from tests.web.door import KEY, another, browser_from, code_in, letters
from tests.web.site import NOW, Browser, Site

PAEDS = "paeds@nhs.example"
NEVER = "N" * 43
"""The secret of a link that there never was."""
DECIDED = "decision_to_assess=2026-10-01"


@dataclass(frozen=True)
class Linked:
    """A site, its council, and one case in which advice was asked for."""

    site: Site
    council: Council
    case: Opened

    def another_case(self) -> Opened:
        """Another child, about whom the same services were asked."""
        case = self.council.opens(now=self.site.now)
        self.council.records(case, DECIDED, now=self.site.now)
        return case

    def request(self, category: str = "health", case: Opened | None = None) -> AdviceRequest:
        """The request of a category."""
        mine = (AdviceRequest.process_id == (case or self.case).process_id, AdviceRequest.category == category)
        with Session(self.site.db) as session:
            return session.exec(select(AdviceRequest).where(*mine)).one()

    def link(
        self, opens: Opens = Opens.REQUEST, to: str = PAEDS, *, case: Opened | None = None, subject: str = ""
    ) -> str:
        """The secret of a link to that address."""
        about: dict[str, Any] = {}
        if opens is Opens.REQUEST:
            about["request"] = self.request(case=case)
        if opens is Opens.NOTICE:
            about |= {"process_id": (case or self.case).process_id, "subject": subject}
        with Session(self.site.db) as session, session.begin():
            return secret_to(session, self.site.settings, opens, to, self.site.now, **about)

    def id_of(self, opens: Opens = Opens.REQUEST, to: str = PAEDS) -> UUID:
        """The id of the newest link of that kind to that address."""
        query = select(SecureLink.id).where(SecureLink.kind == opens.value, SecureLink.recipient == to)
        with Session(self.site.db) as session:
            return session.exec(query.order_by(col(SecureLink.made_at).desc())).first() or UUID(int=0)

    def browser(self, address: str = "192.0.2.7") -> Browser:
        """A browser that nobody has used yet."""
        return browser_from(self.site, address)

    def codes(self) -> list[str]:
        """The codes that were mailed, the oldest first."""
        return [code_in(letter) for letter in letters(self.site)]


def asked(db: Engine, folder: Path) -> Opened:
    """Fill an empty database: a council whose services were asked for advice about one child."""
    import_officers(db, OFFICERS / "officers.csv", ENGINE, NOW)
    council = council_of(db, folder)
    case = council.opens(now=NOW)
    council.records(case, DECIDED, now=NOW)
    return case


def linked(db: Engine, folder: Path, case: Opened, **settings: Any) -> Linked:
    """The site of such a database; without a mail server its mail goes to files in the folder."""
    return Linked(Site(db, Settings(data_dir=folder, signing_key=KEY, **settings)), Council(db), case)


def ask_by(browser: Browser, token: str) -> Any:
    """Open a link and press its button."""
    browser.get(f"/advice/link/{token}")
    return browser.post(f"/advice/link/{token}")


def type_code(browser: Browser, token: str, code: str) -> Any:
    """Type a code on the page of that link."""
    return browser.post(f"/advice/link/{token}/code", {"code": code})


def come_in(here: Linked, token: str, browser: Browser | None = None) -> Browser:
    """A browser in which the right code was typed."""
    browser = browser or here.browser()
    ask_by(browser, token)
    answer = type_code(browser, token, here.codes()[-1])
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/advice/")
    return browser


def wrong_codes(here: Linked, browser: Browser, token: str, times: int) -> list[Any]:
    """The answers to so many wrong codes."""
    codes = here.codes()
    wrong = another(codes[-1]) if codes else "123456"
    return [type_code(browser, token, wrong) for _ in range(times)]


def plain(answer: Any) -> str:
    """A page without what differs whenever it is shown: the nonce, the proof of its form, the secret of the link."""
    page = re.sub(r'nonce="[^"]*"', "", answer.text)
    page = re.sub(r'name="csrf" value="[^"]*"', "", page)
    return re.sub(r"/advice/link/[^/\"]+", "/advice/link/TOKEN", page)
