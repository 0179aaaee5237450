"""What LibreOffice does by itself with an OpenDocument text: it fetches what is linked, DDE starts programs."""

import re
from typing import IO
from urllib.parse import unquote

from documents.faults import SAVE, Fault
from documents.fetching import DDE, PICTURE, REMOTE, attribute, elements, is_theirs

_EVENT = f"starts a program by itself. {SAVE}"

PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
"""The parts of a text, and of each object inside it, that can name something outside it."""

# Only followed by whoever clicks on it.
_CLICKED = frozenset({"a"})
_PICTURES = frozenset({"image", "fill-image", "background-image"})
_DDE = frozenset({"dde-source", "dde-connection", "dde-connection-decl"})
# Everything else is a name inside the document, or beside it on the sender's machine.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:|[/\\]{2}", re.IGNORECASE)
_PROGRAM = re.compile(r"vnd\.sun\.star\.script:|macro:|script:|javascript:", re.IGNORECASE)


def refuse_links(part: IO[bytes]) -> None:
    """Raises Fault where a part shows what stands elsewhere, or has another program started (OpenDocument 1.3 part 3).

    A link that waits for a click is taken, and so is a file on the sender's own machine, which is not there on ours.
    """
    for name, element in elements(part):
        if name in _DDE:
            raise Fault(DDE)
        target = unquote(attribute(element, "href")).strip()
        if _PROGRAM.match(target):
            raise Fault(_EVENT)
        if name not in _CLICKED and _ELSEWHERE.match(target) and not is_theirs(target):
            raise Fault(PICTURE if name in _PICTURES else REMOTE)
