"""A list as a file for a spreadsheet: every row, with words beside the codes that other programs read."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi.responses import Response

from casework.exports import Cell
from casework.listing.rows import CaseRow
from web.listing.words import OUTCOMES, ground_words
from web.names import limit_words, service_words
from web.spreadsheets import spreadsheet
from web.stages import stage_words

COLUMNS = (
    "case",
    "name",
    "process",
    "stage",
    "limit",
    "limit_in_words",
    "about",
    "citation",
    "start",
    "legal_day",
    "last_working_day",
    "days_overdue",
    "next_action",
    "must_happen",
    "promised",
    "last_contact_with_family",
    "open_since",
    "weeks_open",
    "officer",
    "team",
    "outcome",
    "met_on",
    "exception",
    "approved_by",
    "lifted_until",
    "target",
)


def file_of(rows: Sequence[CaseRow], form: str, name: str) -> Response:
    """The rows as `csv` or `xlsx`, to be saved under `name`."""
    return spreadsheet(form, name, name, {column: column for column in COLUMNS}, map(cells, rows))


def file_name(path: str, day: date) -> str:
    """`overdue-2026-11-20`: what a saved file is called."""
    return f"{path}-{day.isoformat()}"


def cells(row: CaseRow) -> Mapping[str, Cell]:
    """One row of a file; days are days, what is not known stays blank."""
    return {
        "case": row.case_ref,
        "name": row.name,
        "process": row.process,
        "stage": stage_words(row.stage),
        "limit": row.limit,
        "limit_in_words": limit_words(row.limit),
        "about": service_words(row.subject) if row.subject else "",
        "citation": row.citation,
        "start": row.start,
        "legal_day": row.legal_due,
        "last_working_day": row.operational_due,
        "days_overdue": row.days_overdue,
        "next_action": row.next_action,
        "must_happen": row.must,
        "promised": row.promised,
        "last_contact_with_family": row.last_contact,
        "open_since": row.began,
        "weeks_open": row.weeks_open,
        "officer": row.officer,
        "team": row.team,
        "outcome": OUTCOMES[row.outcome][0] if row.outcome else "",
        "met_on": row.met_on,
        "exception": ground_words(row.ground) if row.ground else "",
        "approved_by": row.approver,
        "lifted_until": row.lifted_until,
        "target": row.target,
    }
