"""How a change of the calendar is shown, before it is made and after."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from cli import output
from statute.words import capital

if TYPE_CHECKING:
    from casework.calendar_changes import Applied, Plan
    from casework.calendar_moves import Move

TERM_COLUMNS = {"setting_urn": "Setting", "name": "Term", "first": "First day", "last": "Last day"}
MOVE_COLUMNS = {"case_ref": "Case", "limit": "Limit", "which": "What moves", "was": "From", "now": "To"}
SHOWN = 20
"""Rows of a preview on a terminal; --json has them all."""


def nothing(as_json: bool) -> None:
    """The calendar is so already."""
    if as_json:
        output.print_json({"applied": False, "number": None, "change": {}, "moves": [], "hidden_cases": 0, "woken": 0})
    else:
        output.say("Nothing to change.")


def tell(plan: "Plan") -> None:
    """What would change and move."""
    output.say(f"{capital(plan.words)}.")
    if plan.what.get("terms"):
        output.print_table("Terms", {"is": "", **TERM_COLUMNS, "list_due": "List due"}, term_changes(plan))
        return
    shown = [move_row(move) for move in plan.moves[:SHOWN]]
    output.print_table(f"What moves: {moved(plan.moves)}", MOVE_COLUMNS, shown, "Nothing moves.")
    if (more := len(plan.moves) - len(shown)) > 0:
        output.say(f"... and {more} more: --json lists them all.")
    if plan.hidden:
        output.say(f"Days move also in {plan.hidden} cases that only named staff may see.")


def moved(moves: "Sequence[Move]") -> str:
    """`3 days of 2 cases`."""
    days, cases = len(moves), len({move.process_id for move in moves})
    return f"{days} {'day' if days == 1 else 'days'} of {cases} {'case' if cases == 1 else 'cases'}"


def move_row(move: "Move") -> dict[str, Any]:
    """One moved day as the table shows it."""
    from casework.calendar_words import FIELD_WORDS

    limit = f"{move.limit} {move.subject}".strip()
    return {
        "case_ref": move.case_ref,
        "limit": limit,
        "which": FIELD_WORDS[move.field],
        "was": move.was,
        "now": move.now,
    }


def term_row(term: Mapping[str, Any]) -> dict[str, Any]:
    """One term as a table shows it."""
    days = {name: date.fromisoformat(str(term[name])) for name in ("first", "last")}
    return {**term, **days, "setting_urn": term["setting_urn"] or "all"}


def term_changes(plan: "Plan") -> list[dict[str, Any]]:
    """Terms that come and go, with the last day for the list of reviews before each that comes."""
    from casework.term_dates import list_due

    rows = [{**term_row(each), "is": "out"} for each in plan.what["terms"]["remove"]]
    for each in plan.what["terms"]["add"]:
        rows.append({**term_row(each), "is": "in", "list_due": list_due(date.fromisoformat(each["first"]))})
    return rows


def as_plain(plan: "Plan", applied: "Applied | None") -> dict[str, Any]:
    """A change for a program: what it is, what moves (or moved), and whether it was made."""
    moves = plan.moves if applied is None else applied.moves
    return {
        "applied": applied is not None,
        "number": applied.number if applied else None,
        "change": plan.what,
        "words": plan.words,
        "moves": [{name: value for name, value in asdict(move).items() if name != "process_id"} for move in moves],
        "cases": len({move.process_id for move in moves}),
        "hidden_cases": plan.hidden,
        "woken": applied.woken if applied else 0,
    }
