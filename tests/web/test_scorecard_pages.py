"""The scorecard as managers see it: figures that lead to their cases, kept for some minutes, and what is said of them."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.people import restrict
from casework.recording import record
from scorecard.behind import Side, behind
from scorecard.card import card
from scorecard.control import OVERLAPS
from scorecard.measures import in_force, measure
from scorecard.period import month_of
from statute.notation import parse_fact
from tests.web.pages import links, page, questions, rows, words
from tests.web.site import NOW, Site

EAST = Actor("m.east", "web")
OCTOBER = date(2026, 10, 31)
ISSUED = "/scorecard/measures/plans_issued"
IN_TIME = "/scorecard/measures/plans_twenty_weeks"


@pytest.fixture
def here(site_of_the_file: Site) -> Iterator[Site]:
    site_of_the_file.now = NOW
    yield site_of_the_file
    site_of_the_file.now = NOW


def lines(tree: Any) -> dict[str, list[str]]:
    """The rows of the scorecard by the address of their measure."""
    found: dict[str, list[str]] = {}
    for row in tree.iter("tr"):
        link = next((each.get("href") for each in row.iter("a") if "/measures/" in each.get("href", "")), None)
        if link:
            found[link.partition("?")[0]] = [words(cell) for cell in row]
    return found


def dashboard(site: Site, role: str = "manager", **asked: str) -> Any:
    query = "&".join(f"{name}={value}" for name, value in {"month": "2026-10", **asked}.items())
    return page(site.as_a(role).get(f"/scorecard?{query}"))


def test_every_measure_in_force_stands_with_its_figure_and_leads_to_its_page(looking: Site) -> None:
    found = lines(dashboard(looking))
    counted = card(looking.db, OCTOBER, NOW.date(), Decimal(10), measures=in_force(2026), for_managers=True)
    assert set(found) == {f"/scorecard/measures/{each.measure.id}" for each in counted.lines}
    for line in counted.lines:
        figure, shown = line.figure, found[f"/scorecard/measures/{line.measure.id}"][1]
        if figure and figure.denominator:
            assert f"{figure.numerator:,} of {figure.denominator:,}" in shown
        assert (shown == "Nothing entered") is (figure is None)


def test_figures_by_officer_are_for_line_managers_alone(looking: Site) -> None:
    by_officer = [each for each in in_force(2026) if each.for_managers]
    assert by_officer
    for_auditors = lines(dashboard(looking, "auditor"))
    for each in by_officer:
        address = f"/scorecard/measures/{each.id}"
        assert address not in for_auditors
        for path in (address, f"{address}/cases", f"{address}/cases.csv"):
            assert looking.as_a("auditor").get(path).status_code == 404
        assert looking.as_a("manager").get(address).status_code == 200


def test_a_figure_leads_to_as_many_cases_as_it_counts_on_either_side(looking: Site) -> None:
    line = card(looking.db, OCTOBER, NOW.date(), Decimal(10), measures=[measure("plans_twenty_weeks")]).lines[0]
    assert line.figure and line.figure.numerator and line.figure.denominator
    for side, number in (
        ("counted", line.figure.numerator),
        ("not_counted", line.figure.denominator - line.figure.numerator),
        ("among", line.figure.denominator),
    ):
        answer = looking.as_a("manager").get(f"{IN_TIME}/cases.csv?month=2026-10&side={side}")
        found = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
        assert len(found) == number, side
    assert {row["Counted"] for row in found} == {"Counted", "Not counted"}
    assert f"{line.figure.numerator} counted" in words(page(looking.as_a("manager").get(f"{IN_TIME}?month=2026-10")))


def test_cases_are_called_by_reference_and_who_looked_is_put_down(here: Site) -> None:
    manager = here.as_a("manager")
    tree = page(manager.get(f"{ISSUED}/cases?month=2026-10"))
    shown = [link for link in links(tree) if link.startswith("/cases/")]
    assert len(shown) == len(rows(tree)) > 5
    with here.db.connect() as connection:
        what, number = connection.execute(
            text("SELECT what, cardinality(processes) FROM read_log ORDER BY id DESC LIMIT 1")
        ).one()
        surnames = connection.execute(text("SELECT surname FROM person WHERE length(surname) > 6")).scalars().all()
    assert (what, number) == ("scorecard cases plans_issued 2026-10 counted", len(shown))
    assert not [each for each in surnames if each in words(tree)]


def test_a_restricted_child_is_in_the_figure_and_not_on_the_list(here: Site) -> None:
    auditor, address = here.as_a("auditor"), f"{ISSUED}/cases?month=2026-09"
    before = rows(page(auditor.get(address)))
    first = behind(here.db, measure("plans_issued"), month_of(date(2026, 9, 1)), EAST, Side.COUNTED).cases[0]
    restrict(here.db, first.mail_ref, ["m.east"], EAST)
    after = page(auditor.get(address))
    assert len(rows(after)) == len(before) - 1
    assert first.case_ref not in words(after)
    assert "1 case of children restricted to named staff is in the figure and not on this list." in words(after)
    assert first.case_ref not in auditor.get(f"{ISSUED}/cases.csv?month=2026-09").text
    assert first.case_ref in words(page(here.as_a("manager").get(address)))
    assert lines(dashboard(here, month="2026-09", again="yes"))[ISSUED][1].startswith(f"{len(before)} ")


def test_a_scorecard_is_counted_once_in_a_quarter_of_an_hour_and_on_demand(here: Site) -> None:
    assert "Counted at 9:30am." in words(dashboard(here, again="yes"))
    here.now = NOW + timedelta(minutes=14)
    with questions(here.db) as asked:
        assert "Counted at 9:30am." in words(dashboard(here))
    assert not [each for each in asked if "counted_assessment" in each]
    assert "Counted at 9:30am." in words(page(here.as_a("manager").get(f"{IN_TIME}?month=2026-10")))
    assert "Counted at 9:44am." in words(dashboard(here, again="yes"))
    here.now = NOW + timedelta(minutes=31)
    assert "Counted at 10:01am." in words(dashboard(here))


def test_what_is_recorded_is_counted_when_it_is_counted_again(here: Site) -> None:
    started = "/scorecard/measures/requests_withdrawn"
    before = lines(dashboard(here, month="2026-11", again="yes"))[started][1]
    with here.db.connect() as connection:
        ref = connection.execute(
            text(
                "SELECT p.case_ref FROM process p JOIN counted_assessment a ON a.process_id = p.id "
                "WHERE a.began >= '2026-11-01' AND a.ended_on IS NULL ORDER BY p.case_ref LIMIT 1"
            )
        ).scalar_one()
    record(here.db, ref, [parse_fact("withdrawn=2026-11-19")], EAST, here.now, confirm=True)
    assert lines(dashboard(here, month="2026-11"))[started][1] == before
    assert lines(dashboard(here, month="2026-11", again="yes"))[started][1] != before


def test_what_a_manager_says_of_a_measure_stands_at_once_and_for_the_months_after(here: Site) -> None:
    manager = here.as_a("manager")
    dashboard(here)
    said = {
        "month": "2026-10",
        "owner": "Head of SEND",
        "target": "62.5",
        "action": "advanced",
        "narrative": "Two left.",
    }
    tree = page(manager.follow(manager.post(f"{IN_TIME}/note", said)))
    assert "Two left." in words(tree)
    row = lines(dashboard(here))[IN_TIME]
    assert (row[2], row[5], row[6]) == ("At least 62.5%", "Advanced", "Head of SEND")
    assert row[3] in ("Target met", "Just missed", "Missed")
    later = page(manager.get(f"{IN_TIME}?month=2026-11"))
    assert "Head of SEND" in words(later)
    assert "Two left." not in words(later)
    form = page(manager.get(f"{IN_TIME}/note?month=2026-10"))
    assert {each.get("name"): each.get("value") for each in form.iter("input")}["target"] == "62.5"


def test_what_is_wrong_with_a_note_stands_beside_its_field_and_nothing_typed_is_lost(here: Site) -> None:
    said = {"month": "2026-10", "owner": "x" * 101, "target": "101", "action": "advanced", "narrative": "A long story."}
    tree = page(here.as_a("manager").post(f"{IN_TIME}/note", said), 422)
    assert "The target must be a number from 0 to 100" in words(tree)
    assert "The owner must be 100 characters or fewer; it is 101" in words(tree)
    assert "A long story." in words(tree)
    values = {each.get("name"): each.get("value") for each in tree.iter("input") if each.get("type") == "text"}
    assert values == {"owner": "x" * 101, "target": "101"}
    assert here.as_a("auditor").post(f"{IN_TIME}/note", said).status_code == 403


def test_the_trend_of_a_measure_stands_below_its_chart_month_by_month(looking: Site) -> None:
    tree = page(looking.as_a("manager").get(f"{ISSUED}?month=2026-10"))
    charts = [each for each in tree.iter("{http://www.w3.org/2000/svg}svg") if each.get("role") == "img"]
    assert len(charts) == 3
    (months,) = [table for table in tree.iter("table") if words(table).startswith("Month by month")]
    body = [[words(cell) for cell in row] for row in months.find("tbody")]
    assert (len(body), body[0][0], body[-1][0]) == (24, "Oct 2026", "Nov 2024")
    line = card(looking.db, OCTOBER, NOW.date(), Decimal(10), measures=[measure("plans_issued")]).lines[0]
    assert line.figure and body[0][1] == f"{line.figure.numerator}"


def test_a_year_so_far_is_drawn_without_limits_and_the_page_says_why(looking: Site) -> None:
    tree = page(looking.as_a("manager").get("/scorecard/measures/reviews_completed?month=2026-10"))
    assert OVERLAPS in words(tree)
    assert "more than chance" not in words(tree)
    assert "Upper limit" not in words(tree)


def test_a_month_that_is_none_or_to_come_is_the_one_under_way(looking: Site) -> None:
    for said in ("2026-12", "never", "2026-13", "1999-01"):
        assert "November 2026, up to today" in words(dashboard(looking, month=said))
    assert looking.as_a("manager").get("/scorecard/months/2026-12").status_code == 404
    assert looking.as_a("manager").get("/scorecard/measures/nothing").status_code == 404


def test_what_came_of_what_was_due_adds_up(looking: Site) -> None:
    tree = page(looking.as_a("manager").get("/scorecard/due?month=2026-10"))
    found = [[int(cell) for cell in row[1:]] for row in rows(tree)]
    assert all(due == in_time + late + still for due, in_time, late, still in found)
    assert (len(found), sum(row[0] for row in found) > 100) == (12, True)
