"""Packs are chosen on a page, taken away as files, and who took one is put down."""

import io

from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import text

from tests.web.site import Site


def test_a_pack_is_taken_away_as_a_file_and_that_is_put_down(looking: Site) -> None:
    auditor = looking.as_a("auditor")
    shown = auditor.get("/scorecard/packs?month=2026-10&pack=quarterly").text
    assert "Quarterly pack, October 2026" in shown
    assert "is marked DRAFT" in shown
    taken = auditor.get("/scorecard/packs.pdf?month=2026-10&pack=quarterly&public=yes")
    assert taken.headers["content-disposition"] == ('attachment; filename="quarterly-pack-2026-10-public-draft.pdf"')
    assert PdfReader(io.BytesIO(taken.content)).pages
    with looking.db.connect() as connection:
        what = connection.execute(text("SELECT username, what FROM read_log ORDER BY id DESC LIMIT 1")).one()
    assert tuple(what) == ("a.audit", "scorecard: quarterly-pack-2026-10-public-draft.pdf")


def test_without_a_choice_it_is_the_board_pack_of_the_last_whole_month(looking: Site) -> None:
    manager = looking.as_a("manager")
    book = load_workbook(io.BytesIO(manager.get("/scorecard/packs.xlsx?pack=none&month=2031-01").content))
    assert book["Summary"]["A1"].value == "Board pack: October 2026"
    assert "<h1>Board pack: October 2026</h1>" in manager.get("/scorecard/packs.html").text


def test_services_are_called_as_the_directory_calls_them(looking: Site) -> None:
    said = looking.as_a("manager").get("/scorecard/packs.xlsx?pack=board&month=2026-10").content
    rows = load_workbook(io.BytesIO(said))["Data"].iter_rows(values_only=True)
    services = {str(row[1]) for row in rows if row[0] == "Advice on time"} - {"All"}
    with looking.db.connect() as connection:
        names = set(connection.execute(text("SELECT name FROM body")).scalars())
    assert services
    assert services <= names


def test_only_who_oversees_the_house_takes_packs(looking: Site) -> None:
    for role in ("caseworker", "service_lead"):
        assert looking.as_a(role).get("/scorecard/packs").status_code == 403
        assert looking.as_a(role).get("/scorecard/packs.pdf").status_code == 403
