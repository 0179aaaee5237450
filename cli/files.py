"""Files that come in: cases, plans, services, settings and officers; and arming what was imported."""

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output, service_report
from cli.cases import AsJson
from cli.days import parse_day
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from casework.caseload.report import ImportReport, RowWarning

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="CSV or xlsx.")]
NAMED_EACH, NAMED_OF_MANY = 20, 5
REFUSED_COLUMNS = {"line": "Line", "case_ref": "Case", "column": "Column", "reason": "Why"}


def import_(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_of: Annotated[Any, typer.Option("--as-of", parser=parse_day, metavar="DAY", help="The day of the file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take over assessments or plans from a file. Nothing is mailed until they are armed ('ehcp arm').

    The columns tell which it is. A file of assessments needs case_ref and received. A file of plans needs plan_ref and
    plan_made, and is much the better for last_review_decision, last_review_meeting, setting_urn, phase_transfer
    (school, post16, post16_move: asked, never worked out from a year group), transfer_date, caseworker and the names,
    UPN and date of birth of the child. Every column of both is explained in docs/importing.md.

    A row is refused only when its clock cannot be computed; refused rows go to a rejects file beside the input (or,
    where that folder cannot be written, in EHCP_DATA_DIR). The exit code is 0 also when rows were refused: the
    others were imported, and 'ehcp overdue' counts the refused ones until they are put right.

    Example: ehcp import assessments.csv --dry-run
    Example: ehcp import plans.xlsx
    """
    from casework.caseload.importing import import_caseload

    with desk() as place, refusals(), progress(shown=not as_json) as on_progress:
        report = import_caseload(
            place.db,
            file,
            place.actor,
            place.now,
            as_of=as_of,
            dry_run=dry_run,
            on_progress=on_progress,
            fallback_folder=place.settings.data_dir,
        )
    if as_json:
        output.print_json({name: value for name, value in asdict(report).items() if name != "dry_run"})
    else:
        tell(report)


@contextmanager
def progress(*, shown: bool) -> Generator[Callable[[int, int], None] | None]:
    """A bar of rows on standard error, where a person watches; None elsewhere."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    with Progress(console=output.err(), transient=True) as bar:
        task = bar.add_task("Importing", total=None)
        yield lambda done, rows: bar.update(task, completed=done, total=rows)


def tell(report: "ImportReport") -> None:
    """What an import did, in the order in which a person needs it: what is odd, what was refused, the sum."""
    output.warn([on_line(warning) for warning in report.warnings])
    output.warn(missing(report.disappeared))
    if report.refused:
        output.print_table("Refused: not timed", REFUSED_COLUMNS, [asdict(row) for row in report.refused])
    output.say(summary(report))
    if report.notes:
        output.say(f"{len(report.notes)} rows are odd and were taken as they stand: --json lists them under notes.")
    if report.rejects_path:
        output.say(f"The refused rows are in {report.rejects_path}: correct them there and import that file.")
    if report.added and not report.dry_run:
        output.say("Nothing is mailed for what was imported until it is armed: ehcp arm --officer USERNAME, or --all.")


def missing(disappeared: Sequence[str]) -> list[str]:
    """A sentence for each reference that the file no longer has; of very many (a file of a few rows) one for all."""
    if len(disappeared) <= NAMED_EACH:
        return [f"{ref} was in an earlier file and is not in this one" for ref in disappeared]
    some = ", ".join(disappeared[:NAMED_OF_MANY])
    return [
        f"{len(disappeared)} that were in an earlier file are not in this one; what is recorded of them stays: "
        f"{some} and {len(disappeared) - NAMED_OF_MANY} more. --json names them all."
    ]


def on_line(said: "RowWarning") -> str:
    """A sentence about a row of the file, or about the file."""
    of_row = f"line {said.line} ({said.case_ref}) {said.column}: " if said.case_ref else ""
    return of_row + said.message


def summary(report: "ImportReport") -> str:
    """The counts in one sentence; a dry run says first that nothing was kept."""
    counts = (
        f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{len(report.refused)} refused, {len(report.warnings)} warnings."
    )
    if report.dry_run:
        return f"Dry run, nothing was written. An import would give: {counts}"
    return f"{'Plans' if report.kind == 'plans' else 'Cases'}: {counts}"


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
        output.say(f"{count} {'case' if count == 1 else 'cases'} armed. What was armed before, or has ended, stays.")


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
            output.say(f"{kind}: {report.added} added, {report.changed} changed, {report.unchanged} unchanged.")

    return room


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("import")(import_)
    app.command()(arm)
    for kind in ("services", "settings", "officers"):
        room = directory(kind)
        if kind == "services":
            room.command("report")(service_report.report)
        app.add_typer(room, name=kind)
