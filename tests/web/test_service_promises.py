"""What services promised is shown on a page of requests without reading every case that stands on it."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from casework.actor import Actor
from casework.recording import record
from statute.notation import parse_fact
from tests.web.pages import page, rows
from tests.web.site import NOW, Site

MARSH = Actor("a.marsh", "web")
OLDEST = (
    "SELECT p.mail_ref, p.case_ref FROM deadline d JOIN process p ON p.id = d.process_id WHERE d.service = 'health' "
    "AND d.to_day IS NULL AND d.standing = 'open' AND p.ended_on IS NULL ORDER BY d.legal_due, p.mail_ref LIMIT 1"
)
BY_ID = "SELECT mail_ref FROM process WHERE id = ANY(:ids)"


def ask(site: Site, statement: str, **bound: Any) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement), bound))


@contextmanager
def facts_read(site: Site) -> Generator[list[str]]:
    """The cases whose facts are read meanwhile, by mail reference."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, bound: Any, *_: object) -> None:
        if "fact.attributes" in statement:
            found.extend(row.mail_ref for row in ask(site, BY_ID, ids=bound["wanted"]))

    event.listen(site.db, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(site.db, "before_cursor_execute", note)


def test_facts_are_read_of_those_cases_alone_in_which_something_was_promised(site: Site) -> None:
    browser, oldest = site.as_a("service_lead"), ask(site, OLDEST)[0]
    said = parse_fact("advice_expected:health=2026-11-20;by=2026-12-01")
    record(site.db, oldest.case_ref, [said], MARSH, NOW, confirm=True)
    with facts_read(site) as read:
        found = page(browser.get("/services"))
    assert read == [oldest.mail_ref]
    assert [row[0] for row in rows(found) if row[4] == "1 Dec 2026"] == [oldest.mail_ref]
