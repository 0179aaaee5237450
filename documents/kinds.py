"""What a document is, by its first bytes; and what it is called when it is of a kind that is not taken."""

from enum import StrEnum
from typing import Any, cast

import puremagic

from documents.faults import Fault

_FIRST = 4096
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PHONE_PICTURES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
_OTHERS = {
    ".tiff": "a TIFF picture", ".tif": "a TIFF picture", ".gif": "a GIF picture", ".webp": "a WebP picture",
    ".bmp": "a bitmap picture", ".dib": "a bitmap picture", ".rtf": "a rich text file", ".html": "a web page",
    ".htm": "a web page", ".xml": "an XML file", ".json": "a data file", ".eml": "an email", ".svg": "an SVG picture",
    ".rar": "an archive", ".7z": "an archive", ".gz": "an archive", ".tar": "an archive", ".zip": "an empty archive",
    ".mp4": "a video", ".mov": "a video", ".avi": "a video", ".mp3": "a sound recording", ".wav": "a sound recording",
    ".exe": "a program", ".AppImage": "a program", "": "a program",
}  # fmt: skip
_SURE = 0.2


class Kind(StrEnum):
    """A kind of content that is taken, as its first bytes say; what is inside is looked through afterwards."""

    PDF = "pdf"
    ZIP = "zip"  # a Word or OpenDocument text, once its parts have been seen
    JPEG = "jpg"
    PNG = "png"


_BEGINNINGS = {b"%PDF-": Kind.PDF, b"PK\x03\x04": Kind.ZIP, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}


def kind_of(content: bytes) -> Kind:
    """What the content begins as. Raises Fault for everything that is not taken."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    raise Fault(_refusal(content))


def _refusal(content: bytes) -> str:
    if content.startswith(_OLD_OFFICE):
        if _LOCKED_OFFICE in content:
            return "is locked with a password. Take the password off, save it and try again."
        return "is in an old format of Microsoft Office. Open it, save it as PDF or DOCX, and try again."
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_PICTURES:
        return (
            "is a kind of picture (HEIC) that many computers cannot show. Send a screenshot of it, or set the phone's "
            "camera to 'most compatible', take it again and try again."
        )
    if b"%PDF-" in content[:_FIRST]:
        return "has something else in front of the PDF. Open it, print it to a new PDF, and try again."
    return f"is {_called(content)}. Save it as PDF and try again."


def _called(content: bytes) -> str:
    try:
        guesses = cast("list[Any]", puremagic.magic_string(content[:_FIRST]))
    except (puremagic.PureError, ValueError):
        guesses = []
    named = [_OTHERS[each.extension] for each in guesses if each.confidence >= _SURE and each.extension in _OTHERS]
    return named[0] if named else "of a kind that is not taken here"
