"""Changing the calendar: what would move is what moves, all of it or nothing, and each moved day says why."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlmodel import Session

from casework.calendar_changes import Applied, Plan, apply, work_out
from casework.calendar_edits import AddDays, Edit, RemoveDays, RemoveTerm, TakeTerms
from casework.calendar_moves import Move
from casework.calendar_words import FIELD_WORDS
from casework.calendars import BANK_HOLIDAY, CLOSURE, WORKING, calendar_in_force, calendar_known_at
from casework.case import chronology, explain, timeline
from casework.errors import Refused
from casework.locks import alone
from casework.people import restrict
from casework.rebuild import recompute
from casework.term_files import read_terms
from statute.calendar import ENGLAND
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council, at

LATER = at("2026-12-21")
FRIDAY = "2026-12-11"  # six weeks from the last Friday in October


def add(kind: str, first: str, last: str = "", name: str = "Jubilee") -> AddDays:
    return AddDays(kind, date.fromisoformat(first), date.fromisoformat(last or first), name)


def remove(kind: str, first: str, last: str = "") -> RemoveDays:
    return RemoveDays(kind, date.fromisoformat(first), date.fromisoformat(last or first))


def change(council: Council, edit: Edit, now: datetime = NOW, because: str = "") -> tuple[Plan, Applied]:
    plan = work_out(council.db, edit, OFFICER, now)
    return plan, apply(council.db, plan, OFFICER, now, because)


def in_short(moves: Iterable[Move]) -> list[str]:
    return sorted(f"{move.limit} {move.field} {move.was} -> {move.now}" for move in moves)


EARLIER = [
    "reg4_refuse_assessment operational_due 2026-12-11 -> 2026-12-10",
    "reg5_decide operational_due 2026-12-11 -> 2026-12-10",
]


def test_a_bank_holiday_moves_what_falls_on_it_and_says_why(council: Council) -> None:
    case = council.opens("2026-10-30")
    council.opens("2026-11-02")
    plan = work_out(council.db, add(BANK_HOLIDAY, FRIDAY), OFFICER, NOW)
    assert in_short(plan.moves) == EARLIER
    assert {move.case_ref for move in plan.moves} == {case.case_ref}
    assert (council.count("calendar_change"), recompute(council.db, NOW)) == (0, 0)

    applied = apply(council.db, plan, OFFICER, NOW, "Proclaimed on 1 December")
    assert (applied.number, applied.moves, applied.woken) == (1, plan.moves, 1)
    assert recompute(council.db, NOW) == 0
    sentence = (
        "On Friday 20 November 2026 the last day on which the offices work moved from Friday 11 December 2026 to "
        "Thursday 10 December 2026, because Friday 11 December 2026 is a bank holiday (Jubilee): Proclaimed on 1 "
        "December (change 1 of the calendar, by a.marsh)."
    )
    (decide,) = explain(council.db, case.case_ref, "reg5_decide", "", OFFICER, NOW)
    assert (decide.legal_due, decide.operational_due) == (date(2026, 12, 11), date(2026, 12, 10))
    assert decide.explain().endswith(sentence)
    others = timeline(council.db, case.case_ref, OFFICER, NOW).deadlines[2:]
    assert others
    assert all("change 1" not in deadline.explain() for deadline in others)
    told = chronology(council.db, case.case_ref, OFFICER, NOW)[-1]
    assert (told["day"], told["by"]) == (date(2026, 11, 20), "a.marsh")
    assert told["what"] == (
        "calendar changed: Friday 11 December 2026 is a bank holiday (Jubilee) (Proclaimed on 1 December)"
    )
    assert told["detail"].startswith("reg4_refuse_assessment: the last day on which the offices work 2026-12-11 -> ")


def test_what_was_known_before_a_change_knows_nothing_of_it(council: Council) -> None:
    case = council.opens("2026-10-30")
    change(council, add(BANK_HOLIDAY, FRIDAY), at("2026-11-25"))
    for known_on, expected in ((date(2026, 11, 24), "2026-12-11"), (date(2026, 11, 25), "2026-12-10")):
        found = timeline(council.db, case.case_ref, OFFICER, LATER, known_on=known_on).get("reg5_decide")
        assert found is not None
        assert str(found.operational_due) == expected
        assert ("change 1" in found.explain()) == (expected == "2026-12-10")


def test_applying_twice_changes_nothing(council: Council) -> None:
    council.opens("2026-10-30")
    change(council, add(BANK_HOLIDAY, FRIDAY))
    wakes = council.count("wake")
    plan, applied = change(council, add(BANK_HOLIDAY, FRIDAY, name="Another name"))
    assert (plan.what, plan.notes) == ({}, ("Friday 11 December 2026 is in the calendar already.",))
    assert (applied.number, applied.woken) == (0, 0)
    assert (council.count("calendar_change"), council.count("wake")) == (1, wakes)


def test_a_change_that_is_taken_back_moves_everything_back_and_both_are_told(council: Council) -> None:
    case = council.opens("2026-10-30")
    before = council.rows("SELECT limit_id, operational_due FROM deadline ORDER BY limit_id")
    change(council, add(BANK_HOLIDAY, FRIDAY))
    _, applied = change(council, remove(BANK_HOLIDAY, FRIDAY))
    assert applied.number == 2
    assert council.rows("SELECT limit_id, operational_due FROM deadline ORDER BY limit_id") == before
    assert recompute(council.db, NOW) == 0
    (decide,) = explain(council.db, case.case_ref, "reg5_decide", "", OFFICER, NOW)
    assert "(change 1 of the calendar" in decide.explain()
    assert "because Friday 11 December 2026 is no bank holiday after all (change 2" in decide.explain()
    assert council.count("moved_day") == 4


def test_a_closure_moves_only_what_the_office_can_do_and_closed_days_are_one_change(council: Council) -> None:
    council.opens("2026-11-19")  # six weeks: 31 December
    plan, _ = change(council, add(CLOSURE, "2026-12-24", "2027-01-01", "Christmas closure"), LATER)
    assert plan.words == (
        "the offices are closed from Thursday 24 December 2026 to Thursday 31 December 2026 (Christmas closure)"
    )
    assert {move.field for move in plan.moves} == {"operational_due"}
    assert {(str(move.was), str(move.now)) for move in plan.moves} == {("2026-12-31", "2026-12-23")}
    assert [str(row["day"])[-2:] for row in council.rows("SELECT day FROM calendar_day ORDER BY day")] == [
        "24",
        "29",
        "30",
        "31",
    ]
    plan, _ = change(council, add(CLOSURE, "2026-12-30", "2027-01-04", "Christmas closure"), LATER)
    assert plan.words == "the offices are closed on Monday 4 January 2027 (Christmas closure)"


def test_a_bank_holiday_moves_the_familys_time_that_begins_with_the_post(council: Council) -> None:
    case = council.opens("2026-08-03")
    council.records(case, "decision_to_assess=2026-09-01")
    council.records(case, "draft_plan_sent=2026-12-10;method=post", now=LATER)
    plan, _ = change(council, add(BANK_HOLIDAY, FRIDAY), LATER)
    assert in_short(plan.moves) == [
        "reg13_representations legal_due 2026-12-28 -> 2026-12-29",
        "reg13_representations operational_due 2026-12-24 -> 2026-12-29",
        "reg13_representations start 2026-12-14 -> 2026-12-15",
    ]
    assert recompute(council.db, LATER) == 0


def test_clocks_that_would_wake_on_the_changed_day_are_told_too(council: Council) -> None:
    near, far = council.opens("2026-09-02"), council.opens("2026-09-03")
    with council.db.begin() as connection:
        for case, wake in ((near, "2026-12-11 07:10+00"), (far, "2026-12-12 07:10+00")):
            connection.exec_driver_sql("UPDATE process SET next_wake = %s WHERE id = %s", (wake, case.process_id))
        connection.exec_driver_sql("DELETE FROM wake")
    plan, applied = change(council, add(BANK_HOLIDAY, FRIDAY))
    assert (plan.moves, applied.woken) == ([], 1)
    assert council.row("SELECT process_id FROM wake")["process_id"] == near.process_id


def test_what_was_recorded_between_looking_and_doing_is_looked_at_again(council: Council) -> None:
    first, second = council.opens("2026-10-30"), council.opens("2026-09-02")
    plan = work_out(council.db, add(BANK_HOLIDAY, FRIDAY), OFFICER, NOW)
    council.records(first, "decision_not_to_assess=2026-11-20")
    council.records(second, "corrected:request_received=2026-10-30")
    applied = apply(council.db, plan, OFFICER, NOW)
    assert {move.case_ref for move in applied.moves if move.standing == "open"} == {second.case_ref}
    assert recompute(council.db, NOW) == 0


def test_a_calendar_that_was_changed_meanwhile_is_looked_at_again_by_a_person(council: Council) -> None:
    council.opens("2026-10-30")
    plan = work_out(council.db, add(BANK_HOLIDAY, FRIDAY), OFFICER, NOW)
    change(council, add(CLOSURE, "2026-12-10"))
    with pytest.raises(Refused, match="changed by somebody else meanwhile"):
        apply(council.db, plan, OFFICER, NOW)
    assert council.count("calendar_change") == 1


def test_two_never_change_the_calendar_at_once(council: Council) -> None:
    plan = work_out(council.db, add(BANK_HOLIDAY, FRIDAY), OFFICER, NOW)
    with alone(council.db, "calendar"), pytest.raises(Refused, match="is changing the calendar at this moment"):
        apply(council.db, plan, OFFICER, NOW)
    assert council.count("calendar_change") == 0


def test_a_restricted_childs_case_moves_and_is_counted_but_not_shown(council: Council) -> None:
    case = council.opens("2026-10-30")
    restrict(council.db, case.case_ref, ["p.singh"], OFFICER)
    plan, applied = change(council, add(BANK_HOLIDAY, FRIDAY))
    assert (plan.moves, plan.hidden, applied.moves) == ([], 1, [])
    assert council.count("moved_day") == 2
    assert work_out(council.db, remove(BANK_HOLIDAY, FRIDAY), COLLEAGUE, NOW).hidden == 0


IMPOSSIBLE = (
    (
        add(BANK_HOLIDAY, "2026-12-12"),
        "Saturday 12 December 2026 is at the weekend, when nobody works. Give the day",
    ),
    (add(BANK_HOLIDAY, "2206-12-12"), "The calendar reaches from 2014 to 2060: check the year of"),
    (add(WORKING, "2026-12-10"), "is a working day already. Only a bank holiday can be made one."),
    (add(WORKING, "2026-12-13"), "is at the weekend"),
    (add(CLOSURE, "2026-12-26", "2026-12-28"), "Nobody works on Saturday 26 December 2026 to Monday 28 December"),
    (add(CLOSURE, "2026-12-24", "2027-12-24"), "is longer than 60 days. Check the years."),
    (add(CLOSURE, "2026-12-31", "2026-12-24"), "2026-12-24 is before 2026-12-31. Write the first day first"),
    (remove(CLOSURE, "2026-12-24"), "No closure is recorded on Thursday 24 December 2026. None is recorded."),
    (RemoveTerm(date(2026, 9, 2)), "No term of the authority starts on 2026-09-02. It has none."),
)


def test_what_cannot_be_is_refused_with_its_remedy(council: Council) -> None:
    for edit, said in IMPOSSIBLE:
        with pytest.raises(Refused, match=re.escape(said)):
            work_out(council.db, edit, OFFICER, NOW)


def test_what_contradicts_the_calendar_names_the_command_that_is_meant(council: Council) -> None:
    already = work_out(council.db, add(BANK_HOLIDAY, "2026-12-25"), OFFICER, NOW)
    assert (already.what, already.notes) == ({}, ("Friday 25 December 2026 is a bank holiday in England already.",))
    change(council, add(BANK_HOLIDAY, FRIDAY))
    change(council, add(WORKING, "2027-05-03", name="moved to 10 May"))
    with pytest.raises(Refused, match="'ehcp calendar remove bank-holiday 2026-12-11' takes it back"):
        work_out(council.db, add(WORKING, FRIDAY), OFFICER, NOW)
    with pytest.raises(Refused, match="'ehcp calendar remove working 2027-05-03' makes it a bank holiday again"):
        work_out(council.db, add(BANK_HOLIDAY, "2027-05-03"), OFFICER, NOW)
    with pytest.raises(Refused, match="Recorded: 2026-12-11"):
        work_out(council.db, remove(BANK_HOLIDAY, "2026-12-10"), OFFICER, NOW)
    with Session(council.db) as session:
        found = calendar_in_force(session)
        assert found == ENGLAND.with_changes(added=[date(2026, 12, 11)], removed=[date(2027, 5, 3)])
        assert calendar_known_at(session, at("2026-11-19")) == ENGLAND
        assert calendar_known_at(session, LATER) == found


# Terms


def test_new_term_dates_tell_the_clocks_of_the_children_at_those_settings(council: Council, tmp_path: Path) -> None:
    here, away = council.opens("2026-09-02"), council.opens("2026-09-03", setting_urn="")
    path = tmp_path / "terms.csv"
    path.write_text("setting_urn,first,last,name\n117222,2026-09-02,2026-12-18,Autumn\n117222,2027-01-04,2027-03-26,\n")
    with council.db.begin() as connection:
        connection.exec_driver_sql("DELETE FROM wake")
    plan, applied = change(council, TakeTerms(read_terms(path)))
    assert (plan.words, plan.moves, applied.woken) == ("new term dates hold for setting 117222", [], 1)
    assert council.row("SELECT process_id FROM wake")["process_id"] == here.process_id != away.process_id
    again, _ = change(council, TakeTerms(read_terms(path)))
    assert (again.what, again.notes) == ({}, ("These terms are recorded already.",))

    path.write_text("first,last\n2026-09-02,2026-12-18\n2027-01-04,2027-03-26\n")
    _, everybody = change(council, TakeTerms(read_terms(path)))
    assert everybody.woken == 2


def test_a_corrected_file_of_terms_takes_out_what_it_no_longer_has(council: Council, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(
        "setting_urn,first,last\n,2026-04-13,2026-07-21\n,2026-09-02,2026-12-18\n99999,2026-09-02,2026-12-18\n"
    )
    plan, _ = change(council, TakeTerms(read_terms(path)))
    assert plan.notes[0].startswith("The directory of settings does not know 99999: import it with")
    path.write_text("first,last\n2026-09-03,2026-12-18\n2027-01-04,2027-03-26\n")
    plan, _ = change(council, TakeTerms(read_terms(path)))
    assert [each["first"] for each in plan.what["terms"]["add"]] == ["2026-09-03", "2027-01-04"]
    assert [each["first"] for each in plan.what["terms"]["remove"]] == ["2026-09-02"]
    change(council, RemoveTerm(date(2026, 9, 2), "99999"))
    rows = council.rows("SELECT setting_urn, first FROM term ORDER BY setting_urn, first")
    assert [(row["setting_urn"], str(row["first"])) for row in rows] == [
        ("", "2026-04-13"),
        ("", "2026-09-03"),
        ("", "2027-01-04"),
    ]


# Whatever the change, and whatever is in the cases near it


@pytest.fixture
def caseload(council: Council) -> Council:
    """Cases in every stage, most of them with days near Christmas; some have ended, some made a plan."""
    for number in range(18):
        received = date(2026, 7, 20) + timedelta(days=number * 7)
        case = council.opens(str(received), now=at("2026-12-01"))
        drafted = min(received + timedelta(days=95), date(2026, 12, 19))
        facts = [
            f"decision_to_assess={received + timedelta(days=12)}",
            f"draft_plan_sent={drafted};method=post",
            "withdrawn=2026-12-20" if number % 2 else "final_plan_sent=2026-12-20;to=family;names_setting=no",
        ]
        for fact in facts[: number % 4]:
            council.records(case, fact, now=LATER, confirm=True)
    return council


def current(council: Council) -> dict[tuple[UUID, str, str, str], date | None]:
    rows = council.rows("SELECT * FROM deadline WHERE to_day IS NULL")
    return {
        (row["process_id"], row["limit_id"], row["subject"], field): row[field] for row in rows for field in FIELD_WORDS
    }


def test_what_was_shown_is_what_moves_and_the_read_model_is_as_if_computed_anew(caseload: Council) -> None:
    random = Random(3)
    moved: list[Move] = []
    surely = [add(BANK_HOLIDAY, "2026-12-22"), add(CLOSURE, "2026-12-18", "2027-01-08", "Closed")]
    for edit in [*surely, *(any_edit(random) for _ in range(10))]:
        before = current(caseload)
        try:
            plan, applied = change(caseload, edit, LATER)
        except Refused:
            continue
        after = current(caseload)
        differs = {key: (before[key], after[key]) for key in after if before[key] != after[key]}
        shown = {(m.process_id, m.limit, m.subject, m.field): (m.was, m.now) for m in plan.moves}
        assert differs == shown
        assert applied.moves == plan.moves
        assert recompute(caseload.db, LATER) == 0
        moved += plan.moves
    assert caseload.count("moved_day") == len(moved) > 20
    assert {move.field for move in moved} == {"start", "legal_due", "operational_due"}


def any_edit(random: Random) -> Edit:
    day = date(2026, 11, 30) + timedelta(days=random.randrange(60))
    kind = random.choice([BANK_HOLIDAY, BANK_HOLIDAY, CLOSURE])
    if day in ENGLAND.bank_holidays:
        return AddDays(WORKING, day, day)
    if random.random() < 0.2:
        return RemoveDays(kind, day - timedelta(days=30), day + timedelta(days=30))
    last = day + timedelta(days=random.randrange(8)) if kind == CLOSURE else day
    return AddDays(kind, day, last, "Any")
