"""A table that somebody sends through a page: read with limits on everything, for it may come from anybody."""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath

from casework.errors import Refused
from casework.sheets import Sheet, sheet_of
from casework.table_files import Line, file_lines, refuse_old_excel
from casework.term_files import TermFile, terms_in

MOST_BYTES = 10_000_000
UNPACKED = 60_000_000
"""A small workbook can unpack to more than any machine holds."""
MOST_CELLS = 2_000_000
"""And a row of a few bytes can be sixteen thousand cells wide."""
MOST_TERMS = 10_000
CALENDAR_BYTES = 1_000_000


def read_upload(name: str, data: bytes, most: int) -> Sheet:
    """The rows of a CSV or xlsx file that was sent, at most `most`.

    Raises Refused when it is empty, too large, has more rows, or cannot be read.
    """
    path = _looked_at(name, data, MOST_BYTES)
    sheet = _sheet(data, path, most)
    if len(sheet.rows) > most:
        raise Refused(f"{path.name} has more than {most} rows. Split it, or give it to 'ehcp record-many'.")
    return sheet


def read_term_upload(name: str, data: bytes, setting: str) -> TermFile:
    """The term dates of a CSV, xlsx or iCal file that was sent, as `casework.term_files.read_terms` reads them."""
    is_table = data[:4] == b"PK\x03\x04" or b"BEGIN:VCALENDAR" not in data[:200].upper()
    path = _looked_at(name, data, MOST_BYTES if is_table else CALENDAR_BYTES)
    return terms_in(data, path, setting, lambda data, path: _sheet(data, path, MOST_TERMS))


def _looked_at(name: str, data: bytes, most: int) -> Path:
    path = Path(called(name))
    if not data:
        raise Refused("Choose a file, with something in it.")
    if len(data) > most:
        raise Refused(f"{path.name} is larger than {most // 1_000_000} MB. Split it.")
    refuse_old_excel(data, path.name)
    if data[:4] == b"PK\x03\x04":
        _refuse_bomb(data, path.name)
    return path


def _sheet(data: bytes, path: Path, most: int) -> Sheet:
    # Blank lines count too: a sheet can have a million of them.
    return sheet_of(_bounded(file_lines(data, path), 20 * most + 100, path.name), path)


def called(name: str) -> str:
    """The last part of a file's name, for messages: what comes before it is not ours to repeat."""
    return (PureWindowsPath(PurePosixPath(name).name).name or "The file")[:100]


def _bounded(lines: Iterator[Line], most: int, name: str) -> Iterator[Line]:
    cells = 0
    for line in islice(lines, most):
        cells += len(line[1])
        if cells > MOST_CELLS:
            raise Refused(f"{name} has too many columns. Delete the empty ones beside the table, or split it.")
        yield line
    if next(lines, None) is not None:
        raise Refused(f"{name} is too long. Delete the empty rows below the table, or split it.")


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise Refused(f"{name} is not a workbook that can be read. Save it again as xlsx or CSV.") from error
    if size > UNPACKED:
        raise Refused(f"{name} unpacks to more than a list of cases can be. Copy the table into a new workbook.")
