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

from tests.browser.conftest import Served

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "pictures"
README = (ROOT / "README.md").read_text()
MOST_BYTES = 150_000
ONE = text("SELECT mail_ref FROM process WHERE case_ref = :ref")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as one of the staff sees it, in a window of this size; `case` takes the place of `{case}`."""

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
    page.goto(picture.path.format(case=_mail_ref(served, picture.case)))
    assert page.get_by_role("heading", level=1).is_visible()
    return page.screenshot(animations="disabled")


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
