"""Packs: what they say, that they say it alike in every form, and what they never say."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import html5lib
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import text

from casework.actor import Actor
from scorecard.measure import Measure, Shape
from scorecard.measures import MEASURES
from scorecard.notes import Action, Note, write_note
from scorecard.packs.content import Entry, Pack
from scorecard.packs.kinds import Kind
from scorecard.packs.making import Asked, make
from scorecard.packs.page import page
from scorecard.packs.paper import paper
from scorecard.packs.said import counts_words, figure_words, part_words
from scorecard.packs.workbook import workbook
from scorecard.snapshots.freezing import freeze
from scorecard.status import Rag
from tests.casework.support import NOW, Council, at
from tests.scorecard.conftest import write
from tests.scorecard.test_snapshots import IN_TIME, MAY, OPEN, planned

READER = Actor("m.east", "web")
MEAN = replace(
    IN_TIME,
    id="mean",
    name="Weeks",
    shape=Shape.MEAN,
    counted="TRUE",
    amount="days / 7.0",
    unit="weeks",
    parts="",
    target=None,
)
MEDIAN = replace(MEAN, id="median", name="Half of them", shape=Shape.MEDIAN)
MEASURES_OF_TWO = (IN_TIME, OPEN, MEAN, MEDIAN)
BOARD = Asked(Kind.BOARD, MAY, "Exampleshire & Sons", Decimal(10))
NASTY = 'Two psychologists started.\n=HYPERLINK("x") <script>alert(1)</script> #set text(red) *x* 😀 \x07 مرحبا'


@pytest.fixture
def two_plans(council: Council) -> Council:
    """May 2026 with one plan in time and one late; a case open."""
    planned(council, "2026-01-05", "2026-05-25")
    planned(council, "2026-01-04", "2026-05-25")
    council.opens("2026-04-01")
    return council


def made(council: Council, asked: Asked = BOARD, measures: tuple[Measure, ...] = MEASURES_OF_TWO) -> Pack:
    return make(council.db, asked, NOW, measures=measures)


def entry(pack: Pack, name: str) -> Entry:
    return next(each for each in pack.entries if each.measure.id == name)


def read(entry: Entry) -> tuple[str, str]:
    return figure_words(entry.measure, entry.figure), counts_words(entry.measure, entry.figure)


def test_a_pack_is_of_what_was_told_and_names_what_is_known_better(two_plans: Council) -> None:
    assert freeze(two_plans.db, MAY, READER, at("2026-06-01"), MEASURES_OF_TWO)
    planned(two_plans, "2026-01-20", "2026-05-26")
    pack = made(two_plans)
    assert pack.draft == ""
    assert "May 2026 on Monday 1 June 2026" in pack.basis
    digits = two_plans.row("SELECT left(encode(hash, 'hex'), 16) AS digits FROM snapshot")["digits"]
    assert f"(hash {digits})" in pack.basis
    assert "hash" not in made(two_plans, replace(BOARD, public=True)).basis
    assert read(entry(pack, "in_time")) == ("50.0%", "1 of 2")
    assert ("Plans within twenty weeks", "50.0% (1 of 2)", "66.7% (2 of 3)") in {
        (each.measure, each.told, each.now) for each in pack.restated
    }


def test_live_figures_make_a_draft(two_plans: Council) -> None:
    pack = made(two_plans)
    assert pack.draft.startswith("Live figures of May 2026")
    assert read(entry(pack, "in_time")) == ("50.0%", "1 of 2")
    assert b"DRAFT" in page(pack)
    assert "DRAFT" in words_of(paper(pack))
    assert "DRAFT" in str(load_workbook(io.BytesIO(workbook(pack)))["Summary"]["A3"].value)


def test_a_quarter_adds_up_flows_as_they_were_told_and_takes_a_stock_from_its_end(two_plans: Council) -> None:
    """May: 140 and 141 days. July: 150 days. Together 1 of 3, (20.0 + 20.1) / 2 being 20.1 rounded, then 21.4 weeks."""
    planned(two_plans, "2026-02-09", "2026-07-09")
    pack = made(two_plans, replace(BOARD, kind=Kind.QUARTERLY, day=date(2026, 7, 31)))
    assert pack.period == "May to July 2026"
    assert read(entry(pack, "in_time")) == ("33.3%", "1 of 3")
    assert read(entry(pack, "open")) == ("1", "")
    assert read(entry(pack, "mean")) == ("20.5 weeks", "")
    assert read(entry(pack, "median")) == ("See the months", "")
    assert (entry(pack, "in_time").days.first, entry(pack, "open").days.first) == (date(2026, 5, 1), date(2026, 7, 31))


def test_what_was_said_and_how_it_stands_is_in_the_pack(two_plans: Council) -> None:
    said = Note("in_time", MAY, "The panel meets weekly.", "Head of SEND", Decimal(55), Action.SOME)
    write_note(two_plans.db, said, READER, NOW)
    found = entry(made(two_plans, measures=(replace(IN_TIME, better=MEASURES[5].better),)), "in_time")
    assert (found.owner, found.action, found.narrative) == ("Head of SEND", "Some action", "The panel meets weekly.")
    assert (found.target, found.rag, found.at_length) == (Decimal(55), Rag.AMBER, True)


def test_the_public_version_hides_small_numbers_and_what_was_said(two_plans: Council) -> None:
    write_note(two_plans.db, Note("in_time", MAY, "Jo's plan was late.", action=Action.SOME), READER, NOW)
    pack = made(two_plans, replace(BOARD, public=True))
    assert [read(each) for each in pack.entries] == [("c", "c of c"), ("c", ""), ("c", ""), ("c", "")]
    assert pack.restated == ()
    for said in (page(pack).decode(), words_of(paper(pack))):
        assert "Jo's" not in said
    data = load_workbook(io.BytesIO(workbook(pack)))["Data"]
    assert {1, 2} & {cell for row in data.iter_rows(values_only=True) for cell in row} == set()
    assert {each.rag for each in pack.entries} == {Rag.NONE}


def test_a_trend_in_public_is_drawn_without_what_is_hidden(two_plans: Council) -> None:
    write(two_plans, two_plans.opens("2025-06-02"), "withdrawn=2025-06-16")  # nobody is open for months after it
    points = [each.point.value for each in (entry(made(two_plans), "open").trend or pytest.fail("no trend")).months]
    public = entry(made(two_plans, replace(BOARD, public=True)), "open").trend
    assert 1.0 in points
    assert public is not None
    assert {each.point.value for each in public.months} == {0.0, None}
    assert public.limits is None


def test_nothing_that_is_typed_becomes_markup_or_a_formula(two_plans: Council) -> None:
    write_note(two_plans.db, Note("in_time", MAY, NASTY, "=1+1", action=Action.SOME), READER, NOW)
    pack = made(two_plans)
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        page(pack).decode().replace("\x07", "")
    )
    assert document.findall(".//script") == []
    assert len(document.findall(".//h1")) == 1
    assert "Two psychologists started." in "".join(document.itertext())
    printed = words_of(paper(pack))
    assert "#set text(red)" in printed
    assert "□" in printed
    book = load_workbook(io.BytesIO(workbook(pack)))
    assert book.sheetnames == ["Summary", "Charts", "Data", "Definitions", "Restated"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=1+1" in {cell.value for cell in cells}


def test_a_page_stands_alone(two_plans: Council) -> None:
    said = page(made(two_plans, replace(BOARD, kind=Kind.MANAGERS))).decode()
    assert "<svg" in said
    for fetched in ("src=", "<link", "@import", "url(h", "<script"):
        assert fetched not in said


def test_a_pdf_is_tagged_and_the_same_for_the_same_pack(two_plans: Council) -> None:
    pack = made(two_plans, replace(BOARD, kind=Kind.MANAGERS))
    first = paper(pack)
    assert first == paper(pack)
    root = PdfReader(io.BytesIO(first)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "Managers’ pack: May 2026" in words_of(first)


def test_parts_are_named_as_people_say_them() -> None:
    assert part_words("educational_psychology/eps") == "Educational psychology: EPS"
    assert part_words("health/paediatrics") == "Health: Paediatrics"
    assert part_words("21 to 52 weeks") == "21 to 52 weeks"
    assert part_words("-") == "None given"


def test_figures_by_officer_are_in_no_pack(two_plans: Council) -> None:
    """Every measure there is, each kind, in every form: nobody's name stands in one."""
    hidden = [each for each in MEASURES if each.for_managers]
    assert hidden
    officers = two_plans.rows("SELECT username, name FROM officer")
    with two_plans.db.begin() as connection:
        connection.execute(text("UPDATE process SET officer = 'p.singh'"))
    for kind in Kind:
        pack = made(two_plans, replace(BOARD, kind=kind), MEASURES)
        assert not {each.measure.id for each in pack.entries} & {each.id for each in hidden}
        said = page(pack).decode() + "".join(
            str(cell) for sheet in load_workbook(io.BytesIO(workbook(pack))) for row in sheet.values for cell in row
        )
        for officer in officers:
            assert officer["username"] not in said
            assert officer["name"] not in said


def words_of(pdf: bytes) -> str:
    """The words of a PDF, whatever the line."""
    return " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages).split())
