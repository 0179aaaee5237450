"""Opening a case: a page of questions at a time, a look at who is on record already, and everything checked once."""

from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.drafts import begun_drafts, change_draft, claim_draft, keep_draft, read_draft, take_draft, use_draft
from casework.errors import CaseworkError, NeedsConfirmation
from casework.opening import Opened, open_case
from casework.opening_check import EarlierChild, days_to_come, earlier_children, judged_start
from casework.opening_form import Opening
from casework.opening_known import oddities
from casework.staff import staff
from statute.timeline import Timeline
from web.desks import Worker
from web.faults import Faults
from web.forms import Form, Posted, day_values
from web.names import SOURCES
from web.opening_answers import FIELDS, KIND, STEPS, Answers, seen_in
from web.opening_steps import TAKE, shown
from web.place import Desk
from web.recording.messages import in_words
from web.words import day

router = APIRouter()

TITLES = {
    "request": "When did the request arrive, and who asked?",
    "child": "Who is the child or young person?",
    "setting": "Which school or setting do they attend?",
    "case": "Who will run the case?",
}


@router.get("/open")
def begin(at: Worker) -> Response:
    """Where one begins, or goes on with what was left."""
    begun = [(each, Answers(each.answers)) for each in begun_drafts(at.db, at.me.username, KIND)]
    return at.page("opening/begin.html", title="Open a case", begun=begun)


@router.post("/open")
def begin_new(at: Worker, form: Posted) -> Response:
    """Begin a draft."""
    answers = {"officer": at.me.username, "sensitivity": "ordinary", "restricted_to": [at.me.username]}
    return at.go(f"/open/{keep_draft(at.db, at.me.username, KIND, answers, at.now)}/request")


@router.post("/open/{number}/throw-away")
def throw_away(at: Worker, number: str, form: Posted) -> Response:
    """Forget a draft."""
    take_draft(at.db, at.me.username, KIND, number)
    return at.go("/open", "What you had begun was thrown away. No case was opened.")


@router.get("/open/{number}/earlier")
def earlier(at: Worker, number: str) -> Response:
    """The children on record who are or may be this one, beside the answers."""
    answers = _answers(at, number)
    if isinstance(answers, Response):
        return answers
    if "child" not in answers.done or "request" not in answers.done:
        return at.go(f"/open/{number}/{answers.missing}")
    return _earlier_page(at, number, answers, Faults(), answers.choice.get("what", ""))


@router.post("/open/{number}/earlier")
def choose(at: Worker, number: str, form: Posted) -> Response:
    """Whether it is one of them."""
    answers = _answers(at, number)
    if isinstance(answers, Response):
        return answers
    if "child" not in answers.done or "request" not in answers.done:
        return at.go(f"/open/{number}/{answers.missing}")
    children = earlier_children(at.db, answers.opening, at.actor)
    kept = _chosen(answers, children, form.get("what"))
    if kept is None:
        faults = Faults()
        faults.say("what", "Choose whether this is a child on record")
        return _earlier_page(at, number, answers, faults, form.get("what"))
    change_draft(at.db, at.me.username, KIND, number, kept, at.now)
    return _onward(at, number, Answers(kept))


@router.get("/open/{number}/check")
def check(at: Worker, number: str) -> Response:
    """Everything answered, and the twenty weeks that will follow."""
    answers = _answers(at, number)
    if isinstance(answers, Response):
        return answers
    return _check_page(at, number, answers, Faults())


@router.post("/open/{number}/check")
def open_it(at: Worker, number: str, form: Posted) -> Response:
    """Open the case, once however often the button is pressed."""
    kept = claim_draft(at.db, at.me.username, KIND, number, at.now)
    if kept is None:
        return at.go(f"/open/{number}/done")
    answers, used = Answers(kept), False
    try:
        if answers.missing or not answers.settles(earlier_children(at.db, answers.opening, at.actor)):
            return at.go(f"/open/{number}/{answers.missing or 'earlier'}")
        opened = _opened(at, answers, form)
        result = {"mail_ref": opened.mail_ref, "seen": _may_see(at, answers.opening)}
        use_draft(at.db, at.me.username, KIND, number, result, at.now)
        used = True
        return _told(at, answers.opening, opened)
    except CaseworkError as error:
        faults = Faults()
        for message in error.messages:
            name = message.partition(" ")[0]
            question = isinstance(error, NeedsConfirmation)
            faults.say("confirm" if question else "", message.replace(name, FIELDS.get(name, name), 1))
        return _check_page(at, number, answers, faults)
    finally:
        if not used:
            change_draft(at.db, at.me.username, KIND, number, kept, at.now)


@router.get("/open/{number}/done")
def done(at: Worker, number: str) -> Response:
    """Where the second of two presses ends: at the case, or told that it is being opened."""
    answers = _answers(at, number)
    if isinstance(answers, Response):
        return answers
    return at.page("opening/at_work.html", title="The case is being opened", number=number)


@router.get("/open/{number}/{step}")
def question(at: Worker, number: str, step: str) -> Response:
    """One page of questions, with what was answered before."""
    answers = _answers(at, number)
    if isinstance(answers, Response):
        return answers
    return _question_page(at, number, _step(step), answers, Faults(), _typed(answers))


@router.post("/open/{number}/{step}")
def answer(at: Worker, number: str, step: str, form: Posted) -> Response:
    """Keep the answers of a page, and go on; or say what is wrong, and lose nothing."""
    answers, faults = _answers(at, number), Faults()
    if isinstance(answers, Response):
        return answers
    if _step(step) == "setting" and _wants_search(form):
        return _search(at, number, answers, form)
    given = TAKE[step](at, form, answers, faults)
    if faults:
        typed = {**form.values, "restricted_to": form.many("restricted_to")}
        return _question_page(at, number, step, answers, faults, typed)
    answers = answers.with_(step, given)
    change_draft(at.db, at.me.username, KIND, number, answers.kept, at.now)
    return _onward(at, number, answers)


def _answers(at: Desk, number: str) -> Answers | Response:
    """The answers of a draft of theirs, or where to go when it was used. Raises 404 when there is none."""
    kept = read_draft(at.db, at.me.username, KIND, number)
    if kept is None:
        raise HTTPException(404)
    if (used := kept.get("used")) is not None:
        return at.go(f"/cases/{used['mail_ref']}" if used["seen"] else "/open", "This case has been opened.")
    return Answers(kept)


def _step(step: str) -> str:
    if step not in STEPS:
        raise HTTPException(404)
    return step


def _onward(at: Desk, number: str, answers: Answers) -> Response:
    """The next page: the children on record first, then what is missing, then the check."""
    known = {"request", "child"} <= set(answers.done)
    if known and not answers.settles(earlier_children(at.db, answers.opening, at.actor)):
        return at.go(f"/open/{number}/earlier")
    return at.go(f"/open/{number}/{answers.missing or 'check'}")


def _wants_search(form: Form) -> bool:
    return form.asked("search") or (bool(form.get("setting_search")) and not form.get("setting_urn"))


def _search(at: Desk, number: str, answers: Answers, form: Form) -> Response:
    typed = form.get("setting_search")
    if not typed or len(typed) > 100:
        faults = Faults()
        faults.say("setting_search", "Write part of the name, or the URN, in at most 100 letters")
        return _question_page(at, number, "setting", answers, faults, form.values)
    kept = {**answers.kept, "setting_search": typed}
    change_draft(at.db, at.me.username, KIND, number, kept, at.now)
    return at.go(f"/open/{number}/setting#found")


def _chosen(answers: Answers, children: tuple[EarlierChild, ...], what: str) -> dict[str, Any] | None:
    """The answers with a choice; None when that is no choice here."""
    if what == "another" and not any(child.by_upn for child in children):
        return {**answers.kept, "choice": {"what": what, "seen": seen_in(children)}}
    child = next((each for each in children if str(each.person_id) == what), None)
    if child is None:
        return None
    # The names as they stand on record, so that the child is found again.
    names = {"surname": child.surname, "forename": child.forename}
    return {**answers.kept, **names, "choice": {"what": what, "seen": seen_in(children)}}


def _opened(at: Desk, answers: Answers, form: Form) -> Opened:
    # To say that it is the same child is to confirm a further request on the case that is open.
    same = answers.choice.get("what") not in (None, "another")
    return open_case(at.db, answers.opening, at.actor, at.now, confirm=same or form.asked("confirm"))


def _told(at: Desk, opening: Opening, opened: Opened) -> Response:
    said = [] if opened.further else [f"Opened {opened.case_ref}.", *_what_next(days_to_come(at.db, opening, at.now))]
    url = f"/cases/{opened.mail_ref}" if opened.further or _may_see(at, opening) else "/open"
    return at.go(url, *said, *map(in_words, opened.warnings), warning=bool(opened.warnings))


def _what_next(days: Timeline) -> list[str]:
    decide, plan = days.get("reg5_decide"), days.get("reg13_final_plan")
    if decide is None or plan is None:
        return []
    return [
        f"What happens next: decide whether to assess and tell the family by {day(decide.legal_due)}. "
        f"If a plan is needed, the final plan must be sent by {day(plan.legal_due)}."
    ]


def _may_see(at: Desk, opening: Opening) -> bool:
    return opening.sensitivity != "restricted" or at.me.username in opening.restricted_to


def _typed(answers: Answers) -> dict[str, Any]:
    """What was answered, as the fields of the pages hold it."""
    kept = dict(answers.kept)
    looked_after = kept.get("looked_after")
    kept["looked_after"] = "" if looked_after is None else "yes" if looked_after else "no"
    if "setting" in answers.done and not kept.get("setting_urn"):
        kept["setting_urn"] = "none"
    for name in ("received", "date_of_birth"):
        kept |= day_values(name, answers.day(name))
    return kept


def _question_page(at: Desk, number: str, step: str, answers: Answers, faults: Faults, typed: Any) -> Response:
    before = STEPS[STEPS.index(step) - 1] if STEPS.index(step) else ""
    return at.page(
        f"opening/{step}.html",
        title=TITLES[step],
        faults=faults,
        form=typed,
        number=number,
        step=STEPS.index(step) + 1,
        back=f"/open/{number}/{before}" if before else "/open",
        answers=answers,
        **shown(at, step, answers),
    )


def _earlier_page(at: Desk, number: str, answers: Answers, faults: Faults, what: str) -> Response:
    children = earlier_children(at.db, answers.opening, at.actor)
    if not children:
        return _onward(at, number, answers)
    at.saw("children on record when a case is opened", [case.process_id for child in children for case in child.cases])
    return at.page(
        "opening/earlier.html",
        title="Is this a child on record?",
        faults=faults,
        number=number,
        answers=answers,
        children=children,
        what=what,
    )


def _check_page(at: Desk, number: str, answers: Answers, faults: Faults) -> Response:
    if answers.missing:
        return at.go(f"/open/{number}/{answers.missing}")
    opening = answers.opening
    children = earlier_children(at.db, opening, at.actor)
    at.saw("children on record when a case is opened", [case.process_id for child in children for case in child.cases])
    return at.page(
        "opening/check.html",
        title="Check your answers before you open the case",
        faults=faults,
        number=number,
        answers=answers,
        opening=opening,
        names={each.username: each.name for each in staff(at.db)},
        source=SOURCES[str(opening.source or "none")],
        children=children,
        settled=answers.settles(children),
        further=_further(answers, children),
        days=days_to_come(at.db, opening, at.now),
        odd=[*map(in_words, judged_start(opening, at.now).warnings), *oddities(opening)],
    )


def _further(answers: Answers, children: tuple[EarlierChild, ...]) -> EarlierChild | None:
    """The child with an open assessment on which the request will be recorded."""
    if answers.choice.get("what") == "another":
        return None
    return next((child for child in children if child.same and child.open_assessment), None)
