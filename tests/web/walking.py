"""Walking the whole site as somebody of a role: every page, file and answer of the API, and wherever they lead."""

import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi.testclient import TestClient

from casework.tokens import make_token
from statute.kinds import KINDS
from tests.browser.pages import filled
from tests.web.site import Site
from tests.web.test_who_may_use_what import routes

NOT_WALKED = re.compile(r"^/(assets/|healthz|readyz|metrics|sign-in/provider|sign-in/link)")
_LEADS_TO = re.compile(r"\b(?:href|action|formaction|src|xlink:href)=\"([^\"]*)\"")
_OF_A_CASE = re.compile(r"^/(?:api/v1/)?cases/")


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer: what was asked for, how it was answered, and its words as a reader has them."""

    url: str
    status: int
    words: str
    raw: str


@dataclass
class Walk:
    """One walk through the site. `refs` are the cases that are asked for; at most `most` links are followed besides the
    addresses there are, and `followed` counts them."""

    site: Site
    username: str
    refs: Sequence[str]
    most: int = 200
    followed: int = 0
    leads_to: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.browser = self.site.signed_in(self.username)
        token = make_token(self.site.db, self.username, "walk", 1, self.site.now)
        self.program = TestClient(self.site.app, base_url="http://testserver", follow_redirects=False)
        self.program.headers["authorization"] = f"Bearer {token}"

    def __iter__(self) -> Iterator[Seen]:
        """Everything that is asked for: all addresses there are, then what they lead to."""
        ahead = deque(addresses(self.site, self.refs))
        known = set(ahead)
        while ahead:
            seen, further = self.ask(ahead.popleft())
            yield seen
            for link in further:
                if link not in known and self.followed < self.most and self._is_wanted(link):
                    self.followed += 1
                    known.add(link)
                    ahead.append(link)

    def ask(self, url: str) -> tuple[Seen, list[str]]:
        """One address, and where its answer leads."""
        client = self.program if url.startswith("/api/") else self.browser.client
        answer = client.get(url)
        raw = text_of(answer)
        leads = [unescape(each) for each in _LEADS_TO.findall(raw)] if "html" in _type(answer) else []
        leads += [answer.headers["location"]] if "location" in answer.headers else []
        self.leads_to.update(leads)
        return Seen(url, answer.status_code, unescape(raw), raw), [each.partition("#")[0] for each in leads]

    def _is_wanted(self, link: str) -> bool:
        """Pages of ours, but of all cases only those that are asked for."""
        path = urlsplit(link).path
        if not link.startswith("/") or NOT_WALKED.search(path) or path.startswith("/sign-"):
            return False
        return not _OF_A_CASE.search(path) or any(ref in unquote(path) for ref in self.refs)


def addresses(site: Site, refs: Sequence[str]) -> Iterator[str]:
    """The address of every GET route, each parameter filled in with something that is there."""
    for method, path, _ in routes(site):
        if method == "GET" and not NOT_WALKED.search(path):
            yield from filled(path, _filling(path, refs))


def _filling(path: str, refs: Sequence[str]) -> Mapping[str, Callable[[], list[str]]]:
    of_a_file = path.endswith(".{kind}")
    return {
        "ref": lambda: list(refs),
        "kind": lambda: ["csv", "xlsx"] if of_a_file else sorted(KINDS),
        "sequence": lambda: ["1", "2", "3"],
        "url": lambda: ["closure", "bank-holiday", "working-day", "term", "terms"],
        "username": lambda: ["a.marsh"],
        "category": lambda: ["health"],
        "code": lambda: ["paediatrics"],
        "urn": lambda: ["117222"],
        "version_number": lambda: ["0"],
        "measure": lambda: ["plans_twenty_weeks"],
        "measure_id": lambda: ["plans_twenty_weeks"],
        "year": lambda: ["2025"],
        "month": lambda: ["2026-10"],
        "recipient": lambda: ["health", "social_care", "117222", "118843"],
        "number": lambda: ["00000000-0000-0000-0000-000000000000"],
        "step": lambda: ["child"],
        "token": lambda: ["0" * 43],
        "link_id": lambda: ["00000000-0000-0000-0000-000000000000"],
        "document_id": lambda: ["00000000-0000-0000-0000-000000000000"],
        "mail_id": lambda: ["00000000-0000-0000-0000-000000000000"],
        "letter_id": lambda: ["00000000-0000-0000-0000-000000000000"],
        "answer": lambda: ["give"],
        "answer_id": lambda: ["00000000-0000-0000-0000-000000000000"],
        "request_id": lambda: ["00000000-0000-0000-0000-000000000000"],
        "slug": lambda: ["refused"],
    }


def text_of(answer: Any) -> str:
    """The text of an answer; of a workbook that of all its parts."""
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return answer.content.decode()


def _type(answer: Any) -> str:
    return answer.headers.get("content-type", "")
