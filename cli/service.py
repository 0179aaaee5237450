"""What keeps the service going: migrations, worker, schedules, the post round, rebuilding."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli import demonstration, output
from cli.cases import AsJson
from cli.desk import desk, refusals, settings_here, settings_or_fail, urls_of, written_as_in_the_house

schedules = typer.Typer(help="The schedules that Temporal keeps.", no_args_is_help=True)


def migrate() -> None:
    """Bring the database to this version. Safe to run again.

    Example: ehcp migrate
    """
    from casework.store import StoreAway, prepare

    settings = settings_here()
    with urls_of(settings) as (owner_url, app_url):
        try:
            revision = prepare(owner_url, app_url)
        except StoreAway as error:
            output.fail(str(error), output.UNAVAILABLE)
    output.say(f"The database is at revision {revision}.")


def worker() -> None:
    """Run a worker: it times the cases and sends the mail. Stops cleanly on Ctrl-C or SIGTERM.

    Example: ehcp worker
    """
    if not settings_or_fail().database_url:
        output.fail(
            "EHCP_DATABASE_URL is not set: a worker needs a database. On one machine 'ehcp up' starts both.",
            output.UNAVAILABLE,
        )
    import worker as entry

    entry.main()


@schedules.callback()
def hold() -> None:
    """Keeps `apply` a sub-command."""


@schedules.command("apply")
def apply_schedules(as_json: AsJson = False) -> None:
    """Create or update the schedules; running it again changes nothing.

    Example: ehcp schedules apply
    """
    changed = asyncio.run(applied())
    if as_json:
        output.print_json(changed)
    else:
        for what, names in changed.items():
            output.say(f"{what}: {', '.join(names) or 'none'}")


async def applied() -> Mapping[str, list[str]]:
    """What changed, by kind of change; ends the command when Temporal does not answer."""
    from engine.client import TemporalAway, connect
    from scheduler.apply import apply

    settings = settings_here()
    try:
        changes = await apply(await connect(settings), settings)
        return {str(kind): ids for kind, ids in changes.items()}
    except TemporalAway as error:
        output.fail(str(error), output.UNAVAILABLE)


def setup() -> None:
    """Everything a new deployment needs once: migrations, Temporal's namespace, schedules. Safe to run again.

    Example: ehcp setup
    """
    migrate()
    asyncio.run(namespace_ready())
    apply_schedules()


async def namespace_ready() -> None:
    """Make sure that the namespace exists."""
    from engine.client import TemporalAway
    from engine.deployment import ensure_namespace

    try:
        await ensure_namespace(settings_here())
    except TemporalAway as error:
        output.fail(str(error), output.UNAVAILABLE)


def post(as_json: AsJson = False) -> None:
    """A post round now, whatever the hour: what is due is sent, one digest a person and day.

    Example: ehcp post
    """
    from casework.mailing import courier_of, house_of
    from casework.round import post_round

    with written_as_in_the_house(), desk() as place, refusals():
        settings = place.settings
        result = post_round(place.db, place.now, courier_of(settings, place.db), house_of(settings), force=True)
    counts = {name: getattr(result, name) for name in ("letters", "sent", "failed", "held", "skipped", "busy")}
    if as_json:
        output.print_json(counts)
    elif result.busy:
        output.say("Another post round is under way; this one did nothing.")
    else:
        output.say(
            f"{result.letters} mails sent with {result.sent} messages; {result.failed} messages failed, "
            f"{result.held} held, {result.skipped} skipped."
        )


def rebuild(
    read_model: Annotated[
        bool, typer.Option("--read-model", help="Also recompute every deadline from the ledger.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Start from the ledger whatever should be running in Temporal. Nothing is sent twice.

    Example: ehcp rebuild
    """
    from casework.rebuild import recompute, should_be_running

    with desk() as place, refusals():
        recomputed = recompute(place.db, place.now) if read_model else 0
        started = asyncio.run(restarted(should_be_running(place.db)))
    if as_json:
        output.print_json({"started": started, "recomputed": recomputed})
    else:
        output.say(f"{started} workflows started or woken; {recomputed} cases recomputed.")


async def restarted(refs: list[Any]) -> int:
    """Signal-with-start for each; ends the command when Temporal does not answer."""
    from engine.client import TemporalAway, connect
    from engine.waking import wake_many

    try:
        return await wake_many(await connect(settings_here()), refs)
    except TemporalAway as error:
        output.fail(str(error), output.UNAVAILABLE)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    demonstration.add_to(app)
    for command in (migrate, worker, setup, post, rebuild):
        app.command()(command)
    app.add_typer(schedules, name="schedules")
