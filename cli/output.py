"""How answers leave the command line: JSON for programs, tables for people, errors that say what to do."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

OK, REFUSED, USAGE, NEEDS_CONFIRMATION, UNAVAILABLE = 0, 1, 2, 3, 4

# Ids are copied from tables into commands: they are never broken over two lines.
UNBROKEN = frozenset({"limit", "case_ref", "mail_ref", "state", "username"})

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def fail(messages: str | Sequence[str], code: int = REFUSED) -> NoReturn:
    """Say what is wrong, where and what to do on stderr, and end with `code`."""
    for message in [messages] if isinstance(messages, str) else messages:
        err.print(f"[bold red]Error:[/] {escape(message)}")
    raise typer.Exit(code)


def warn(messages: Sequence[str]) -> None:
    """Say on stderr what is odd; nothing was refused."""
    for message in messages:
        err.print(f"[yellow]Warning:[/] {escape(message)}")


def plain(value: object) -> Any:
    """The JSON form of a day, an instant, an id or a container of them."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_json(value: object) -> None:
    """Exactly one JSON document on stdout."""
    typer.echo(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def day_words(day: date | None) -> str:
    """A day as people write it, for example `4 Dec 2026`; nothing for None."""
    return f"{day.day} {day:%b %Y}" if day else ""


def cell(value: object) -> str:
    """One table cell; days in words, nothing for None; never read as markup."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else escape(str(value))


def print_table(title: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> None:
    """A table for a person: `columns` maps the key of a row to its heading."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for key, heading in columns.items():
        table.add_column(heading, overflow="fold", no_wrap=key in UNBROKEN)
    for row in rows:
        table.add_row(*(cell(row.get(key)) for key in columns))
    out.print(table)
