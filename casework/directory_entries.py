"""One entry of a directory, as it is typed on a page: checked like a row of a file, with what must never be undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.directories import OFFICERS, SERVICES, SETTINGS, Directory, DirectoryReport, give_bodies, keep
from casework.directory_rows import Wrong
from casework.errors import Refused
from casework.sheets import Row
from records.tables import Officer

ROLES = ("caseworker", "manager", "service_lead", "auditor", "admin")
DIRECTORIES: Mapping[str, Directory] = {"officers": OFFICERS, "services": SERVICES, "settings": SETTINGS}


_LAST_PLACE = text("""
UPDATE body b SET position = (SELECT coalesce(max(o.position) + 1, 0) FROM body o
    WHERE o.authority = b.authority AND o.category = b.category AND o.id <> b.id)
WHERE b.authority = :authority AND b.category = :category AND b.code = :code
""")


def save_entry(db: Engine, directory: str, cells: Mapping[str, str], actor: Actor, now: datetime) -> DirectoryReport:
    """Add an entry or change it, found by its key. `cells` are named as the columns of the directory's file.

    Raises Refused with a sentence for every wrong cell, each beginning with its column's name; and when nobody would
    be left who could administer the house.
    """
    kind = DIRECTORIES[directory]
    try:
        values = kind.values(Row(0, cells))
    except Wrong as error:
        raise Refused(list(error.messages)) from error
    report = DirectoryReport()
    with Session(db) as session, session.begin():
        if kind is OFFICERS:
            _refuse_odd_role(str(values["role"]))
            _refuse_last_admin(session, str(values["username"]), values)
        keep(session, kind, values, report)
        if kind is SERVICES:
            _behind_the_others(session, values, report)
            give_bodies(session)
    return report


def _behind_the_others(session: Session, values: Mapping[str, object], report: DirectoryReport) -> None:
    """A new body is asked after those that its category has already."""
    session.flush()
    if report.added:
        key = {name: values[name] for name in ("category", "code")}
        session.connection().execute(_LAST_PLACE, {"authority": authority(), **key})


def _refuse_odd_role(role: str) -> None:
    if role not in ROLES:
        raise Refused(f"role {role!r} is not one of ours: choose one of {', '.join(ROLES)}.")


def _refuse_last_admin(session: Session, username: str, values: Mapping[str, object]) -> None:
    """Somebody must be left to let others in."""
    if values["role"] == "admin" and values.get("active", True):
        return
    query = select(Officer.username).where(
        Officer.authority == authority(), Officer.role == "admin", col(Officer.active).is_(True)
    )
    admins: Sequence[str] = session.exec(query.with_for_update()).all()
    if [name.lower() for name in admins] == [username.lower()]:
        raise Refused("role cannot be changed: this is the last administrator. Make another officer admin first.")
