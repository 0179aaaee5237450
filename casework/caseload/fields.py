"""What a row says of the child and of the case or plan besides facts: names, numbers, setting, officer, team."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from casework.caseload.child_rows import ChildRow
from casework.caseload.people import Base
from casework.caseload.rows import CaseRow
from records.tables import Person, Plan, Process

PERSON_FIELDS = ("surname", "forename", "date_of_birth", "upn", "setting_urn")


def said_fields(row: ChildRow) -> dict[str, str]:
    """The fields on which the row can be relied, as text."""
    values = {
        "surname": row.surname,
        "forename": row.forename,
        "date_of_birth": _text(row.date_of_birth),
        "upn": row.upn,
        "setting_urn": row.setting_urn,
        "caseworker": row.caseworker,
        "team": row.team,
    }
    return {name: value for name, value in values.items() if name in row.present}


def recorded_fields(person: Person, case: Process | Plan | None) -> dict[str, str]:
    """The same fields as they are on record."""
    return {
        "surname": person.surname,
        "forename": person.forename,
        "date_of_birth": _text(person.date_of_birth),
        "upn": person.upn or "",
        "setting_urn": person.setting_urn or "",
        "caseworker": (case.officer if case else None) or "",
        "team": (case.team if case else None) or "",
    }


def set_fields(person: Person, cases: Iterable[Process | Plan], values: Mapping[str, str], row: ChildRow) -> None:
    """Put these values on record: of the child, and of the case or the plan and its reviews."""
    for name, value in values.items():
        if name == "date_of_birth":
            person.date_of_birth = date.fromisoformat(value) if value else None
        elif name == "upn":
            person.upn, person.upn_verified = value or None, row.upn_verified
        elif name in PERSON_FIELDS:
            setattr(person, name, value if name in ("surname", "forename") else value or None)
        else:
            for case in cases:
                setattr(case, "officer" if name == "caseworker" else name, value or None)


def base_of(person: Person, process: Process) -> Base:
    """What the file said last time. A case that was opened in the app has no last time."""
    return _base(person, process.source_row)


def kept_row(person: Person, row: ChildRow, before: str | None) -> str | None:
    """What to keep of what the file says, for the next time; nothing about a person who was erased."""
    if person.text_key is None:
        return before
    return json.dumps(_base(person, before).after({**said_fields(row), **row.kept}), sort_keys=True)


def filled_before(person: Person, source_row: str | None, name: str, value: str) -> bool:
    """Whether that is what the file said last time."""
    return bool(value) and name in (base := _base(person, source_row)).digests and base.unchanged_in_file(name, value)


def remember(person: Person, process: Process, row: ChildRow) -> None:
    """Keep what the file says of a case."""
    kept = kept_row(person, row, process.source_row)
    if process.source_row != kept:
        process.source_row = kept


def note_changed(person: Person, process: Process, row: CaseRow) -> bool:
    """Whether the free text of the relief is another than last time."""
    base, note = base_of(person, process), row.kept.get("relief_note")
    return bool(row.kept) and "relief_note" in base.digests and not base.unchanged_in_file("relief_note", note or "")


def _base(person: Person, source_row: str | None) -> Base:
    return Base(person.text_key or b"", json.loads(source_row) if source_row else {})


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
