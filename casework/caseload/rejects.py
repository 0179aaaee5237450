"""The file of refused rows: as they came, with the reason, for a person to correct and import again."""

import io
from collections.abc import Sequence
from pathlib import Path

from casework.caseload.columns import ADDED_BY_US
from casework.caseload.reading import CaseFile, RawRow
from casework.caseload.report import RowRefusal
from casework.exports import write_csv
from config.files import write_private

Rejected = tuple[RawRow, RowRefusal]


def rejects_path(source: Path, folder: Path | None = None) -> Path:
    """`caseload.rejects.csv` for `caseload.xlsx`, beside it or in `folder`; `caseload.rejects-2.csv` for that one."""
    stem = source.stem
    first, mark, number = stem.rpartition(".rejects")
    if mark and (not number or number[1:].isdecimal()):
        name = f"{first}.rejects-{int(number[1:] or 1) + 1}.csv"
    else:
        name = f"{stem}.rejects.csv"
    return (folder or source.parent) / name


def write_rejects(path: Path, text: str, *, as_we_left_it: bool) -> None:
    """Write the rejects file, readable by its owner only. One that lies there is written over when it is as we left
    it; else it is kept under another name, for somebody has been correcting it. Raises OSError."""
    data = encoded(text)
    if path.exists() and not as_we_left_it and path.read_bytes() != data:
        _set_aside(path)
    write_private(path, data)


def encoded(text: str) -> bytes:
    """A rejects file as bytes; the mark tells Excel that it is UTF-8."""
    return text.encode("utf-8-sig")


def rejects_text(file: CaseFile, rejected: Sequence[Rejected]) -> str:
    """The rejects file as text: the file's own columns, then line, column and reason of the refusal."""
    own = [at for at, column in enumerate(file.columns) if column not in ADDED_BY_US]
    out = io.StringIO(newline="")
    headings = [*(file.headings[at] for at in own), *ADDED_BY_US]
    rows = [[*_cells(raw, own), str(said.line), said.column, said.reason] for raw, said in rejected]
    write_csv(out, headings, rows)
    return out.getvalue()


def _cells(raw: RawRow, own: Sequence[int]) -> list[str]:
    return [raw.raw[at] if at < len(raw.raw) else "" for at in own]


def _set_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"{path.stem}.old{number}.csv")).exists():
        number += 1
    path.rename(aside)
