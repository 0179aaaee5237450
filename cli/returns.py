"""`ehcp returns`: mail that came back, read by hand."""

from dataclasses import asdict

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals, written_as_in_the_house

returns = typer.Typer(help="Mail that came back: bounces, absences, replies.", no_args_is_help=True)


@returns.callback()
def hold() -> None:
    """Keeps `read` a sub-command."""


@returns.command("read")
def read(as_json: AsJson = False) -> None:
    """Read the return mailbox now and ask GOV.UK Notify what became of letters, as is done every five minutes.

    Exit code 4 when the mailbox or Notify cannot be asked.

    Example: ehcp returns read
    """
    from casework.mailing import courier_of, house_of
    from casework.return_look import look

    with written_as_in_the_house(), desk() as place, refusals():
        settings = place.settings
        looked = look(place.db, settings, place.now, courier_of(settings, place.db), house_of(settings))
    found = looked.read
    if as_json:
        output.print_json({**asdict(found), "asked": looked.polled.asked, "sent_on": looked.sent_on})
    elif not settings.returns_url:
        output.say("No return mailbox is set (EHCP_RETURNS_URL).")
    else:
        output.say(
            f"{found.bounces} bounces, {found.delayed} delays, {found.automatic} automatic answers, {found.replies} "
            f"replies; {found.unfiled} wait to be filed, {found.known} were read before, {found.later} wait. "
            f"{looked.sent_on} letters were sent on."
        )
    if problems := [each for each in (found.problem, looked.polled.problem) if each]:
        output.fail(problems, output.UNAVAILABLE)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(returns, name="returns")
