"""The pages of one case: how it stands, why a day is what it is, what happened, what was written, who was told."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from casework.case import explain
from casework.case_head import head_of
from casework.case_letters import letters
from casework.case_mail import mail_about
from casework.case_page import CasePage, case_page
from casework.story import Sort, story
from casework.told import notices_of
from statute.told import Found, checklist
from statute.wanted_notice import WHO_WORDS
from web import mail_words
from web.case_coming import coming
from web.case_frame import frame
from web.case_moment import moment_asked
from web.case_refs import CaseRef
from web.desks import Reader
from web.faults import Faults
from web.law_links import limit_behind, link_of
from web.pictures.draw import drawn, picture_of

router = APIRouter()

Text = Annotated[str, Query(max_length=80)]
Page = Annotated[int, Query(ge=1, le=10_000)]
PAGE = 50
_SHOWS = {"": "Everything", "facts": "What happened", "letters": "Letters", "contacts": "Contacts"}
_SORTS = {"facts": {Sort.FACT, Sort.CASE, Sort.CALENDAR}, "letters": {Sort.LETTER}, "contacts": {Sort.CONTACT}}


@router.get("/cases/{ref}")
def case(at: Reader, ref: CaseRef, as_of: Text = "", known_on: Text = "") -> Response:
    """How a case stands, now or on a day that has been."""
    faults = Faults()
    moment = moment_asked(at.request.query_params, as_of, known_on, at.today, faults)
    if moment.address and not faults:
        return RedirectResponse(f"/cases/{ref}{moment.address}", status_code=303)
    page = case_page(at.db, ref, at.actor, at.now, as_of=moment.as_of, known_on=moment.known_on)
    at.saw("case", [page.head.id])
    context: dict[str, Any] = {**frame(at, page.head, ""), **_of(page)}
    return at.page(
        "cases/case.html", title=f"Case {page.head.mail_ref}", faults=faults, page=page, moment=moment, **context
    )


@router.get("/cases/{ref}/why")
def why(at: Reader, ref: CaseRef, limit: Text, subject: Text = "", as_of: Text = "", known_on: Text = "") -> Response:
    """Why a day is what it is: the event, the rule, the calendar, the source."""
    head = head_of(at.db, ref, at.actor)
    moment = moment_asked({}, as_of, known_on, at.today, Faults())
    found = explain(at.db, ref, limit, subject, at.actor, at.now, as_of=moment.as_of, known_on=moment.known_on)
    at.saw("why a day", [head.id])
    reasons = [(each, limit_behind(each), link_of(each)) for each in found if subject == each.subject or not subject]
    title = f"Why is this the date? {head.mail_ref}"
    return at.page("cases/why.html", title=title, reasons=reasons, moment=moment, **frame(at, head, ""))


@router.get("/cases/{ref}/chronology")
def chronology(at: Reader, ref: CaseRef, show: Text = "", page: Page = 1) -> Response:
    """Everything that happened, newest first, with what was corrected or retracted struck through."""
    head, events = story(at.db, ref, at.actor)
    at.saw("chronology", [head.id])
    shown = [each for each in reversed(events) if show not in _SORTS or each.sort in _SORTS[show]]
    return at.page(
        "cases/chronology.html",
        title=f"Chronology of {head.mail_ref}",
        events=shown[(page - 1) * PAGE : page * PAGE],
        page=page,
        more=len(shown) > page * PAGE,
        show=show if show in _SHOWS else "",
        shows=_SHOWS,
        **frame(at, head, "chronology"),
    )


@router.get("/cases/{ref}/messages")
def messages(at: Reader, ref: CaseRef) -> Response:
    """Every letter with what became of it, and what came back."""
    head, found = letters(at.db, ref, at.actor)
    at.saw("letters of a case", [head.id])
    waiting = [each for each in found if each.status in ("queued", "sending", "held")]
    gone = [each for each in reversed(found) if each not in waiting]
    title = f"Messages of {head.mail_ref}"
    came = mail_about(at.db, head.id)
    shown = {"waiting": waiting, "gone": gone, "came": came, "mail_words": mail_words}
    return at.page("cases/messages.html", title=title, **shown, **frame(at, head, "messages"))


@router.get("/cases/{ref}/notices")
def notices(at: Reader, ref: CaseRef) -> Response:
    """Every notice that the law wants: what is recorded, and what is missing."""
    found = notices_of(at.db, ref, at.actor, at.now)
    at.saw("notices of a case", [found.head.id])
    return at.page(
        "cases/notices.html",
        title=f"Notices of {found.head.mail_ref}",
        found=found,
        who=WHO_WORDS,
        **frame(at, found.head, "notices"),
    )


def _of(page: CasePage) -> Mapping[str, Any]:
    """What the page of a case works out from what was read: the picture, the limits in two heaps, the notices."""
    runs = [each for each in page.timeline.deadlines if each.start is not None and each.state != "not_applicable"]
    lines = checklist(page.head.kind, page.facts)
    return {
        "picture": picture_of(page),
        "drawn": drawn(page),
        "limits": sorted(runs, key=lambda each: each.legal_due or each.norm_due or date.max),
        "idle": [each for each in page.timeline.deadlines if each not in runs],
        "recorded": sum(line.found in (Found.RECORDED, Found.UNSAID) for line in lines),
        "missing": [line for line in lines if line.found in (Found.MISSING, Found.UNSAID)],
        "coming": list(coming(page.planned)),
        "link_of": link_of,
    }
