"""Documents made for tests: whole ones of every kind that is taken, and the parts to make harmful ones of."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

from PIL import Image
from pypdf import PdfWriter

_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="{}"/></Types>"""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = """<?xml version="1.0"?><Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""


@cache
def pdf(text: str = "") -> bytes:
    """A PDF of one empty page; another `text`, another document."""
    return written(PdfWriter(), text)


def written(writer: PdfWriter, text: str = "") -> bytes:
    """A PDF as a writer has it, with one page more."""
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": text})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(parts: Mapping[str, bytes | str], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, way)  # without the time: the same parts, the same bytes
    return out.getvalue()


def word_parts(content_type: str = WORD) -> dict[str, bytes | str]:
    """The parts of a Word document."""
    return {"[Content_Types].xml": _TYPES.format(content_type), "word/document.xml": "<document/>"}


def relations(*said: str) -> str:
    """A part with relations to other parts, each given as the attributes of one."""
    return _RELATIONS.format("".join(f"<Relationship {each}/>" for each in said))


def docx(**more: bytes | str) -> bytes:
    """A Word document, with more parts."""
    return packed({**word_parts(), **more})


def odt_parts() -> dict[str, bytes | str]:
    """The parts of an OpenDocument text."""
    return {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<content/>"}


def odt() -> bytes:
    """An OpenDocument text."""
    return packed(odt_parts())


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()
