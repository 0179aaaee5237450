"""A list as a file: CSV that a spreadsheet opens as it is, or a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any, cast

from fastapi.responses import Response

from casework.exports import MARKED, Cell, csv_text, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class File(StrEnum):
    """What a list can be saved as."""

    CSV = "csv"
    XLSX = "xlsx"


def spreadsheet(kind: str, name: str, title: str, columns: Mapping[str, str], items: Iterable[Any]) -> Response:
    """A file of `kind` csv or xlsx. `columns` are the headings by field; items are dataclasses or mappings.

    `name` is the file's name without its ending and holds nothing personal: it stays in the browser's list.
    Nothing in the file can become a formula.
    """
    rows: list[Mapping[str, Any]] = [cast("Any", item) if isinstance(item, Mapping) else asdict(item) for item in items]
    table = [{heading: row[field] for field, heading in columns.items()} for row in rows]
    headings = list(columns.values())
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    if kind == "csv":
        return Response(csv_text(table, headings).encode(MARKED), media_type="text/csv; charset=utf-8", headers=headers)
    return Response(xlsx_bytes(headings, _cells(table, headings), title), media_type=XLSX, headers=headers)


def _cells(table: Sequence[Mapping[str, Cell]], headings: Sequence[str]) -> Iterable[Sequence[Cell]]:
    return ([row[heading] for heading in headings] for row in table)
