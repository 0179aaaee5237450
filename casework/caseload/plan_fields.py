"""Names, numbers, setting, officer and team of a plan, kept in step with the file.

What an earlier file said of the child's assessment, and nobody has touched since, is no person's word: the plan's file
is the later one.
"""

import json
from collections.abc import Mapping, Sequence

from casework.caseload.fields import PERSON_FIELDS, filled_before, kept_row, recorded_fields, said_fields, set_fields
from casework.caseload.people import Base, field_changes
from casework.caseload.plan_rows import PlanRow
from casework.caseload.plan_store import HeldPlan
from records.tables import Person

Digests = Mapping[str, str]
NOTHING: Mapping[str, str] = {}


def meeting_is_withdrawn(row: PlanRow, held: HeldPlan) -> bool:
    """Whether the file had the meeting of this decision in a cell that is empty now. What it said in the column of the
    last meeting, before it went on to the meeting of the next review, it has not taken back."""
    if row.last_meeting or not row.decided or not row.present.issuperset({"decided_meeting", "last_review_meeting"}):
        return False
    return filled_before(held.person, held.plan.source_row, "decided_meeting", row.decided.isoformat())


def bring_fields(row: PlanRow, person: Person, held: HeldPlan | None, words: Sequence[Digests]) -> Mapping[str, str]:
    """Put on record what the file says, but nothing of a person who was erased; returns what was put there.

    `held` is None for a plan that is new: then only the child is brought in step. `words` are what files said of the
    child's other processes.
    """
    if person.text_key is None:
        return NOTHING
    said = said_fields(row)
    if held is None:
        said = {name: value for name, value in said.items() if name in PERSON_FIELDS}
    kept: dict[str, str] = json.loads(held.plan.source_row or "{}") if held else {}
    recorded = recorded_fields(person, held.cycles[-1].case.process if held else None)
    found = field_changes(recorded, said, Base(person.text_key, kept, tuple(words)))
    set_fields(person, [held.plan, *(each.case.process for each in held.cycles)] if held else [], found.updates, row)
    if held is not None:
        held.plan.source_row = kept_row(person, row, held.plan.source_row)
    row.warnings.extend((column, f"{column} is recorded otherwise: what is on record is kept") for column in found.kept)
    return found.updates
