"""Opening a case and recording what happened: personal data come by standard input or a prompt, never as flags."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import output
from cli.desk import desk, refusals

Confirm = Annotated[
    bool, typer.Option("--confirm", help="Record what is unlawful but real, after reading the question.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
QUESTIONS = {
    "received": "Day the request was received (or the authority became responsible)",
    "source": "Source (1 family, 2 school or setting, 3 health, 4 social care, 5 other)",
    "surname": "Surname",
    "forename": "Forename",
    "date_of_birth": "Date of birth",
    "upn": "UPN",
    "setting_urn": "Setting URN",
    "officer": "Officer's username",
    "case_ref": "Your own case reference (blank: make one)",
}


def read_object() -> dict[str, Any]:
    """The JSON object on standard input; ends the command with the place of the mistake when it is none."""
    try:
        found = json.load(sys.stdin)
    except json.JSONDecodeError as error:
        output.fail(
            f"standard input is not JSON (line {error.lineno}, column {error.colno}): {error.msg}",
            output.USAGE,
        )
    if not isinstance(found, dict):
        output.fail(
            'standard input must hold one JSON object, for example {"received": "2026-11-20", ...}',
            output.USAGE,
        )
    return found  # pyright: ignore[reportUnknownVariableType]


def ask() -> dict[str, Any]:
    """One question after another on a terminal; a blank answer leaves the field out."""
    answers = {
        name: typer.prompt(question, default="", show_default=False, err=True) for name, question in QUESTIONS.items()
    }
    return {name: answer for name, answer in answers.items() if answer.strip()}


def open_(
    source: Annotated[str, typer.Argument(metavar="-", help="'-' reads a JSON object from standard input.")] = "",
    confirm: Confirm = False,
    as_json: AsJson = False,
) -> None:
    """Open a case. On a terminal it asks; in a pipe it reads JSON. Nothing about a child is ever a flag.

    Example: ehcp open - --json < request.json
    """
    if source not in ("", "-"):
        output.fail(
            "give '-' and the case on standard input; flags and arguments can be seen by others on this machine",
            output.USAGE,
        )
    from casework.opening import Opening, open_case

    with desk() as place, refusals():
        answers = ask() if source == "" and sys.stdin.isatty() else read_object()
        opened = open_case(place.db, Opening.read(answers), place.actor, place.now, confirm=confirm)
    output.warn(opened.warnings)
    if as_json:
        output.print_json({"case_ref": opened.case_ref, "mail_ref": opened.mail_ref})
    else:
        output.out.print(f"Opened [bold]{opened.case_ref}[/] (mail reference {opened.mail_ref}).")


def record(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The case reference or the mail reference.")],
    facts: Annotated[list[str], typer.Argument(metavar="KIND[:SUBJECT]=DAY[;NAME=VALUE...]...")],
    note: Annotated[str, typer.Option("--note", metavar="-", help="'-' reads a note from standard input.")] = "",
    confirm: Confirm = False,
    as_json: AsJson = False,
) -> None:
    """Record what happened. All the facts are recorded or none.

    Examples:

      ehcp record EHC-2026-0004 'decision_to_assess=2026-11-20'

      ehcp record EHC-2026-0004 'corrected:request_received=2026-09-02'
    """
    if note not in ("", "-"):
        output.fail(
            "give '--note -' and the text on standard input; what is typed as a flag can be seen by others",
            output.USAGE,
        )
    from casework.recording import record as to_ledger

    texts = {"note": sys.stdin.read()} if note == "-" else None
    with desk() as place, refusals():
        recorded = to_ledger(place.db, ref, parsed(facts), place.actor, place.now, confirm=confirm, texts=texts)
    output.warn(recorded.warnings)
    if as_json:
        output.print_json({"case_ref": recorded.case_ref, "version": recorded.version, "warnings": recorded.warnings})
    else:
        output.out.print(f"Recorded in [bold]{recorded.case_ref}[/].")


def parsed(texts: list[str]) -> list[Any]:
    """The typed facts; ends the command at the first that cannot be read."""
    from statute.errors import FactError
    from statute.notation import parse_fact

    try:
        return [parse_fact(text) for text in texts]
    except FactError as error:
        output.fail(str(error), output.USAGE)


def record_many(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV or xlsx with columns case_ref and fact.")
    ],
    confirm: Confirm = False,
    as_json: AsJson = False,
) -> None:
    """Record facts on many cases (Monday's panel): each row by itself, what is refused is listed.

    Example: ehcp record-many panel.csv     (columns: case_ref, fact, note)
    """
    from casework.recording import record_file

    with desk() as place, refusals():
        result = record_file(place.db, file, place.actor, place.now, confirm=confirm)
    if as_json:
        output.print_json({"recorded": result.recorded, "refused": result.refused, "warnings": result.warnings})
    else:
        output.warn([f"line {row['line']}: {row['message']}" for row in result.warnings])
        output.out.print(f"{result.recorded} rows recorded, {len(result.refused)} refused.")
    if result.refused:
        output.fail([f"line {row['line']} ({row['case_ref']}): {row['message']}" for row in result.refused])


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("open")(open_)
    app.command()(record)
    app.command("record-many")(record_many)
