"""What the law says a service or a setting must be told, behind its link: regulations 4(2), 5(2) and 10(2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from casework.mailing import house_of
from casework.notice_behind import notice_behind
from casework.secure_links.making import Opens
from web.visitors import Visitor

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Words:
    """A notice in words: its heading, what happened (`{child}`, `{day}`), and what that means for whoever is told."""

    title: str
    what: str
    means: tuple[str, ...]


_ASKED = "If you are asked for advice, that request comes to you by itself, with its own day."
_REFUSED = (
    "Support that the child has now goes on. A refusal is no reason to end it.",
    "The family was told why, how to appeal and about mediation. If they ask you, tell them that the letter says so.",
    "There is nothing that you need to do or to send.",
)

WORDS: Mapping[tuple[str, str], Words] = MappingProxyType(
    {
        ("considering", "decision"): Words(
            "An assessment is being considered",
            "The council is considering whether {child} needs an education, health and care needs assessment, since "
            "{day}. It must decide by {decide_by}.",
            (
                "You do not have to send anything now. If you know something that bears on the decision, tell us.",
                "You will be told of the decision. " + _ASKED,
            ),
        ),
        ("copy_of_decision", "decision_to_assess"): Words(
            "There will be an assessment",
            "The council has decided to carry out an education, health and care needs assessment of {child}. The "
            "decision was sent to the family on {day}.",
            (_ASKED, "If you are not asked, there is nothing that you need to do."),
        ),
        ("copy_of_decision", "decision_not_to_assess"): Words(
            "There will be no assessment",
            "The council has decided not to carry out an education, health and care needs assessment of {child}. The "
            "decision was sent to the family on {day}.",
            _REFUSED,
        ),
        ("copy_of_refusal", "decision_not_to_issue"): Words(
            "There will be no plan",
            "The council has assessed {child} and decided not to issue an education, health and care plan. The "
            "decision was sent to the family on {day}.",
            _REFUSED,
        ),
    }
)
CHANGED = Words("This has changed", "What we told you about {child} no longer stands, or other things have happened "
                "since.", ("If you need to know more, ask us and quote the reference.",))  # fmt: skip


@router.get("/advice/notice/{link_id}")
def notice(at: Visitor, link_id: UUID) -> Response:
    """Who the child is, what was decided, and what it means."""
    opened = at.opened(link_id, Opens.NOTICE)
    behind = notice_behind(at.db, opened, at.now)
    kind = behind.fact.kind if behind.fact else ""
    words = WORDS.get((behind.notice, kind)) or (WORDS.get((behind.notice, "decision")) if kind else None) or CHANGED
    at.saw("a notice by link", [opened.process_id] if opened.process_id else [])
    title, ask = f"{words.title}: {behind.mail_ref}", house_of(at.place.settings).contact
    return at.page("advice_notice/notice.html", title=title, words=words, behind=behind, contact=ask)
