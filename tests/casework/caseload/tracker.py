"""A council and the file that it keeps besides."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from casework.caseload.importing import import_caseload
from casework.caseload.report import ImportReport
from casework.cases import find
from casework.lists import overdue
from casework.recording import record
from statute.notation import parse_fact
from statute.standing import standing
from tests.casework.caseload.files import Cells, write
from tests.casework.support import OFFICER, Council

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)


class Tracker:
    """A council and the file that it keeps besides."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council, self.folder = council, folder

    def takes(self, *rows: Cells, name: str = "tracker.csv", **how: Any) -> ImportReport:
        return self.takes_file(write(self.folder / name, rows), **how)

    def takes_file(self, path: Path, **how: Any) -> ImportReport:
        return import_caseload(self.council.db, path, OFFICER, how.pop("now", NOW), **how)

    def ledger(self, case_ref: str) -> list[str]:
        query = (
            "SELECT fact.kind, subject, day FROM fact JOIN process ON process.id = process_id "
            "WHERE case_ref = :ref ORDER BY sequence"
        )
        facts = self.council.rows(query, ref=case_ref)
        return [":".join(filter(None, (fact["kind"], fact["subject"]))) + f"={fact['day']}" for fact in facts]

    def standing(self, case_ref: str) -> list[dict[str, Any]]:
        with Session(self.council.db) as session:
            facts = standing(find(session, case_ref, OFFICER).facts)
        return [{"kind": fact.kind, "day": fact.day} for fact in facts]

    def case(self, case_ref: str) -> dict[str, Any]:
        query = "SELECT person.*, process.* FROM process JOIN person ON person.id = person_id WHERE case_ref = :ref"
        return self.council.row(query, ref=case_ref)

    def says(self, case_ref: str, *facts: str) -> None:
        record(self.council.db, case_ref, [parse_fact(fact) for fact in facts], OFFICER, NOW, confirm=True)

    def not_timed(self) -> int:
        return overdue(self.council.db, OFFICER, TODAY).not_timed
