"""The address of every page, with something that is there in the place of each parameter."""

import re
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.people import NewContact, add_contact
from statute.kinds import KINDS
from tests.web.site import Site
from tests.web.test_who_may_use_what import routes

NOT_PAGES = re.compile(
    r"\.(csv|xlsx|\{kind\}|\{ending\}|\{format\})$|^/(api/v1/|assets/|healthz|readyz|sign-in/provider)"
)
"""Files, what programs ask for, and the way to another site."""
OF_A_FORM = re.compile(r"\{number\}|\{draft\}|/changes/|/sign-in/(code|link)")
"""Pages inside a form: looked at where the form is filled in (`test_forms`), because each needs what was typed."""

ONE = text("SELECT mail_ref FROM process WHERE case_ref = :ref")
CASES = ("EHC-2026-0040", "EHC-2025-0512", "EHC-2026-0497", "PLAN-2023-0070/R1", "PLAN-2025-0232/R1")
"""One with advice late, one lifted, one long past its weeks, two reviews."""


def cases(db: Engine) -> list[str]:
    """The mail references of a few cases that differ."""
    with db.connect() as connection:
        return [connection.execute(ONE, {"ref": ref}).scalar_one() for ref in CASES]


def contact(site: Site, ref: str) -> UUID:
    """A contact to look at."""
    return add_contact(site.db, ref, NewContact("parent", "Pat Example"), Actor("a.marsh", "web"))


def addresses(site: Site) -> Iterator[str]:
    """Every page that is asked for, each parameter filled in; those of a case for several cases."""
    refs = cases(site.db)
    fill: Mapping[str, Callable[[], list[str]]] = {
        "ref": lambda: refs,
        "kind": lambda: sorted(KINDS),
        "sequence": lambda: ["1"],
        "url": lambda: ["closure", "bank-holiday", "working-day", "term", "terms"],
        "username": lambda: ["a.marsh"],
        "category": lambda: ["health"],
        "code": lambda: ["paediatrics"],
        "urn": lambda: ["117222"],
        "recipient": lambda: ["health"],
    }
    for method, path, _ in routes(site):
        if method != "GET" or NOT_PAGES.search(path) or OF_A_FORM.search(path):
            continue
        yield from filled(path, fill)


def filled(path: str, fill: Mapping[str, Callable[[], list[str]]]) -> Iterator[str]:
    found = re.search(r"\{(\w+)(?::\w+)?\}", path)
    if not found:
        yield path
        return
    for value in fill[found.group(1)]():
        yield from filled(path.replace(found.group(0), value, 1), fill)
