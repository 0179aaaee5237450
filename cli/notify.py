"""`ehcp notify`: what GOV.UK Notify has to hold for us, and whether it does."""

from dataclasses import asdict
from typing import Any

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import settings_or_fail

notify = typer.Typer(help="Mail by way of GOV.UK Notify.", no_args_is_help=True)


@notify.callback()
def hold() -> None:
    """Keeps `templates` a sub-command."""


@notify.command("templates")
def templates(as_json: AsJson = False) -> None:
    """The templates to make at Notify, with their personalisation fields; with a key, how those it holds differ.

    Example: ehcp notify templates
    """
    from casework.notify_setup import compared
    from post.errors import PostError

    settings = settings_or_fail()
    try:
        found = compared(settings)
    except PostError as error:
        output.fail(str(error), output.UNAVAILABLE)
    if as_json:
        output.print_json([{**asdict(each.template), "fields": each.template.fields, "id": each.id,
                            "looked_at": each.looked_at, "differs": each.differs} for each in found])  # fmt: skip
    else:
        for each in found:
            show(each)
    if any(each.differs for each in found):
        raise typer.Exit(1)


def show(found: Any) -> None:
    """One template: what to paste, and what Notify has."""
    template = found.template
    output.say(f"{template.name} (a template for {template.kind}; its id goes into {template.setting})")
    output.say(f"  subject: {template.subject}")
    output.say(f"  text:    {template.body}")
    output.say(f"  personalisation: {', '.join(template.fields)}")
    for sentence in found.differs:
        output.say(f"  DIFFERS at Notify: {sentence}")
    if not found.differs:
        output.say(
            "  As Notify holds it." if found.looked_at else "  Not compared: there is no key, or no id, to ask with."
        )


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(notify, name="notify")
