"""One fact on many cases: what happened, which cases, a look at each, and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.drafts import begun_drafts, change_draft, claim_draft, keep_draft, read_draft, take_draft, use_draft
from casework.errors import Refused
from casework.panel import EXPECTED, PAGE, candidates
from casework.recording import Line
from casework.sheets import require_columns
from casework.staff import MAY_HAVE_CASES, staff, teams
from casework.uploads import called, read_upload
from casework.weighing import weigh_many
from statute.facts import Fact
from statute.form import form_refusals
from statute.kinds import KINDS
from statute.notation import format_fact
from statute.words import day_words
from web.desks import Worker
from web.faults import Faults
from web.forms import Form, Posted
from web.many_answers import KIND, MOST, Many, as_kept, can_be_many, fields_for_many, kinds_for_many
from web.many_results import choice_of, recorded_on, result_of, told
from web.place import Desk
from web.recording.kinds import title_of
from web.recording.messages import in_words, place
from web.recording.reading import LONGEST, read_back, read_said

router = APIRouter()

V = TypeVar("V")


@router.get("/record-many")
def begin(at: Worker) -> Response:
    """What happened, or a file that says it; and what was left half done."""
    return _begin_page(at, Faults(), "")


@router.post("/record-many")
def choose_kind(at: Worker, form: Posted) -> Response:
    """Begin with a kind."""
    kind = form.get("kind")
    if not can_be_many(kind):
        faults = Faults()
        faults.say("kind", "Choose what happened")
        return _begin_page(at, faults, kind)
    number = keep_draft(at.db, at.me.username, KIND, {"kind": kind, "officer": at.me.username}, at.now)
    return at.go(f"/record-many/{number}/what")


@router.post("/record-many/upload")
def upload(at: Worker, form: Posted) -> Response:
    """Begin with a file that has the columns case_ref, fact and, if any, note."""
    faults, sent = Faults(), form.files.get("file")
    try:
        name = (sent.filename if sent else "") or ""
        sheet = read_upload(name, sent.file.read() if sent else b"", MOST)
        require_columns(sheet, ("case_ref", "fact"), Path(called(name)))
        if not sheet.rows:
            raise Refused("The file has no rows below its first line.")
        if long := [row.line for row in sheet.rows if any(len(cell) > LONGEST for cell in row.cells.values())]:
            raise Refused(f"Line {long[0]} has a cell of more than {LONGEST:,} characters. Shorten it.")
    except Refused as refused:
        for message in refused.messages:
            faults.say("file", message)
        return _begin_page(at, faults, "")
    lines = [Line(row.line, row.get("case_ref"), row.get("fact"), row.get("note")) for row in sheet.rows]
    number = keep_draft(at.db, at.me.username, KIND, {"lines": as_kept(lines), "file": called(name)}, at.now)
    return at.go(f"/record-many/{number}/check")


@router.post("/record-many/{number}/throw-away")
def throw_away(at: Worker, number: str, form: Posted) -> Response:
    """Forget a draft."""
    take_draft(at.db, at.me.username, KIND, number)
    return at.go("/record-many", "What you had begun was thrown away. Nothing was recorded.")


@router.get("/record-many/{number}/what")
def what(at: Worker, number: str) -> Response:
    """The day, and whatever else is the same in every case."""
    many = _by_hand(at, number)
    return many if isinstance(many, Response) else _what_page(at, number, many, many.form, Faults())


@router.post("/record-many/{number}/what")
def take_what(at: Worker, number: str, form: Posted) -> Response:
    """Keep it, or say what is wrong."""
    many, faults = _by_hand(at, number), Faults()
    if isinstance(many, Response):
        return many
    fields = fields_for_many(many.kind)
    said = read_said(form, fields, faults)
    if said is None:
        return _what_page(at, number, many, form, faults)
    place(_wrong_anywhere(at, said.fact(many.kind)), fields, faults)
    if faults:
        return _what_page(at, number, many, form, faults)
    kept = many.with_(
        values=_without_csrf(form.values),
        lists=_without_csrf(form.lists),
        fact=format_fact(said.fact(many.kind)),
        note=said.texts.get("note", ""),
        told=[list(each) for each in read_back(form, fields)],
    )
    change_draft(at.db, at.me.username, KIND, number, kept.kept, at.now)
    return at.go(f"/record-many/{number}/cases")


@router.get("/record-many/{number}/cases")
def cases(at: Worker, number: str) -> Response:
    """The cases to tick, and a box for references."""
    many = _by_hand(at, number)
    if isinstance(many, Response):
        return many
    return _cases_page(at, number, many, many.kept.get("refs", ""), Faults())


@router.post("/record-many/{number}/cases")
def take_cases(at: Worker, number: str, form: Posted) -> Response:
    """Keep what was ticked and pasted; then another page of cases, or on to the check."""
    many, faults = _by_hand(at, number), Faults()
    if isinstance(many, Response):
        return many
    shown = set(form.many("shown"))
    ticked = [*(ref for ref in many.ticked if ref not in shown), *form.many("tick")]
    many = many.with_(ticked=list(dict.fromkeys(ticked))[:MOST], refs=form.get("refs")[:20_000])
    if (go := form.get("go")) != "continue":
        after = form.get("next").partition(" ")[::2] if go == "more" else None
        many = many.with_(officer=form.get("officer"), team=form.get("team"), after=after)
        _keep(at, number, many)
        return at.go(f"/record-many/{number}/cases")
    references = _references(at, many, form.get("refs"), faults)
    if faults:
        _keep(at, number, many)
        return _cases_page(at, number, many, form.get("refs"), faults)
    _keep(at, number, many.with_(lines=many.lines_for(references)))
    return at.go(f"/record-many/{number}/check")


@router.get("/record-many/{number}/check")
def check(at: Worker, number: str) -> Response:
    """Every case with what would be recorded and what stands against it."""
    many = _many(at, number)
    if isinstance(many, Response):
        return many
    return _check_page(at, number, many, Faults())


@router.post("/record-many/{number}/check")
def record_them(at: Worker, number: str, form: Posted) -> Response:
    """Record those that are ticked, each case by itself, once however often the button is pressed."""
    kept = claim_draft(at.db, at.me.username, KIND, number, at.now)
    if kept is None:
        return at.go(f"/record-many/{number}/result")
    many, used = Many(kept), False
    try:
        chosen = choice_of(form.many("take"))
        if not chosen or not many.lines:
            faults = Faults()
            faults.say("take", "Tick at least one case to record it on")
            return _check_page(at, number, many, faults)
        weighed = weigh_many(at.db, many.lines, at.actor, at.now)
        result = result_of(weighed, chosen, recorded_on(at, weighed, chosen))
        use_draft(at.db, at.me.username, KIND, number, result, at.now)
        used = True
        return at.go(f"/record-many/{number}/result")
    finally:
        if not used:
            change_draft(at.db, at.me.username, KIND, number, kept, at.now)


@router.get("/record-many/{number}/result")
def result(at: Worker, number: str) -> Response:
    """What was recorded, and what was not and why."""
    kept = read_draft(at.db, at.me.username, KIND, number)
    if kept is None:
        raise HTTPException(404)
    if "used" not in kept:
        return at.page("record_many/at_work.html", title="The cases are being recorded", number=number)
    return at.page("record_many/result.html", title="What was recorded", number=number, result=kept["used"])


@router.post("/record-many/{number}/retry")
def retry(at: Worker, number: str, form: Posted) -> Response:
    """Another look at the cases on which nothing was recorded."""
    kept = read_draft(at.db, at.me.username, KIND, number)
    if kept is None or not (rest := kept.get("used", {}).get("rest")):
        raise HTTPException(404)
    again = keep_draft(at.db, at.me.username, KIND, {"lines": rest, "file": "the cases that were left"}, at.now)
    return at.go(f"/record-many/{again}/check")


def _many(at: Desk, number: str) -> Many | Response:
    """The answers of a draft of theirs, or what came of it. Raises 404 when there is none."""
    kept = read_draft(at.db, at.me.username, KIND, number)
    if kept is None:
        raise HTTPException(404)
    return at.go(f"/record-many/{number}/result") if "used" in kept else Many(kept)


def _by_hand(at: Desk, number: str) -> Many | Response:
    """The same, of what is typed and not in a file."""
    many = _many(at, number)
    if isinstance(many, Many) and not can_be_many(many.kind):
        return at.go(f"/record-many/{number}/check")
    return many


def _keep(at: Desk, number: str, many: Many) -> None:
    change_draft(at.db, at.me.username, KIND, number, many.kept, at.now)


def _wrong_anywhere(at: Desk, fact: Fact) -> Iterator[str]:
    """What is wrong with a fact whatever the case: said once, and not of each."""
    yield from form_refusals(fact, next(iter(sorted(KINDS[fact.kind].processes))))
    if fact.day > at.today:
        yield f"{day_words(fact.day)} is in the future: today is {day_words(at.today)}. Record it when it has happened."


def _without_csrf(values: Mapping[str, V]) -> dict[str, V]:
    return {name: value for name, value in values.items() if name != "csrf"}


def _references(at: Desk, many: Many, typed: str, faults: Faults) -> Sequence[str]:
    """The cases ticked and pasted, each once; a fault for every line that means no case."""
    numbered = [(line, ref.strip()) for line, ref in enumerate(typed.splitlines(), start=1) if ref.strip()]
    if len(numbered) + len(many.ticked) > MOST:
        faults.say("refs", f"These are more than {MOST} cases. Record them in two goes, or in a file.")
        return ()
    lines = [Line(line, ref[:200], many.fact) for line, ref in numbered]
    found: list[str] = []
    for each in weigh_many(at.db, lines, at.actor, at.now):
        if each.found is None:
            faults.say("refs", f"Line {each.line.line}: {' '.join(each.refusals)}")
        else:
            found.append(each.found.mail_ref)
    if not faults and not found and not many.ticked:
        faults.say("tick" if many.kind in EXPECTED else "refs", "Choose at least one case, or write its reference")
    return list(dict.fromkeys([*many.ticked, *found]))


def _begin_page(at: Desk, faults: Faults, chosen: str) -> Response:
    return at.page(
        "record_many/begin.html",
        title="Record on many cases",
        faults=faults,
        groups=kinds_for_many(),
        title_of=title_of,
        chosen=chosen,
        most=MOST,
        begun=[(each, Many(each.answers)) for each in begun_drafts(at.db, at.me.username, KIND)],
        kinds=KINDS,
    )


def _what_page(at: Desk, number: str, many: Many, form: Form, faults: Faults) -> Response:
    return at.page(
        "record_many/what.html",
        title=title_of(KINDS[many.kind]),
        faults=faults,
        number=number,
        form=form,
        fields=fields_for_many(many.kind),
    )


def _cases_page(at: Desk, number: str, many: Many, refs: str, faults: Faults) -> Response:
    if not many.fact:
        return at.go(f"/record-many/{number}/what")
    officer, team = many.kept.get("officer", ""), many.kept.get("team", "")
    found = candidates(at.db, many.kind, at.actor, at.today, officer=officer, team=team, after=many.after)
    at.saw("cases to record one thing on", [case.process_id for case in found[:PAGE]])
    people = staff(at.db, MAY_HAVE_CASES)
    return at.page(
        "record_many/cases.html",
        title="Which cases?",
        faults=faults,
        number=number,
        many=many,
        what=title_of(KINDS[many.kind]),
        listed=many.kind in EXPECTED,
        found=found[:PAGE],
        more=found[PAGE - 1].key if len(found) > PAGE else None,
        elsewhere=len(set(many.ticked) - {case.mail_ref for case in found[:PAGE]}),
        officer=officer,
        team=team,
        staff=people,
        teams=teams(people),
        refs=refs,
    )


def _check_page(at: Desk, number: str, many: Many, faults: Faults) -> Response:
    if not many.lines:
        return at.go(f"/record-many/{number}/{'cases' if many.fact else 'what'}")
    weighed = weigh_many(at.db, many.lines, at.actor, at.now)
    at.saw("cases to record one thing on", [each.found.process_id for each in weighed if each.found])
    return at.page(
        "record_many/check.html",
        title="Check before you record",
        faults=faults,
        number=number,
        many=many,
        what=title_of(KINDS[many.kind]) if many.kind else "",
        weighed=[(each, told(each)) for each in weighed],
        possible=sum(each.possible and not each.confirmations for each in weighed),
        asked=sum(each.possible and bool(each.confirmations) for each in weighed),
        refused=sum(bool(each.refusals) for each in weighed),
        in_words=in_words,
    )
