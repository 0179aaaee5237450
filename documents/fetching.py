"""What Word does by itself when it opens a document: it fetches parts from elsewhere, and DDE fields start programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree

from documents.faults import SAVE, Fault

_REMOTE = f"fetches a template or a part from elsewhere. {SAVE}"
_PICTURE = f"shows a picture that it fetches from elsewhere. {SAVE}"
_DDE = f"has a field that starts other programs. {SAVE}"

# A template on the sender's own machine or in their network, which a name without a dot never leaves.
_THEIRS = re.compile(
    r"(?:file:///|/)(?![/\\])|(?:file:/*)?[/\\]{2}[a-z][a-z0-9_-]*(?=[/\\])|file://[a-z][a-z0-9_-]*/", re.IGNORECASE
)
# Only followed by whoever clicks on it.
_CLICKED = "hyperlink"
_STARTS = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)


def refuse_fetching(relations: ElementTree.Element) -> None:
    """Raises Fault where a part stands elsewhere: Word fetches it when the document is opened, and tells who opened it.

    The sender's own template is named in most documents of an office, and is not there on ours.
    """
    for each in relations.iter():
        kind, target = each.get("Type", "").rpartition("/")[2], unquote(each.get("Target", "")).strip()
        if each.get("TargetMode") == "External" and kind != _CLICKED and not _THEIRS.match(target):
            raise Fault(_PICTURE if kind == "image" else _REMOTE)


def refuse_fields(part: IO[bytes]) -> None:
    """Raises Fault where a field of a part asks another program for what it shows (DDE), or hides which field it is.

    The words of one field may be spread over many runs, and be put together by other fields inside it.
    """
    open_fields: list[_Field] = []
    for name, element in _elements(part):
        if name == "fldSimple":
            _look_at(_attribute(element, "instr"))
        elif name in ("instrText", "delInstrText") and open_fields:
            open_fields[-1].words += element.text or ""
        elif name == "fldChar":
            _follow(open_fields, _attribute(element, "fldCharType"))
    for each in open_fields:
        _look_at(each.words)


@dataclass(slots=True)
class _Field:
    """A field whose instruction is being read; `shown` once what it shows follows."""

    words: str = field(default="")
    shown: bool = False


def _follow(open_fields: list[_Field], mark: str) -> None:
    if mark == "begin":
        if open_fields and not open_fields[-1].shown and not open_fields[-1].words.strip():
            raise Fault(_DDE)  # the name of the field itself is worked out by another
        open_fields.append(_Field())
    elif mark == "separate" and open_fields:
        open_fields[-1].shown = True
    elif mark == "end" and open_fields:
        _look_at(open_fields.pop().words)


def _look_at(words: str) -> None:
    if _STARTS.match(words):
        raise Fault(_DDE)


def _elements(part: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    """The elements of a part in their order, by name without namespace; each is let go of when it was looked at."""
    for _, element in ElementTree.iterparse(part):  # noqa: S314 - memory and time are limited
        yield element.tag.rpartition("}")[2], element
        element.clear()


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
