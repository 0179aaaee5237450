"""A rehearsal changes nothing, names no child, and can be held against one with another policy."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, text

from post.items import MAIL_REF
from scorecard.rehearsal.caseload import read
from scorecard.rehearsal.rehearsing import Asked, Rehearsal, of_caseload, rehearse
from scorecard.rehearsal.report import report_of
from scorecard.rehearsal.walked import Mail
from scorecard.rehearsal.writing import as_json, page, workbook
from statute.policy import load_policy
from tests.casework.chasing.council import Council, at
from tests.support.database import Cluster

FIRST = date(2026, 12, 28)
KEPT = ("fact", "message", "digest", "process", "advice_request", "wake", "review", "deadline", "audit_log")


@pytest.fixture(scope="module")
def council(cluster: Cluster) -> Iterator[Council]:
    """Two assessments, one of them quiet as after an import, and a quiet review: read by every test, changed by none."""
    database = cluster.create()
    council = Council(database.engine)
    council.furnish()
    council.terms(("2026-09-02", "2026-12-18"), ("2027-01-04", "2027-02-12"))
    council.asked("Nobody-Of-That-Name")
    council.open("Undecided", at("2026-11-25"))
    council.plan("P-1", "plan_made=2025-01-10", "last_review=2026-02-01", now=at("2026-09-03"), armed=False)
    yield council
    database.engine.dispose()
    cluster.drop(database.name)


@pytest.fixture(scope="module")
def rehearsal(council: Council) -> Rehearsal:
    return rehearse(council.db, Asked(FIRST, weeks=6, as_is=True))


def rows_of(council: Council) -> list[int]:
    """How many rows each table has."""
    with council.db.connect() as connection:
        known = set(connection.execute(text("SELECT tablename FROM pg_tables")).scalars())
        return [connection.execute(text(f"SELECT count(*) FROM {each}")).scalar_one() for each in KEPT if each in known]


def test_nothing_is_recorded_and_a_second_time_gives_the_same(council: Council) -> None:
    before = rows_of(council)
    first, second = (rehearse(council.db, Asked(FIRST, weeks=8, seed=5)) for _ in range(2))
    assert rows_of(council) == before
    assert first.mails == second.mails
    assert [each.said for each in first.walked] == [each.said for each in second.walked]
    assert any(each.said for each in first.walked)


def test_what_is_quiet_is_rehearsed_as_if_it_were_armed_that_morning(rehearsal: Rehearsal) -> None:
    reviews = [mail for mail in rehearsal.mails if mail.kind in ("arrange", "breach") and "review" in mail.limit]
    assert reviews
    assert min(mail.at.date() for mail in rehearsal.mails) >= FIRST


def test_letters_go_on_office_days_and_one_a_day_to_each_person(rehearsal: Rehearsal) -> None:
    days = {mail.at.date() for mail in rehearsal.mails if not mail.urgent}
    assert days
    assert all(day.weekday() < 5 and day not in {date(2026, 12, 28), date(2027, 1, 1)} for day in days)
    rounds = {(mail.to, mail.at.date()): {mail.at} for mail in rehearsal.mails if not mail.urgent}
    assert all(len(instants) == 1 for instants in rounds.values())


def test_another_policy_meets_the_same_people(council: Council) -> None:
    policy = load_policy("[advice]\nthen_every = 3\n")
    before, after = (rehearse(council.db, Asked(FIRST, 6, 5, policy=each)) for each in (None, policy))
    assert _chased(after) > _chased(before)
    assert [[(fact.name, fact.day) for fact in each.said] for each in before.walked] == [
        [(fact.name, fact.day) for fact in each.said] for each in after.walked
    ]


def test_the_report_counts_every_message_and_names_no_child(rehearsal: Rehearsal) -> None:
    report = report_of(rehearsal)
    told = as_json(report)
    assert sum(row["messages"] for row in told["weeks"]) == len(rehearsal.mails)
    assert sum(row["messages"] for row in told["messages"]) == len(rehearsal.mails)
    assert sum(row["letters"] for row in told["people"]) == sum(row["letters"] for row in told["weeks"])
    assert ("reg13_final_plan", 2) in [(row["limit"], row["cases"]) for row in told["breaches"]]
    assert all(MAIL_REF.fullmatch(row["mail_reference"]) for row in told["cases"])
    assert {each["kind"] for each in told["letters"]} >= {"chase", "danger", "breach"}
    text_of_all = page(report) + str(told)
    assert "<script" not in text_of_all
    references = [each.case.process.case_ref for each in rehearsal.walked]
    for word in ("Nobody-Of-That-Name", "Undecided", "Surname-P-1", "Ada", *references):
        assert word not in text_of_all


def test_once_read_the_database_is_asked_for_nothing(council: Council) -> None:
    caseload, asked = read(council.db, at(FIRST.isoformat(), "00:00")), list[str]()
    event.listen(council.db, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert "term_list" in {mail.kind for mail in of_caseload(caseload, Asked(FIRST, 6, as_is=True)).mails}
    assert asked == []


def test_requests_that_are_drawn_are_said_to_be(council: Council) -> None:
    drawn = report_of(rehearse(council.db, Asked(FIRST, 6, 5, new_requests=2)))
    none = report_of(rehearse(council.db, Asked(FIRST, 6, 5, new_requests=0)))
    assert any("new requests (2.0 a week) are drawn, not real" in each for each in drawn.sentences)
    assert any("New requests are drawn, 2.0 a week as asked for" in each for each in drawn.assumed)
    assert "No new request arrives." in none.assumed


def test_the_workbook_opens_with_a_sheet_for_each_table(rehearsal: Rehearsal) -> None:
    report = report_of(rehearsal)
    book = load_workbook(io.BytesIO(workbook(report)))
    assert book.sheetnames == ["Summary", *(table.name.capitalize() for table in report.tables)]
    assert book["Weeks"].max_row == len(report.tables[0].rows) + 1


def _chased(rehearsal: Rehearsal) -> int:
    return sum(_is_chaser(mail) for mail in rehearsal.mails)


def _is_chaser(mail: Mail) -> bool:
    return mail.kind == "chase"
