"""Reading one case: explanation, chronology, messages."""

from datetime import date
from uuid import UUID

import pytest

from casework.case import chronology, explain, timeline
from casework.correspondence import messages
from casework.errors import Refused, UnknownCase
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council, at


def _sent(council: Council, process: UUID, mail_ref: str, *, status: str = "sent", reason: str = "") -> None:
    with council.db.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO message (id, authority, step_key, process_id, mail_ref, limit_id, subject, rung, kind, role, "
            "recipient, about, due_at, created_at, status, reason, urgent) VALUES (gen_random_uuid(), '000', %s, %s, %s, "
            "'reg8_advice', 'health', '-14', 'chase', 'adviser', 'paeds@nhs.example', '{}', %s, %s, %s, %s, false)",
            (f"key {status}", process, mail_ref, at("2026-11-02"), at("2026-11-02"), status, reason),
        )


def test_a_date_is_explained_with_its_paragraph(council: Council) -> None:
    case = council.opens("2026-09-02")
    (deadline,) = explain(council.db, case.case_ref, "reg13_final_plan", "", OFFICER, NOW)
    assert "2 September 2026" in deadline.explain()
    assert "reg 13" in deadline.citation


def test_a_limit_that_the_case_does_not_have_is_answered_with_those_it_has(council: Council) -> None:
    case = council.opens()
    with pytest.raises(Refused, match="reg13_final_plan"):
        explain(council.db, case.case_ref, "reg99", "", OFFICER, NOW)


def test_all_subjects_of_a_limit_are_explained_when_none_is_named(council: Council) -> None:
    case = council.opens()
    council.records(
        case,
        "decision_to_assess=2026-10-01",
        "advice_requested:social_care=2026-10-02",
        "advice_requested:education=2026-10-02",
    )
    found = explain(council.db, case.case_ref, "code_advice", "", OFFICER, NOW)
    assert [deadline.subject for deadline in found] == ["education", "social_care"]


def test_the_timeline_shows_the_local_norm_of_the_policy(council: Council) -> None:
    case = council.opens()
    assert timeline(council.db, case.case_ref, OFFICER, NOW).get("local_draft_plan") is not None


def test_the_chronology_tells_what_happened_in_its_order_with_who_said_so_and_when(council: Council) -> None:
    case = council.opens("2026-09-02", now=at("2026-09-03"))
    council.records(case, "decision_to_assess=2026-10-09", now=at("2026-10-12"), texts={"note": "panel"})
    council.records(case, "family_views=2026-09-20", now=at("2026-10-14"))
    _sent(council, case.process_id, case.mail_ref)
    _sent(council, case.process_id, case.mail_ref, status="queued")
    found = chronology(council.db, case.case_ref, OFFICER, NOW)
    assert [(str(entry["day"]), entry["what"]) for entry in found] == [
        ("2026-09-02", "the request was received"),
        ("2026-09-20", "the family gave its views"),
        ("2026-10-09", "the decision to assess was sent"),
        ("2026-11-02", "letter sent: chase"),
    ]
    decision = found[2]
    assert (decision["by"], decision["channel"], decision["recorded_at"]) == ("a.marsh", "cli", at("2026-10-12"))
    assert decision["texts"] == {"note": "panel"}
    assert "paeds@nhs.example" in found[3]["detail"]


def test_what_was_corrected_or_retracted_stays_in_the_chronology_and_says_so(council: Council) -> None:
    case = council.opens("2026-09-02")
    council.records(case, "corrected:request_received=2026-09-09", "withdrawn=2026-10-01")
    council.records(case, "retracted:withdrawn=2026-10-01")
    found = {entry["what"]: entry for entry in chronology(council.db, case.case_ref, OFFICER, NOW)}
    assert "corrected to 2026-09-09" in found["the request was received"]["detail"]
    assert found["the request was received"]["standing"]
    withdrawn = found["the request was withdrawn"]
    assert not withdrawn["standing"]
    assert "no longer stands" in withdrawn["detail"]
    assert found["retracted: the request was withdrawn"]["day"] == date(2026, 10, 1)


def test_messages_are_found_by_case_address_and_status_with_the_reason(council: Council) -> None:
    case, other = council.opens(), council.opens()
    _sent(council, case.process_id, case.mail_ref)
    _sent(council, other.process_id, other.mail_ref, status="held", reason="mail_hold")
    assert len(messages(council.db, OFFICER)) == 2
    (held,) = messages(council.db, OFFICER, status="held")
    assert (held["case_ref"], held["reason"], held["limit"]) == (other.case_ref, "mail_hold", "reg8_advice")
    (row,) = messages(council.db, OFFICER, case=case.mail_ref)
    assert row["case_ref"] == case.case_ref
    assert len(messages(council.db, OFFICER, to="Paeds@NHS.example")) == 2
    assert messages(council.db, OFFICER, to="nobody@nhs.example") == []
    with pytest.raises(Refused, match="queued, sending, sent"):
        messages(council.db, OFFICER, status="lost")


def test_messages_about_a_restricted_child_are_shown_only_to_those_named(council: Council) -> None:
    case = council.opens(sensitivity="restricted")
    _sent(council, case.process_id, case.mail_ref)
    assert len(messages(council.db, OFFICER)) == 1
    assert messages(council.db, COLLEAGUE) == []
    with pytest.raises(UnknownCase):
        messages(council.db, COLLEAGUE, case=case.case_ref)
