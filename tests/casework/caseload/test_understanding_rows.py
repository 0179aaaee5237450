"""A row is refused only when its clock cannot be computed; whatever else is doubtful is left out and told."""

import re
from datetime import date

import pytest

from casework.caseload.child_rows import RowRefused
from casework.caseload.reading import RawRow
from casework.caseload.relief import Relief
from casework.caseload.rows import CaseRow, read_row
from casework.caseload.texts import proper_name, upn_doubt
from casework.caseload.wanted import wanted_facts

AS_OF = date(2026, 11, 20)

PLAIN = {
    "case_ref": "A-1",
    "upn": "J810392614088",
    "surname": "Jones",
    "forename": "Sam",
    "date_of_birth": "2010-06-28",
    "request_source": "2",
    "received": "2026-09-01",
    "decision": "assess",
    "decision_notified": "2026-10-06",
}


def row(**cells: str) -> CaseRow:
    return read_row(RawRow(2, (), {**PLAIN, **cells}), AS_OF)


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"case_ref": ""}, "case_ref", "no case reference"),
        ({"received": ""}, "received", "received is missing"),
        ({"received": "soon"}, "received", "'soon' is not a date"),
        ({"received": "31/02/2026"}, "received", "31/02/2026 does not exist"),
        ({"received": "2026-11-21"}, "received", "in the future"),
        ({"decision_notified": "2026-08-31"}, "decision_notified", "before the request was received"),
        ({"health_received": "31/08/2026"}, "health_received", "before the request was received"),
        ({"final_sent": "2025-09-01"}, "final_sent", "before the request was received"),
        ({"withdrawn": "2026-08-31"}, "withdrawn", "before the request was received"),
    ],
)
def test_a_row_whose_clock_cannot_be_computed_is_refused(cells: dict[str, str], column: str, says: str) -> None:
    with pytest.raises(RowRefused, match=says) as refused:
        row(**cells)
    assert refused.value.column == column


def test_a_row_received_today_is_timed() -> None:
    assert row(received="2026-11-20", decision="", decision_notified="").received == AS_OF


@pytest.mark.parametrize(
    ("cells", "says", "field", "left"),
    [
        ({"upn": "A810392614088"}, "check letter of the UPN is wrong: kept as unverified", "upn_verified", False),
        ({"upn": "A123456789012"}, "no authority has the code 123: kept as unverified", "upn_verified", False),
        ({"request_source": "9"}, "request source '9' is not known", "source", None),
        ({"request_source": ""}, "request source is blank", "source", None),
        ({"decision": "perhaps"}, "outcome 'perhaps' is not known: decision not recorded", "decision", ""),
        ({"decision": ""}, "its outcome is blank: decision not recorded", "decision", ""),
        ({"decision_notified": ""}, "no day of notifying", "decision", ""),
        ({"date_of_birth": "2026-12-01"}, "after the request: not stored", "date_of_birth", None),
        ({"date_of_birth": "unknown"}, "not a date, .* not stored", "date_of_birth", None),
        (
            {"draft_sent": "before Christmas"},
            "not a date: .* left out",
            "days",
            {"decision_notified": date(2026, 10, 6)},
        ),
        ({"draft_sent": "2026-11-21"}, "in the future .* left out", "days", {"decision_notified": date(2026, 10, 6)}),
        ({"relief_ground": "pause"}, "ground 'pause' is not known .* not applied", "relief", None),
        ({"relief_from": "2026-10-01"}, "days but no ground: relief not applied", "relief", None),
        ({"relief_ground": "personal"}, "not both its first and last day: relief not applied", "relief", None),
        (
            {"relief_ground": "personal", "relief_from": "2026-10-09", "relief_to": "2026-10-08"},
            "before it begins .* not applied",
            "relief",
            None,
        ),
    ],
)
def test_what_is_doubtful_is_left_out_with_a_warning(
    cells: dict[str, str], says: str, field: str, left: object
) -> None:
    read = row(**cells)
    assert getattr(read, field) == left
    (warning,) = [message for _, message in read.warnings]
    assert re.search(says, warning)


def test_a_clean_row_has_no_warning() -> None:
    assert row().warnings == []


def test_a_doubtful_cell_is_no_word_about_what_is_recorded() -> None:
    assert "decision" not in row(decision="perhaps").present
    assert "draft_sent" not in row(draft_sent="soon").present
    assert "draft_sent" in row(draft_sent="").present


def test_days_are_read_in_both_styles_and_with_the_time_that_excel_adds() -> None:
    assert row(received="01/09/2026").received == row(received="2026-09-01 00:00:00").received == date(2026, 9, 1)


@pytest.mark.parametrize(("source", "kind"), [("1", "request_received"), ("2", "request_received")])
def test_a_family_or_school_makes_a_request(source: str, kind: str) -> None:
    assert wanted_facts(row(request_source=source), {})[0].kind == kind


@pytest.mark.parametrize("source", ["3", "4", "5"])
def test_health_social_care_and_others_bring_a_child_to_attention(source: str) -> None:
    start = wanted_facts(row(request_source=source), {})[0]
    assert (start.kind, start.attributes) == ("became_responsible", {"source": source})


def test_a_request_of_unknown_source_is_a_request_without_a_source() -> None:
    start = wanted_facts(row(request_source="9"), {})[0]
    assert (start.kind, start.attributes) == ("request_received", {})


def test_every_column_becomes_its_fact() -> None:
    days = {
        "advice_requested": "2026-10-07",
        "educational_psychology_received": "2026-11-01",
        "health_received": "2026-11-02",
        "social_care_received": "2026-11-03",
        "education_received": "2026-11-04",
        "no_plan_notified": "2026-11-05",
        "draft_sent": "2026-11-06",
        "final_sent": "2026-11-07",
        "withdrawn": "2026-11-08",
    }
    relief = {"relief_ground": "Absent 4w", "relief_from": "2026-10-01", "relief_to": "2026-12-01"}
    said = {(each.kind, each.subject): each.day.isoformat() for each in wanted_facts(row(**days, **relief), {})}
    assert said == {
        ("request_received", ""): "2026-09-01",
        ("decision_to_assess", ""): "2026-10-06",
        ("advice_requested", "education"): "2026-10-07",
        ("advice_requested", "health"): "2026-10-07",
        ("advice_requested", "educational_psychology"): "2026-10-07",
        ("advice_requested", "social_care"): "2026-10-07",
        ("advice_received", "educational_psychology"): "2026-11-01",
        ("advice_received", "health"): "2026-11-02",
        ("advice_received", "social_care"): "2026-11-03",
        ("advice_received", "education"): "2026-11-04",
        ("decision_not_to_issue", ""): "2026-11-05",
        ("draft_plan_sent", ""): "2026-11-06",
        ("final_plan_sent", ""): "2026-11-07",
        ("withdrawn", ""): "2026-11-08",
        ("relief", ""): "2026-10-01",
    }


def test_a_relief_that_began_before_the_request_keeps_its_period() -> None:
    read = row(relief_ground="absent_4w", relief_from="2026-08-01", relief_to="2026-10-10", relief_note="abroad")
    assert read.relief == Relief("absent_4w", date(2026, 8, 1), date(2026, 10, 10))
    said = wanted_facts(read, {})[-1]
    assert (said.day, said.attributes["from"], said.texts) == (read.received, "2026-08-01", {"because": "abroad"})


def test_only_health_is_bound_by_regulation_8_unless_the_directory_says_so() -> None:
    said = wanted_facts(row(advice_requested="2026-10-07"), {"social_care": True})
    binds = {each.subject: each.attributes.get("section_31") for each in said if each.kind == "advice_requested"}
    assert binds == {"education": "no", "health": "yes", "educational_psychology": "no", "social_care": "yes"}


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("JONES", "Jones"),
        ("o'neil-brown", "O'Neil-Brown"),
        ("McDonald", "McDonald"),
        ("DE LA CRUZ", "De La Cruz"),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_names_typed_in_capitals_are_written_as_names(typed: str, proper: str) -> None:
    assert proper_name(typed) == proper


def test_a_blank_number_is_not_doubted() -> None:
    assert upn_doubt("") == ""
