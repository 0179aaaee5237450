"""What the tests of answers share: a case whose request has begun, somebody who was asked, and what they send."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from casework.opening import Opened
from casework.secure_links.making import Opens, good_link, secret_to
from casework.secure_links.visits import begin_visit
from records.tables import AdviceRequest, Answer, Document, FactRow, Message
from tests.documents.samples import pdf
from tests.web.linked import PAEDS, Linked
from tests.web.site import Browser
from web.cookies import visit_name

REPORT = {"report_date-day": "2", "report_date-month": "11", "report_date-year": "2026"}
WHOLE: Mapping[str, Any] = {
    **REPORT,
    "needs": "He tires quickly and falls.",
    "outcomes": "Walks to school alone by summer.",
    "provision": "Physiotherapy twice a week.",
    "sections": ["C", "G"],
}


@dataclass
class Visiting:
    """Somebody who has opened the link of one request, in their browser."""

    here: Linked
    case: Opened
    browser: Browser
    link_id: UUID
    subject: str

    @property
    def url(self) -> str:
        """The page of the request."""
        return f"/advice/{self.link_id}"

    def form(self, slug: str) -> dict[str, str]:
        """The form of an answer as it comes: with its number."""
        page = self.browser.get(f"{self.url}/{slug}")
        assert page.status_code == 200, page.text
        (number,) = re.findall(r'name="number" value="([^"]+)"', page.text)
        return {"number": number}

    def send(self, slug: str, data: Mapping[str, Any] | None = None, files: Sequence[Any] = ()) -> Any:
        """Fill the form of an answer and send it."""
        return self.post(slug, {**self.form(slug), **(data or {})}, files)

    def post(self, slug: str, data: Mapping[str, Any], files: Sequence[Any] = ()) -> Any:
        """Send a form that was opened before."""
        self.here.site.now += timedelta(seconds=1)
        chosen = [("documents", each) for each in files]
        return self.browser.post(f"{self.url}/{slug}", data, **({"files": chosen} if chosen else {}))

    def answers(self) -> Sequence[Answer]:
        """What was answered in the case, the oldest first."""
        with Session(self.here.site.db) as session:
            query = select(Answer).where(Answer.process_id == self.case.process_id).order_by(col(Answer.given_at))
            return session.exec(query.order_by(col(Answer.id))).all()

    def answer(self) -> Answer:
        """The only answer."""
        (row,) = self.answers()
        return row

    def facts(self) -> list[FactRow]:
        """What was recorded by a link."""
        with Session(self.here.site.db) as session:
            query = select(FactRow).where(FactRow.process_id == self.case.process_id, FactRow.channel == "link")
            return list(session.exec(query.order_by(col(FactRow.sequence))))

    def kinds(self) -> list[str]:
        """The kinds of these facts."""
        return [each.kind for each in self.facts()]

    def documents(self) -> Sequence[Document]:
        """The documents of the case."""
        with Session(self.here.site.db) as session:
            return session.exec(select(Document).where(Document.process_id == self.case.process_id)).all()

    def receipts(self) -> Sequence[Message]:
        """The receipts that wait or went."""
        with Session(self.here.site.db) as session:
            mine = (Message.process_id == self.case.process_id, Message.kind == "receipt")
            return session.exec(select(Message).where(*mine)).all()


def advice(name: str = "report.pdf", text: str = "") -> tuple[str, bytes, str]:
    """A document as a browser sends it."""
    return name, pdf(text), "application/pdf"


def begun(here: Linked, subject: str = "health", on: str = "2026-10-08") -> Opened:
    """A case whose request to that service has begun."""
    case = here.another_case()
    here.council.records(case, f"advice_requested:{subject}={on}", now=here.site.now)
    return case


def visiting(
    here: Linked, case: Opened | None = None, to: str = PAEDS, subject: str = "health", browser: Browser | None = None
) -> Visiting:
    """Somebody who was asked and has typed their code."""
    case = case or begun(here, subject)
    with Session(here.site.db) as session, session.begin():
        mine = (AdviceRequest.process_id == case.process_id, AdviceRequest.subject == subject)
        request = session.exec(select(AdviceRequest).where(*mine)).one()
        secret = secret_to(session, here.site.settings, Opens.REQUEST, to, here.site.now, request=request)
        link = good_link(session, secret, here.site.now)
        assert link
        visit, link_id = begin_visit(session, link, here.site.now), link.id
    browser = browser or here.browser()
    browser.client.cookies.set(visit_name(here.site.settings), visit)
    return Visiting(here, case, browser, link_id, subject)


def number() -> str:
    """A number that no form has had."""
    return str(uuid4())
