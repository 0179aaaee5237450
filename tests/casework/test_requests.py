"""Requests for advice: set up by the decision to assess, kept in step with the facts."""

from pathlib import Path

from casework.directories import import_services
from casework.opening import Opened
from tests.casework.support import NOW, OFFICER, SERVICES, Council

DECIDED = "decision_to_assess=2026-10-01"


def requests(council: Council) -> dict[str, tuple[str, str | None]]:
    """Subject: mode, and the code of the body or the URN of the setting."""
    rows = council.rows(
        "SELECT a.subject, a.mode, coalesce(b.code, a.setting_urn) AS who FROM advice_request a "
        "LEFT JOIN body b ON b.id = a.body_id"
    )
    return {row["subject"]: (row["mode"], row["who"]) for row in rows}


def test_the_decision_to_assess_seeks_all_four_from_the_first_body_of_each_category(council: Council) -> None:
    council.records(council.opens(), DECIDED)
    assert requests(council) == {
        "education": ("seek", "117222"),
        "health": ("seek", "paediatrics"),
        "educational_psychology": ("seek", "eps"),
        "social_care": ("seek", "dct"),
    }


def test_the_caseworker_says_what_is_reused_and_what_was_asked_already(council: Council) -> None:
    council.records(council.opens(), f"{DECIDED};reuse=educational_psychology;already_asked=social_care,education")
    found = requests(council)
    assert {subject: mode for subject, (mode, _) in found.items()} == {
        "education": "already_asked",
        "health": "seek",
        "educational_psychology": "reuse",
        "social_care": "already_asked",
    }


def test_a_body_named_with_the_decision_is_asked_in_place_of_the_default(council: Council) -> None:
    council.records(council.opens(), f"{DECIDED};seek=health/slt,other/mobility")
    found = requests(council)
    assert found["health/slt"] == ("seek", "slt")
    assert "health" not in found
    assert found["other/mobility"] == ("seek", None)


def test_papers_sent_to_a_named_body_replace_the_request_that_nobody_had_sent(council: Council) -> None:
    case = council.opens()
    council.records(case, DECIDED)
    council.records(case, "advice_requested:health/slt=2026-10-05", "advice_requested:health/paediatrics=2026-10-06")
    found = requests(council)
    assert found["health"][0] == "dropped"
    assert (found["health/slt"], found["health/paediatrics"]) == (("seek", "slt"), ("seek", "paediatrics"))


def test_a_second_body_is_asked_beside_the_one_that_has_its_papers(council: Council) -> None:
    case = council.opens()
    council.records(case, DECIDED, "advice_requested:health=2026-10-05", "advice_requested:health/slt=2026-10-06")
    found = requests(council)
    assert (found["health"][0], found["health/slt"][0]) == ("seek", "seek")


def test_regulation_8_binds_the_bodies_of_section_31_and_no_others(council: Council) -> None:
    case = council.opens()
    asked = [f"advice_requested:{who}=2026-10-05" for who in ("health", "social_care", "education")]
    council.records(case, DECIDED, *asked)
    said = council.rows("SELECT subject, attributes FROM fact WHERE kind = 'advice_requested'")
    assert {row["subject"]: row["attributes"]["section_31"] for row in said} == {
        "health": "yes",
        "social_care": "no",
        "education": "no",
    }
    limits = council.rows("SELECT DISTINCT limit_id, subject FROM deadline WHERE subject <> '' ORDER BY subject")
    assert [(row["limit_id"], row["subject"]) for row in limits if row["limit_id"] != "code_consultation"] == [
        ("code_advice", "education"),
        ("reg8_advice", "health"),
        ("code_advice", "social_care"),
    ]


def test_what_the_caseworker_says_about_section_31_stands_against_the_directory(council: Council) -> None:
    council.records(council.opens(), DECIDED, "advice_requested:health=2026-10-05;section_31=no")
    assert (
        council.row("SELECT attributes FROM fact WHERE kind = 'advice_requested'")["attributes"]["section_31"] == "no"
    )


def test_a_corrected_decision_changes_the_requests(council: Council) -> None:
    case = council.opens()
    council.records(case, DECIDED)
    council.records(case, "corrected:decision_to_assess=2026-10-02;reuse=health")
    assert requests(council)["health"][0] == "reuse"


def test_reused_advice_is_not_asked_for_again(council: Council) -> None:
    case = council.opens()
    council.records(case, DECIDED, "advice_reused:health=2026-10-02;agreed=giver,family,authority")
    assert requests(council)["health"][0] == "reuse"


def test_a_school_without_an_address_is_said_to_the_caseworker(council: Council) -> None:
    case = council.opens(setting_urn="999999")
    warnings = council.records(case, DECIDED).warnings
    assert any("999999" in warning and "nothing will be sent" in warning for warning in warnings)


def test_a_service_that_nobody_entered_is_said_and_asked_once_it_is(council: Council, tmp_path: Path) -> None:
    with council.db.begin() as connection:
        connection.exec_driver_sql("DELETE FROM body")
    case: Opened = council.opens()
    warnings = council.records(case, DECIDED).warnings
    assert sum("nothing will be sent" in warning for warning in warnings) == 3
    path = tmp_path / "again.csv"
    path.write_text(SERVICES)
    import_services(council.db, path, OFFICER, NOW)
    assert {who for _, who in requests(council).values()} == {"117222", "paediatrics", "eps", "dct"}


def test_a_body_named_beside_the_category_is_the_one_that_is_asked(council: Council) -> None:
    case = council.opens()
    council.records(case, DECIDED)
    council.records(case, "advice_requested:health=2026-10-05;body=slt")
    assert requests(council)["health"] == ("seek", "slt")


def test_another_body_is_not_asked_at_the_address_of_a_colleague_of_the_first(council: Council) -> None:
    """They would go on being written to about the child, and their link would open."""
    case = council.opens()
    council.records(case, DECIDED, "advice_requested:health=2026-10-05", "advice_reassigned:health=2026-10-06")
    with council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE advice_request SET asked_of = 'khan@nhs.example' WHERE subject = 'health'")
    council.records(case, "advice_part:health=2026-10-06")
    asked = "SELECT asked_of FROM advice_request WHERE subject = 'health'"
    assert council.row(asked) == {"asked_of": "khan@nhs.example"}
    council.records(case, "corrected:advice_requested:health=2026-10-05;body=slt")
    assert requests(council)["health"] == ("seek", "slt")
    assert council.row(asked) == {"asked_of": None}


def test_passing_a_request_on_to_another_body_makes_a_request_of_that_body(council: Council) -> None:
    case = council.opens()
    council.records(case, DECIDED, "advice_requested:health=2026-10-05")
    council.records(case, "advice_reassigned:health=2026-10-07;body=slt;why=speech_only")
    found = requests(council)
    assert (found["health"], found["health/slt"]) == (("seek", "paediatrics"), ("seek", "slt"))
