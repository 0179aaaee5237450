"""Content that is two things at once: a picture or a PDF for whoever looks at it, and something else for a machine."""

import io
import re
import zipfile

from documents.faults import Fault

_HIDDEN = re.compile(
    rb"<html|<script|<!doctype|<\?php|%PDF-|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x7fELF|This program cannot be run",
    re.IGNORECASE,
)
_WORDS = "has something else hidden behind its end. Open it, save or print it as a new PDF, and try again."


def refuse_behind(rest: bytes) -> None:
    """Raise Fault for what follows the end of a picture, if it is not what cameras put there."""
    if _HIDDEN.search(rest):
        raise Fault(_WORDS)


def refuse_archive(content: bytes) -> None:
    """Raise Fault if a program for archives would open this content too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return
    if found:
        raise Fault(_WORDS)
