"""What the tests of recording begin with: cases and reviews to record on, and how a form is read and filled in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import html5lib
from sqlalchemy import text

from casework.at_hand import AtHand, at_hand
from casework.recording import record
from statute.facts import Fact
from statute.notation import parse_fact
from tests.casework.support import OFFICER, Council
from tests.web.site import NOW, Site


def a_case(site: Site, *facts: str, received: str = "2026-06-01", **said: Any) -> str:
    """The mail reference of a new case in which these facts stand."""
    council = Council(site.db)
    child = {"forename": "Ida", "setting_urn": "", **said}
    case = council.opens(received, **child)
    if facts:
        council.records(case, *facts)
    return case.mail_ref


def a_review(site: Site, *facts: str) -> str:
    """The mail reference of the first review of a plan that a new case made."""
    case = Council(site.db).opens("2025-06-02", forename="Ida", setting_urn="")
    Council(site.db).records(case, "final_plan_sent=2025-10-01")
    review = row(site, "SELECT mail_ref FROM process WHERE case_ref = :ref", ref=f"{case.case_ref}/R1")["mail_ref"]
    if facts:
        record(site.db, review, [parse_fact(fact) for fact in facts], OFFICER, NOW, confirm=True)
    return review


def row(site: Site, query: str, **bound: Any) -> Mapping[str, Any]:
    """The only row of a query."""
    with site.db.connect() as connection:
        return connection.execute(text(query), bound).mappings().one()


def ledger(site: Site, ref: str) -> Sequence[Fact]:
    """The facts of a case as they are kept."""
    return hand(site, ref).facts


def hand(site: Site, ref: str) -> AtHand:
    """A case as its officer has it in hand."""
    return at_hand(site.db, ref, OFFICER, NOW)


def day(name: str, value: str) -> Mapping[str, str]:
    """A date input as it is typed."""
    year, month, number = (str(int(part)) for part in value.split("-"))
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def strict(page: Any) -> Any:
    """The page, read by a parser that forgives nothing."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.text)


def links(page: Any) -> list[str]:
    """What is offered, in its order: the ends of the addresses."""
    return re.findall(r'href="/cases/[^/"]+/([^"]+)"', page.text.split("<main")[1])


def hidden(page: Any) -> dict[str, list[str]]:
    """The hidden fields of a page's form."""
    main, found = page.text.split("<main")[1], {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main):
        found.setdefault(name, []).append(value)
    return found
