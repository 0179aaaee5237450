"""Cover while an officer is away: one's own from 'My work', anybody's for managers."""

from fastapi import APIRouter
from fastapi.responses import Response

from web.cover_pages import cover_page, noted, taken_back
from web.desks import Manager, Worker
from web.faults import Faults
from web.forms import Form, Posted

router = APIRouter()


@router.get("/team/cover")
def everybodys(at: Manager) -> Response:
    """Who is away and who stands in, of all officers."""
    return cover_page(at, Form({}), Faults(), own=False)


@router.post("/team/cover")
def note(at: Manager, form: Posted) -> Response:
    """Note cover for anybody, or take it back."""
    if form.asked("end"):
        said, wrong = taken_back(at, form, own=False)
        return at.go("/team/cover", said, warning=wrong)
    faults = Faults()
    if not form.get("who"):
        faults.say("who", "Choose who is away")
    said = noted(at, form, faults, form.get("who"))
    return at.go("/team/cover", said) if said else cover_page(at, form, faults, own=False)


@router.get("/work/cover")
def own(at: Worker) -> Response:
    """Who stands in for whoever is signed in, and for whom they do."""
    return cover_page(at, Form({}), Faults(), own=True)


@router.post("/work/cover")
def note_own(at: Worker, form: Posted) -> Response:
    """Note one's own cover, or take it back."""
    if form.asked("end"):
        said, wrong = taken_back(at, form, own=True)
        return at.go("/work/cover", said, warning=wrong)
    faults = Faults()
    said = noted(at, form, faults, at.me.username)
    return at.go("/work/cover", said) if said else cover_page(at, form, faults, own=True)
