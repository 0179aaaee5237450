"""A council like a small authority beside the demonstration's own caseload, with a year of history and frozen months.

It is loaded as any council is, from files that `ehcp import` takes, and stays quiet: none of its cases is armed, so
nothing is sent of them. Its days are moved to the demonstration's, so that its calendar years no longer have the
counts that were published.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from casework.actor import Actor
from casework.caseload.demo import add_part, day_without
from casework.caseload.importing import import_caseload
from casework.caseload.report import ImportReport
from casework.sweep import open_due
from config.clock import london_day
from scorecard.published.tables import from_files
from scorecard.snapshots.freezing import freeze
from scorecard.synthetic.council import Council, council
from scorecard.synthetic.rows import AssessmentRow, PlanRow
from scorecard.synthetic.writing import write

LIKE, YEAR = "Hartlepool", 2024
"""A small authority whose figures all come out as published: some 300 assessments and 980 plans."""

PREFIX = "SYN"
"""What the references of its cases begin with: none of the demonstration's own does."""

FREEZER = "demo"
"""Who froze the months of the demonstration: nobody did when they ended."""

MONTHS = 12
"""So many months are frozen: those of which the council has most of what happened."""

_PART = "council"


@dataclass(frozen=True, slots=True)
class Added:
    """What was added this time: what the import said of each file, and the months that were frozen."""

    reports: tuple[ImportReport, ...]
    frozen: tuple[date, ...]


def add_council(db: Engine, folder: Path, actor: Actor, now: datetime, months: int = MONTHS) -> Added | None:
    """Write the council's files to a folder, import them as at the demonstration's day, and freeze months before it.

    Once only, behind a demonstration that is loaded; None otherwise. Killed in the middle, the next time goes on where
    it stopped. Raises Refused while another import runs.
    """
    day = day_without(db, _PART)
    if day is None:
        return None
    files = write(council_on(day), folder)
    reports = tuple(import_caseload(db, file, actor, now, as_of=day) for file in files[:2])
    open_due(db, now, until=max(day, london_day(now)))
    freezer = Actor(FREEZER, actor.channel)
    frozen = tuple(month for month in months_before(day, months) if freeze(db, month, freezer, now))
    add_part(db, _PART)
    return Added(reports, frozen)


def council_on(day: date) -> Council:
    """The council as at a day, with references of its own."""
    made = council(from_files(), LIKE, YEAR, as_of=day)
    return replace(made, assessments=tuple(_assessments(made.assessments)), plans=tuple(_plans(made.plans)))


def months_before(day: date, months: int) -> Sequence[date]:
    """The last days of so many months that were over on a day, the oldest first."""
    ends: list[date] = []
    while len(ends) < months:
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends[::-1]


def _assessments(rows: Sequence[AssessmentRow]) -> Iterator[AssessmentRow]:
    number: Counter[int] = Counter()
    for row in sorted(rows, key=lambda row: row.received):
        number[row.received.year] += 1
        yield replace(row, case_ref=f"{PREFIX}-EHC-{row.received.year}-{number[row.received.year]:04d}")


def _plans(rows: Sequence[PlanRow]) -> Iterator[PlanRow]:
    number: Counter[int] = Counter()
    for row in rows:  # in the order in which they were made
        number[row.plan_made.year] += 1
        yield replace(row, plan_ref=f"{PREFIX}-PLAN-{row.plan_made.year}-{number[row.plan_made.year]:04d}")
