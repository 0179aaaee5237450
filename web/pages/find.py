"""Finding a case. What is typed is posted and kept as the person's own draft: an address never holds a name."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from casework.drafts import keep_draft, read_draft
from casework.errors import Refused
from casework.finding import Hits, Sought, called, find_cases
from casework.finding_words import meant_by, read_birth
from web.desks import Reader
from web.faults import Faults
from web.forms import Form, Posted
from web.place import Desk
from web.stages import stage_words

router = APIRouter()

FIELDS = ("anything", "surname", "forename", "born", "upn", "setting")
KIND = "find"
# Longer than any name with its date of birth: no more is read of it.
LONGEST = 100


@router.get("/find")
def find(at: Reader, search: str = "") -> Response:
    """The box; with the number of a search of one's own, what it finds now."""
    typed = read_draft(at.db, at.me.username, KIND, search) if search else None
    if typed is None:
        return _page(at, {}, Faults(), None)
    faults = Faults()
    sought = _sought(at, typed, faults)
    hits = find_cases(at.db, sought, at.actor)
    at.saw("find", [row.process_id for row in hits.rows])
    return _page(at, typed, faults, hits)


@router.post("/find")
def look(at: Reader, form: Posted) -> Response:
    """Straight to the case whose reference was typed, or on to what is found."""
    typed, faults = _typed(form), Faults()
    sought = _sought(at, typed, faults)
    if sought.is_empty and not faults:
        faults.say("anything", "Type a reference, a name, a UPN or a date of birth")
    if not faults and (reference := _reference(at, typed, faults)):
        return at.go(f"/cases/{reference}")
    if faults:
        return _page(at, typed, faults, None)
    return at.go(f"/find?search={keep_draft(at.db, at.me.username, KIND, typed, at.now)}")


def _typed(form: Form) -> dict[str, str]:
    return {name: form.get(name)[:LONGEST] for name in FIELDS if form.get(name)}


def _reference(at: Desk, typed: Mapping[str, str], faults: Faults) -> str | None:
    """The case that is called so, when nothing else was typed, and it reads like no pupil number or date."""
    box = typed.get("anything", "")
    if len(typed) != 1 or not box or meant_by(box).upn or meant_by(box).born:
        return None
    try:
        return called(at.db, box, at.actor)
    except Refused as refusal:
        for message in refusal.messages:
            faults.say("anything", message)
        return None


def _sought(at: Desk, typed: Mapping[str, str], faults: Faults) -> Sought:
    born = read_birth(typed.get("born", ""), at.today)
    if typed.get("born") and born is None:
        faults.say("born", "Date of birth must be a real date in the past, for example 27/3/2015")
    words = {name: typed.get(name, "") for name in FIELDS if name != "born"}
    return Sought(**words, born=born)


def _page(at: Desk, typed: Mapping[str, str], faults: Faults, hits: Hits | None) -> Response:
    title = "Find a case" if hits is None else "Cases found"
    if hits is not None and not hits.rows:
        title = "No case found"
    return at.page("find/find.html", title=title, faults=faults, form=typed, hits=hits, stage_words=stage_words)
