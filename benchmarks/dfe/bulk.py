"""A synthetic council put straight into the tables, as the ordinary import would have recorded it.

Rows are read and made into facts by the import's own functions; only the ledger's hashes, the read model of deadlines
and the clocks are left out, which no figure of the scorecard reads. Three councils go through the ordinary import in
the test suite.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from psycopg import Connection

from casework.caseload.plan_placing import place_new
from casework.caseload.plan_reading import read_plan_row
from casework.caseload.plan_rows import PlanRow
from casework.caseload.reading import RawRow
from casework.caseload.rows import CaseRow, read_row
from casework.caseload.wanted import Wanted, wanted_facts
from casework.cycle_facts import plan_end
from statute.facts import Fact
from statute.review_standing import completed_by, held_meeting
from statute.standing import standing

AUTHORITY = "000"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Cells = Mapping[str, str]
Child = tuple[str, str, date | None]

_COPIES = {
    "person": "id, authority, surname, forename, date_of_birth, upn_verified, sensitivity, restricted_to, "
    "looked_after, text_key",
    "process": "id, authority, person_id, kind, case_ref, mail_ref, opened_at, run, version, head_hash, imported",
    "fact": "id, authority, process_id, sequence, kind, subject, day, recorded_at, recorded_by, channel, attributes, "
    "schema_version, previous_hash, hash",
    "plan": "id, authority, person_id, process_id, plan_ref, made_on, ceased_on, ended_by, imported",
    "review": "process_id, authority, plan_id, cycle, opened_at",
}


@dataclass(slots=True)
class Tables:
    """Rows to be copied, by table, and what is known of children and of the plans that assessments made."""

    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: {name: [] for name in _COPIES})
    children: dict[Child, UUID] = field(default_factory=dict[Child, UUID])
    made: dict[tuple[UUID, date], tuple[str, UUID]] = field(default_factory=dict[tuple[UUID, date], tuple[str, UUID]])

    def child(self, row: CaseRow | PlanRow) -> UUID:
        """One child is one person: the same names and date of birth."""
        key = (row.surname, row.forename, row.date_of_birth)
        if key not in self.children:
            self.children[key] = uuid4()
            values = (self.children[key], AUTHORITY, row.surname, row.forename, row.date_of_birth, False, "ordinary")
            self.rows["person"].append((*values, "{}", False, os.urandom(32)))
        return self.children[key]

    def process(self, person: UUID, kind: str, ref: str, facts: Sequence[Fact]) -> UUID:
        """A process with its facts in order."""
        made = uuid4()
        values = (made, AUTHORITY, person, kind, ref, f"M-{ref}", NOW, 1, len(facts), b"\0", True)
        self.rows["process"].append(values)
        for number, fact in enumerate(facts, start=1):
            said = (fact.kind, fact.subject, fact.day, NOW, "synth", "import", json.dumps(dict(fact.attributes)))
            self.rows["fact"].append((uuid4(), AUTHORITY, made, number, *said, 1, b"\0", b"\0"))
        return made

    def copy(self, connection: Connection) -> int:
        """Write everything; returns how many rows."""
        for table, columns in _COPIES.items():
            with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in self.rows[table]:
                    copy.write_row(row)
        return sum(map(len, self.rows.values()))


def tables_of(assessments: Iterable[Cells], plans: Iterable[Cells], as_of: date) -> Tables:
    """The rows of both files as the tables would hold them on `as_of`."""
    tables = Tables()
    for line, cells in enumerate(assessments, start=2):
        _assessment(tables, read_row(_raw(line, cells, "case_ref"), as_of))
    adopted: set[UUID] = set()
    for line, cells in enumerate(plans, start=2):
        _plan(tables, read_plan_row(_raw(line, cells, "plan_ref"), as_of), as_of, adopted)
    for (person, made), (ref, process) in tables.made.items():
        if process not in adopted:
            _cycles(tables, person, ref, process, [Fact("plan_made", made)], [], as_of)
    return tables


def _raw(line: int, cells: Cells, ref: str) -> RawRow:
    return RawRow(line, tuple(cells.values()), cells, ref=cells[ref])


def _assessment(tables: Tables, row: CaseRow) -> None:
    person, facts = tables.child(row), _facts(wanted_facts(row, {}))
    process = tables.process(person, "assessment", row.ref, facts)
    final = next((fact for fact in facts if fact.kind == "final_plan_sent"), None)
    if final:
        tables.made[person, final.day] = (row.ref, process)


def _plan(tables: Tables, row: PlanRow, as_of: date, adopted: set[UUID]) -> None:
    person = tables.child(row)
    _, process = tables.made.get((person, row.began), ("", None))
    if process:
        adopted.add(process)
    first, second = place_new(row)
    _cycles(tables, person, row.ref, process, _facts(first), _facts(second), as_of)


def _cycles(
    tables: Tables,
    person: UUID,
    ref: str,
    process: UUID | None,
    first: Sequence[Fact],
    second: Sequence[Fact],
    as_of: date,
) -> None:
    """A plan with its first review and, where that is complete, the next."""
    plan = uuid4()
    ended = plan_end(standing([*first, *second]))
    made = next(fact.day for fact in first if fact.kind == "plan_made")
    values = (plan, AUTHORITY, person, process, ref, made, ended and ended.day, ended.kind if ended else "", True)
    tables.rows["plan"].append(values)
    for cycle, facts in enumerate(_in_cycles(first, second, as_of), start=1):
        review = tables.process(person, "annual-review", f"{ref}/R{cycle}", facts)
        tables.rows["review"].append((review, AUTHORITY, plan, cycle, NOW))


def _in_cycles(first: Sequence[Fact], second: Sequence[Fact], as_of: date) -> Iterator[Sequence[Fact]]:
    yield first
    done = completed_by(first, as_of)
    if done is None:
        return
    meeting = held_meeting(first)
    attributes = {"meeting": meeting.isoformat()} if meeting and meeting <= done.day else {}
    made = next(fact for fact in first if fact.kind == "plan_made")
    yield [made, Fact("last_review", done.day, attributes=attributes, sequence=2), *second]


def _facts(wanted: Iterable[Wanted]) -> list[Fact]:
    return [
        Fact(each.kind, each.day, each.subject, {name: said for name, said in each.attributes.items() if said}, number)
        for number, each in enumerate(wanted, start=1)
    ]
