"""Files made to harm: broken, endless, sixteen thousand columns wide, or asking for files of the server."""

import io
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter

from tests.web.site import Site

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
_ROWS = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
)
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10))


def workbook() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.worksheets[0].append(["case_ref", "fact", "first", "last"])
    book.save(out)
    return out.getvalue()


def with_part(part: str, content: bytes) -> Callable[[], bytes]:
    """A workbook of which one part is replaced."""

    def made() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, content if name == part else old.read(name))
        return out.getvalue()

    return made


def wide() -> bytes:
    """A thousand rows of one cell each, in the last column that there is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["case_ref", "fact", "first", "last"])
    for row in range(1, 1000):
        sheet.write(row, 16383, "x")
    book.close()
    return out.getvalue()


HARMFUL: dict[str, Callable[[], bytes]] = {
    "no XML": with_part(SHEET, b"<a><b>"),
    "an empty sheet": with_part(SHEET, b""),
    "a broken book": with_part(BOOK, b"<"),
    "a book without sheets": with_part(BOOK, b'<workbook xmlns="http://schemas.openxmlformats.org/x"/>'),
    "a file of the server": with_part(
        SHEET, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + _ROWS % b"&e;"
    ),
    "endless laughter": with_part(SHEET, b"<!DOCTYPE x [" + _LAUGHS + b"]>" + _ROWS % b"&l9;"),
    "sixteen thousand columns": wide,
    "a bomb": with_part(SHEET, b" " * 70_000_000),
    "half a file": lambda: workbook()[:-300],
    "nine million blank lines": lambda: b"case_ref,fact,first,last\n" + b"\n" * 9_000_000,
    "nine million commas": lambda: b"case_ref,fact,first,last\n" + b"," * 9_000_000,
    "a calendar without end": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 300_000,
    "the last day there is": lambda: (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:term\nDTSTART;VALUE=DATE:99991231\nEND:VEVENT\nEND:VCALENDAR\n"
    ),
}


@pytest.mark.parametrize("url", ["/record-many/upload", "/calendar/add/terms"])
@pytest.mark.parametrize("what", HARMFUL)
def test_a_file_made_to_harm_is_refused_in_words_and_soon(looking: Site, what: str, url: str) -> None:
    data, begun = HARMFUL[what](), time.monotonic()
    answer = looking.as_a("manager").post(url, {}, files={"file": ("list.xlsx", data, "application/octet-stream")})
    assert answer.status_code == 422, answer.text[:300]
    assert "There is a problem" in answer.text
    assert "root:" not in answer.text
    assert time.monotonic() - begun < 10
