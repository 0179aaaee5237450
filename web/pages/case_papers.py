"""The papers of a case: the family's representations and the evidence, which go with every request for advice."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from casework.case_head import head_of
from casework.case_papers import Papers, add_paper, papers_of, put_aside, say_complete, say_incomplete
from casework.documents import EVIDENCE, REPRESENTATIONS, UnknownDocument, lay_by
from casework.errors import Refused
from documents.checking import ACCEPT, LARGEST, MOST, TAKEN
from web.case_frame import frame
from web.case_refs import CaseRef
from web.desks import Reader, Worker
from web.document_forms import archive_at, documents_sent
from web.faults import Faults
from web.forms import Form, Posted
from web.place import Desk
from web.words import count

router = APIRouter()

PURPOSES: Mapping[str, str] = MappingProxyType(
    {REPRESENTATIONS: "Representations of the family", EVIDENCE: "Evidence submitted"}
)
_SENT_BEFORE = "Requests have gone out already. Whoever was asked is not told of the change: tell them."


@router.get("/cases/{ref}/papers")
def papers(at: Reader, ref: CaseRef) -> Response:
    """What there is, whether it is complete, and the form to add to it."""
    return _page(at, ref, Form({}), Faults())


@router.post("/cases/{ref}/papers")
def add(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Add documents. Those that are taken are kept, whatever is wrong with others that were sent with them."""
    faults = Faults()
    if form.get("purpose") not in PURPOSES:
        faults.say("purpose", "Say what the documents are, and choose them again")
        return _page(at, ref, form, faults)
    new = _kept(at, ref, form, faults)
    if faults:
        return _page(at, ref, form, faults, added=new)
    said = f"{count(new, 'document was', 'documents were')} added." if new else "The case had these documents already."
    return _back(at, ref, said)


@router.get("/cases/{ref}/papers/{document_id}/aside")
def ask_to_put_aside(at: Worker, ref: CaseRef, document_id: UUID) -> Response:
    """Ask before a paper is put aside."""
    found = papers_of(at.db, ref, at.actor)
    those = [each for each in found.documents if each.id == document_id]
    if not those:
        raise UnknownDocument
    at.saw("papers", [found.process_id])
    title = f"Put a paper aside, {found.mail_ref}"
    return at.page("documents/aside.html", title=title, papers=found, document=those[0], warning=_warning(found))


@router.post("/cases/{ref}/papers/{document_id}/aside")
def aside(at: Worker, ref: CaseRef, document_id: UUID, form: Posted) -> Response:
    """Put a paper aside."""
    put_aside(at.db, ref, document_id, at.actor, at.now)
    return _back(at, ref, "The paper was put aside.")


@router.post("/cases/{ref}/papers/complete")
def complete(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Say that the papers are complete: these documents, or that nothing was submitted."""
    faults, what = Faults(), form.get("what")
    if what not in ("these", "nothing"):
        faults.say("what", "Say whether these documents are everything, or the family submitted nothing")
        return _page(at, ref, form, faults)
    try:
        say_complete(at.db, ref, at.actor, at.now, nothing_submitted=what == "nothing")
    except Refused as refused:
        faults.say("what", " ".join(refused.messages))
        return _page(at, ref, form, faults)
    return at.go(
        f"/cases/{ref}/papers", "The papers are complete. Requests for advice go out with them at the next post."
    )


@router.post("/cases/{ref}/papers/incomplete")
def incomplete(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Take it back, before any request has gone out."""
    say_incomplete(at.db, ref, at.actor, at.now)
    return at.go(f"/cases/{ref}/papers", "The papers are not complete. Say so again once they are.")


def _kept(at: Desk, ref: str, form: Form, faults: Faults) -> int:
    """Keep what is taken; how many of them are new."""
    archive, new = archive_at(at), 0
    for checked in documents_sent(form, "documents", faults):
        laid_by = lay_by(archive, checked)
        if add_paper(at.db, ref, laid_by, form.get("purpose"), at.actor, at.now).is_new:
            new += 1
        else:
            archive.forget(laid_by.id)
    return new


def _back(at: Desk, ref: str, said: str) -> Response:
    warning = _warning(papers_of(at.db, ref, at.actor))
    return at.go(f"/cases/{ref}/papers", said, *([warning] if warning else []), warning=bool(warning))


def _warning(found: Papers) -> str:
    return _SENT_BEFORE if found.sent else ""


def _page(at: Desk, ref: str, form: Form, faults: Faults, added: int = 0) -> Response:
    head, found = head_of(at.db, ref, at.actor), papers_of(at.db, ref, at.actor)
    at.saw("papers", [found.process_id])
    return at.page(
        "documents/papers.html",
        title=f"Papers of {found.mail_ref}",
        faults=faults,
        form=form,
        papers=found,
        added=added,
        purposes=PURPOSES,
        taken=TAKEN,
        accept=ACCEPT,
        most=MOST,
        megabytes=LARGEST // 1024**2,
        may_write=found.open and found.has_requests and at.me.role != "auditor",
        **frame(at, head, "papers"),
    )
