"""The lists as CSV and as workbooks: the same rows, all of them, and nothing in them that a spreadsheet would run."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.table_files import file_lines
from tests.web.lists import LISTS, ask, every_page, file_rows
from tests.web.site import Browser, Site
from web.listing.files import COLUMNS


def book_rows(browser: Browser, url: str) -> list[dict[str, str]]:
    """The rows of a list as a workbook."""
    lines = [cells for _, cells in file_lines(browser.get(url).content, Path("list.xlsx"))]
    assert lines[0] == list(COLUMNS)
    return [dict(zip(COLUMNS, cells, strict=False)) for cells in lines[1:]]


@pytest.mark.parametrize("name", LISTS)
def test_a_file_holds_every_row_of_every_page_in_its_order(looking: Site, name: str) -> None:
    manager = looking.as_a("manager")
    found = file_rows(manager, f"/{name}.csv")
    assert [f"{row['case']}{row['name']}" for row in found] == [row[0] for row in every_page(manager, f"/{name}")]


def test_a_workbook_holds_the_same_as_the_csv(looking: Site) -> None:
    manager = looking.as_a("manager")
    book = book_rows(manager, "/overdue.xlsx?team=East")
    plain = file_rows(manager, "/overdue.csv?team=East")
    assert len(book) == len(plain) > 50
    for one, other in zip(book, plain, strict=True):
        assert one["case"] == other["case"]
        assert one["next_action"] == other["next_action"]
        assert date.fromisoformat(one["legal_day"][:10]) == date.fromisoformat(other["legal_day"])


@pytest.mark.parametrize(
    ("url", "name", "kind"),
    [
        ("/overdue.csv", "overdue-2026-11-20.csv", "text/csv; charset=utf-8"),
        ("/overdue.csv?as_of=2026-10-11", "overdue-2026-10-11.csv", "text/csv; charset=utf-8"),
        ("/saveable.csv?of=reviews", "saveable-2026-11-20.csv", "text/csv; charset=utf-8"),
        (
            "/lifted.xlsx",
            "lifted-2026-11-20.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_a_file_is_saved_under_the_name_of_its_list_and_day(looking: Site, url: str, name: str, kind: str) -> None:
    headers = looking.as_a("auditor").get(url).headers
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert headers["content-type"] == kind
    assert headers["cache-control"] == "no-store"


def test_a_name_that_a_spreadsheet_would_run_is_only_a_name(site: Site) -> None:
    first = file_rows(site.as_a("manager"), "/overdue.csv")[0]["case"]
    (case,) = ask(site, "SELECT person_id FROM process WHERE case_ref = :ref", ref=first)
    with site.db.begin() as connection:
        evil = {"name": '=HYPERLINK("http://x","y")', "id": case["person_id"]}
        connection.execute(text("UPDATE person SET forename = :name WHERE id = :id"), evil)
    manager = site.as_a("manager")
    assert file_rows(manager, "/overdue.csv")[0]["name"].startswith("'=HYPERLINK(")
    assert book_rows(manager, "/overdue.xlsx")[0]["name"].startswith("'=HYPERLINK(")
    assert '<span class="govuk-!-font-weight-regular">=HYPERLINK(&#34;' in manager.get("/overdue").text


def test_an_empty_list_is_a_file_with_its_headings(looking: Site) -> None:
    answer = looking.as_a("manager").get("/overdue.csv?team=North")
    assert answer.content.decode("utf-8-sig").strip() == ",".join(COLUMNS)
