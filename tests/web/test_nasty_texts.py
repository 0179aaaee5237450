"""Script and formulas in everything that people type, shown on every page and in every file: they stay text."""

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.contacts_log import Note, log_contact
from casework.cover import add_cover
from casework.people import NewContact, add_contact
from casework.recording import record
from config.clock import london_day
from statute.notation import parse_fact
from tests.support.database import Cluster
from tests.web.lists import ask
from tests.web.site import NOW, PEOPLE, Site
from tests.web.walking import Seen, Walk

NASTY = """=<q7 x>" onq7='{{7*77}}'"""
_TYPED = {
    "person": ("surname", "forename"),
    "setting": ("name",),
    "body": ("name",),
    "officer": ("name", "team"),
    "process": ("team",),
    "deadline": ("team",),
    "plan": ("team",),
    "import_refusal": ("case_ref", "column_name", "reason"),
    "import_file": ("name",),
}
_REFS = (
    "(SELECT mail_ref, case_ref FROM process WHERE kind = '{}' AND ended_on IS NULL AND version > 3 "
    "ORDER BY case_ref LIMIT 1)"
)
_RAW = re.compile(r"<q7|\"\s*onq7|'\s*onq7=\\?\"|5929")
_FORMULA = ("=", "+", "@", "\t", "\r", "-")


@pytest.fixture(scope="module")
def site(cluster: Cluster, council_template: str) -> Iterator[Site]:
    made = cluster.create(council_template)
    try:
        yield furnished(Site(made.engine))
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


def furnished(site: Site) -> Site:
    """The nasty text wherever somebody can type one."""
    with site.db.begin() as connection:
        for table, columns in _TYPED.items():
            for column in columns:
                connection.execute(text(f"UPDATE {table} SET {column} = :nasty"), {"nasty": NASTY})
    by = Actor("a.marsh", "web")
    for case in cases(site):
        add_contact(site.db, case, NewContact("parent", NASTY, f"{NASTY}@x.example", NASTY, NASTY), by)
        log_contact(site.db, case, Note(london_day(NOW), "phone", "parent", NASTY), by, NOW)
        fact = parse_fact("mail_hold=2026-11-20")
        record(site.db, case, [fact], by, NOW, confirm=True, texts={"because": NASTY, "note": NASTY})
    add_cover(site.db, "p.singh", "a.marsh", london_day(NOW), london_day(NOW), by, NOW)
    return site


def cases(site: Site) -> list[str]:
    return [ask(site, _REFS.format(kind))[0]["mail_ref"] for kind in ("assessment", "annual-review")]


def harm(seen: Seen) -> list[str]:
    """What of an answer would run."""
    if seen.url.startswith("/api/v1/"):
        return []  # JSON, and no browser is to take it for anything else
    path = urlsplit(seen.url).path
    if path.endswith(".csv"):
        rows = csv.reader(io.StringIO(seen.raw.removeprefix("\ufeff"), newline=""))
        return [cell for row in rows for cell in row if cell.startswith(_FORMULA) and not _is_number(cell)]
    if path.endswith(".xlsx"):
        return re.findall(r"<f[ >]|<t(?: [^>]*)?>[=+@-][^<]*", seen.raw)
    return _RAW.findall(seen.raw)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


@pytest.mark.parametrize("role", PEOPLE)
def test_what_was_typed_stays_text_on_every_page_and_in_every_file(site: Site, role: str) -> None:
    harmful: dict[str, list[str]] = {}
    shown = 0
    walk = Walk(site, PEOPLE[role], cases(site))
    for seen in walk:
        assert seen.status < 500, seen.url
        shown += "onq7" in seen.raw
        if found := harm(seen):
            harmful[seen.url] = found[:3]
    assert harmful == {}
    assert walk.followed > (0 if role == "service_lead" else 50)
    assert shown > (2 if role == "service_lead" else 30)


def test_what_was_typed_stays_text_in_forms_that_are_shown_again(site: Site) -> None:
    browser = site.as_a("admin")
    browser.get("/find")
    (ref, _) = cases(site)
    urls = ["/find", "/open", "/reads", "/account/tokens", "/calendar/add/closure", "/people/settings/add"]
    urls += ["/people/officers/add", "/people/services/add", "/team/cover", "/team/reassign", "/record-many"]
    urls += [f"/cases/{ref}/{page}" for page in ("contact", "family/add", "family-access", "assign", "exception")]
    urls += [f"/cases/{ref}/record/advice_received", "/sign-in", "/sign-in/code"]
    names = ("anything", "surname", "forename", "born", "upn", "ref", "username", "name", "days", "because", "first")
    names += (
        "first-day",
        "first-month",
        "urn",
        "email",
        "who",
        "stand_in",
        "text",
        "role",
        "on-day",
        "subject",
        "kind",
    )
    names += (
        "reason",
        "note",
        "named",
        "officer",
        "from",
        "to",
        "which",
        "case",
        "code",
        "category",
        "fact",
        "address",
    )
    for url in urls:
        answer = browser.post(url, dict.fromkeys(names, NASTY))
        page = browser.follow(answer) if answer.status_code == 303 else answer
        assert page.status_code < 500, url
        assert _RAW.findall(page.text) == [], url
    token = browser.post("/account/tokens", {"name": NASTY, "days": "3"})
    assert _RAW.findall(token.text) == []
    assert _RAW.findall(browser.get("/account").text) == []
