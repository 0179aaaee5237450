"""Is everything well? `ehcp doctor` says what is wrong and how to mend it; `ehcp audit verify` checks the ledger."""

from typing import TYPE_CHECKING

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals, settings_here, urls_of

if TYPE_CHECKING:
    from casework.health import Finding

COLUMNS = {"what": "What", "is": "", "found": "Found", "remedy": "What to do"}

audit = typer.Typer(help="The ledger's own proof that nothing was altered.", no_args_is_help=True)


@audit.callback()
def hold() -> None:
    """Keeps `verify` a sub-command."""


@audit.command("verify")
def verify(as_json: AsJson = False) -> None:
    """Check every chain of facts, every text and the signed daily digests. Exit code 1 when something does not agree.

    Example: ehcp audit verify
    """
    from casework.audit import verify as verified

    with desk() as place, refusals():
        result = verified(place.db, place.settings)
    if as_json:
        output.print_json({"facts": result.facts, "processes": result.processes, "faults": result.faults})
    else:
        output.say(f"{result.facts} facts in {result.processes} processes checked.")
    if result.faults:
        output.fail(result.faults)


def doctor(as_json: AsJson = False) -> None:
    """What is wrong with settings, database, Temporal, mail, the post round and the oldest wake, and how to mend it.

    Exit code 0 when all is well, 1 otherwise: fit for cron.

    Example: ehcp doctor --json
    """
    findings = examined()
    well = all(finding.well for finding in findings)
    rows = [{"what": f.what, "well": f.well, "found": f.found, "remedy": f.remedy} for f in findings]
    if as_json:
        output.print_json({"well": well, "checks": rows})
    else:
        shown = [{**row, "is": "well" if row["well"] else "WRONG"} for row in rows]
        output.print_table("All is well." if well else "Something needs mending.", COLUMNS, shown)
    raise typer.Exit(output.OK if well else output.REFUSED)


def examined() -> "list[Finding]":
    """Every finding; settings that cannot be read are findings themselves, and then nothing else can be looked at."""
    from casework.health import Finding, examine
    from config.errors import SettingsError
    from config.settings import get_settings

    try:
        get_settings()
    except SettingsError as error:
        remedy = "correct it in the environment of this command; the README lists the settings"
        return [Finding("settings", False, problem, remedy) for problem in error.problems]
    settings = settings_here()
    with urls_of(settings) as (_, app_url):
        return examine(settings, app_url)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(doctor)
    app.add_typer(audit, name="audit")
