"""Opening a case and recording what happened: personal data come by standard input or a prompt, never as flags."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from cli import output
from cli.days import parse_day
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from casework.recording import Said

Confirm = Annotated[
    bool, typer.Option("--confirm", help="Record what is unlawful but real, after reading the question.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
QUESTIONS = {
    "received": "Day the request was received, or the authority became responsible",
    "source": "Source: 1 family, 2 school or setting, 3 health, 4 social care, 5 other",
    "surname": "Surname",
    "forename": "Forename",
    "date_of_birth": "Date of birth",
    "upn": "UPN",
    "setting_urn": "Setting URN",
    "officer": "Officer's username",
    "case_ref": "Your own case reference (blank: one is made)",
}
NEEDED = frozenset({"received", "surname", "forename"})
DAYS = frozenset({"received", "date_of_birth"})
EXAMPLE = '{"received": "2026-11-20", "source": "1", "surname": "...", "forename": "..."}'


def read_stdin(what: str) -> str:
    """All of standard input, whatever marks a spreadsheet or editor put before it; ends the command if unreadable."""
    if sys.stdin.isatty():
        output.news(f"Type {what}, then Ctrl-D on a line of its own.")
    try:
        return sys.stdin.read().removeprefix("\ufeff").strip()
    except UnicodeDecodeError:
        output.fail("standard input is not text in UTF-8; save it as UTF-8 and try again", output.USAGE)


def read_object() -> dict[str, Any]:
    """The JSON object on standard input; ends the command with the place of the mistake when it is none."""
    text = read_stdin("one JSON object")
    if not text:
        output.fail(f"standard input is empty; it must hold one JSON object, for example {EXAMPLE}", output.USAGE)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        output.fail(
            f"standard input is not JSON (line {error.lineno}, column {error.colno}): {error.msg}", output.USAGE
        )
    if not isinstance(found, dict):
        output.fail(f"standard input must hold one JSON object, for example {EXAMPLE}", output.USAGE)
    return cast("dict[str, Any]", found)


def ask() -> dict[str, Any]:
    """One question after another on a terminal; a blank answer leaves the field out."""
    output.news("A blank answer leaves a question open. Ctrl-C gives up: nothing is recorded before the last answer.")
    answers = {name: ask_one(name, question) for name, question in QUESTIONS.items()}
    return {name: answer for name, answer in answers.items() if answer}


def ask_one(name: str, question: str) -> str:
    """One answer; what is needed, or is no day, is asked again."""

    def usable(answer: str) -> str:
        answer = answer.strip()
        if name in NEEDED and not answer:
            raise typer.BadParameter("this must be known to open a case")
        if name in DAYS and answer:
            parse_day(answer)
        return answer

    return typer.prompt(question, default="", show_default=False, err=True, value_proc=usable)


def open_(
    source: Annotated[str, typer.Argument(metavar="-", help="'-' reads a JSON object from standard input.")] = "",
    confirm: Confirm = False,
    as_json: AsJson = False,
) -> None:
    """Open a case. On a terminal it asks; in a pipe it reads JSON. Nothing about a child is ever a flag.

    Fields: received, source (1 family, 2 school or setting, 3 health, 4 social care, 5 other), surname, forename,
    date_of_birth, upn, setting_urn, officer, team, case_ref.

    Example: ehcp open - --json < request.json
    """
    if source not in ("", "-"):
        output.fail(
            "give '-' and the case on standard input; flags and arguments can be seen by others on this machine",
            output.USAGE,
        )
    from casework.opening import Opening, open_case

    answers = ask() if source == "" and sys.stdin.isatty() else read_object()
    with desk() as place, refusals():
        opened = open_case(place.db, Opening.read(answers), place.actor, place.now, confirm=confirm)
    output.warn(opened.warnings)
    if as_json:
        output.print_json({"case_ref": opened.case_ref, "mail_ref": opened.mail_ref})
    elif opened.further:
        output.say(f"Recorded on {opened.case_ref} (mail reference {opened.mail_ref}), which is open already.")
    else:
        output.say(f"Opened {opened.case_ref} (mail reference {opened.mail_ref}).")


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

      ehcp record EHC-2026-0004 'advice_received:health=2026-11-20;report_date=2026-11-18' --note - < note.txt

      ehcp record EHC-2026-0004 'corrected:request_received=2026-09-02'

      ehcp record EHC-2026-0004 'retracted:decision_to_assess=2026-11-20'
    """
    if note not in ("", "-"):
        output.fail(
            "give '--note -' and the text on standard input; what is typed as a flag can be seen by others",
            output.USAGE,
        )
    from casework.recording import record as to_ledger

    read = parsed(facts)
    texts = {"note": read_note()} if note == "-" else None
    with desk() as place, refusals():
        recorded = to_ledger(place.db, ref, read, place.actor, place.now, confirm=confirm, texts=texts)
    output.warn(recorded.warnings)
    if as_json:
        output.print_json({"case_ref": recorded.case_ref, "version": recorded.version, "warnings": recorded.warnings})
    else:
        output.say(f"Recorded in {recorded.case_ref}: {facts_in_words(len(read))}.")


def facts_in_words(number: int) -> str:
    """`1 fact`, `2 facts`."""
    return f"{number} fact{'' if number == 1 else 's'}"


def read_note() -> str:
    """The note on standard input; ends the command when there is none."""
    note = read_stdin("the note")
    if not note:
        output.fail("standard input is empty: there is no note. Nothing was recorded.", output.USAGE)
    return note


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
    """Record facts on many cases (Monday's panel) from a file with the columns case_ref, fact and, if any, note.

    Each case by itself: all of its lines or none. What stands already is passed over, so a corrected file can be
    given again. The exit code is 1 when a line was refused.

    Example: ehcp record-many panel.csv
    """
    from casework.recording import record_file

    with desk() as place, refusals():
        result = record_file(place.db, file, place.actor, place.now, confirm=confirm)
    if as_json:
        names = ("recorded", "unchanged", "refused", "warnings")
        output.print_json({name: getattr(result, name) for name in names})
    else:
        output.warn([on_line(said) for said in result.warnings])
        output.say(
            f"{facts_in_words(result.recorded)} recorded, {result.unchanged} stood already, "
            f"{len(result.refused)} refused."
        )
    if result.refused:
        output.fail([on_line(said) for said in result.refused])


def on_line(said: "Said") -> str:
    """A sentence about a line of a file."""
    return f"line {said['line']} ({said['case_ref']}): {said['message']}"


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("open")(open_)
    app.command()(record)
    app.command("record-many")(record_many)
