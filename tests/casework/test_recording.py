"""Recording what happened on a case."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from casework.case import timeline
from casework.errors import CaseworkError, NeedsConfirmation, Refused, UnknownCase
from casework.lists import overdue
from casework.opening import Opened
from casework.recording import Recorded, record, record_file
from records.verification import verify
from statute.notation import parse_fact
from statute.timeline import State
from tests.casework.support import NOW, OFFICER, TODAY, Council, at

DRAFTED = (
    "decision_to_assess=2026-10-01",
    "advice_requested:health=2026-10-05",
    "draft_plan_sent=2026-11-12;served=2026-11-12",
)


def state(council: Council, case: Opened, limit: str, subject: str = "", day: date = TODAY) -> State:
    deadline = timeline(council.db, case.case_ref, OFFICER, NOW, as_of=day).get(limit, subject)
    assert deadline is not None
    return deadline.state


def test_a_case_is_found_by_either_reference_however_it_is_typed(council: Council) -> None:
    case = council.opens(case_ref="Sen/17a")
    for reference in ("Sen/17a", "SEN/17A", " sen/17a ", case.mail_ref, case.mail_ref.lower().replace("-", " ")):
        assert timeline(council.db, reference, OFFICER, NOW).started_on == date(2026, 9, 2)


def test_a_reference_that_two_cases_answer_to_is_asked_about(council: Council) -> None:
    cases = [council.opens(case_ref=ref) for ref in ("Ab-1", "other")]
    with council.db.begin() as connection:  # only an import can bring two such references
        connection.exec_driver_sql("UPDATE process SET case_ref = 'aB-1' WHERE id = %s", (cases[1].process_id,))
    with pytest.raises(Refused, match="could be"):
        timeline(council.db, "AB-1", OFFICER, NOW)


def test_an_unknown_reference_says_where_to_look(council: Council) -> None:
    with pytest.raises(UnknownCase, match="Check it against"):
        record(council.db, "EHC-1999-0001", [parse_fact("withdrawn=2026-10-01")], OFFICER, NOW)


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("decision_to_assess=2026-11-21", "future"),
        ("decision_to_assess=2026-09-01", "before"),
        ("decison_to_assess=2026-10-01", "decision_to_assess"),
        ("retracted:final_plan_sent=2026-10-01", "no such final plan"),
    ],
)
def test_what_cannot_have_happened_is_refused_even_when_confirmed(council: Council, fact: str, reason: str) -> None:
    case = council.opens()
    with pytest.raises(Refused, match=reason):
        council.records(case, fact, confirm=True)
    assert council.count("fact") == 1


def test_one_impossible_fact_in_a_list_leaves_nothing_of_the_list(council: Council) -> None:
    case = council.opens()
    with pytest.raises(Refused) as refused:
        council.records(case, "decision_to_assess=2026-10-01", "draft_plan_sent=2027-01-01", "died=2028-01-01")
    assert len(refused.value.messages) == 2
    assert [council.count(table) for table in ("fact", "wake", "advice_request")] == [1, 1, 0]
    assert council.row("SELECT version FROM process")["version"] == 1


def test_facts_of_one_command_are_judged_in_their_order(council: Council) -> None:
    case = council.opens()
    recorded = council.records(case, *DRAFTED)
    assert recorded.version == 4
    assert not any("before its request" in warning for warning in recorded.warnings)


def test_a_final_plan_inside_the_familys_window_is_confirmed_and_then_kept_as_a_breach(council: Council) -> None:
    case = council.opens()
    council.records(case, *DRAFTED)
    with pytest.raises(NeedsConfirmation) as question:
        council.records(case, "final_plan_sent=2026-11-19;to=family")
    assert council.count("fact") == 4
    recorded = council.records(case, "final_plan_sent=2026-11-19;to=family", confirm=True)
    assert question.value.messages[0] in recorded.warnings
    ended = council.row("SELECT ended_on FROM process WHERE kind = 'assessment'")
    assert ended["ended_on"] == date(2026, 11, 19)


def test_an_odd_fact_is_recorded_with_a_warning(council: Council) -> None:
    case = council.opens()
    assert council.records(case, "decision_to_assess=2026-10-01", "advice_received:health=2026-10-20").warnings
    assert council.count("fact") == 3


def test_free_text_is_kept_beside_the_fact_and_never_in_it(council: Council) -> None:
    case = council.opens()
    relief = "relief=2026-10-12;ground=personal;from=2026-09-20;to=2026-10-10;because=Father of Jo ill;approver=a.marsh"
    council.records(case, relief, texts={"note": "Mrs Doe rang"})
    fact = council.row("SELECT attributes, text_hmac FROM fact WHERE kind = 'relief'")
    assert "because" not in fact["attributes"]
    assert "Jo" not in str(fact["attributes"])
    assert fact["text_hmac"]
    texts = council.rows("SELECT name, text FROM fact_text ORDER BY name")
    assert texts == [{"name": "because", "text": "Father of Jo ill"}, {"name": "note", "text": "Mrs Doe rang"}]


def test_a_corrected_day_moves_the_clocks_and_both_days_stay_on_record(council: Council) -> None:
    case = council.opens("2026-10-05")
    assert state(council, case, "reg5_decide") is State.OVERDUE
    council.records(case, "corrected:request_received=2026-10-12")
    assert state(council, case, "reg5_decide") is State.DUE_SOON
    assert [row["day"] for row in council.rows("SELECT day FROM fact ORDER BY sequence")] == [
        date(2026, 10, 5),
        date(2026, 10, 12),
    ]
    assert council.row("SELECT supersedes FROM fact WHERE kind = 'corrected'")["supersedes"] == 1


def test_a_retracted_decision_makes_the_limit_run_again(council: Council) -> None:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01")
    council.records(case, "retracted:decision_to_assess=2026-10-01")
    assert state(council, case, "reg5_decide") is State.OVERDUE
    assert {row["mode"] for row in council.rows("SELECT mode FROM advice_request")} == {"dropped"}


def test_a_reopened_case_runs_again_under_a_higher_run(council: Council) -> None:
    case = council.opens()
    closed = council.records(case, "withdrawn=2026-10-01")
    assert (closed.wakes[0].run, council.row("SELECT ended_on FROM process")["ended_on"]) == (1, date(2026, 10, 1))
    again = council.records(case, "reopened=2026-10-15")
    assert (again.wakes[0].run, council.row("SELECT ended_on FROM process")["ended_on"]) == (2, None)


def test_a_withdrawal_that_never_happened_lets_the_clock_run_again(council: Council) -> None:
    case = council.opens()
    council.records(case, "withdrawn=2026-10-01")
    again = council.records(case, "retracted:withdrawn=2026-10-01")
    assert again.wakes[0].run == 2
    assert council.row("SELECT ended_on FROM process")["ended_on"] is None


def test_a_changed_refusal_runs_again(council: Council) -> None:
    case = council.opens()
    council.records(case, "decision_not_to_assess=2026-10-01")
    again = council.records(case, "refusal_changed=2026-11-02;why=own_accord")
    assert again.wakes[0].run == 2
    assert state(council, case, "reg13_final_plan") is State.RUNNING


def test_a_letter_that_crosses_the_closing_wakes_no_clock(council: Council) -> None:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01", "advice_requested:health=2026-10-05", "withdrawn=2026-10-20")
    late = council.records(case, "advice_received:health=2026-10-22")
    assert late.wakes == ()
    assert late.warnings


def test_a_final_plan_makes_a_plan_and_a_retracted_one_unmakes_it(council: Council) -> None:
    case = council.opens("2026-06-01")
    council.records(case, "draft_plan_sent=2026-09-01;served=2026-09-01", "final_plan_sent=2026-10-01;to=family")
    assert council.row("SELECT made_on, ceased_on FROM plan") == {"made_on": date(2026, 10, 1), "ceased_on": None}
    council.records(case, "retracted:final_plan_sent=2026-10-01")
    assert council.row("SELECT made_on = ceased_on AS void FROM plan")["void"] is True
    council.records(case, "final_plan_sent=2026-10-08;to=family")
    assert council.row("SELECT made_on, ceased_on FROM plan") == {"made_on": date(2026, 10, 8), "ceased_on": None}


def test_a_case_opened_in_error_is_on_no_list_of_any_day(council: Council) -> None:
    case = council.opens("2026-06-01")
    assert overdue(council.db, OFFICER, TODAY).items
    council.records(case, "opened_in_error=2026-11-19")
    assert overdue(council.db, OFFICER, TODAY).items == ()
    assert overdue(council.db, OFFICER, TODAY, as_of=date(2026, 11, 1)).items == ()
    assert overdue(council.db, OFFICER, TODAY, known_on=date(2026, 11, 19)).items == ()


def test_two_people_who_record_at_once_both_get_their_fact_in(council: Council) -> None:
    case = council.opens()
    facts = [f"further_request=2026-10-{day:02}" for day in range(1, 9)]

    def recorded(fact: str) -> Recorded:
        return council.records(case, fact)

    with ThreadPoolExecutor(8) as pool:
        versions = sorted(one.version for one in pool.map(recorded, facts))
    assert versions == list(range(2, 10))
    with Session(council.db) as session:
        assert verify(session) == []


def test_of_two_who_retract_one_entry_at_once_the_second_hears_that_it_is_gone(council: Council) -> None:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01")

    def retracted(_: int) -> Recorded | CaseworkError:
        try:
            return council.records(case, "retracted:decision_to_assess=2026-10-01")
        except CaseworkError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(retracted, range(2)))
    assert sorted(type(result).__name__ for result in results) == ["Recorded", "Refused"]


def test_nothing_to_record_is_said(council: Council) -> None:
    case = council.opens()
    with pytest.raises(Refused, match="at least one fact"):
        council.records(case)


def test_the_ledger_verifies_after_all_this(council: Council) -> None:
    case = council.opens()
    council.records(case, *DRAFTED, texts={"note": "seen"})
    council.records(case, "corrected:decision_to_assess=2026-10-02")
    with Session(council.db) as session:
        assert verify(session) == []


class TestAFileOfFacts:
    """A panel's decisions, typed in a spreadsheet."""

    def written(self, folder: Path, *rows: str) -> Path:
        path = folder / "panel.csv"
        path.write_text("\n".join(["case_ref,fact,note", *rows]))
        return path

    def test_every_case_by_itself_and_what_is_refused_is_listed(self, council: Council, tmp_path: Path) -> None:
        one, two = council.opens(), council.opens()
        path = self.written(
            tmp_path,
            f"{one.case_ref},decision_to_assess=2026-10-01,panel of 1 October",
            f"{two.case_ref},decision_to_assess=2026-10-01,",
            f"{two.case_ref},draft_plan_sent=2027-10-01,",
            "EHC-1999-0001,withdrawn=2026-10-01,",
            f"{one.mail_ref},further_request,",
        )
        result = record_file(council.db, path, OFFICER, NOW)
        assert result.recorded == 1
        assert [said["line"] for said in result.refused] == [3, 4, 5, 6]
        assert "because line 4" in result.refused[0]["message"]
        assert council.rows("SELECT text FROM fact_text") == [{"text": "panel of 1 October"}]
        assert len(result.wakes) == 1

    def test_given_again_it_adds_only_what_is_new(self, council: Council, tmp_path: Path) -> None:
        case = council.opens()
        row = f"{case.case_ref},decision_to_assess=2026-10-01"
        record_file(council.db, self.written(tmp_path, row), OFFICER, NOW)
        again = record_file(
            council.db, self.written(tmp_path, row, f"{case.case_ref},withdrawn=2026-10-09"), OFFICER, NOW
        )
        assert (again.recorded, again.unchanged) == (1, 1)
        assert council.count("fact") == 3


def test_what_was_recorded_late_is_known_late(council: Council) -> None:
    case = council.opens("2026-09-02", now=at("2026-09-03"))
    council.records(case, "decision_to_assess=2026-10-09", now=at("2026-11-02"))
    on_the_day = timeline(council.db, case.case_ref, OFFICER, NOW, known_on=date(2026, 10, 20)).get("reg5_decide")
    now_known = timeline(council.db, case.case_ref, OFFICER, NOW, as_of=date(2026, 10, 20)).get("reg5_decide")
    assert on_the_day is not None
    assert now_known is not None
    assert (on_the_day.state, now_known.state) == (State.OVERDUE, State.MET)


def test_a_day_before_anything_was_known_is_said(council: Council) -> None:
    case = council.opens(now=at("2026-09-03"))
    with pytest.raises(Refused, match="had been recorded"):
        timeline(council.db, case.case_ref, OFFICER, NOW, known_on=date(2026, 9, 2))
