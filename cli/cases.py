"""Reading one case: timeline, explanation, chronology and messages; and the law on facts that are typed."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from cli import law, output
from cli.days import parse_day
from cli.desk import Desk, desk, refusals

Ref = Annotated[str, typer.Argument(help="The case reference or the mail reference.", metavar="REF")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AsOf = Annotated[
    Any,
    typer.Option("--as-of", parser=parse_day, metavar="DAY", help="Use facts up to this day, on today's knowledge."),
]
KnownOn = Annotated[
    Any,
    typer.Option(
        "--known-on",
        parser=parse_day,
        metavar="DAY",
        help="Use only what had been recorded by the end of this day.",
    ),
]
TYPED = ("assessment", "annual-review")
WITHOUT_DATABASE = "'assessment' or 'annual-review'"
MESSAGE_COLUMNS = {
    "case_ref": "Case",
    "about": "About",
    "recipient": "To",
    "due_at": "Due",
    "stands": "How it stands",
}


def timeline(
    ref: Annotated[
        str, typer.Argument(metavar="REF|assessment|annual-review", help="A case, or a process with --fact.")
    ],
    fact: Annotated[
        list[str] | None,
        typer.Option(
            "--fact",
            metavar="KIND[:SUBJECT]=DAY[;NAME=VALUE...]",
            help=f"With {WITHOUT_DATABASE}: a fact; may repeat. Needs no database.",
        ),
    ] = None,
    term: Annotated[
        list[date] | None,
        typer.Option(
            "--term",
            parser=parse_day,
            metavar="DAY",
            help="With 'annual-review': the first day of a school term; may repeat.",
        ),
    ] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
) -> None:
    """Every limit of a case: when it falls due, how it stands and why.

    Examples:

      ehcp timeline EHC-2026-0004

      ehcp timeline assessment --fact request_received=2024-09-02 --as-of 2024-12-01 --json

      ehcp timeline annual-review --fact plan_made=2024-03-01 --fact review_meeting=2025-01-20 --as-of 2025-02-10
    """
    if term and ref != "annual-review":
        output.fail("--term goes with 'annual-review': no other process has a list before term.", output.USAGE)
    if ref in TYPED:
        law.typed_timeline(ref, fact or [], as_of, as_json, term or [])
        return
    if fact:
        output.fail(
            f"--fact goes with {WITHOUT_DATABASE}; a case has its own facts. Use 'ehcp record' to add one.",
            output.USAGE,
        )
    from casework.case import timeline as of_case

    with desk() as place, refusals():
        say_which(place, ref)
        law.print_timeline(of_case(place.db, ref, place.actor, place.now, as_of=as_of, known_on=known_on), as_json)


def say_which(place: Desk, ref: str) -> None:
    """Say on standard error which review is shown where the reference is that of its plan."""
    from casework.case import called

    meant = called(place.db, ref, place.actor)
    if meant.casefold().startswith(f"{ref.strip()}/r".casefold()):
        output.news(f"{ref.strip()} is a plan: this is its present review, {meant}.")


def explain(
    ref: Ref,
    limit: Annotated[str, typer.Argument(help="The limit's id, for example reg13_final_plan.")],
    subject: Annotated[str, typer.Argument(help="Whose advice, where the limit has several.")] = "",
    as_of: AsOf = None,
    known_on: KnownOn = None,
    as_json: AsJson = False,
) -> None:
    """Why a date is what it is, with the paragraph of the law.

    Example: ehcp explain EHC-2026-0004 reg8_advice health
    """
    from casework.case import explain as of_case

    with desk() as place, refusals():
        say_which(place, ref)
        found = of_case(place.db, ref, limit, subject, place.actor, place.now, as_of=as_of, known_on=known_on)
    if as_json:
        output.print_json(
            [
                {
                    "limit": d.limit,
                    "subject": d.subject,
                    "citation": d.citation,
                    "legal_due": d.legal_due,
                    "state": d.state,
                    "explanation": d.explain(),
                }
                for d in found
            ]
        )
        return
    for deadline in found:
        law.print_explanation(deadline)


def chronology(ref: Ref, as_json: AsJson = False) -> None:
    """Everything that happened in a case, who recorded it and when, messages included.

    Example: ehcp chronology EHC-2026-0004
    """
    from casework.case import chronology as of_case

    with desk() as place, refusals():
        say_which(place, ref)
        rows = of_case(place.db, ref, place.actor, place.now)
    if as_json:
        output.print_json({"items": rows})
        return
    output.print_table(
        f"Chronology of {ref}",
        {"day": "Day", "what": "What", "detail": "Detail", "by": "By", "recorded_at": "Recorded"},
        rows,
    )


def messages(
    case: Annotated[str | None, typer.Option("--case", metavar="REF", help="Only this case.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="Only to this address.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="queued, sent, failed, held or skipped.")] = None,
    as_json: AsJson = False,
) -> None:
    """What was sent, to whom, what waits, what failed, and why something was not sent.

    Example: ehcp messages --case EHC-2026-0004
    """
    from casework.correspondence import messages as listed

    with desk() as place, refusals():
        rows = listed(place.db, place.actor, case=case, to=to, status=status)
    if as_json:
        output.print_json({"items": rows})
        return
    output.print_table(f"Messages: {len(rows)}", MESSAGE_COLUMNS, [message_row(row) for row in rows])


def message_row(row: Mapping[str, Any]) -> dict[str, object]:
    """What the table shows of a message: what it is about and how it stands, in few columns."""
    from casework.earlier import in_words

    about = " ".join(filter(None, (row["kind"], row["limit"], row["subject"])))
    stands = ": ".join(filter(None, (row["status"], in_words(row["reason"]))))
    return {**row, "about": about, "stands": stands, "recipient": row["recipient"] or row["role"]}


def closure(
    first_closed: Annotated[Any, typer.Option(parser=parse_day, metavar="DAY", help="First day closed to pupils.")],
    reopens: Annotated[Any, typer.Option(parser=parse_day, metavar="DAY", help="The day it re-opens.")],
    advice_requested: Annotated[
        Any,
        typer.Option(parser=parse_day, metavar="DAY", help="The day advice was asked of the head or principal."),
    ],
    as_json: AsJson = False,
) -> None:
    """Whether the school-closure exception is available: closed four weeks, asked inside the window.

    Example: ehcp closure --first-closed 2025-07-23 --reopens 2025-09-02 --advice-requested 2025-07-16
    """
    days: tuple[date, date, date] = (first_closed, reopens, advice_requested)
    if days[1] <= days[0]:
        output.fail("--reopens must be after --first-closed", output.USAGE)
    law.closure(*days, as_json)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (timeline, explain, chronology, messages, closure):
        app.command()(command)
