"""Looking through a PDF: it opens without a password, has pages, and holds nothing that runs or is unpacked."""

import io
import re
from collections.abc import Iterator
from typing import cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from documents.faults import Fault
from documents.hidden import refuse_archive

MOST_PAGES = 2000
MOST_OBJECTS = 300_000
_DEEPEST = 50

_PRINT = "Open it, print it to a new PDF, and try again."
_PASSWORD = "is locked with a password. Take the password off, save it and try again."  # noqa: S105 - no password
UNREADABLE = f"is damaged, or no PDF that can be read. {_PRINT}"
_NO_PAGES = f"has no pages. {_PRINT}"
_TOO_MUCH = f"has more pages or parts than can be looked through. {_PRINT}"
_RUNS = f"has a program inside it (JavaScript, or a command that starts one). {_PRINT}"
_INSIDE = "has other files attached inside it. Take them out and send them one by one."
_BEHIND = f"has something else hidden behind its end. {_PRINT}"
_WEB_PAGE = re.compile(rb"<html|<script|<!doctype|<\?php", re.IGNORECASE)

_PROGRAMS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/SubmitForm"})
_PROGRAM_KEYS = frozenset({"/JS", "/JavaScript", "/XFA"})
_FILE_KEYS = frozenset({"/EF", "/EmbeddedFiles", "/RichMedia", "/RichMediaContent"})
_FILE_TYPES = frozenset({"/EmbeddedFile", "/RichMedia", "/Movie", "/Sound", "/3D", "/FileAttachment", "/Screen"})
# As other programs may find it where ours does not look. Long enough never to come about by chance.
_NAMED = re.compile(rb"/(?:JavaScript|(Embedded)Files?|Launch)\b")


def look_at_pdf(content: bytes, ending: str) -> str:
    """The ending, given back. Raises Fault unless it can be given out."""
    _refuse_around(content)
    if named := _NAMED.search(content):
        raise Fault(_INSIDE if named[1] else _RUNS)
    reader = PdfReader(io.BytesIO(content), strict=False)
    # Without a password to open it, only with one to print it: such a document opens for everybody.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Fault(_PASSWORD)
    _refuse_pages(reader)
    _refuse_objects(reader)
    return ending


def _refuse_around(content: bytes) -> None:
    refuse_archive(content)
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Fault(f"is not whole: its end is missing. {_PRINT}")
    if content[end + 5 :].strip(b"\r\n\t\x00 ") or _WEB_PAGE.search(content[:1024]):
        raise Fault(_BEHIND)


def _refuse_pages(reader: PdfReader) -> None:
    pages = reader.get_num_pages()
    if pages > MOST_PAGES:
        raise Fault(_TOO_MUCH)
    if pages < 1:
        raise Fault(_NO_PAGES)
    # One page is opened: a tree of pages that leads nowhere is no document.
    _ = reader.pages[0].mediabox


def _refuse_objects(reader: PdfReader) -> None:
    _refuse_within(cast("PdfObject", reader.trailer))
    numbers = [(number, generation) for generation, of in reader.xref.items() for number in of]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise Fault(_TOO_MUCH)
    for number, generation in numbers:
        # What ours cannot read another program may: an error here refuses the document.
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is not None:
            _refuse_within(found)


def _refuse_within(found: PdfObject) -> None:
    """What stands in this object itself; what it points to is an object of its own."""
    for each in _dictionaries(found):
        keys = each.keys()
        if keys & _PROGRAM_KEYS or _said(each, "/S") in _PROGRAMS:
            raise Fault(_RUNS)
        if keys & _FILE_KEYS or {_said(each, "/Type"), _said(each, "/Subtype")} & _FILE_TYPES:
            raise Fault(_INSIDE)


def _said(of: DictionaryObject, key: str) -> str:
    value = of.raw_get(key) if key in of else None
    return value if isinstance(value, str) else ""


def _dictionaries(found: PdfObject) -> Iterator[DictionaryObject]:
    waiting: list[tuple[PdfObject, int]] = [(found, 0)]
    while waiting:
        each, depth = waiting.pop()
        if depth > _DEEPEST:
            raise Fault(_TOO_MUCH)
        if isinstance(each, DictionaryObject):
            yield each
            waiting += [(value, depth + 1) for value in cast("dict[str, PdfObject]", each).values()]
        elif isinstance(each, ArrayObject):
            waiting += [(value, depth + 1) for value in cast("list[PdfObject]", each)]
