"""What Word does by itself with a document: it fetches parts from elsewhere, and DDE fields start programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree

from documents.faults import SAVE, Fault

REMOTE = f"fetches a template or a part from elsewhere. {SAVE}"
PICTURE = f"shows a picture that it fetches from elsewhere. {SAVE}"
_CHUNK = f"has a part that Word would read in as a web page or another document. {SAVE}"
DDE = f"has a field that starts other programs. {SAVE}"

# A template on the sender's own machine or in their network, which a name without a dot never leaves.
_THEIRS = re.compile(
    r"(?:file:///|/)(?![/\\])|(?:file:/*)?[/\\]{2}[a-z][a-z0-9_-]*(?=[/\\])|file://[a-z][a-z0-9_-]*/", re.IGNORECASE
)
# Only followed by whoever clicks on it.
_CLICKED = "hyperlink"
# A web page or a document inside the document, in which nothing was looked for.
_READ_IN = "aFChunk"
_STARTS = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)
# Fields that show what another file holds, whether or not a relation of the part names it.
_FETCHES = re.compile(
    r"\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|RD|DATABASE)\b(.*)", re.IGNORECASE | re.DOTALL
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:[/\\][^\s\"“”]*|(?<![^\s\"“”])[/\\]{2}[^\s\"“”]*", re.IGNORECASE)


def refuse_fetching(relations: ElementTree.Element) -> None:
    """Raises Fault where a part stands elsewhere: Word fetches it when the document is opened, and tells who opened it.

    The sender's own template is named in most documents of an office, and is not there on ours.
    """
    for each in relations.iter():
        kind, target = each.get("Type", "").rpartition("/")[2], unquote(each.get("Target", "")).strip()
        if kind == _READ_IN:
            raise Fault(_CHUNK)
        if each.get("TargetMode") == "External" and kind != _CLICKED and not is_theirs(target):
            raise Fault(PICTURE if kind == "image" else REMOTE)


def is_theirs(target: str) -> bool:
    """Whether an address leads to the sender's own machine or network, so that it leads nowhere from ours."""
    return _THEIRS.match(target) is not None


def refuse_fields(part: IO[bytes]) -> None:
    """Raises Fault where a field of a part asks another program for what it shows (DDE), shows what it fetches from
    elsewhere, or hides which field it is or what it fetches.

    The words of one field may be spread over many runs, and be put together by other fields inside it.
    """
    open_fields: list[_Field] = []
    for name, element in elements(part):
        if name == "fldSimple":
            _look_at(attribute(element, "instr"))
        elif name in ("instrText", "delInstrText") and open_fields:
            open_fields[-1].words += element.text or ""
        elif name == "fldChar":
            _follow(open_fields, attribute(element, "fldCharType"))
    for each in open_fields:
        _look_at(each.words)


@dataclass(slots=True)
class _Field:
    """A field whose instruction is being read; `shown` once what it shows follows."""

    words: str = field(default="")
    shown: bool = False


def _follow(open_fields: list[_Field], mark: str) -> None:
    if mark == "begin":
        if open_fields and not open_fields[-1].shown:
            _refuse_worked_out(open_fields[-1].words)
        open_fields.append(_Field())
    elif mark == "separate" and open_fields:
        open_fields[-1].shown = True
    elif mark == "end" and open_fields:
        _look_at(open_fields.pop().words)


def _refuse_worked_out(words: str) -> None:
    """Another field begins in the middle of this one: it must not make its name, nor the address of what is fetched."""
    if not words.strip():
        raise Fault(DDE)
    if fetching := _FETCHES.match(words):
        raise Fault(_fetched(fetching))


def _look_at(words: str) -> None:
    if _STARTS.match(words):
        raise Fault(DDE)
    # In a field each backslash of an address is written twice.
    if (fetching := _FETCHES.match(words)) and any(
        not is_theirs(unquote(address)) for address in _ADDRESS.findall(fetching[2].replace("\\\\", "\\"))
    ):
        raise Fault(_fetched(fetching))


def _fetched(fetching: re.Match[str]) -> str:
    return PICTURE if fetching[1].upper() == "INCLUDEPICTURE" else REMOTE


def elements(part: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    """The elements of a part in their order, by name without namespace; each is let go of when it was looked at."""
    for _, element in ElementTree.iterparse(part):  # noqa: S314 - memory and time are limited
        yield element.tag.rpartition("}")[2], element
        element.clear()


def attribute(element: ElementTree.Element, name: str) -> str:
    """An attribute by its name without namespace; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
