"""What the tests of plans begin with: a plan that an assessment has made, and short ways to look at its reviews."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from casework.opening import Opened
from casework.recording import Recorded, record
from statute.notation import parse_fact
from tests.casework.support import OFFICER, Council, at

MADE = date(2025, 1, 6)
REF = "A-001"


@dataclass
class Plans:
    """A council with plans, and its only assessment, A-001."""

    council: Council
    assessment: Opened

    def says(self, day: str, reference: str, *facts: str, confirm: bool = False) -> Recorded:
        """Facts recorded on a day under a reference."""
        return record(
            self.council.db, reference, [parse_fact(fact) for fact in facts], OFFICER, at(day), confirm=confirm
        )

    def reviews(self) -> dict[str, date | None]:
        """The reviews in their order, each with the day on which it ended."""
        query = "SELECT case_ref, ended_on FROM process JOIN review ON process_id = id ORDER BY cycle, case_ref"
        return {row["case_ref"]: row["ended_on"] for row in self.council.rows(query)}

    def review(self, reference: str) -> dict[str, Any]:
        """One review: its process, and when it opens or was opened."""
        query = "SELECT * FROM process JOIN review ON process_id = id WHERE case_ref = :ref"
        return self.council.row(query, ref=reference)

    def said_by_engine(self, reference: str) -> list[str]:
        """What the engine recorded in a review, as kind, subject and day."""
        query = (
            "SELECT f.kind, f.subject, f.day FROM fact f JOIN process p ON p.id = f.process_id "
            "WHERE case_ref = :ref AND channel = 'engine' ORDER BY sequence"
        )
        rows = self.council.rows(query, ref=reference)
        return [":".join(filter(None, (row["kind"], row["subject"]))) + f"={row['day']}" for row in rows]

    def plan(self) -> tuple[str, date, date | None, str]:
        """The only plan: its reference, the day it was made, and how it ended."""
        row = self.council.row("SELECT plan_ref, made_on, ceased_on, ended_by FROM plan")
        return row["plan_ref"], row["made_on"], row["ceased_on"], row["ended_by"]

    def open_rows(self, reference: str) -> dict[str, date]:
        """The limits of a review that bind now, with their legal days."""
        query = (
            "SELECT limit_id, legal_due FROM deadline WHERE case_ref = :ref AND standing = 'open' AND to_day IS NULL"
        )
        return {row["limit_id"]: row["legal_due"] for row in self.council.rows(query, ref=reference)}

    def woken(self) -> list[str]:
        """The cases whose clocks have word to look again, once for each word."""
        query = "SELECT case_ref FROM wake JOIN process ON process.id = process_id ORDER BY wake.id"
        return [row["case_ref"] for row in self.council.rows(query)]


@pytest.fixture
def plans(council: Council) -> Plans:
    """A plan that was made on 6 January 2025, and so is to be reviewed by 5 January 2026."""
    case = council.opens("2024-09-02", now=at("2024-09-03"), case_ref=REF, officer="a.marsh")
    found = Plans(council, case)
    found.says("2024-12-02", REF, "draft_plan_sent=2024-12-02;served=2024-12-02")
    found.says("2025-01-06", REF, "final_plan_sent=2025-01-06;to=family")
    return found
