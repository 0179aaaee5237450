"""How services answer by month, as their leads see it: the figures, what is behind each, and the report."""

import csv
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.people import restrict
from casework.recording import record
from statute.notation import parse_fact
from tests.web.pages import links, page, questions, rows, words
from tests.web.site import Site

MARSH = Actor("a.marsh", "web")
OCTOBER = "/services/figures?month=2026-10&service=health/paediatrics"
HEADS = ("name", "due", "on_time", "late", "out", "never", "rate", "median", "nil", "sent_back", "declined",
         "passed_on", "excepted")  # fmt: skip
OF_OCTOBER = (
    "SELECT p.mail_ref, p.case_ref, d.standing, d.met_on - d.start AS days, d.legal_due FROM deadline d "
    "JOIN process p ON p.id = d.process_id WHERE d.service = 'health' AND d.to_day IS NULL AND d.start IS NOT NULL "
    "AND d.legal_due BETWEEN '2026-10-01' AND '2026-10-31' ORDER BY d.legal_due, p.mail_ref"
)


def ask(site: Site, statement: str, **bound: Any) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement), bound))


def lead(site: Site, url: str = OCTOBER) -> Any:
    return page(site.as_a("service_lead").get(url))


def figures(site: Site, url: str = OCTOBER) -> dict[str, str]:
    return dict(zip(HEADS, rows(lead(site, url))[0], strict=True))


def number(cell: str) -> int:
    return int(cell.split(maxsplit=1)[0])


def says(site: Site, case_ref: str, *facts: str) -> None:
    record(site.db, case_ref, [parse_fact(fact) for fact in facts], MARSH, site.now, confirm=True)


def test_a_month_counts_every_request_whose_day_fell_in_it_with_what_never_came(looking: Site) -> None:
    found, known = figures(looking), [row.standing for row in ask(looking, OF_OCTOBER)]
    states = ("met", "met_late", "open", "ended_overdue")
    assert [number(found[name]) for name in ("on_time", "late", "out", "never")] == [known.count(s) for s in states]
    assert number(found["due"]) == sum(known.count(each) for each in states)
    assert found["rate"] == f"{round(100 * known.count('met') / number(found['due']))}%"


def test_the_median_is_of_calendar_days_to_the_answer(looking: Site) -> None:
    days = sorted(row.days for row in ask(looking, OF_OCTOBER) if row.days is not None)
    half = len(days) // 2
    assert int(figures(looking)["median"]) == round((days[half] + days[-half - 1]) / 2)


def test_behind_each_figure_stand_its_requests_by_reference(looking: Site) -> None:
    out = [row.mail_ref for row in ask(looking, OF_OCTOBER) if row.standing == "open"]
    (to,) = [link for link in links(lead(looking)) if link.endswith("figure=out")]
    found = lead(looking, to)
    assert [row[0] for row in rows(found)] == out
    assert {row[5].split(" by ")[0] for row in rows(found)} == {"Still out"}
    assert not [link for link in links(found) if link.startswith("/cases/")]


def test_what_is_not_over_yet_is_not_counted(looking: Site) -> None:
    november = OCTOBER.replace("2026-10", "2026-11")
    over = "'2026-11-01' AND '2026-11-19'"
    known = ask(looking, OF_OCTOBER.replace("'2026-10-01' AND '2026-10-31'", over))
    assert number(figures(looking, november)["due"]) == len([row for row in known if row.standing != "not_applicable"])


def test_the_last_twelve_months_stand_by_month(looking: Site) -> None:
    found = rows(lead(looking, "/services/figures?month=year"))
    assert [row[0] for row in found] == ["December 2025", "January 2026", *(row[0] for row in found[2:])]
    assert found[-1][0] == "November 2026"
    assert len(found) == 12


def test_answers_of_every_kind_are_counted(site: Site) -> None:
    before, out = figures(site), [row for row in ask(site, OF_OCTOBER) if row.standing == "open"]
    nil, back, declined, passed = (row.case_ref for row in out[:4])
    says(site, nil, "advice_nil:health=2026-11-19")
    says(site, back, "advice_received:health=2026-11-18", "advice_insufficient:health=2026-11-19")
    says(site, declined, "advice_declined:health=2026-11-19")
    says(site, passed, "advice_reassigned:health=2026-11-19")
    after = figures(site)
    assert number(after["due"]) == number(before["due"])
    assert number(after["late"]) == number(before["late"]) + 1  # the nil return, after its day
    assert number(after["never"]) == number(before["never"]) + 1  # declined when its day was over
    assert [number(after[name]) for name in ("nil", "sent_back", "declined", "passed_on")] == [1, 1, 1, 1]


def test_what_was_recorded_by_mistake_and_taken_out_counts_for_nothing(site: Site) -> None:
    row = next(row for row in ask(site, OF_OCTOBER) if row.standing == "open")
    says(site, row.case_ref, "advice_declined:health=2026-11-19")
    before = figures(site)
    says(site, row.case_ref, "retracted:advice_declined:health=2026-11-19;because=wrong")
    after = figures(site)
    assert (number(before["declined"]), number(after["declined"])) == (1, 0)
    assert (number(before["never"]), number(after["out"])) == (number(after["never"]) + 1, number(before["out"]) + 1)


def test_an_exception_is_neither_due_nor_late(site: Site) -> None:
    before = figures(site)
    row = next(row for row in ask(site, OF_OCTOBER) if row.standing == "open")
    with site.db.begin() as connection:
        lift = "UPDATE deadline SET standing = 'lifted' FROM process p WHERE p.id = process_id AND p.mail_ref = :ref "
        connection.execute(text(lift + "AND service = 'health' AND to_day IS NULL"), {"ref": row.mail_ref})
    after = figures(site)
    assert (number(after["excepted"]), number(after["due"])) == (1, number(before["due"]) - 1)


def test_a_restricted_child_cannot_be_found_in_the_figures(site: Site) -> None:
    before, first = figures(site), next(row for row in ask(site, OF_OCTOBER) if row.standing == "open")
    restrict(site.db, first.case_ref, ["m.east"], Actor("h.service", "web"))
    assert number(figures(site)["due"]) == number(before["due"]) - 1
    assert first.mail_ref not in words(lead(site, f"{OCTOBER.replace('?', '/requests?')}&figure=out"))
    book = openpyxl.load_workbook(BytesIO(site.as_a("service_lead").get(report_url()).content))
    refs = {str(row[0]) for name in ("Breaches", "Open") for row in book[name].iter_rows(min_row=2, values_only=True)}
    assert first.mail_ref not in refs
    assert next(row.mail_ref for row in ask(site, OF_OCTOBER) if row.standing == "met_late") in refs


def test_a_lead_gets_figures_of_no_other_service_by_asking(looking: Site) -> None:
    asked = "/services/figures?month=2026-10"
    assert rows(lead(looking, f"{asked}&service=educational_psychology/eps")) == rows(lead(looking, asked))


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_whoever_oversees_the_house_sees_all_services_and_all_together(looking: Site, role: str) -> None:
    found = rows(page(looking.as_a(role).get("/services/figures?month=2026-10")))
    assert [row[0] for row in found] == [
        "Community Paediatrics", "Disabled Children Team", "Educational Psychology Service", "All together"
    ]  # fmt: skip
    assert number(found[3][1]) == sum(number(row[1]) for row in found[:3])


def test_every_figure_is_explained_with_its_source(looking: Site) -> None:
    said = words(lead(looking))
    assert "regulation 8(1)" in said
    assert "9.41" in said
    assert "section 31(2)" in said
    assert "Children whose records are restricted" in said


@pytest.mark.parametrize("month", ["2027-01", "nonsense", "2026-13", "1000-01"])
def test_a_month_that_is_none_is_the_last_whole_one(looking: Site, month: str) -> None:
    assert "October 2026, by service" in words(lead(looking, f"/services/figures?month={month}"))


def test_a_figure_that_is_none_is_not_found(looking: Site) -> None:
    assert looking.as_a("service_lead").get("/services/figures/requests?figure=names").status_code == 404


def test_the_figures_can_be_saved(looking: Site) -> None:
    answer = looking.as_a("manager").get("/services/figures.csv?month=2026-10")
    saved = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Service"] for row in saved][-1] == "All together"
    assert sum(int(row["Due"]) for row in saved[:-1]) == int(saved[-1]["Due"])
    for url in ("/services/figures.xlsx", "/services/figures/requests.xlsx?figure=late", "/services/figures.csv"):
        assert looking.as_a("service_lead").get(url).status_code == 200


def test_as_many_questions_for_a_year_of_all_services_as_for_a_month_of_one(looking: Site) -> None:
    browser = looking.as_a("manager")
    browser.get(OCTOBER)
    counts: list[int] = []
    for url in (OCTOBER, "/services/figures?month=year", "/services/figures/requests?month=year"):
        with questions(looking.db) as asked:
            assert browser.get(url).status_code == 200
        counts.append(len(asked))
    assert max(counts) <= 8


def report_url() -> str:
    return "/services/report.xlsx?month=2026-10&service=health/paediatrics"


def test_the_report_of_a_month_is_a_workbook_for_a_meeting(looking: Site) -> None:
    answer = looking.as_a("service_lead").get(report_url())
    assert 'filename="advice-2026-10-health-paediatrics.xlsx"' in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Summary", "Breaches", "Open", "Definitions"]
    found = figures(looking)
    line = [cell.value for cell in book["Summary"][6]]
    assert line[:2] == ["Community Paediatrics", number(found["due"])]
    assert book["Breaches"].max_row - 1 == sum(number(found[name]) for name in ("late", "out", "never"))


def test_without_a_month_the_report_is_of_the_last_whole_one(looking: Site) -> None:
    answer = looking.as_a("manager").get("/services/report.xlsx")
    assert 'filename="advice-2026-10-all-services.xlsx"' in answer.headers["content-disposition"]


def test_no_child_is_named_in_page_file_or_report(looking: Site) -> None:
    names = {row.surname for row in ask(looking, "SELECT DISTINCT surname FROM person WHERE length(surname) > 5")}
    book = openpyxl.load_workbook(BytesIO(looking.as_a("manager").get("/services/report.xlsx").content))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert not cells & names
    assert not {row.case_ref for row in ask(looking, OF_OCTOBER)} & cells
