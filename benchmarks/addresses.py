"""One address for each page that the application has: something that is there in the place of each part of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.drafts import keep_draft
from casework.people import NewContact, add_contact
from config.clock import london_day
from web.place import Allowed

NO_PAGES = re.compile(r"\.(csv|xlsx|\{kind\})$|^/(assets/|api/|healthz|readyz|metrics|sign-|advice/)")
"""Files, what programs ask for, and what nobody who is signed in asks for."""
LEFT_OUT = {
    "/": "leads on",
    "/calendar/changes/{number}": "works every case out again, which takes seconds",
    "/cases/{ref}/papers/{document_id}/aside": "needs a document, and the council has none",
    "/cases/{ref}/letters/{letter_id}": "needs a letter to a family, and the council has none",
    "/cases/{ref}/letters/{letter_id}/print": "needs a letter to a family, and the council has none",
    "/documents/{document_id}": "needs a document, and the council has none",
    "/open/{number}/done": "is seen only while a case is being opened",
    "/policy/previews/{number}": "works hundreds of cases out again, which takes seconds",
    "/record-many/{number}/result": "is what came of a form, kept with it",
    "/unfiled/{mail_id}": "needs a mail that came back, and the council has none",
}
"""Pages that are not measured, and why."""
VALUES = {
    "kind": "draft_plan_sent",
    "sequence": "1",
    "step": "child",
    "url": "closure",
    "username": "a.marsh",
    "category": "health",
    "code": "paediatrics",
    "urn": "117222",
    "recipient": "health",
    "version_number": "0",
    "measure": "plans_twenty_weeks",
    "month": "2026-10",
}
ASKED = {"/cases/{ref}/why": "?limit=reg13_final_plan", "/team/reassign": "?from=a.marsh"}
"""Pages that say little without a question."""
_PART = re.compile(r"\{(\w+)\}")
_CHILD = text(
    "SELECT n.surname, n.forename, n.date_of_birth::text FROM person n JOIN process p ON p.person_id = n.id "
    "WHERE p.mail_ref = :ref"
)
MANY = 25
"""Cases in the forms of several pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, whom it is for, and its address; `{ref}` in it stands for a case."""

    path: str
    role: str
    address: str

    def of(self, ref: str) -> str:
        """Its address for a case."""
        return self.address.replace("{ref}", ref)


def pages(app: FastAPI, db: Engine, people: Mapping[str, str], refs: Sequence[str], now: datetime) -> Iterator[Page]:
    """Every page that is measured, for the first of `people` (role and username) who may see it."""
    whole, forms = _whole(db, people, refs, now), _forms(db, people["caseworker"], refs, now)
    for path, role in _found(app, people):
        values = {**VALUES, "number": forms.get(path.partition("/{")[0], ""), "ref": "{ref}"}
        address = whole.get(path, path)
        unknown = set(_PART.findall(address)) - values.keys()
        if path in LEFT_OUT or unknown:
            print(f"   left out: {path} {LEFT_OUT.get(path, f'has parts that nobody filled in: {unknown}')}")
            continue
        yield Page(path, role, address.format(**values) + ASKED.get(path, ""))


def _found(app: FastAPI, people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(app.routes):
        path = context.path or ""
        if "GET" not in (context.methods or ()) or NO_PAGES.search(path):
            continue
        allowed = [each.call for each in context.dependant.dependencies if isinstance(each.call, Allowed)]
        role = next((role for role in people for each in allowed if role in each.access.roles), None)
        if role:
            yield path, role


def _whole(db: Engine, people: Mapping[str, str], refs: Sequence[str], now: datetime) -> Mapping[str, str]:
    """Pages that need something to be there first: a search, a choice of cases, a contact."""
    worker, manager = people["caseworker"], people["manager"]
    dealt = {"from": "a.marsh", "dealt": {worker: list(refs[:MANY])}}
    contact = add_contact(db, refs[0], NewContact("parent", "Pat Example"), Actor(worker, "web"))
    return {
        "/find": f"/find?search={keep_draft(db, worker, 'find', {'anything': 'sm'}, now)}",
        "/team/reassign/check": f"/team/reassign/check?choice={keep_draft(db, manager, 'reassign', dealt, now)}",
        "/cases/{ref}/family/{number}": f"/cases/{refs[0]}/family/{contact}",
    }


def _forms(db: Engine, worker: str, refs: Sequence[str], now: datetime) -> Mapping[str, str]:
    """Forms of several pages, filled in: the number of each by the beginning of its addresses."""
    day = london_day(now) - timedelta(days=3)
    with db.connect() as connection:
        child = connection.execute(_CHILD, {"ref": refs[0]}).mappings().one()
    opening: dict[str, Any] = {
        **child,  # on record already, so that there is something to compare
        "officer": worker,
        "sensitivity": "ordinary",
        "received": day.isoformat(),
        "source": "1",
        "done": ["request", "child", "setting", "case"],
    }
    fact = f"decision_to_assess={day}"
    lines = [[number, ref, fact, ""] for number, ref in enumerate(refs[:MANY], start=1)]
    many = {"kind": "decision_to_assess", "officer": worker, "fact": fact, "lines": lines}
    return {
        "/open": str(keep_draft(db, worker, "opening", opening, now)),
        "/record-many": str(keep_draft(db, worker, "record_many", many, now)),
    }
