"""A pack as a PDF that a screen reader can read: tagged, by PDF/UA-1. See docs/decisions."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import typst

from scorecard.packs.content import Pack
from scorecard.packs.view import view

_SHEET = Path(__file__).parent / "pack.typ"
_UNPRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# The fonts that come with the library have letters of Europe and of the neighbourhood, and few pictures.
_RARE = re.compile(r"[^\u0020-\u058f\u1e00-\u22ff\u25a0-\u25ff\n]")


def paper(pack: Pack) -> bytes:
    """The PDF: the same bytes for the same pack. A letter that its fonts do not have is printed as a square."""
    said = _replaced(view(pack), _UNPRINTED, " ")
    try:
        return _printed(said)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _printed(_replaced(said, _RARE, "□"))


def _replaced(said: Any, letters: re.Pattern[str], by: str) -> Any:
    """What is said, with some letters replaced wherever they stand."""
    if isinstance(said, Mapping):
        items = cast("Mapping[str, Any]", said).items()
        return {name: _replaced(each, letters, by) for name, each in items}
    if isinstance(said, list):
        return [_replaced(each, letters, by) for each in cast("list[Any]", said)]
    return letters.sub(by, said) if isinstance(said, str) else said


def _printed(said: Any) -> bytes:
    return typst.compile(
        _SHEET.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"pack": json.dumps(said)},
        timestamp=0,
    )
