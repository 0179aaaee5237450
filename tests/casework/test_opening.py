"""Opening a case."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from casework.actor import Actor
from casework.case import timeline
from casework.errors import NeedsConfirmation, Refused, UnknownCase
from casework.numbering import next_case_ref
from casework.opening import Opened, Opening, open_case
from casework.recording import record
from casework.relay import undelivered_wakes
from statute.facts import Fact
from statute.kinds import STARTS_OF
from statute.notation import parse_fact
from statute.processes import timeline_of
from statute.timeline import State
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council

CHILD = {"surname": "Doe", "forename": "Jo", "date_of_birth": "2015-05-05", "upn": "J810392614088"}


def test_a_request_of_the_family_starts_the_clocks(council: Council) -> None:
    case = council.opens("2026-11-02", source=1)
    decide = timeline(council.db, case.case_ref, OFFICER, NOW).get("reg5_decide")
    assert decide is not None
    assert (str(decide.start), str(decide.legal_due), decide.state) == ("2026-11-02", "2026-12-14", State.RUNNING)
    assert council.row("SELECT kind, attributes FROM fact") == {
        "kind": "request_received",
        "attributes": {"source": "1"},
    }


@pytest.mark.parametrize("source", [3, 4, 5, None, ""])
def test_what_is_not_a_request_under_section_36_is_the_day_of_becoming_responsible(
    council: Council, source: object
) -> None:
    council.opens(source=source)
    assert council.row("SELECT kind FROM fact")["kind"] == "became_responsible"


def test_a_new_case_may_send_mail_from_now_on_and_wakes_its_clock(council: Council) -> None:
    case = council.opens()
    row = council.row("SELECT armed_from, imported, version FROM process")
    assert row == {"armed_from": NOW, "imported": False, "version": 1}
    assert [(w.process_id, w.version, w.run) for w in case.wakes] == [(case.process_id, 1, 1)]
    assert council.row("SELECT version, opens FROM wake") == {"version": 1, "opens": True}


def test_the_wake_of_a_fact_recorded_later_is_not_one_of_an_opening(council: Council) -> None:
    """A clock may be running by then, and has to be told."""
    case = council.opens()
    record(council.db, case.case_ref, [parse_fact("decision_to_assess=2026-11-03")], OFFICER, NOW)
    assert [wake.opens for wake in undelivered_wakes(council.db, 10)] == [True, False]


def test_the_next_reference_is_found_without_reading_the_cases_even_of_a_young_table(council: Council) -> None:
    """Postgres knows nothing of a table in its first minute; an index that it takes for the right one costs a lot."""
    for _ in range(40):
        council.opens()
    read = text(
        "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = 'process'"
    )
    with Session(council.db) as session:
        before = session.connection().execute(read).scalar_one()
        assert next_case_ref(session, 2027) == "EHC-2027-0001"
        next_case_ref(session, NOW.year)
        assert session.connection().execute(read).scalar_one() - before < 10


@pytest.mark.parametrize("kind", STARTS_OF["assessment"])
def test_what_starts_a_case_does_not_end_it(kind: str) -> None:
    """A case of one fact is not asked about its end when it is opened."""
    assert timeline_of("assessment", [Fact(kind, NOW.date(), sequence=1)], NOW.date()).ended_on is None


def test_cases_are_numbered_in_the_year_of_their_request_when_the_council_gives_no_reference(council: Council) -> None:
    refs = [council.opens(day).case_ref for day in ("2026-09-02", "2026-09-03", "2025-12-31", "2026-09-04")]
    assert refs == ["EHC-2026-0001", "EHC-2026-0002", "EHC-2025-0001", "EHC-2026-0003"]


def test_numbering_goes_on_past_9999(council: Council) -> None:
    council.opens(case_ref="EHC-2026-9999")
    assert [council.opens().case_ref for _ in range(2)] == ["EHC-2026-10000", "EHC-2026-10001"]


def test_a_reference_that_is_taken_is_refused_whatever_its_capitals(council: Council) -> None:
    council.opens(case_ref="sen/17")
    with pytest.raises(Refused, match="exists already"):
        council.opens(case_ref="SEN/17")


def test_every_wrong_field_is_named_with_what_to_do() -> None:
    wrong = {"received": "31/02/2026", "source": "7", "forename": "", "date_of_birth": "young", "colour": "red"}
    with pytest.raises(Refused) as refused:
        Opening.read(wrong)
    said = "\n".join(refused.value.messages)
    for part in ("received cannot be used (31/02/2026 does not exist", "source cannot be used", "surname is missing",
                 "forename is missing", "date_of_birth cannot be used", "colour is not a field"):  # fmt: skip
        assert part in said
    assert len(refused.value.messages) == 6


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"received": "2026-11-21"}, "future"),
        ({"date_of_birth": "2026-09-03"}, "after the request"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(council: Council, said: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        council.opens(**said)
    assert [council.count(table) for table in ("person", "process", "fact", "deadline", "wake")] == [0] * 5


@pytest.mark.parametrize(
    "again",
    [
        {**CHILD, "surname": "Other", "forename": "Name"},
        {**CHILD, "upn": ""},
        {**CHILD, "surname": "DOE", "forename": " jo ", "upn": "j810 3926 14088"},
    ],
)
def test_a_second_request_for_a_child_with_an_open_case_is_asked_about(council: Council, again: dict[str, Any]) -> None:
    first = council.opens(**CHILD)
    with pytest.raises(NeedsConfirmation) as question:
        council.opens("2026-10-01", **again)
    assert question.value.case_ref == first.case_ref
    assert first.case_ref in str(question.value)
    assert council.count("process") == 1


def test_confirmed_it_is_a_further_request_that_moves_no_clock(council: Council) -> None:
    first = council.opens(**CHILD)
    before = timeline(council.db, first.case_ref, OFFICER, NOW).deadlines
    further = council.opens("2026-10-01", **CHILD, confirm=True)
    assert (further.case_ref, further.further) == (first.case_ref, True)
    assert council.rows("SELECT kind FROM fact ORDER BY sequence")[1] == {"kind": "further_request"}
    assert timeline(council.db, first.case_ref, OFFICER, NOW).deadlines == before


def test_a_request_after_a_refusal_is_a_new_process_of_the_same_child(council: Council) -> None:
    first = council.opens("2026-06-01", **CHILD)
    council.records(first, "decision_not_to_assess=2026-07-01")
    second = council.opens("2026-09-02", **CHILD)
    assert second.case_ref != first.case_ref
    assert (council.count("process"), council.count("person")) == (2, 1)


def test_twins_are_two_children_with_a_word_about_it(council: Council) -> None:
    first = council.opens(**CHILD)
    twin = council.opens(**{**CHILD, "forename": "Sam", "upn": ""})
    assert any("same surname and date of birth" in warning and first.case_ref in warning for warning in twin.warnings)
    assert council.count("person") == 2


def test_a_pupil_number_with_a_wrong_check_letter_is_kept_unverified_and_matches_nobody(council: Council) -> None:
    council.opens(upn="A810392614088", surname="One", date_of_birth="2014-01-01")
    other = council.opens(upn="A810392614088", surname="Two", date_of_birth="2013-01-01")
    assert any("check letter" in warning for warning in other.warnings)
    assert council.rows("SELECT upn_verified FROM person") == [{"upn_verified": False}] * 2


def test_an_officer_takes_the_case_to_the_officers_team(council: Council) -> None:
    council.opens(officer="A.Marsh")
    assert council.row("SELECT officer, team FROM process") == {"officer": "a.marsh", "team": "East"}
    assert council.rows("SELECT DISTINCT officer, team FROM deadline") == [{"officer": "a.marsh", "team": "East"}]


def test_an_officer_nobody_knows_leaves_the_case_unassigned_with_a_warning(council: Council) -> None:
    case = council.opens(officer="x.nobody")
    assert council.row("SELECT officer FROM process")["officer"] is None
    assert any("x.nobody" in warning and "unassigned" in warning for warning in case.warnings)


def test_a_restricted_child_is_known_only_to_those_named(council: Council) -> None:
    case = council.opens(sensitivity="restricted", restricted_to=["a.marsh"])
    assert timeline(council.db, case.case_ref, OFFICER, NOW).deadlines
    with pytest.raises(UnknownCase):
        timeline(council.db, case.case_ref, COLLEAGUE, NOW)
    with pytest.raises(UnknownCase):
        council.records(case, "decision_to_assess=2026-10-01", actor=COLLEAGUE)


def test_a_restricted_case_without_names_stays_with_who_opened_it_and_its_officer(council: Council) -> None:
    council.opens(sensitivity="restricted", officer="p.singh")
    assert council.row("SELECT restricted_to FROM person")["restricted_to"] == ["a.marsh", "p.singh"]


def test_a_restricted_case_is_not_given_to_an_officer_who_may_not_see_it(council: Council) -> None:
    with pytest.raises(Refused, match=r"P\. Singh may not see this case"):
        council.opens(sensitivity="restricted", restricted_to=["a.marsh"], officer="p.singh")
    assert council.count("person") == council.count("process") == 0
    council.opens(sensitivity="restricted", restricted_to=["a.marsh", "p.singh"], officer="P.SINGH")
    assert council.row("SELECT officer FROM process")["officer"] == "p.singh"


def test_nor_is_a_new_case_of_a_child_who_is_restricted_already(council: Council) -> None:
    first = council.opens(**CHILD, sensitivity="restricted", restricted_to=["a.marsh"])
    with pytest.raises(Refused, match="may not see this case"):
        council.opens("2026-11-02", **CHILD, officer="p.singh", separate=True)
    assert council.opens("2026-11-02", **CHILD, officer="a.marsh", separate=True).case_ref != first.case_ref


def test_whoever_is_named_in_other_capitals_is_the_officer_of_the_directory(council: Council) -> None:
    council.opens(sensitivity="restricted", officer="P.Singh")
    assert council.row("SELECT restricted_to FROM person")["restricted_to"] == ["a.marsh", "p.singh"]


def test_a_second_request_does_not_reveal_a_restricted_case(council: Council) -> None:
    first = council.opens(**CHILD, sensitivity="restricted")
    with pytest.raises(Refused) as refused:
        council.opens(**CHILD, actor=COLLEAGUE, confirm=True)
    assert first.case_ref not in str(refused.value)


def _all_at_once(*commands: Callable[[], Opened]) -> list[Opened | Exception]:
    def tried(command: Callable[[], Opened]) -> Opened | Exception:
        try:
            return command()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(tried, commands))


def test_two_people_who_open_a_case_for_one_child_at_once_open_one(council: Council) -> None:
    opening = Opening.read({"received": "2026-09-02", "source": 1, **CHILD})
    results = _all_at_once(*[lambda: open_case(council.db, opening, OFFICER, NOW)] * 6)
    assert sum(isinstance(result, Opened) for result in results) == 1
    assert sum(isinstance(result, NeedsConfirmation) for result in results) == 5
    assert council.count("person") == 1


def test_cases_opened_at_once_get_different_numbers(council: Council) -> None:
    openings = [
        Opening.read(
            {"received": "2026-09-02", "surname": f"Child {n}", "forename": "Jo", "date_of_birth": "2015-05-05"}
        )
        for n in range(8)
    ]
    results = _all_at_once(*[lambda o=o: open_case(council.db, o, Actor("m.roe", "web"), NOW) for o in openings])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len({result.case_ref for result in results if isinstance(result, Opened)}) == 8
