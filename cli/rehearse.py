"""`ehcp rehearse`: a caseload through the weeks to come, before anything goes live."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.days import parse_day
from cli.desk import desk, refusals
from cli.scratch import scratch
from config.clock import london_day, utc_now, utc_of_london

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scorecard.rehearsal.tables import Report
    from statute.policy import Policy

NO_CASES = (
    "no case is open here, so there was nothing to rehearse: take cases in first ('ehcp import'), see with "
    "'ehcp doctor' which database was read, or leave --copy away to rehearse the demonstration's."
)


def rehearse(
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=40, metavar="N", help="How many weeks.")] = 26,
    first: Annotated[Any, typer.Option("--from", parser=parse_day, metavar="DAY", help="The first day.")] = None,
    caseload: Annotated[
        Path | None,
        typer.Option(
            "--caseload",
            exists=True,
            file_okay=False,
            metavar="DIR",
            help="assessments.csv and plans.csv of 'ehcp synth'.",
        ),
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="This council's own open cases, which are only read.")] = False,
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", help="Another number: other days.")] = 1,
    as_is: Annotated[bool, typer.Option("--as-is", help="Nobody does anything more: every limit runs out.")] = False,
    new_requests: Annotated[
        float | None,
        typer.Option(
            "--new-requests",
            min=0,
            max=1000,
            metavar="N",
            help="So many new requests a week, drawn; else as in the year before.",
        ),
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", exists=True, dir_okay=False, metavar="FILE", help="Rehearse this policy instead."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the report as HTML, xlsx and JSON.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Every mail, escalation and breach that the weeks to come would bring. Nothing is sent, nothing is recorded.

    Without --caseload or --copy the cases of the demonstration are rehearsed. The report names no child.

    Example: ehcp rehearse --copy --weeks 26 --out rehearsal
    Example: ehcp rehearse --copy --policy new-policy.toml --out with-the-new-policy
    """
    if caseload and copy:
        output.fail("give --caseload DIR or --copy, not both", output.USAGE)
    day: date = first or london_day(utc_now())
    rehearsed = _policy(policy)
    with refusals(), _database(day, caseload, copy=copy) as db, _progress(shown=not as_json) as told:
        from scorecard.rehearsal.rehearsing import Asked
        from scorecard.rehearsal.rehearsing import rehearse as run
        from scorecard.rehearsal.report import report_of

        found = run(db, Asked(day, weeks, seed, as_is, rehearsed, new_requests), told)
        report = report_of(found)
    if not found.walked:
        output.warn([NO_CASES])
    _tell(report, out, as_json=as_json)


def _tell(report: "Report", out: Path | None, *, as_json: bool) -> None:
    from scorecard.rehearsal.writing import as_json as plain
    from scorecard.rehearsal.writing import write

    if out:
        with output.writing(out, "The rehearsal as HTML, xlsx and JSON"):
            write(report, out)
    if as_json:
        output.print_json(plain(report))
        return
    for sentence in (report.title, *report.sentences):
        output.say(sentence)
    weeks = report.tables[0]
    rows = [dict(zip(weeks.columns, row, strict=True)) for row in weeks.rows]
    output.print_table(weeks.title, {name: name for name in weeks.columns}, rows)
    if not out:
        output.say("The whole report: --out DIR writes it as HTML, xlsx and JSON.")


def _policy(path: Path | None) -> "Policy | None":
    if path is None:
        return None
    from statute.policy import load_policy
    from statute.policy_errors import PolicyError

    try:
        return load_policy(path.read_text(encoding="utf-8"))
    except (PolicyError, UnicodeDecodeError) as error:
        output.fail(f"{path} is not a policy: {error}")


@contextmanager
def _database(day: date, caseload: Path | None, *, copy: bool) -> Generator["Engine"]:
    """The council's own, or one of this command's own with the cases that were named."""
    if copy:
        with desk() as place:
            yield place.db
        return
    with scratch() as db:
        now = utc_of_london(day, time())
        _load(db, caseload, now)
        yield db


def _load(db: "Engine", caseload: Path | None, now: datetime) -> None:
    from casework.actor import Actor
    from casework.caseload.books import Run
    from casework.caseload.demo import load_demo
    from casework.caseload.importing import import_rows
    from casework.caseload.reading import read_case_file
    from casework.directories import import_officers, import_services, import_settings
    from demo import FOLDER

    actor = Actor("rehearsal", "cli")
    if caseload is None:
        load_demo(db, actor, now)
        return
    takers: dict[str, Callable[..., Any]] = {
        "services": import_services,
        "settings": import_settings,
        "officers": import_officers,
    }
    for name, take in takers.items():
        own = caseload / f"{name}.csv"
        take(db, own if own.is_file() else FOLDER / f"{name}.csv", actor, now)
    files = [path for name in ("assessments", "plans") if (path := caseload / f"{name}.csv").is_file()]
    if not files:
        output.fail(f"{caseload} holds neither assessments.csv nor plans.csv: 'ehcp synth' writes both.")
    for path in files:
        run = Run(read_case_file(path), actor, now, london_day(now), path.name)
        report, _ = import_rows(db, run)
        if report.refused:
            output.warn([f"{len(report.refused)} rows of {path.name} were refused: 'ehcp import --dry-run' says why."])


@contextmanager
def _progress(*, shown: bool) -> Generator[Callable[[int, int], None] | None]:
    """A bar of cases on standard error, where a person watches."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    with Progress(console=output.err(), transient=True) as bar:
        task = bar.add_task("Rehearsing", total=None)
        yield lambda done, cases: bar.update(task, completed=done, total=cases)


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command()(rehearse)
