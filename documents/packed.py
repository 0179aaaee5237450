"""Looking through a Word or OpenDocument text: an archive of parts, which must be few, small and without programs."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from documents.faults import SAVE, Fault
from documents.fetching import refuse_fetching, refuse_fields
from documents.open_document import PARTS, refuse_links

MOST_PARTS = 2000
MOST_UNPACKED = 200_000_000
"""Bytes of all parts: hundreds of pages with pictures."""
MOST_IN_ONE = 60_000_000
_CHUNK = 1 << 16
_END = b"PK\x05\x06"
_END_SIZE = 22
_WAYS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCKED = 0x1

UNREADABLE = f"is damaged, or no document that can be read. {SAVE}"
_BOMB = f"unpacks to far more than a document can be. {SAVE}"
_PASSWORD = "is locked with a password. Take the password off, save it and try again."  # noqa: S105 - no password
_MACROS = f"has macros, which are programs. {SAVE}"
_INSIDE = f"has other files or programs inside it. {SAVE}"
_AROUND = f"has something else in front of it or behind it. {SAVE}"

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"#!")
_MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject|vbadata)[^/]*$|(^|/)(activex|macrosheets)/|^(basic|scripts)/.", re.IGNORECASE
)
# A diagram's own table: Word keeps it as a workbook inside the text.
_TABLE_INSIDE = re.compile(r"^word/embeddings/[^/]+\.xlsx$", re.IGNORECASE)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEXT = b"application/vnd.oasis.opendocument.text"
_OTHER_OFFICE = {
    "xl/": f"is an Excel workbook. {SAVE}",
    "ppt/": f"is a PowerPoint presentation. {SAVE}",
}


def look_at_packed(content: bytes, _beginning: str) -> str:
    """`docx` or `odt`. Raises Fault for anything else, and for whatever could harm."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _refuse_around(content, archive)
        _Parts(archive).look()
        return _kind(archive)


@dataclass(slots=True)
class _Parts:
    """The parts of an archive, and how much may still come out of them and of archives inside."""

    archive: zipfile.ZipFile
    left: int = MOST_UNPACKED
    inside: bool = False

    def look(self) -> None:
        """Look at each part's name and size first, then at what really comes out of it."""
        parts = self.archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > self.left:
            raise Fault(_BOMB)
        for part in parts:
            _refuse_part(part)
        if len({part.filename.lower() for part in parts}) < len(parts):
            raise Fault(UNREADABLE)  # which of two parts of one name counts, programs do not agree
        for part in parts:
            self._unpack(part)

    def _unpack(self, part: zipfile.ZipInfo) -> None:
        taken, first = 0, b""
        for chunk in _chunks(self.archive, part):
            first = first or chunk[:8]
            taken += len(chunk)
            self.left -= len(chunk)
            if self.left < 0 or taken > MOST_IN_ONE:
                raise Fault(_BOMB)
        if first.startswith(_PROGRAMS):
            raise Fault(_INSIDE)
        if first.startswith(b"PK\x03\x04"):
            self._within(part)

    def _within(self, part: zipfile.ZipInfo) -> None:
        if self.inside or not _TABLE_INSIDE.search(part.filename):
            raise Fault(_INSIDE)
        with zipfile.ZipFile(io.BytesIO(self.archive.read(part))) as archive:
            within = _Parts(archive, self.left, inside=True)
            within.look()
            self.left = within.left


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def _refuse_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & _LOCKED:
        raise Fault(_PASSWORD)
    if part.compress_type not in _WAYS or part.file_size > MOST_IN_ONE:
        raise Fault(_BOMB)
    if _MACRO_PARTS.search(part.filename):
        raise Fault(_MACROS)
    if part.filename.startswith("/") or ".." in part.filename.split("/") or "\\" in part.filename:
        raise Fault(UNREADABLE)


def _refuse_around(content: bytes, archive: zipfile.ZipFile) -> None:
    """A document is the archive and nothing else: its first part at the very beginning, its end at the very end."""
    first = min((part.header_offset for part in archive.infolist()), default=1)
    end = content.rfind(_END) + _END_SIZE
    if first or end + len(archive.comment) != len(content):
        raise Fault(_AROUND)


def _kind(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return _word(archive, names)
    if names[0] == "mimetype":
        return _open_document(archive, names)
    raise Fault("is an archive. Send the documents that are in it one by one.")


def _word(archive: zipfile.ZipFile, names: list[str]) -> str:
    types = _xml(archive, "[Content_Types].xml")
    said = {each.get("ContentType", "") for each in types.iter()}
    if any("macroenabled" in each.lower() for each in said):
        raise Fault(_MACROS)
    for folder, words in _OTHER_OFFICE.items():
        if any(name.startswith(folder) for name in names):
            raise Fault(words)
    if _MAIN not in said or "word/document.xml" not in names:
        raise Fault(f"is no Word document that can be read. {SAVE}")
    written = _of_xml(types)
    for name in names:
        if name.lower().endswith(".rels"):
            refuse_fetching(_xml(archive, name))
        elif name.lower().endswith(".xml") or f"/{name}" in written:
            with archive.open(name) as part:
                refuse_fields(part)
    return "docx"


def _of_xml(types: ElementTree.Element) -> frozenset[str]:
    """The parts that are XML whatever their names say."""
    return frozenset(each.get("PartName", "") for each in types.iter() if each.get("ContentType", "").endswith("xml"))


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> str:
    if archive.read("mimetype").strip() != _TEXT or "content.xml" not in names:
        raise Fault(f"is not an OpenDocument text. {SAVE}")
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Fault(_PASSWORD)
    for name in names:
        if name.rpartition("/")[2] in PARTS:
            with archive.open(name) as part:
                refuse_links(part)
    return "odt"


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Fault(UNREADABLE)
    return ElementTree.fromstring(content)  # noqa: S314 - no document type, and memory and time are limited
