"""Looking through a picture: that it is one, is whole, and is not so large that showing it takes all memory."""

import io
import re
import warnings

from PIL import Image

from documents.faults import Fault
from documents.hidden import refuse_archive, refuse_behind

MOST_PIXELS = 60_000_000
"""More than the camera of a phone makes, or a page scanned at 600 points an inch."""
_SMALL = 1000
_TOO_LARGE = f"has more than {MOST_PIXELS // 1_000_000} million points. Make it smaller and try again."
UNREADABLE = "is not whole, or no picture that can be read. Take or save it again and try again."
# In the coded picture a sign FF is followed by 00, or by D0 to D7.
_MARK = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_LAST, _ALONE = 0xD9, frozenset({0x01, 0xD8})


def look_at_picture(content: bytes, ending: str) -> str:
    """The ending (jpg or png), given back. Raises Fault unless the picture can be shown."""
    refuse_archive(content)
    refuse_behind(content[_end_of_jpeg(content) if ending == "jpg" else _end_of_png(content) :])
    # Our own limit, not a warning at half of it.
    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _show(content, "JPEG" if ending == "jpg" else "PNG")
    return ending


def _show(content: bytes, kind: str) -> None:
    with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Fault(_TOO_LARGE)
        picture.draft("RGB", (_SMALL, _SMALL))  # a photograph is decoded at an eighth of its size
        picture.load()


def _end_of_jpeg(content: bytes) -> int:
    at = 2
    while found := _MARK.search(content, at):
        mark, at = found[1][0], found.end()
        if mark == _LAST:
            return at
        if mark not in _ALONE:
            at += int.from_bytes(content[at : at + 2])
    return len(content)


def _end_of_png(content: bytes) -> int:
    at = 8
    while at + 8 <= len(content):
        length, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        at += length + 12
        if name == b"IEND":
            return at
    return len(content)
