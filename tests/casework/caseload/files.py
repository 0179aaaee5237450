"""Case files as tests write them."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from demo import FOLDER

COLUMNS = (FOLDER / "assessments.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")

Cells = Mapping[str, str]


def caseload() -> list[dict[str, str]]:
    """The rows of the demonstration caseload, as they came."""
    with (FOLDER / "assessments.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def child(case_ref: str, **cells: str) -> dict[str, str]:
    """A plain row: a child of its own for every reference, received on 1 September 2026 from the family."""
    number = sum(case_ref.encode())
    plain = {
        "case_ref": case_ref,
        "surname": f"Surname {case_ref}",
        "forename": "Sam",
        "date_of_birth": f"2012-01-{number % 28 + 1:02d}",
        "setting_urn": "117222",
        "request_source": "1",
        "received": "2026-09-01",
        "caseworker": "a.marsh",
        "team": "East",
    }
    return dict.fromkeys(COLUMNS, "") | plain | cells


def write(path: Path, rows: Sequence[Cells], *, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    """A CSV with the columns of the first row."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Cells]) -> Path:
    """A workbook of the same rows in which days are real dates and everything else is text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, list(rows[0]))
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row.values()):
                try:
                    sheet.write_datetime(line, place, date.fromisoformat(cell), style)
                except ValueError:
                    sheet.write_string(line, place, cell)
    return path


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
