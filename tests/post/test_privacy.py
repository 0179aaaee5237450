"""A letter cannot name a child, and both its parts say the same."""

import re
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest
from jinja2 import Environment, meta

from post.errors import ItemError
from post.items import Item, Kind, Late
from post.letters import Letter, compose
from post.pages import Line, Page, Section
from post.wording import duties, news
from tests.post.examples import DAY, HOUSE, TO, item, one_of, term_list, weekly

PERSONAL = re.compile(r"name|birth|upn|uln|nhs|child|person|case|ref", re.IGNORECASE)
MIXED = [one_of(kind) for kind in Kind] + [item(mail_ref="D00-0001"), item(mail_ref="D00-0002", team="West")]


def letters() -> list[Letter]:
    return [compose(TO, items, HOUSE, "key", DAY) for items in [[one_of(kind)] for kind in Kind] + [MIXED]]


class Reader(HTMLParser):
    """The words of an HTML page, and its tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.extend(data.split())


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def test_no_field_of_an_item_could_hold_anything_personal() -> None:
    personal = {f.name for kind in (Item, Late) for f in fields(kind) if PERSONAL.search(f.name)}
    assert personal == {"mail_ref"}


@pytest.mark.parametrize(
    "reference",
    ["", "EHC-2026-0363", "J810392614088", "JONES-S", "k7f-3qx9", "K7F-3QX9 ", "943 476 5919", "K7F-3QX9\n"],
)
def test_only_the_shape_of_a_mail_reference_is_taken(reference: str) -> None:
    with pytest.raises(ItemError, match="mail reference alone"):
        item(mail_ref=reference)
    with pytest.raises(ItemError, match="mail reference alone"):
        Late(mail_ref=reference, due=DAY)


@pytest.mark.parametrize("field", ["what", "why", "how", "ring", "team", "service", "category", "limit"])
def test_text_of_several_lines_or_of_great_length_is_refused(field: str) -> None:
    for text in ("one\ntwo", "one\r\nBcc: a@b.example", "x" * 601):
        with pytest.raises(ItemError, match=field):
            replace(item(), **{field: text})


def test_a_hard_space_out_of_a_spreadsheet_stops_no_letter() -> None:
    service = "Speech\u00a0and Language Therapy"
    assert service in compose(TO, [replace(one_of(Kind.ESCALATE), service=service)], HOUSE, "key", DAY).text


def test_an_item_without_what_its_kind_must_say_is_refused() -> None:
    with pytest.raises(ItemError, match="must say a due day"):
        item(due=None)
    with pytest.raises(ItemError, match="about a service"):
        Item(kind=Kind.WEEKLY, count=1, oldest=weekly().oldest)
    with pytest.raises(ItemError, match="at least what it lists"):
        weekly(count=1)
    lacking: list[dict[str, Any]] = [{"count": 0}, {"start": None}, {"mail_ref": "K7F-3QX9"}]
    for each in lacking:
        with pytest.raises(ItemError, match="about term lists"):
            term_list(**each)


@pytest.mark.parametrize("template", ["letter.txt", "letter.html"])
def test_templates_are_given_a_page_of_lines_and_nothing_else(template: str) -> None:
    source = (files("post") / "templates" / template).read_text(encoding="utf-8")
    assert meta.find_undeclared_variables(Environment(autoescape=True).parse(source)) <= {"page", "cell"}
    held = {f.name for kind in (Page, Section, Line) for f in fields(kind)}
    asked = set(re.findall(r"(?:page|section|note|line)\.(\w+)", source))
    assert asked <= held


def test_the_words_ask_only_for_places_that_hold_nothing_personal() -> None:
    allowed = {"ref", "what", "What", "short", "Short", "due", "left", "late", "service", "from_service"}
    allowed |= {"at_service", "count", "overdue", "to", "start"}
    allowed |= {"meeting", "legal", "legal_day", "final", "by_due", "setting", "term", "reviews", "because"}
    allowed |= {"came", "documents", "missing"}
    words = [
        str(getattr(entry, f.name)) for table in (news(), duties()) for entry in table.values() for f in fields(entry)
    ]
    assert {place for text in words for place in re.findall(r"{(\w*)}", text)} <= allowed


def test_both_parts_of_every_letter_carry_the_same_facts() -> None:
    for letter in letters():
        html = " ".join(read(letter.html).words)
        for line in letter.text.splitlines():
            label, colon, value = line.partition(": ")
            for fact in (label.rstrip("-"), value) if colon else (line.rstrip("-"),):
                assert " ".join(fact.split()) in html, fact


def test_every_letter_says_whom_to_ask_and_asks_for_no_papers() -> None:
    for letter in letters():
        assert "Please do not reply with a child's papers, name or other details." in letter.text
        assert "Questions: " in letter.text
        assert "01482 300 300 or ehc@council.example" in letter.text


def test_every_subject_is_one_line_under_78_characters() -> None:
    # The longest day in words, and enough of everything.
    far = date(2026, 9, 30)
    long = [Item(kind=Kind.WARN, mail_ref="K7F-3QX9", limit=limit, due=far) for limit in duties()]
    long += [replace(one_of(kind), start=far, due=far) for kind in Kind]
    many = [item(mail_ref=f"D00-{n:04}", due=date(2026, 11, 1 + n % 30)) for n in range(1500)]
    subjects = [letter.subject for letter in letters()]
    subjects += [compose(TO, [one], HOUSE, "key", day).subject for one in long for day in (DAY, date(2026, 9, 1))]
    subjects += [compose(TO, [*many, *MIXED], HOUSE, "key", DAY).subject]
    assert all(len(subject) < 78 and subject.isprintable() for subject in subjects)


def test_html_is_whole_accessible_and_fetches_nothing() -> None:
    assert any(tag == "th" for letter in letters() for tag, _ in read(letter.html).tags)
    for letter in letters():
        page = read(letter.html)
        tags = [tag for tag, _ in page.tags]
        assert ("html", {"lang": "en-GB"}) in page.tags
        assert tags.count("h1") == tags.count("title") == 1
        assert all(attributes.get("scope") in ("row", "col") for tag, attributes in page.tags if tag == "th")
        assert not {"img", "link", "script", "style", "iframe", "a", "font"} & set(tags)
        assert not re.search(r"https?:|url\(|src=|cid:", letter.html)


def test_text_that_looks_like_html_stays_text() -> None:
    letter = compose(TO, [item(service="<b>x</b>", ring="<img src=x> & co")], HOUSE, "key", DAY)
    assert "&lt;img src=x&gt; &amp; co" in letter.html
    assert "<img src=x> & co" in letter.text
    assert "img" not in [tag for tag, _ in read(letter.html).tags]
