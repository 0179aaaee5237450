"""Giving many cases away: chosen, looked at once more, done."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from casework.drafts import keep_draft, read_draft, take_draft
from casework.errors import Refused
from casework.sharing_out import MOST, deal, share_out
from casework.staff import MAY_HAVE_CASES, Colleague, staff
from casework.workload import LISTED, Case, Load, cases_called, cases_of, workload
from web.desks import Manager
from web.faults import Faults
from web.forms import Form, Posted
from web.pages.team import tabs
from web.place import Desk

router = APIRouter()

NOBODY = "-"
"""In addresses and forms: the cases that nobody has."""

KIND = "reassign"
GONE = "These cases were given away already, or the page is too old. Choose again."


@router.get("/team/reassign")
def choose(at: Manager, page: str = "") -> Response:
    """Whose cases, which of them, and to whom."""
    whose = at.request.query_params.get("from", "").replace("\x00", "")[:100]
    return _choose(at, whose, _number(page), Form({}), Faults())


@router.post("/team/reassign")
def chosen(at: Manager, form: Posted) -> Response:
    """Share out what was chosen, on to the page that shows who would get what."""
    faults, whose = Faults(), form.get("from")
    if not form.many("to"):
        faults.say("to", "Choose at least one officer who is to get the cases")
    if form.get("which") not in ("all", "ticked"):
        faults.say("which", "Choose whether to give all cases away or those you tick")
    elif form.get("which") == "ticked" and not form.many("case"):
        faults.say("which", "Tick the cases that are to be given away")
    if faults:
        return _choose(at, whose, _number(form.get("page")), form, faults)
    wanted = _wanted(at, form)
    # By name, so that a list of them reads well; of one name there may be two children.
    dealt = deal([(f"{case.name} {case.person_id}", case.mail_ref) for case in wanted[:MOST]], form.many("to"))
    kept = {"from": whose, "dealt": dealt, "more": len(wanted) > MOST}
    draft = keep_draft(at.db, at.me.username, KIND, kept, at.now)
    return at.go(f"/team/reassign/check?choice={draft}")


@router.get("/team/reassign/check")
def check(at: Manager, choice: str = "") -> Response:
    """Who would get what."""
    answers = read_draft(at.db, at.me.username, KIND, choice)
    if answers is None:
        return at.go("/team/reassign", GONE, warning=True)
    dealt: Mapping[str, Sequence[str]] = answers["dealt"]
    known = {
        case.mail_ref: case for case in cases_called(at.db, [ref for refs in dealt.values() for ref in refs], at.actor)
    }
    at.saw("team reassign", [case.process_id for case in known.values()])
    loads = {load.username: load for load in workload(at.db, at.actor, at.today)}
    given = [(_load(loads, username), [known[ref] for ref in refs if ref in known]) for username, refs in dealt.items()]
    return at.page(
        "team/reassign_check.html",
        title="Check who gets what",
        given=given,
        whose=_name(loads, answers["from"]),
        number=len(known),
        most=MOST if answers.get("more") else 0,
        choice=choice,
        back=answers["from"],
    )


@router.post("/team/reassign/check")
def give(at: Manager, form: Posted) -> Response:
    """Give them away."""
    answers = take_draft(at.db, at.me.username, KIND, form.get("choice"))
    if answers is None:
        return at.go("/team/reassign", GONE, warning=True)
    try:
        shared = share_out(at.db, answers["dealt"], at.actor, at.now)
    except Refused as refusal:
        return at.go("/team/reassign", *refusal.messages, "Nothing was given away.", warning=True)
    names = {each.username: each.name for each in staff(at.db)}
    said = [f"{_count(len(refs))} given to {names.get(officer, officer)}." for officer, refs in shared.given.items()]
    return at.go("/team", *said)


def _choose(at: Desk, whose: str, page: int, form: Form, faults: Faults) -> Response:
    loads = [load for load in workload(at.db, at.actor, at.today) if load.open]
    # One more than is shown tells whether there is another page.
    listed = cases_of(at.db, _officer(whose), at.actor, most=LISTED + 1, skip=LISTED * (page - 1)) if whose else ()
    at.saw("team reassign", [case.process_id for case in listed[:LISTED]])
    return at.page(
        "team/reassign.html",
        title="Give cases away",
        faults=faults,
        form=form.values,
        ticked=form.many("case"),
        to=form.many("to"),
        whose=whose,
        name=_name({load.username: load for load in loads}, whose),
        total=next((load.open for load in loads if load.username == _officer(whose)), 0) if whose else 0,
        loads=[("", "Choose"), *((load.username or NOBODY, _offered(load)) for load in loads)],
        cases=listed[:LISTED],
        most=MOST,
        page=page,
        more=len(listed) > LISTED,
        staff=_takers(staff(at.db, MAY_HAVE_CASES), whose),
        open={load.username: load.open for load in loads},
        tabs=tabs(at),
    )


def _takers(here: Sequence[Colleague], whose: str) -> Sequence[Colleague]:
    return [each for each in here if each.username != whose]


def _wanted(at: Desk, form: Form) -> Sequence[Case]:
    if form.get("which") == "all":
        # One more than can be given away at once tells whether some stay.
        return cases_of(at.db, _officer(form.get("from")), at.actor, most=MOST + 1)
    return cases_called(at.db, form.many("case"), at.actor)


def _officer(whose: str) -> str | None:
    return None if whose == NOBODY else whose


def _load(loads: Mapping[str | None, Load], username: str) -> Any:
    return loads.get(username) or Load(username, username, None, "", True, True)


def _name(loads: Mapping[str | None, Load], whose: str) -> str:
    load = loads.get(_officer(whose))
    return "nobody" if whose == NOBODY else load.name if load else whose


def _offered(load: Load) -> str:
    state = ", who left" if load.left else ""
    return f"{load.name}{state} ({_count(load.open)})"


def _count(number: int) -> str:
    return "1 case" if number == 1 else f"{number:,} cases"


def _number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 4 else 1
