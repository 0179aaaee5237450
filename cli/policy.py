"""The reminder policy: who is reminded when, who is told of lateness, hours, school holidays, local norms."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals
from config.clock import utc_now

if TYPE_CHECKING:
    from casework.policy_preview import Preview

room = typer.Typer(help="The reminder policy: rungs, escalation, hours, school holidays, norms.", no_args_is_help=True)
File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="TOML; 'ehcp policy show' prints one.")
]


SHIPS = "0  the policy that ships with EHCP Clock"
_COUNTED = ("nothing", "affected", "looked", "norm_days", "passed_over", "past_once")
Number = Annotated[
    int | None, typer.Option("--version", min=0, metavar="NUMBER", help="An earlier version; 0 is the one that ships.")
]

Here = Annotated[bool, typer.Option("--here", help="Work out what is left in this command, worker or none.")]


@room.command("show")
def show(number: Number = None, as_json: AsJson = False) -> None:
    """The policy in force, or an earlier version, as TOML: save it, change it, adopt it.

    Example: ehcp policy show > policy.toml
    """
    from casework.adopting import policy_text

    with desk() as place, refusals():
        number, toml = policy_text(place.db, number)
    if as_json:
        output.print_json({"number": number, "toml": toml})
    else:
        typer.echo(toml, nl=False)


@room.command("versions")
def list_versions(as_json: AsJson = False) -> None:
    """Every version that was adopted, by whom and when; the first is in force.

    Example: ehcp policy versions
    """
    from casework.policy_versions import versions

    with desk() as place, refusals():
        found = versions(place.db)
    if as_json:
        output.print_json([{"number": v.number, "adopted_at": v.adopted_at, "adopted_by": v.adopted_by} for v in found])
        return
    for each in found:
        output.say(f"{each.number}  {each.adopted_at:%Y-%m-%d %H:%M}  {each.adopted_by}" if each.adopted_at else SHIPS)


@room.command("preview")
def preview_file(file: File, as_json: AsJson = False) -> None:
    """What a policy would change if it were adopted now; nothing is written.

    Example: ehcp policy preview policy.toml
    """
    from casework.policy_preview import preview

    with desk() as place, refusals():
        found = preview(place.db, file.read_text(encoding="utf-8-sig"), place.actor, place.now)
    if as_json:
        output.print_json(_plain(found))
        return
    for line in _lines(found):
        output.say(line)


@room.command("adopt")
def adopt(file: File, as_json: AsJson = False) -> None:
    """Put a policy in force as a new version; every open clock follows it at once.

    The days of local norms are worked out anew by a worker within minutes: 'ehcp policy progress' says how far it is.

    Example: ehcp policy adopt policy.toml
    """
    from casework.adopting import adopt_policy

    with desk() as place, refusals():
        adopted = adopt_policy(place.db, file.read_text(encoding="utf-8-sig"), place.actor, place.now)
    if as_json:
        output.print_json(asdict(adopted))
        return
    output.say(f"Policy {adopted.number} is in force; {adopted.woken} open clocks follow it.")
    if adopted.to_work_out:
        output.say(f"A worker works out {adopted.to_work_out} cases anew: 'ehcp policy progress' says how far it is.")


@room.command("progress")
def show_progress(here: Here = False, as_json: AsJson = False) -> None:
    """How many cases have been worked out with the policy that was adopted last.

    Example: ehcp policy progress --here
    """
    from casework.recomputing import finish, progress

    with desk() as place, refusals():
        found = finish(place.db, utc_now) if here else progress(place.db)
    if as_json:
        output.print_json(None if found is None else asdict(found))
    elif found is None:
        output.say("No policy that was adopted has moved a day.")
    elif found.finished_at:
        output.say(f"All cases are worked out, since {found.finished_at:%Y-%m-%d %H:%M} UTC; {found.changed} changed.")
    else:
        output.say(f"{found.done} of {found.total} cases are worked out so far.")


def _plain(found: "Preview") -> dict[str, object]:
    said = {name: getattr(found, name) for name in _COUNTED}
    norms = [
        {"case_ref": each.case_ref, "limit": each.limit, "subject": each.subject, "was": each.was, "now": each.now}
        for each in found.norms
    ]
    return {"version": found.after, **said, "letters_more": found.come, "letters_fewer": found.go, "norms": norms}


def _lines(found: "Preview") -> Iterator[str]:
    if found.nothing:
        yield f"Nothing would change: version {found.after}, which is in force, says the same."
        return
    alone = f" The {found.looked} most urgent were looked at." if found.looked < found.affected else ""
    yield f"{found.affected} open cases would be affected.{alone}"
    for letters, word in ((found.come, "more"), (found.go, "fewer")):
        for kind, number in sorted(letters.items()):
            yield f"Letters of today and tomorrow: {number} {word} ({kind})."
    if found.passed_over:
        yield f"Days that have passed and are left out, the next one following: {found.passed_over}."
    if found.past_once:
        yield f"Letters for a day that has passed, because no other would follow: {found.past_once}."
    yield f"Days of local norms that move: {found.norm_days}."
    for each in found.norms:
        yield f"  {each.case_ref}  {each.subject or each.limit}  {each.was or 'none'} -> {each.now or 'none'}"


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(room, name="policy")
