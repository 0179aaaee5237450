"""Reading what managers write about a measure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from scorecard.measure import Measure
from scorecard.notes import Action, Note
from scorecard.noting import NotANumber, faults_of, target_of, target_rule
from scorecard.words import ACTIONS
from web.faults import Faults
from web.forms import Form

_FIGURES = 19
"""Of the number of a note, at most."""


def read_note(form: Form, measure: Measure, month: date, faults: Faults) -> Note:
    """The note as it was typed, of the month that ends on `month`; what is wrong with it stands in `faults`."""
    target = _target(form, measure, faults)
    note = Note(measure.id, month, form.get("narrative"), form.get("owner"), target, _action(form, faults))
    for field, said in faults_of(note, measure):
        faults.say(field, f"The {field} {said}")
    return note


def seen_in(form: Form) -> int | None:
    """The number of the note that the form was made with; None of a form that does not say."""
    said = form.get("seen")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _FIGURES else None


def held_words(held: Note) -> str:
    """What somebody else said meanwhile, and what to do."""
    parts = (
        ("owner", held.owner),
        ("target", "" if held.target is None else f"{held.target.normalize():f}"),
        ("action", ACTIONS[held.action] if held.action else ""),
        ("narrative", f"“{held.narrative}”" if held.narrative else ""),
    )
    said = "; ".join(f"{name} {words}" for name, words in parts if words) or "nothing any more"
    return f"{held.written_by} noted since you opened this page: {said}. Save again to put yours in its place"


def typed(note: Note) -> Mapping[str, str]:
    """A note as it would have been typed."""
    return {
        "narrative": note.narrative,
        "owner": note.owner,
        "target": "" if note.target is None else f"{note.target.normalize():f}",
        "action": note.action or "",
        "seen": f"{note.number}",
    }


def read_number(form: Form, name: str, faults: Faults, what: str, *, most: Decimal) -> Decimal | None:
    """A number of at most two decimals, not below nought; None where nothing was typed or with a fault."""
    said = form.get(name).removesuffix("%").replace(",", "").strip()
    if not said:
        return None
    try:
        number = Decimal(said)
        if not number.is_finite() or not 0 <= number <= most or number != round(number, 2):
            raise InvalidOperation
    except InvalidOperation:
        faults.say(name, f"{what} must be a number from 0 to {most:,}, with at most two decimals, for example 62.5")
        return None
    return number


def _target(form: Form, measure: Measure, faults: Faults) -> Decimal | None:
    if not form.get("target"):
        return None
    try:
        return target_of(form.get("target"))
    except NotANumber:
        faults.say("target", f"The target {target_rule(measure)}")
        return None


def _action(form: Form, faults: Faults) -> Action | None:
    said = form.get("action")
    if not said:
        return None
    try:
        return Action(said)
    except ValueError:
        faults.say("action", "Choose how far the action is")
        return None
