"""The address of every page, with something that is there in the place of each parameter."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, text

from statute.kinds import KINDS
from tests.web.site import Site
from tests.web.test_who_may_use_what import routes

NOT_PAGES = re.compile(
    r"\.(csv|xlsx|ics|\{kind\}|\{ending\}|\{format\})$|/(papers/\{document_id:uuid\}|requests/\{request_id:uuid\})$"
    r"|^/(api/v1/|assets/|documents/|healthz|readyz|metrics|sign-in/provider)"
)
"""Files, what programs ask for, what leads on to a page of its own, and the way to another site."""
OF_A_FORM = re.compile(r"\{number\}|\{draft\}|\{token\}|\{\w+_id(:\w+)?\}|^/sign-in/code$|^/team/reassign/check$")
"""Pages that need what was typed or sent before: looked at by `test_many_pages` and `test_pages_behind_forms`."""
LEADS_ON = re.compile(r"^/$|/record/(corrected|relief|retracted)$")
"""The first page of one's role, and kinds of entry that have a page of their own elsewhere."""

ONE = text("""
SELECT p.mail_ref, p.kind, (SELECT min(d.limit_id) FROM deadline d WHERE d.process_id = p.id AND d.to_day IS NULL) AS l
FROM process p WHERE case_ref = :ref
""")
CASES = ("EHC-2026-0040", "EHC-2025-0512", "EHC-2026-0497", "PLAN-2023-0070/R1", "PLAN-2025-0232/R1")
"""One with advice late, one lifted and long past its weeks, one just begun, two reviews that are late."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case to look at: which process it is, and one of its limits."""

    ref: str
    process: str
    limit: str


def cases(db: Engine) -> list[Known]:
    """A few cases that differ."""
    with db.connect() as connection:
        return [Known(*connection.execute(ONE, {"ref": ref}).one()) for ref in CASES]


def addresses(site: Site) -> Iterator[str]:
    """Every page that is asked for, each parameter filled in; those of a case for several cases."""
    for case in cases(site.db):
        for path in paths(site):
            if "{ref}" in path:
                yield from filled(path, filling(case))
    for path in paths(site):
        if "{ref}" not in path:
            yield from filled(path, filling())


def paths(site: Site) -> Iterator[str]:
    """The path of every page that stands by itself."""
    for method, path, _ in routes(site):
        if method == "GET" and not NOT_PAGES.search(path) and not OF_A_FORM.search(path):
            yield f"{path}?limit={{limit}}" if path.endswith("/why") else path


def filling(case: Known | None = None) -> Mapping[str, Callable[[], list[str]]]:
    """What stands for each parameter; of a case only kinds that its process has."""
    return {
        "ref": lambda: [case.ref] if case else [],
        "limit": lambda: [case.limit] if case else [],
        "kind": lambda: sorted(kind.name for kind in KINDS.values() if case and case.process in kind.processes),
        "sequence": lambda: ["1"],
        "url": lambda: ["closure", "bank-holiday", "working-day", "term", "terms"],
        "username": lambda: ["a.marsh"],
        "category": lambda: ["health"],
        "code": lambda: ["paediatrics"],
        "urn": lambda: ["117222"],
        "recipient": lambda: ["health"],
        "measure": lambda: ["plans_twenty_weeks"],
        "month": lambda: ["2026-10"],
        "version_number": lambda: ["0"],
        "document_id": lambda: [],
        "mail_id": lambda: [],
        "letter_id": lambda: [],
        "answer_id": lambda: [],
        "request_id": lambda: [],
    }


def filled(path: str, fill: Mapping[str, Callable[[], list[str]]]) -> Iterator[str]:
    """A path with each of the values in the place of each parameter."""
    found = re.search(r"\{(\w+)(?::\w+)?\}", path)
    if not found:
        yield path
        return
    for value in fill[found.group(1)]():
        yield from filled(path.replace(found.group(0), value, 1), fill)
