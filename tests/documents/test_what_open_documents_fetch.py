"""OpenDocument texts that fetch something or start a program when opened: refused; what waits for a click is not."""

import pytest

from documents.faults import SAVE, Fault
from documents.kinds import Kind
from documents.looks import look
from tests.documents.samples import odt_parts, packed

NAMES = (
    'xmlns:draw="draw" xmlns:text="text" xmlns:meta="meta" xmlns:script="script" xmlns:svg="svg" '
    'xmlns:office="office" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def with_part(said: str, part: str = "content.xml") -> bytes:
    return packed({**odt_parts(), part: f"<office:document {NAMES}>{said}</office:document>"})


def refusal(content: bytes) -> str:
    with pytest.raises(Fault) as refused:
        look(Kind.ZIP, content)
    assert refused.value.words.endswith(SAVE)
    return refused.value.words


@pytest.mark.parametrize(("element", "said"), [
    ("draw:image", "shows a picture that it fetches from elsewhere"),
    ("draw:object", "fetches a template or a part from elsewhere"),
    ("text:section-source", "fetches a template or a part from elsewhere"),
    ("svg:font-face-uri", "fetches a template or a part from elsewhere"),
])  # fmt: skip
@pytest.mark.parametrize(
    "target", ["https://evil.example/x.png", "//evil.example/x", r"\\evil.example\x", "HTTP%3a//e.example"]
)
def test_whatever_would_be_fetched_is_refused(element: str, said: str, target: str) -> None:
    assert said in refusal(with_part(f'<{element} xlink:href="{target}"/>'))


@pytest.mark.parametrize("part", ["styles.xml", "meta.xml", "Object 1/content.xml"])
def test_it_is_found_in_every_part_that_can_name_it(part: str) -> None:
    assert "fetches a template" in refusal(with_part('<meta:template xlink:href="https://evil.example/t.ott"/>', part))


@pytest.mark.parametrize(("element", "said"), [
    ('<text:dde-connection-decl office:dde-application="cmd"/>', "has a field that starts other programs"),
    ('<script:event-listener xlink:href="vnd.sun.star.script:x.y?language=Basic"/>', "starts a program by itself"),
    ('<text:a xlink:href="macro:///Standard.Module1.Run"/>', "starts a program by itself"),
])  # fmt: skip
def test_whatever_would_start_a_program_is_refused(element: str, said: str) -> None:
    assert said in refusal(with_part(element))


@pytest.mark.parametrize("element", [
    '<text:a xlink:href="https://www.council.example/"/>', '<draw:a xlink:href="mailto:send@council.example"/>',
    '<draw:image xlink:href="Pictures/1.png"/>', '<draw:object xlink:href="./Object 1"/>',
    '<draw:image xlink:href="../../C:/Users/me/logo.png"/>', '<meta:template xlink:href="file:///C:/office.ott"/>',
    '<meta:template xlink:href="/usr/share/templates/letter.ott"/>', '<text:bookmark-ref xlink:href="#Tests"/>',
])  # fmt: skip
def test_what_waits_for_a_click_is_inside_or_lies_on_the_senders_own_machine_is_taken(element: str) -> None:
    assert look(Kind.ZIP, with_part(element)) == "odt"
