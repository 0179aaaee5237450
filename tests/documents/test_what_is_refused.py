"""Files made to harm, or that nobody could read: refused in one sentence that says which, why, and what to do."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from documents.checking import check
from documents.errors import NotTaken
from documents.faults import Fault
from documents.kinds import kind_of
from documents.looks import look
from documents.packed import MOST_PARTS
from documents.pictures import MOST_PIXELS
from tests.documents.samples import docx, odt_parts, packed, pdf, picture, relations, word_parts, written

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.encrypt("secret")
    return written(writer)


def pdf_that_runs() -> bytes:
    writer = PdfWriter()
    script = {NameObject("/S"): NameObject("/Other"), NameObject("/JS"): TextStringObject("app.alert('x');")}
    writer.root_object[NameObject("/AA")] = DictionaryObject({NameObject("/WC"): DictionaryObject(script)})
    return written(writer)


def pdf_with_a_file() -> bytes:
    writer = PdfWriter()
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def pdf_with_action(kind: str, name: str = "/OpenAction") -> bytes:
    """A PDF that does something when it is opened, so written that a search for the words finds nothing."""
    writer = PdfWriter()
    action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("cmd.exe")})
    writer.root_object[NameObject(name)] = ArrayObject([action])
    return written(writer).replace(kind.encode(), f"/#{ord(kind[1]):x}{kind[2:]}".encode())


def pdf_without_pages() -> bytes:
    out = io.BytesIO()
    PdfWriter().write(out)
    return out.getvalue()


def pdf_in_a_ring() -> bytes:
    """The tree of pages is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    )


def deep_pdf() -> bytes:
    body = b"[" * 200_000 + b"]" * 200_000
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X 3 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj\n"
        b"3 0 obj" + body + b"endobj\n4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
    )


def pdf_with_a_hidden_part() -> bytes:
    """A part lies packed behind more blanks than are unpacked."""
    packed_part = zlib.compress(b"5 0 " + b" " * 200_000_000 + b"<</S/JavaScript/JS(x)>>", 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(packed_part), packed_part),
    ]
    made, rows = b"%PDF-1.5\n", bytes(6)
    for number, part in enumerate(parts, 1):
        rows += b"\1" + len(made).to_bytes(4) + b"\0"
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    rows += b"\2" + (4).to_bytes(4) + b"\0"
    table = b"<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%b\nendstream" % (len(rows), rows)
    return made + b"6 0 obj%b endobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(made))


def locked_part() -> bytes:
    content = bytearray(docx())
    for place in (6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    return bytes(content)


def lying_part() -> bytes:
    """A part that says it has a byte, and unpacks to a hundred million."""
    content = bytearray(packed({**word_parts(), "word/media/x": b"\0" * 100_000_000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(content)


def overlapping_parts() -> bytes:
    """Many parts of the directory that are one and the same on the disk."""
    whole = packed({**word_parts(), "word/media/x": b"\0" * 50_000_000})
    at, end = whole.rindex(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06")
    entry = whole[at:end]
    entries = b"".join(entry.replace(b"media/x", b"medi%03d" % number) for number in range(100))
    size = end - whole.index(b"PK\x01\x02") + len(entries)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 103, 103, size, whole.index(b"PK\x01\x02"), 0)
    return whole[:end] + entries + tail


def same_part_twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in word_parts().items():
            archive.writestr(name, content)
        archive.writestr("word/Document.xml", "<other/>")
    return out.getvalue()


def nested(depth: int) -> bytes:
    inner = packed({"xl/a.xml": b"\0" * 1000})
    for _ in range(depth):
        inner = packed({"word/embeddings/a.xlsx": inner})
    return docx(**{"word/embeddings/a.xlsx": inner})


def bomb_picture() -> bytes:
    """A PNG that says it has a hundred million million points."""
    head = struct.pack(">IIBBBBB", 10_000_000, 10_000_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    made = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + made


REMOTE = 'Type="http://x/relationships/attachedTemplate" Target="https://x.example/t.dotm" TargetMode="External"'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">]><Types>&a;</Types>'

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "plain text": (lambda: b"Dear colleague", "of a kind that is not taken"),
    "a web page": (lambda: b"<!DOCTYPE html><html><script>1</script>", "is a web page"),
    "a program": (lambda: b"MZ" + b"\0" * 200, "is a program"),
    "rich text": (lambda: rb"{\rtf1\ansi}", "rich text"),
    "a TIFF": (lambda: picture("TIFF"), "TIFF"),
    "a GIF": (lambda: picture("GIF"), "GIF"),
    "a phone's picture": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "HEIC"),
    "old Word": (lambda: OLE + b"\0" * 600, "old format"),
    "locked Word": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    "zeros": (lambda: b"\0" * 5000, "of a kind that is not taken"),
    # PDF
    "something before a PDF": (lambda: b"GIF89a " + pdf(), "in front of the PDF"),
    "a line before a PDF": (lambda: b"\n" + pdf(), "in front of the PDF"),
    "a web page behind a PDF": (lambda: pdf() + b"<html><script>", "hidden behind its end"),
    "an archive behind a PDF": (lambda: pdf() + packed({"a.exe": b"MZ"}), "hidden behind its end"),
    "half a PDF": (lambda: pdf()[:-200], "not whole"),
    "no PDF at all": (lambda: b"%PDF-1.7\n" + b"x" * 3000 + b"\n%%EOF\n", "no PDF that can be read"),
    "a locked PDF": (locked_pdf, "locked with a password"),
    "a PDF with JavaScript": (pdf_that_runs, "program inside"),
    "a PDF that starts a program": (lambda: pdf_with_action("/Launch"), "program inside"),
    "a PDF with hidden JavaScript": (lambda: pdf_with_action("/JavaScript"), "program inside"),
    "a PDF with a part that is not unpacked": (pdf_with_a_hidden_part, "no PDF that can be read"),
    "a PDF with a file": (pdf_with_a_file, "other files attached"),
    "a PDF without pages": (pdf_without_pages, "no pages"),
    "a PDF in a ring": (pdf_in_a_ring, "a.pdf "),
    "a PDF without a bottom": (deep_pdf, "a.pdf "),
    # DOCX and ODT
    "an archive": (lambda: packed({"a.pdf": pdf()}), "is an archive"),
    "a workbook": (lambda: docx(**{"xl/workbook.xml": "<a/>"}), "Excel"),
    "half a document": (lambda: docx()[:-40], "damaged"),
    "a broken document": (lambda: packed({**word_parts(), "[Content_Types].xml": "<a><b>"}), "damaged"),
    "a document with entities": (lambda: packed({**word_parts(), "[Content_Types].xml": LAUGHS}), "damaged"),
    "a document without text": (lambda: packed({"[Content_Types].xml": "<Types/>"}), "no Word document"),
    "macros": (lambda: docx(**{"word/vbaProject.bin": b"x"}), "has macros"),
    "macros called otherwise": (lambda: packed(word_parts(MACRO_WORD)), "has macros"),
    "macros of OpenDocument": (lambda: packed({**odt_parts(), "Basic/Standard/Module1.xml": "x"}), "has macros"),
    "a locked OpenDocument": (
        lambda: packed({**odt_parts(), "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "locked with a password",
    ),
    "another OpenDocument": (lambda: packed({**odt_parts(), "mimetype": "a/b"}), "not an OpenDocument text"),
    "a program inside": (lambda: docx(**{"word/embeddings/oleObject1.bin": OLE}), "other files or programs"),
    "a program called a picture": (lambda: docx(**{"word/media/image1.png": b"MZ" + b"\0" * 9}), "other files or"),
    "a template from elsewhere": (
        lambda: docx(**{"word/_rels/settings.xml.rels": relations(REMOTE)}),
        "fetches a template",
    ),
    "a locked part": (locked_part, "locked with a password"),
    "a bomb": (lambda: docx(**{"word/media/x": b"\0" * 61_000_000}), "unpacks to far more"),
    "a bomb in many parts": (
        lambda: docx(**{f"word/media/{n}": b"\0" * 50_000_000 for n in range(5)}),
        "unpacks to far more",
    ),
    "a bomb that lies": (lying_part, "damaged"),
    "a bomb of overlapping parts": (overlapping_parts, "unpacks to far more"),
    "too many parts": (lambda: docx(**{f"word/{n}": "" for n in range(MOST_PARTS)}), "unpacks to far more"),
    "a part twice": (same_part_twice, "damaged"),
    "archives in archives": (lambda: nested(2), "other files or programs"),
    "a part outside": (lambda: docx(**{"../../etc/cron.d/x": "x"}), "damaged"),
    "something before a document": (lambda: b"PK\x03\x04" + docx(), "in front of it or behind it"),
    "something behind a document": (lambda: docx() + b"MZ program", "in front of it or behind it"),
    # Pictures
    "half a picture": (lambda: picture(size=(900, 900))[:-600], "not whole"),
    "a broken picture": (lambda: picture("PNG")[:40] + b"\0" * 60, "not whole"),
    "a web page behind a picture": (lambda: picture() + b"<script>alert(1)</script>", "hidden behind its end"),
    "a PDF behind a picture": (lambda: picture("PNG") + pdf(), "hidden behind its end"),
    "an archive behind a picture": (lambda: picture() + packed({"a": b"x"}), "hidden behind its end"),
    "a picture too large to show": (lambda: picture(size=(MOST_PIXELS // 6000 + 9, 6000)), "million points"),
    "a picture larger than the world": (bomb_picture, "million points"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_words_and_soon(what: str) -> None:
    make, words = REFUSED[what]
    content, begun = make(), time.monotonic()
    with pytest.raises(Fault) as refused:
        look(kind_of(content), content)
    said = f"a.pdf {refused.value.words}"
    assert words in said
    assert said.endswith(("try again.", "one by one."))
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("what", ["a PDF without a bottom", "a bomb that lies", "a picture larger than the world"])
def test_it_is_refused_in_a_process_of_its_own(what: str) -> None:
    with pytest.raises(NotTaken) as refused:
        check("../Advice.pdf", REFUSED[what][0]())
    assert refused.value.sentence.startswith("Advice.pdf ")
    assert "Advice" not in str(refused.value), "what is logged holds no name"


def test_nothing_is_refused_as_nothing() -> None:
    with pytest.raises(NotTaken) as refused:
        check("", b"")
    assert refused.value.sentence == "The file is empty. Save it again and try again."


@pytest.mark.parametrize("where", [
    "file://evil.example/s/t.dotm", "//evil.example/t.dotm", r"file:///\\evil.example\t.dotm", "file:////1.2.3.4/t.dotm",
    "file:///%5C%5Cevil.example/t.dotm", "file://2130706433/t.dotm", r"\\evil@80\t.dotm", r"/\evil.example/t.dotm",
])  # fmt: skip
def test_a_template_that_word_would_fetch_as_a_file_from_elsewhere_is_refused(where: str) -> None:
    """Word would hand the name and password hash of whoever opens it to that machine, and run what it gets."""
    named = relations(f'Type="http://x/relationships/attachedTemplate" Target="{where}" TargetMode="External"')
    with pytest.raises(NotTaken) as refused:
        check("letter.docx", docx(**{"word/_rels/settings.xml.rels": named}))
    assert "fetches a template" in refused.value.sentence
