"""What casework tests begin with: a council with its directories, and a case in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.directories import import_officers, import_services, import_settings
from casework.opening import Opened, Opening, open_case
from casework.recording import Recorded, record
from statute.notation import parse_fact

OFFICER = Actor("a.marsh", "cli")
COLLEAGUE = Actor("p.singh", "cli")
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = date(2026, 11, 20)

SERVICES = """who,body,name,section_31,email,manager_email,lead_email,fallback_email
educational_psychology,eps,Educational Psychology,no,ep@council.example,ep.manager@council.example,,
health,paediatrics,Community Paediatrics,yes,paeds@nhs.example,paeds.manager@nhs.example,,
health,slt,Speech and Language Therapy,yes,slt@nhs.example,,,
social_care,dct,Disabled Children Team,no,dct@council.example,,,
"""
SETTINGS = "urn,name,email,head_email\n117222,Setting 117222,senco@schools.example,head@schools.example\n"
OFFICERS = """username,name,email,team,manager_email,role
a.marsh,A. Marsh,a.marsh@council.example,East,east.manager@council.example,caseworker
p.singh,P. Singh,p.singh@council.example,West,west.manager@council.example,caseworker
"""


def at(day: str, hour: int = 10) -> datetime:
    """A moment on a day, UTC."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


@dataclass(frozen=True)
class Council:
    """A council's house: its database, and the commands of a caseworker in short."""

    db: Engine

    def opens(
        self, received: str = "2026-09-02", *, now: datetime = NOW, actor: Actor = OFFICER, **said: Any
    ) -> Opened:
        """A case for a child (another one each time, unless it is said who)."""
        confirm = bool(said.pop("confirm", False))
        child = {"surname": f"Child {self.count('process')}", "forename": "Jo", "date_of_birth": "2015-05-05"}
        opening = Opening.read({"received": received, "source": 1, "setting_urn": "117222", **child, **said})
        return open_case(self.db, opening, actor, now, confirm=confirm)

    def records(
        self,
        case: Opened,
        *facts: str,
        now: datetime = NOW,
        actor: Actor = OFFICER,
        confirm: bool = False,
        texts: Mapping[str, str] | None = None,
    ) -> Recorded:
        """Facts, as they are typed."""
        parsed = [parse_fact(fact) for fact in facts]
        return record(self.db, case.case_ref, parsed, actor, now, confirm=confirm, texts=texts)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.row(f"SELECT count(*) AS n FROM {table}")["n"])

    def row(self, statement: str, **bound: Any) -> dict[str, Any]:
        """The only row of a query."""
        (row,) = self.rows(statement, **bound)
        return row

    def rows(self, statement: str, **bound: Any) -> list[dict[str, Any]]:
        """The rows of a query."""
        with self.db.connect() as connection:
            return [dict(row) for row in connection.execute(text(statement), bound).mappings()]


def council_of(db: Engine, folder: Path) -> Council:
    """A council whose directories are filled."""
    for name, content, take in (
        ("services.csv", SERVICES, import_services),
        ("settings.csv", SETTINGS, import_settings),
        ("officers.csv", OFFICERS, import_officers),
    ):
        (folder / name).write_text(content)
        take(db, folder / name, OFFICER, NOW)
    return Council(db)
