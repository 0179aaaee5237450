"""How answers leave the command line: JSON for programs, tables for people, errors that say what to do."""

import json
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

import typer

if TYPE_CHECKING:
    from rich.console import Console

OK, REFUSED, USAGE, NEEDS_CONFIRMATION, UNAVAILABLE, FAULT = 0, 1, 2, 3, 4, 5

# Ids are copied from tables into commands: they are never broken over two lines.
UNBROKEN = frozenset({"case_ref", "mail_ref", "state", "username", "legal_due", "day", "status"})
WORDS_UNBROKEN = frozenset({"limit", "about", "what"})

Columns = Mapping[str, str]
Row = Mapping[str, object]


def out() -> "Console":
    """Standard output."""
    return _console(stderr=False)


def err() -> "Console":
    """Standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console  # a tenth of a second that --json need not wait for

    # A terminal gets whole words on every line, a pipe gets whole sentences to search in.
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, soft_wrap=not terminal, highlight=False)


def say(text: str) -> None:
    """A sentence on standard output, as it is."""
    out().print(text, markup=False)


def news(text: str) -> None:
    """A sentence on standard error that is neither an error nor a warning."""
    err().print(text, markup=False)


def fail(messages: str | Sequence[str], code: int = REFUSED) -> NoReturn:
    """Say what is wrong, where and what to do on standard error, and end with `code`."""
    _tell("[bold red]Error:[/]", [messages] if isinstance(messages, str) else messages)
    raise typer.Exit(code)


@contextmanager
def writing(target: Path, what: str) -> Generator[None]:
    """Say that a file with `what` was written, or end with what stood in the way."""
    try:
        yield
    except OSError as error:
        fail(f"{target} cannot be written: {error.strerror}. Name a file in a folder of yours.")
    news(f"{what} written to {target}; only you can read it.")


def warn(messages: Sequence[str]) -> None:
    """Say on standard error what is odd; nothing was refused."""
    _tell("[yellow]Warning:[/]", messages)


def _tell(mark: str, messages: Sequence[str]) -> None:
    if not messages:
        return
    from rich.markup import escape

    console = err()
    for message in messages:
        console.print(f"{mark} {escape(message)}")


def plain(value: object) -> Any:
    """The JSON form of a day, an instant, an id or a container of them."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_json(value: object) -> None:
    """Exactly one JSON document on standard output."""
    typer.echo(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def day_words(day: date | None) -> str:
    """A day as people write it, for example `4 Dec 2026`; nothing for None."""
    return f"{day.day} {day:%b %Y}" if day else ""


def cell(value: object) -> str:
    """One table cell; days in words (a moment's day in London), nothing for None, yes and no for a truth."""
    if isinstance(value, datetime):
        from config.clock import london_day

        return day_words(london_day(value))
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def least(key: str, rows: Sequence[Row]) -> int | None:
    """The width a column needs so that no limit's id is broken; the limit and its subject may be on two lines."""
    if key not in WORDS_UNBROKEN:
        return None
    return max(len(word) for row in rows for word in [*cell(row.get(key)).split(), ""])


def print_table(title: str, columns: Columns, rows: Sequence[Row], empty: str = "None.") -> None:
    """A table for a person: `columns` maps the key of a row to its heading; `empty` is said instead of no rows."""
    console = out()
    console.print(title, style="bold", markup=False)
    if not rows:
        console.print(empty, markup=False)
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for key, heading in columns.items():
        table.add_column(heading, overflow="fold", no_wrap=key in UNBROKEN, min_width=least(key, rows))
    for row in rows:
        table.add_row(*(Text(cell(row.get(key))) for key in columns))  # Text: never read as markup
    console.print(table, soft_wrap=False)
