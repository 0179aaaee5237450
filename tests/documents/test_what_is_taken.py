"""Documents are taken for what they are: whole ones of five kinds, whatever they are called."""

import pytest

from documents.checking import LARGEST, check
from documents.errors import NotTaken
from documents.kinds import kind_of
from documents.looks import look
from documents.names import LONGEST, name_for
from tests.documents import samples
from tests.documents.samples import docx, odt, packed, pdf, picture, relations, word_parts

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "media_type"),
    [
        ("Advice.PDF", pdf(), "Advice.PDF", "application/pdf"),
        ("advice.docx", docx(), "advice.docx", WORD),
        ("advice.odt", odt(), "advice.odt", "application/vnd.oasis.opendocument.text"),
        ("IMG_0001.jpeg", picture(), "IMG_0001.jpeg", "image/jpeg"),
        ("photo.pdf", picture("PNG"), "photo.pdf.png", "image/png"),
    ],
)
def test_a_document_is_known_by_its_content(name: str, content: bytes, kept_as: str, media_type: str) -> None:
    taken = check(name, content)
    assert (taken.name, taken.media_type, taken.content) == (kept_as, media_type, content)


def ending_of(content: bytes) -> str:
    return look(kind_of(content), content)


def test_a_pdf_that_only_may_not_be_printed_is_taken() -> None:
    writer = samples.PdfWriter()
    writer.encrypt("", "owner")
    assert ending_of(samples.written(writer)) == "pdf"


def test_a_document_with_a_diagram_keeps_the_diagrams_table() -> None:
    table = packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    assert ending_of(docx(**{"word/embeddings/Table1.xlsx": table})) == "docx"


@pytest.mark.parametrize("where", [
    "file:///C:/t.dotm", "/C:/t.dotm", r"file:///\\trust-fs1\letters\t.dotm", "file://trust-fs1/letters/t.dotm",
])  # fmt: skip
def test_a_document_may_name_the_template_of_its_senders_office(where: str) -> None:
    named = relations(f'Type="http://x/relationships/attachedTemplate" Target="{where}" TargetMode="External"')
    assert ending_of(docx(**{"word/_rels/settings.xml.rels": named})) == "docx"


@pytest.mark.parametrize("size", [(4000, 3000), (1, 1)])
def test_a_photograph_is_taken_with_what_phones_put_behind_it(size: tuple[int, int]) -> None:
    moving = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40 + b"SEFT"
    assert ending_of(picture(size=size) + picture() + moving) == "jpg"


def test_a_picture_inside_a_picture_does_not_end_it() -> None:
    small = b"\xff\xe1" + (len(picture()) + 2).to_bytes(2) + picture()
    assert ending_of(b"\xff\xd8" + small + picture()[2:]) == "jpg"


def test_twenty_megabytes_are_taken_and_a_byte_more_is_not() -> None:
    padded = word_parts() | {"word/media/image1.png": b""}
    spare = LARGEST - len(packed(padded, samples.zipfile.ZIP_STORED))
    largest = packed(padded | {"word/media/image1.png": b"\x89" + b"P" * (spare - 1)}, samples.zipfile.ZIP_STORED)
    assert len(largest) == LARGEST
    assert check("large.docx", largest).content == largest
    with pytest.raises(NotTaken) as refused:
        check("large.docx", largest + b"x")
    assert "large.docx is larger than 20 MB. Split it" in refused.value.sentence


@pytest.mark.parametrize(
    ("sent", "ending", "kept"),
    [
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        (r"C:\Users\j.smith\Advice v2.docx", "docx", "Advice v2.docx"),
        ("advice.exe", "pdf", "advice.exe.pdf"),
        ("advice\u202efdp.exe", "pdf", "advicefdp.exe.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "pdf", "a Set-Cookie- x=1.pdf"),
        ("", "jpg", "document.jpg"),
        (".pdf", "pdf", "pdf.pdf"),
        ("CON.pdf", "pdf", "document CON.pdf"),
        ("  .. ", "png", "document.png"),
        ('a<b>"c"?*.odt', "odt", "a-b--c---.odt"),
        ("Cafe\u0301 Zoë 学校.pdf", "pdf", "Café Zoë 学校.pdf"),
        ("x" * 500 + ".pdf", "pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("学" * 500, "pdf", "学" * 66 + ".pdf"),
        ("lone \ud800 half.pdf", "pdf", "lone half.pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_harm(sent: str, ending: str, kept: str) -> None:
    assert name_for(sent, ending) == kept
    assert len(kept.encode()) <= 255
