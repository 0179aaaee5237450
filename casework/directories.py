"""The directories that go with cases: services that give advice, settings, officers. Files in, all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, text
from sqlmodel import Session, select

from casework.actor import Actor
from casework.cases import authority
from casework.directory_rows import Wrong, officer_values, service_values, setting_values
from casework.errors import Refused
from casework.sheets import Row, Sheet, read_sheet, require_columns
from records.tables import Body, Officer, Setting

# A request whose subject names a body (health/slt), and one that leaves it to the category's first.
_NAMED = text(
    "UPDATE advice_request a SET body_id = b.id FROM body b WHERE a.body_id IS NULL AND a.authority = :authority "
    "AND b.authority = a.authority AND a.subject = b.category || '/' || b.code"
)
_BY_DEFAULT = text(
    "UPDATE advice_request a SET body_id = b.id FROM (SELECT DISTINCT ON (category) category, id FROM body "
    "WHERE authority = :authority AND active ORDER BY category, position, code) b "
    "WHERE a.body_id IS NULL AND a.setting_urn IS NULL AND a.authority = :authority AND a.subject = b.category"
)

Values = Mapping[str, Any]
Key = tuple[str, ...]


@dataclass(slots=True)
class DirectoryReport:
    """What an import changed, and what should be looked at."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    warnings: list[str] = field(default_factory=list[str])

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "warnings": self.warnings,
        }


@dataclass(frozen=True, slots=True)
class Directory:
    """One kind of directory: its table, the columns that say which entry, those that must be there, how a row reads."""

    table: type[Body] | type[Setting] | type[Officer]
    key: tuple[str, ...]
    needed: tuple[str, ...]
    values: Callable[[Row], Values]


SERVICES = Directory(Body, ("category", "code"), ("who", "body", "name"), service_values)
SETTINGS = Directory(Setting, ("urn",), ("urn", "name"), setting_values)
OFFICERS = Directory(Officer, ("username",), ("username", "name"), officer_values)


def import_services(db: Engine, path: Path, actor: Actor, now: datetime) -> DirectoryReport:
    """Take bodies from a file: who (category), body (code), name, section_31 and addresses.

    The first of a category in the file is asked by default. Raises Refused, with every fault and its line, when
    one row is wrong: then nothing is changed. What is not in the file stays as it was.
    """
    return _import(db, path, SERVICES)


def import_settings(db: Engine, path: Path, actor: Actor, now: datetime) -> DirectoryReport:
    """Take schools and other settings from a file: urn, name, email, head_email. Refusals as for services."""
    return _import(db, path, SETTINGS)


def import_officers(db: Engine, path: Path, actor: Actor, now: datetime) -> DirectoryReport:
    """Take officers from a file: username, name, email, team, manager_email, role. Refusals as for services."""
    return _import(db, path, OFFICERS)


def _import(db: Engine, path: Path, directory: Directory) -> DirectoryReport:
    sheet = read_sheet(path)
    require_columns(sheet, directory.needed, path)
    entries = _entries(sheet, directory)
    report = DirectoryReport()
    with Session(db) as session, session.begin():
        for line, values in entries:
            keep(session, directory, values, report)
            if not values.get("email"):
                report.warnings.append(f"line {line}: {values['name']} has no address: nothing can be sent.")
        if directory is SERVICES:
            give_bodies(session)
    return report


def give_bodies(session: Session) -> None:
    """Requests made while the directory knew nobody for them go to whom it knows now."""
    session.flush()
    for statement in (_NAMED, _BY_DEFAULT):
        session.connection().execute(statement, {"authority": authority()})


def _entries(sheet: Sheet, directory: Directory) -> list[tuple[int, Values]]:
    entries: list[tuple[int, Values]] = []
    wrong: list[str] = []
    seen: dict[Key, int] = {}
    places: dict[str, int] = {}
    for row in sheet.rows:
        try:
            values = _placed(directory.values(row), places)
            _once(tuple(str(values[name]) for name in directory.key), row.line, seen)
        except Wrong as error:
            wrong.extend(f"line {row.line}: {message}" for message in error.messages)
            continue
        entries.append((row.line, values))
    if wrong:
        raise Refused([*wrong, "Nothing was changed: correct these lines and give the whole file again."])
    return entries


def _placed(values: Values, places: dict[str, int]) -> Values:
    """The order in the file is the order of asking within a category."""
    if "category" not in values:
        return values
    place = places[values["category"]] = places.get(values["category"], -1) + 1
    return {**values, "position": place}


def _once(key: Key, line: int, seen: dict[Key, int]) -> None:
    folded = tuple(part.lower() for part in key)
    if folded in seen:
        raise Wrong(f"{' '.join(key)} is in line {seen[folded]} already: keep one of the two.")
    seen[folded] = line


def keep(session: Session, directory: Directory, values: Values, report: DirectoryReport) -> None:
    """Add or change the entry that the values' key names, in the caller's transaction, and count it."""
    kept = _kept(session, directory, values)
    if kept is None:
        session.add(directory.table(authority=authority(), **values))
        report.added += 1
    elif all(getattr(kept, name) == value for name, value in values.items()):
        report.unchanged += 1
    else:
        for name, value in values.items():
            setattr(kept, name, value)
        session.add(kept)
        report.changed += 1


def _kept(session: Session, directory: Directory, values: Values) -> Body | Setting | Officer | None:
    table = directory.table
    query = select(table).where(table.authority == authority())
    for name in directory.key:
        query = query.where(func.lower(getattr(table, name)) == str(values[name]).lower())
    return session.exec(query).first()
