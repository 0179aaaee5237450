"""Reading what managers write about a measure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from scorecard.measure import Measure
from scorecard.notes import Action, Note
from scorecard.words import is_share
from web.faults import Faults
from web.forms import Form

OWNER_LONGEST, NARRATIVE_LONGEST = 100, 3000
_MOST = Decimal(1_000_000)
_HUNDRED = Decimal(100)


def read_note(form: Form, measure: Measure, month: date, faults: Faults) -> Note:
    """The note as it was typed, of the month that ends on `month`; what is wrong with it stands in `faults`."""
    return Note(
        measure.id,
        month,
        _text(form, "narrative", NARRATIVE_LONGEST, faults, "The narrative"),
        _text(form, "owner", OWNER_LONGEST, faults, "The owner"),
        read_number(form, "target", faults, "The target", most=_HUNDRED if is_share(measure) else _MOST),
        _action(form, faults),
    )


def typed(note: Note) -> Mapping[str, str]:
    """A note as it would have been typed."""
    return {
        "narrative": note.narrative,
        "owner": note.owner,
        "target": "" if note.target is None else f"{note.target.normalize():f}",
        "action": note.action or "",
    }


def read_number(form: Form, name: str, faults: Faults, what: str, *, most: Decimal = _MOST) -> Decimal | None:
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


def _text(form: Form, name: str, longest: int, faults: Faults, what: str) -> str:
    said = form.get(name)
    if len(said) > longest:
        faults.say(name, f"{what} must be {longest:,} characters or fewer; it is {len(said):,}")
    return said


def _action(form: Form, faults: Faults) -> Action | None:
    said = form.get("action")
    if not said:
        return None
    try:
        return Action(said)
    except ValueError:
        faults.say("action", "Choose how far the action is")
        return None
