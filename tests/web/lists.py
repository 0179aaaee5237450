"""The managers' lists as tests read them: whole pages one after another, and files."""

import csv
import io
from typing import Any

from sqlalchemy import text

from tests.web.pages import page, rows
from tests.web.site import Browser, Site

LISTS = ("overdue", "due", "saveable", "cohort", "waits", "lifted")


def table_of(browser: Browser, url: str) -> list[list[str]]:
    """The rows of one page of a list; none where it has no table."""
    answer = browser.get(url)
    tree = page(answer)
    tables = [table for table in tree.findall(".//table") if "app-table--dense" in (table.get("class") or "")]
    return rows(tree, tree.findall(".//table").index(tables[0])) if tables else []


def next_page(answer: Any) -> str:
    """Where "Next page" leads; empty on the last page."""
    found = [link.get("href") for link in page(answer).findall(".//a") if link.get("rel") == "next"]
    return next((href for href in found if "after=" in href), "")


def every_page(browser: Browser, url: str) -> list[list[str]]:
    """The rows of all pages of a list, from the first to the last."""
    found: list[list[str]] = []
    while url:
        found += table_of(browser, url)
        url = next_page(browser.get(url))
    return found


def file_rows(browser: Browser, url: str) -> list[dict[str, str]]:
    """The rows of a list as CSV."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.text[:500]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def restrict(site: Site, case_ref: str, *named: str) -> None:
    """Make the child of a case restricted to those named."""
    with site.db.begin() as connection:
        bound = {"ref": case_ref, "named": list(named)}
        for statement in (
            "UPDATE person SET sensitivity = 'restricted', restricted_to = :named "
            "WHERE id = (SELECT person_id FROM process WHERE case_ref = :ref)",
            "UPDATE deadline SET restricted = true WHERE process_id IN (SELECT p.id FROM process p "
            "WHERE p.person_id = (SELECT person_id FROM process WHERE case_ref = :ref))",
        ):
            connection.execute(text(statement), bound)


def ask(site: Site, statement: str, **bound: Any) -> list[dict[str, Any]]:
    """The rows of a query."""
    with site.db.connect() as connection:
        return [dict(row) for row in connection.execute(text(statement), bound).mappings()]
