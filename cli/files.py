"""Files that come in: cases, services, settings and officers; and arming what was imported."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import output
from cli.cases import AsJson
from cli.days import parse_day
from cli.desk import desk, refusals

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="CSV or xlsx.")]


def import_(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_of: Annotated[Any, typer.Option("--as-of", parser=parse_day, metavar="DAY", help="The day of the file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take over cases from a file. Nothing is mailed until the cases are armed ('ehcp arm').

    A row is refused only when its clock cannot be computed; refused rows go to a rejects file beside the input.

    Example: ehcp import assessments.csv --dry-run
    """
    from casework.caseload.importing import import_caseload

    with desk() as place, refusals():
        report = import_caseload(place.db, file, place.actor, place.now, as_of=as_of, dry_run=dry_run)
    if as_json:
        output.print_json(asdict(report))
        return
    output.warn([f"line {w.line} ({w.case_ref}) {w.column}: {w.message}" for w in report.warnings])
    if report.notes:
        output.out.print(
            f"{len(report.notes)} rows were recorded as they stand and are odd; --json lists them under notes."
        )
    output.warn([f"{ref} was in an earlier file and is not in this one" for ref in report.disappeared])
    output.print_table(
        "Refused: not timed",
        {"line": "Line", "case_ref": "Case", "column": "Column", "reason": "Why"},
        [{"line": r.line, "case_ref": r.case_ref, "column": r.column, "reason": r.reason} for r in report.refused],
    )
    done = "Would be" if dry_run else "Were"
    output.out.print(
        f"{done} added {report.added}, changed {report.changed}, unchanged {report.unchanged}, "
        f"refused {len(report.refused)}, warnings {len(report.warnings)}."
    )
    if report.rejects_path:
        output.out.print(f"Refused rows: {report.rejects_path}")


def arm(
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="One case.")] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="All imported cases of this officer.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every imported case.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let imported cases send what falls due from now on, never the past.

    Example: ehcp arm --officer r.hale
    """
    from casework.arming import All, Officer, One
    from casework.arming import arm as armed

    if sum((ref is not None, officer is not None, everything)) != 1:
        output.fail("name one case, or --officer USERNAME, or --all", output.USAGE)
    scope = One(ref) if ref else Officer(officer) if officer else All()
    with desk() as place, refusals():
        count = armed(place.db, scope, place.actor, place.now)
    if as_json:
        output.print_json({"armed": count})
    else:
        output.out.print(f"{count} cases armed.")


def directory(kind: str) -> typer.Typer:
    """`ehcp services|settings|officers import FILE`."""
    room = typer.Typer(help=f"The directory of {kind}.", no_args_is_help=True)

    @room.callback()
    def hold() -> None:  # pyright: ignore[reportUnusedFunction] - keeps `import` a sub-command
        pass

    @room.command(
        "import",
        help=f"Take the {kind} from a file; the same file twice changes nothing.\n\n"
        f"Example: ehcp {kind} import {kind}.csv",
    )
    def take(file: File, as_json: AsJson = False) -> None:  # pyright: ignore[reportUnusedFunction]
        from casework import directories

        importer: Callable[..., Any] = getattr(directories, f"import_{kind}")
        with desk() as place, refusals():
            report = importer(place.db, file, place.actor, place.now)
        if as_json:
            output.print_json(report.as_json())
        else:
            output.warn(report.warnings)
            output.out.print(f"{kind}: {report.added} added, {report.changed} changed, {report.unchanged} unchanged.")

    return room


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("import")(import_)
    app.command()(arm)
    for kind in ("services", "settings", "officers"):
        app.add_typer(directory(kind), name=kind)
