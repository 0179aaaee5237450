"""What is overdue, due and lifted."""

import json
from datetime import date, timedelta

from casework.case import timeline
from casework.lists import Item, due, lifted, overdue
from statute.timeline import State
from tests.casework.support import COLLEAGUE, NOW, OFFICER, TODAY, Council, at


def told(items: tuple[Item, ...]) -> list[tuple[str, str, str]]:
    """Case, limit and subject of each item."""
    return [(item.case_ref, item.limit, item.subject) for item in items]


def test_the_oldest_legal_day_comes_first_with_its_reason(council: Council) -> None:
    council.opens("2026-10-01", case_ref="B")
    council.opens("2026-09-01", case_ref="C", officer="a.marsh")
    council.opens("2026-10-01", case_ref="A")
    found = overdue(council.db, OFFICER, TODAY).items
    assert told(found) == [("C", "reg5_decide", ""), ("A", "reg5_decide", ""), ("B", "reg5_decide", "")]
    first = found[0]
    assert (first.start, first.legal_due, first.days_overdue) == (date(2026, 9, 1), date(2026, 10, 13), 38)
    assert (first.officer, first.team, first.citation) == ("a.marsh", "East", "SI 2014/1530 reg 5(1)")


def test_due_today_is_not_overdue(council: Council) -> None:
    council.opens("2026-10-09")
    assert overdue(council.db, OFFICER, TODAY).items == ()
    assert len(overdue(council.db, OFFICER, TODAY + timedelta(days=1)).items) == 1
    assert told(due(council.db, OFFICER, TODAY, 0).items) == [("EHC-2026-0001", "reg5_decide", "")]


def test_nothing_has_to_run_at_midnight_for_the_list_to_be_right(council: Council) -> None:
    council.opens("2026-09-02")
    for days in range(0, 160, 7):
        day = TODAY + timedelta(days=days)
        fresh = timeline(council.db, "EHC-2026-0001", OFFICER, NOW, as_of=day).deadlines
        expected = sorted(d.limit for d in fresh if d.state is State.OVERDUE)
        assert sorted(item.limit for item in overdue(council.db, OFFICER, day).items) == expected


def test_a_list_of_a_past_day_is_what_the_law_says_of_that_day_on_todays_knowledge(council: Council) -> None:
    case = council.opens("2026-05-01", now=at("2026-05-02"))
    council.records(
        case,
        "decision_to_assess=2026-06-20",
        "advice_requested:health=2026-06-22",
        "advice_received:health=2026-09-01",
        "withdrawn=2026-10-20",
        "reopened=2026-11-02",
    )
    day = date(2026, 5, 1)
    while day <= TODAY:
        fresh = timeline(council.db, case.case_ref, OFFICER, NOW, as_of=day).deadlines
        expected = sorted((d.limit, d.subject) for d in fresh if d.state is State.OVERDUE)
        found = overdue(council.db, OFFICER, TODAY, as_of=day).items
        assert sorted((item.limit, item.subject) for item in found) == expected, day
        day += timedelta(days=1)


def test_what_was_known_on_a_day_leaves_out_what_was_recorded_later(council: Council) -> None:
    case = council.opens("2026-09-02", now=at("2026-09-03"))
    council.records(case, "decision_to_assess=2026-10-09", now=at("2026-11-02"))
    october = date(2026, 10, 20)
    assert overdue(council.db, OFFICER, TODAY, as_of=october).items == ()
    assert told(overdue(council.db, OFFICER, TODAY, known_on=october).items) == [(case.case_ref, "reg5_decide", "")]
    assert overdue(council.db, OFFICER, TODAY, known_on=date(2026, 11, 2)).items == ()


def test_known_on_a_day_means_by_its_end_in_london(council: Council) -> None:
    case = council.opens("2026-05-01", now=at("2026-05-02"))
    council.records(case, "decision_to_assess=2026-06-01", now=at("2026-06-30", hour=23))  # 1 July in London
    found = overdue(council.db, OFFICER, TODAY, as_of=date(2026, 7, 1), known_on=date(2026, 6, 30))
    assert len(found.items) == 1
    assert overdue(council.db, OFFICER, TODAY, as_of=date(2026, 7, 1), known_on=date(2026, 7, 1)).items == ()


def test_both_ways_of_looking_give_the_same_rows_when_all_was_known(council: Council) -> None:
    for received in ("2026-09-02", "2026-08-01", "2026-10-01"):
        case = council.opens(received, officer="p.singh", now=at("2026-10-02"))
        council.records(case, "decision_to_assess=2026-10-01", "advice_requested:health/slt=2026-10-02")
    one = overdue(council.db, OFFICER, TODAY, as_of=TODAY)
    assert one.items
    assert overdue(council.db, OFFICER, TODAY, as_of=TODAY, known_on=TODAY) == one


def test_a_list_can_be_narrowed(council: Council) -> None:
    one = council.opens("2026-08-01", officer="a.marsh")
    two = council.opens("2026-08-01", officer="p.singh")
    council.records(one, "decision_to_assess=2026-09-01", "advice_requested:health/slt=2026-09-02")
    council.records(two, "decision_to_assess=2026-09-01", "advice_requested:health=2026-09-02")
    for known_on in (None, TODAY):

        def refs(known_on: date | None = known_on, **by: str) -> list[tuple[str, str, str]]:
            return told(overdue(council.db, OFFICER, TODAY, known_on=known_on, **by).items)

        assert refs(officer="a.marsh") == [(one.case_ref, "reg8_advice", "health")]
        assert refs(team="West") == [(two.case_ref, "reg8_advice", "health")]
        assert len(refs(limit="reg8_advice")) == 2
        assert refs(limit="reg5_decide") == []
        assert len(refs(service="health")) == 2
        assert refs(service="slt") == [(one.case_ref, "reg8_advice", "health")]
        assert refs(service="paediatrics") == [(two.case_ref, "reg8_advice", "health")]
        assert refs(service="social_care", officer="a.marsh") == []


def test_pages_follow_one_another_without_gap_or_repeat(council: Council) -> None:
    for number in range(7):
        council.opens("2026-09-01" if number % 2 else "2026-09-02", case_ref=f"REF{number}")
    whole = overdue(council.db, OFFICER, TODAY).items
    for known_on in (None, TODAY):
        pages: list[Item] = []
        after = None
        while page := overdue(council.db, OFFICER, TODAY, known_on=known_on, after=after, page=3).items:
            pages.extend(page)
            after = page[-1].key
        assert tuple(pages) == whole


def test_a_restricted_child_is_listed_only_for_those_named(council: Council) -> None:
    council.opens("2026-09-01", sensitivity="restricted", restricted_to=["a.marsh"])
    for known_on in (None, TODAY):
        assert len(overdue(council.db, OFFICER, TODAY, known_on=known_on).items) == 1
        assert overdue(council.db, COLLEAGUE, TODAY, known_on=known_on).items == ()
    assert due(council.db, COLLEAGUE, TODAY, 200).items == ()


def test_due_within_a_fortnight_counts_both_ends_and_leaves_out_the_rest(council: Council) -> None:
    council.opens("2026-10-09", case_ref="TODAY")
    council.opens("2026-10-23", case_ref="LAST")
    council.opens("2026-10-24", case_ref="LATER")
    council.opens("2026-10-08", case_ref="OVERDUE")
    found = due(council.db, OFFICER, TODAY, 14).items
    assert [(item.case_ref, item.days_overdue) for item in found] == [("TODAY", 0), ("LAST", -14)]


def test_a_lifted_limit_past_its_day_is_on_its_own_list_and_not_overdue(council: Council) -> None:
    case = council.opens("2026-09-02")
    relief = "relief=2026-10-12;ground=personal;limit=reg5_decide;from=2026-09-20;to=2026-10-10;target=2026-12-01"
    council.records(case, relief)
    assert overdue(council.db, OFFICER, TODAY).items == ()
    (item,) = lifted(council.db, OFFICER, TODAY).items
    assert (item.case_ref, item.limit, item.legal_due) == (case.case_ref, "reg5_decide", date(2026, 10, 14))
    assert (item.lifted_until, item.target) == (date(2026, 10, 10), date(2026, 12, 1))


def test_rows_that_could_not_be_timed_are_counted_above_every_list(council: Council) -> None:
    with council.db.begin() as connection:
        for resolved in (None, NOW):
            connection.exec_driver_sql(
                "INSERT INTO import_refusal (authority, file_hash, line, case_ref, column_name, reason, refused_at, "
                "resolved_at) VALUES ('000', 'x', 2, 'BAD', 'received', 'missing', %s, %s)",
                (NOW, resolved),
            )
    assert overdue(council.db, OFFICER, TODAY).not_timed == 1
    assert due(council.db, OFFICER, TODAY).not_timed == 1
    assert lifted(council.db, OFFICER, TODAY).not_timed == 1


def test_an_item_has_exactly_the_fields_that_other_tools_rely_on(council: Council) -> None:
    from dataclasses import asdict

    council.opens("2026-09-02")
    (item,) = overdue(council.db, OFFICER, TODAY).items
    assert list(json.loads(json.dumps(asdict(item), default=str))) == [
        "case_ref", "limit", "subject", "start", "legal_due", "operational_due", "days_overdue", "officer", "team",
        "citation",
    ]  # fmt: skip
