"""What is checked of advice when it comes, and who may be asked in somebody's stead."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from casework.answering.colleagues import may_be_asked
from casework.answering.given import Given, faults_of
from casework.answering.holding import of_request
from casework.answering.kinds import Answer as Kind
from records.tables import AdviceRequest
from statute.policy import default_policy
from tests.casework.answering.giving import NOW, WHOLE
from tests.casework.chasing.council import PAEDS, Council

TODAY = date(2026, 11, 3)


def given(kind: Kind = Kind.RECEIVED, report_date: str = "2026-10-20", **said: str) -> Given:
    form: dict[str, Any] = {**WHOLE["form"], "report_date": report_date}
    return Given(kind, uuid4(), form, {**WHOLE["said"], **said})


@pytest.mark.parametrize(
    ("report", "oldest", "faults"),
    [
        ("2025-11-03", 365, []),
        ("2025-11-02", 365, ["old_report"]),
        ("2019-01-01", 0, []),
        ("2026-10-03", 31, []),
        ("2026-10-02", 31, ["old_report"]),
    ],
)
def test_a_report_is_too_old_from_the_day_after_the_policy_allows(report: str, oldest: int, faults: list[str]) -> None:
    assert faults_of(given(report_date=report), oldest, TODAY) == faults


def test_what_is_empty_is_said_by_name_and_a_part_is_never_too_little() -> None:
    assert faults_of(given(needs="", provision=""), 365, TODAY) == ["no_needs", "no_provision"]
    assert faults_of(given(Kind.PART, needs=""), 365, TODAY) == []
    assert faults_of(Given(Kind.RECEIVED, uuid4()), 365, TODAY) == [
        "no_needs",
        "no_outcomes",
        "no_provision",
        "no_sections",
    ]


def test_the_policy_that_ships_allows_a_year() -> None:
    assert default_policy().advice_of("health/paeds").oldest_report == 365


@pytest.mark.parametrize(
    ("address", "own", "may"),
    [
        ("khan@nhs.example", PAEDS, True),
        ("khan@council.example", PAEDS, False),
        ("dco@nhs.example", "locum@agency.example", True),  # the lead, by the directory
        ("khan@gmail.com", "locum@gmail.com", False),  # anybody has an address there
        ("khan@nhs.net", "locum@nhs.net", False),  # nearly everybody of the NHS has one
        ("khan@notnhs.example", PAEDS, False),
        ("khan@sub.nhs.example", PAEDS, False),
    ],
)
def test_a_colleague_is_asked_at_once_only_where_they_are_surely_of_the_same_body(
    council: Council, address: str, own: str, may: bool
) -> None:
    case = council.asked()
    with Session(council.db) as session:
        mine = (AdviceRequest.process_id == case, AdviceRequest.subject == "health")
        request = session.exec(select(AdviceRequest).where(*mine)).one()
        assert may_be_asked(session, of_request(session, case, request.id, NOW), address, own, NOW) is may
