"""The pictures of the README, taken of the demonstration's council.

`make pictures` takes them anew in docs/pictures. The suite takes each elsewhere, and looks whether the one that is kept
is there, in the README with words for who cannot see it, and of the same size. What is to be seen on the two is not
compared: whoever changes a page looks whether its picture still shows it.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import text
from sqlmodel import Session, col, select

from casework.secure_links.making import Opens
from records.tables import AdviceRequest, Process
from tests.browser.answers import choose, send
from tests.browser.conftest import Served
from tests.browser.pressing import fill_day
from tests.browser.test_pages_behind_forms import visiting
from tests.documents.samples import pdf

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "pictures"
README = (ROOT / "README.md").read_text()
MOST_BYTES = 150_000
GIVEN = {
    "needs": "Epilepsy with absences, several on a school day. Tires quickly after each: page 2.",
    "outcomes": "Takes part in all lessons, and tells an adult when an absence has passed: page 4.",
    "provision": "A nurse trains staff every term; a rescue plan at school, reviewed each year: page 5.",
}
ONE = text("SELECT mail_ref FROM process WHERE case_ref = :ref")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as one of the staff sees it, in a window of this size; `case` takes the place of `{case}`.

    Without a path it is the request for advice as whoever was asked sees it, who then gives it.
    """

    name: str
    role: str
    path: str
    width: int = 1280
    height: int = 900
    case: str = ""


PICTURES = (
    Picture("my-work", "caseworker", "/work"),
    Picture("assessment", "caseworker", "/cases/{case}", height=1140, case="EHC-2026-0040"),
    Picture("review-on-a-phone", "caseworker", "/cases/{case}", 375, 1240, "PLAN-2023-0070/R1"),
    Picture("record", "caseworker", "/cases/{case}/record/draft_plan_sent", height=1040, case="EHC-2026-0040"),
    Picture("overdue", "manager", "/overdue"),
    Picture("saveable", "manager", "/saveable", height=1000),
    Picture("scorecard", "manager", "/scorecard", height=960),
    Picture("advice-on-a-phone", "", "", 375, 1240, "EHC-2026-0065"),
    Picture("answers", "caseworker", "/cases/{case}/answers", height=1060, case="EHC-2026-0065"),  # once it was given
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where they are made: among those kept only when somebody asks for it."""
    return KEPT if os.environ.get("PICTURES_ANEW") else tmp_path_factory.mktemp("pictures")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_kept_shown_and_as_large_as_the_page(served: Served, folder: Path, picture: Picture) -> None:
    made = _taken(served.page(picture.role, size={"width": picture.width, "height": picture.height}), served, picture)
    (folder / f"{picture.name}.png").write_bytes(made)
    assert len(made) <= MOST_BYTES
    kept = (KEPT / f"{picture.name}.png").read_bytes()
    assert _size(kept) == _size(made) == (picture.width, picture.height)
    assert len(kept) <= MOST_BYTES
    assert _alternative(picture.name), "the README says what is to be seen"


def test_nothing_else_is_kept() -> None:
    assert {kept.stem for kept in KEPT.iterdir()} == {picture.name for picture in PICTURES}


def _taken(page: Page, served: Served, picture: Picture) -> bytes:
    if picture.path:
        page.goto(picture.path.format(case=_mail_ref(served, picture.case)))
        assert page.get_by_role("heading", level=1).is_visible()
        return page.screenshot(animations="disabled")
    with Session(served.site.db) as session:
        asked = select(AdviceRequest).join(Process, col(Process.id) == AdviceRequest.process_id)
        request = session.exec(asked.where(Process.case_ref == picture.case, AdviceRequest.subject == "health")).one()
    page.goto(f"/advice/{visiting(served, page, Opens.REQUEST, request=request)}")
    assert page.get_by_role("heading", level=1).is_visible()
    taken = page.screenshot(animations="disabled")
    _give_advice(page)
    return taken


def _give_advice(page: Page) -> None:
    choose(page, "give")
    page.locator("#documents").set_input_files({"name": "Report.pdf", "mimeType": "", "buffer": pdf("report")})
    fill_day(page, "report_date", "16 11 2026")
    for name, words in GIVEN.items():
        page.locator(f"[name={name}]").fill(words)
    for section in ("C: health needs", "G: health provision"):
        page.get_by_role("checkbox", name=section).check()
    send(page)


def _mail_ref(served: Served, case: str) -> str:
    if not case:
        return ""
    with served.site.db.connect() as connection:
        return connection.execute(ONE, {"ref": case}).scalar_one()


def _size(png: bytes) -> tuple[int, int]:
    """Width and height, from the head of the file."""
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _alternative(name: str) -> str:
    found = re.search(rf"!\[([^\]]{{20,}})\]\(docs/pictures/{name}\.png\)", README) or re.search(
        rf'<img src="docs/pictures/{name}\.png"[^>]* alt="([^"]{{20,}})"', README
    )
    return found.group(1) if found else ""
