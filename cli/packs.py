"""`ehcp scorecard --pack`: a month, a quarter or half a year as files for a meeting or for the public."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.desk import Desk
from scorecard.packs.kinds import Kind

if TYPE_CHECKING:
    from scorecard.packs.content import Pack

PackKind = Annotated[
    Kind | None, typer.Option("--pack", help="Which pack is written to --xlsx, --html or --pdf (default: board).")
]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", dir_okay=False, help="Write a pack as a workbook.")]
Html = Annotated[Path | None, typer.Option("--html", dir_okay=False, help="Write a pack as a page in one file.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", dir_okay=False, help="Write a pack as a PDF.")]
Public = Annotated[
    bool, typer.Option("--public", help="The version for the public: small numbers, and what gives them away, hidden.")
]


def check_pack(kind: Kind | None, files: Mapping[str, Path | None], public: bool, *, others: bool) -> Kind | None:
    """Which pack was asked for; None where none was. Ends the command for what does not go together."""
    named = any(files.values())
    if (kind or public) and not named:
        output.fail("say where the pack goes: --xlsx FILE, --html FILE or --pdf FILE", output.USAGE)
    if named and others:
        output.fail("a pack is a file of its own: without --frozen, --as-published and --json", output.USAGE)
    return (kind or Kind.BOARD) if named else None


def write_packs(place: Desk, kind: Kind, month: date | None, files: Mapping[str, Path | None], public: bool) -> None:
    """Write the pack of a month, by default the last whole one, to each file that is named; only its owner may read it.

    Ends the command for a month that is still to come.
    """
    from config.files import write_private

    day = month or _last_whole_month(place.today)
    if day > place.today:
        output.fail(f"{day:%Y-%m} is still to come: name a month that has begun.", output.USAGE)
    pack = _made(place, kind, day, public)
    for name, path in files.items():
        if path is not None:
            write_private(path, _writers()[name](pack))
            output.news(f"{path}: {pack.title}, {pack.period}{', public version' if public else ''}")
    if pack.draft:
        output.warn([f"Marked DRAFT. {pack.draft}"])


def _made(place: Desk, kind: Kind, day: date, public: bool) -> "Pack":
    from scorecard.packs.asking import pack_of

    return pack_of(place.db, place.settings, kind, day, place.now, public=public)


def _last_whole_month(today: date) -> date:
    from scorecard.period import month_after

    return month_after(today.replace(day=1), -1)


def _writers() -> "Mapping[str, Callable[[Pack], bytes]]":
    from scorecard.packs.asking import WRITERS

    return WRITERS
