"""What stands above every page of a case, and the pages that it leads to."""

from collections.abc import Mapping
from typing import Any

from casework.case_head import Head
from casework.year_groups import age_on, year_group
from statute.kind import ASSESSMENT
from web import case_words
from web.names import process_words
from web.place import Desk
from web.roles import WORK

_PAGES = (
    ("", "Case"),
    ("chronology", "Chronology"),
    ("messages", "Messages"),
    ("letters", "Letters to family"),
    ("notices", "Notices"),
)
_OF_ASSESSMENTS = (("papers", "Papers"), ("answers", "Answers"))


def frame(at: Desk, head: Head, here: str) -> Mapping[str, Any]:
    """The values that `cases/frame.html` asks for, on the page called `here`."""
    url = f"/cases/{head.mail_ref}"
    pages = (*_PAGES, *(_OF_ASSESSMENTS if head.kind == ASSESSMENT else ()))
    born = head.child.date_of_birth
    return {
        "head": head,
        "url": url,
        "words": case_words,
        "process": process_words(head.kind),
        "subpages": [
            {"href": f"{url}/{name}".rstrip("/"), "text": text, "current": name == here} for name, text in pages
        ],
        "age": age_on(born, at.today) if born else None,
        "year": year_group(born, at.today) if born else "",
        "may_work": at.me.role in WORK.roles,
    }
