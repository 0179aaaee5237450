"""Figures from outside, one by one: what is taken, what is refused and why, what replaces what."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casework.actor import Actor
from casework.errors import Refused
from cli.scorecard import name_of
from scorecard.card import BY_PART, card
from scorecard.fed.entering import enter, entered, withdraw
from scorecard.fed.entries import FedEntry, NotTaken, faults_of
from scorecard.fed.reading import fed_figures
from scorecard.measures import measure
from scorecard.measures.fed import FED, PER_CENT
from scorecard.period import month_of
from scorecard.plain import plain_line
from tests.support.database import Database

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = NOW.date()
MANAGER = Actor("m.east", "web")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
WAIT = FedEntry("wait_autism", *OCTOBER, owner="ICB", source="Monthly return", value=Decimal("61.5"))
AUDIT = FedEntry(
    "audit_needs", *OCTOBER, owner="Q. Lead", source="Audit", numerator=Decimal(17), denominator=Decimal(20)
)
APPEALS = FedEntry("appeals", *OCTOBER, owner="SEND", source="Log", part="D and H", numerator=Decimal(4))


def shown(db: Database, name: str, day: date = date(2026, 10, 31)) -> dict[str, tuple[object, ...]]:
    """The figures of a fed measure in the month of a day, by part."""
    with db.engine.connect() as connection:
        found = fed_figures(connection, [measure(name)], [month_of(day)])[0]
    return {each.part: (each.numerator, each.denominator, each.value) for each in found}


def test_a_figure_is_shown_from_the_end_of_its_own_period_for_a_year(database: Database) -> None:
    enter(database.engine, WAIT, MANAGER, NOW)
    assert shown(database, "wait_autism", date(2026, 9, 30)) == {}
    assert shown(database, "wait_autism") == {"": (None, None, Decimal("61.5"))}
    assert shown(database, "wait_autism", date(2027, 9, 30)) == {"": (None, None, Decimal("61.5"))}
    assert shown(database, "wait_autism", date(2027, 11, 30)) == {}


def test_of_how_many_how_many_makes_the_share(database: Database) -> None:
    enter(database.engine, AUDIT, MANAGER, NOW)
    assert shown(database, "audit_needs") == {"": (17, 20, Decimal("85.0"))}


def test_a_count_is_its_number_and_parts_stand_side_by_side(database: Database) -> None:
    enter(database.engine, APPEALS, MANAGER, NOW)
    enter(database.engine, replace(APPEALS, part="I", numerator=None, value=Decimal(2)), MANAGER, NOW)
    assert shown(database, "appeals") == {"D and H": (4, None, Decimal(4)), "I": (None, None, Decimal(2))}


def test_the_latest_holds_and_what_it_replaced_stays_to_be_seen(database: Database) -> None:
    first = enter(database.engine, WAIT, MANAGER, NOW)
    second = enter(database.engine, replace(WAIT, value=Decimal(60)), Actor("h.service", "web"), NOW)
    assert [(each.id, each.holds, each.entered_by) for each in entered(database.engine, "wait_autism")] == [
        (second, True, "h.service"),
        (first, False, "m.east"),
    ]
    assert shown(database, "wait_autism") == {"": (None, None, Decimal(60))}


def test_the_same_figure_again_is_not_put_down_twice(database: Database) -> None:
    assert enter(database.engine, APPEALS, MANAGER, NOW) == enter(database.engine, APPEALS, MANAGER, NOW)
    assert len(entered(database.engine)) == 1


def test_a_withdrawn_figure_counts_no_more_and_can_be_entered_again(database: Database) -> None:
    number = enter(database.engine, WAIT, MANAGER, NOW)
    withdraw(database.engine, number, MANAGER, NOW)
    assert shown(database, "wait_autism") == {}
    assert [(each.withdrawn, each.holds) for each in entered(database.engine)] == [(True, False), (False, False)]
    for gone in (number, number + 1, 9_999):
        with pytest.raises(Refused, match="does not hold any more"):
            withdraw(database.engine, gone, MANAGER, NOW)
    assert enter(database.engine, WAIT, MANAGER, NOW) > number
    assert shown(database, "wait_autism") == {"": (None, None, Decimal("61.5"))}


@pytest.mark.parametrize(
    ("entry", "field", "said"),
    [
        (replace(WAIT, measure_id="wait_autsm"), "measure", "did you mean wait_autism?"),
        (replace(WAIT, measure_id=""), "measure", "which measure it is must be said"),
        (replace(WAIT, measure_id="plans_twenty_weeks"), "measure", "counted from the cases"),
        (replace(WAIT, last_day=date(2026, 11, 21)), "last_day", "ends on Saturday 21 November 2026, which is still to come"),
        (replace(WAIT, first_day=date(2026, 11, 1)), "first_day", "begins on Sunday 1 November 2026, after its last day"),
        (replace(WAIT, first_day=date(2025, 10, 30)), "first_day", "longer than a year"),
        (replace(WAIT, first_day=date(2014, 1, 1), last_day=date(2014, 8, 31)), "first_day", "when EHC plans began"),
        (replace(WAIT, owner=" "), "owner", "who answers"),
        (replace(WAIT, source=""), "source", "where the figure comes from"),
        (replace(WAIT, source="x" * 201), "source", "the source is longer than 200 letters: it has 201"),
        (replace(WAIT, part="a\x00b"), "part", "the part holds a character that cannot be shown"),
        (replace(WAIT, value=Decimal("-0.1")), "value", "below nothing"),
        (replace(WAIT, value=Decimal("1e9")), "value", "too large"),
        (replace(WAIT, value=Decimal("NaN")), "value", "too large"),
        (replace(WAIT, value=Decimal(1041)), "value", "more than twenty years"),
        (replace(WAIT, value=None), "value", "missing"),
        (replace(WAIT, value=None, numerator=Decimal(3)), "value", "the value in weeks is missing"),
        (replace(AUDIT, numerator=Decimal(21)), "numerator", "21 are more than the 20"),
        (replace(AUDIT, numerator=Decimal("1.5")), "numerator", "not a whole number"),
        (replace(AUDIT, numerator=None), "numerator", "a denominator and no numerator"),
        (replace(AUDIT, denominator=None), "denominator", "a numerator and no denominator"),
        (replace(AUDIT, numerator=Decimal(0), denominator=Decimal(0)), "denominator", "of nothing"),
        (replace(AUDIT, value=Decimal("84.8")), "value", "is not 17 of 20, which is 85.0 per cent"),
        (replace(AUDIT, numerator=None, denominator=None, value=Decimal("100.1")), "value", "more than all"),
        (replace(APPEALS, value=Decimal(5)), "value", "a count is given once"),
        (replace(APPEALS, numerator=None, value=Decimal("4.5")), "value", "this is a count"),
        (replace(APPEALS, denominator=Decimal(8)), "value", "a count has no denominator"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_field_by_field_and_nothing_is_kept(
    database: Database, entry: FedEntry, field: str, said: str
) -> None:
    with pytest.raises(NotTaken) as refusal:
        enter(database.engine, entry, MANAGER, NOW)
    ((where, words),) = refusal.value.faults
    assert where == field
    assert said in words
    assert entered(database.engine) == []


@pytest.mark.parametrize(
    "entry",
    [
        replace(WAIT, last_day=TODAY),
        replace(WAIT, first_day=date(2025, 10, 31)),
        replace(WAIT, value=Decimal(0)),
        replace(AUDIT, value=Decimal("85.1")),
        replace(AUDIT, numerator=Decimal(20)),
        replace(AUDIT, numerator=None, denominator=None, value=Decimal(100)),
        replace(APPEALS, numerator=Decimal(0)),
    ],
)
def test_what_is_just_right_is_taken(entry: FedEntry) -> None:
    assert faults_of(entry, TODAY) == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    entry = replace(WAIT, measure_id="nonsense", owner="", value=Decimal(-1))
    assert [field for field, _ in faults_of(entry, TODAY)] == ["measure", "owner", "value"]


def test_the_audits_have_the_targets_of_the_local_plan() -> None:
    targets = {each.id: each.target for each in FED if each.target is not None}
    assert targets == {
        "audit_needs": 80,
        "audit_social_care_provision": 80,
        "audit_health_provision": 85,
        "audit_family_engagement": 100,
        "audit_sample": 10,
    }
    assert all(each.unit == PER_CENT for each in FED if each.target is not None)


@pytest.mark.parametrize("value", ["1E-20000", "33.3333333"])
def test_a_value_with_more_decimals_than_anybody_means_is_refused(value: str) -> None:
    assert [field for field, _ in faults_of(replace(WAIT, value=Decimal(value)), TODAY)] == ["value"]
    assert faults_of(replace(WAIT, value=Decimal("33.333333")), TODAY) == []


def test_what_is_entered_by_part_alone_says_so_and_each_figure_tells_its_own_days(database: Database) -> None:
    september = (date(2026, 9, 1), date(2026, 9, 30))
    enter(database.engine, replace(APPEALS, first_day=september[0], last_day=september[1]), MANAGER, NOW)
    enter(database.engine, replace(WAIT, first_day=september[0], last_day=september[1]), MANAGER, NOW)
    wanted = [measure(name) for name in ("appeals", "wait_autism", "wait_sensory")]
    found = card(database.engine, OCTOBER[1], TODAY, Decimal(10), measures=wanted)
    appeals, autism, sensory = (found.line(each.id) or pytest.fail(each.id) for each in wanted)
    assert [each.none_words for each in (appeals, autism, sensory)] == [BY_PART, "", "Nothing entered"]
    assert [(each["first"], each["last"]) for each in (plain_line(autism), *plain_line(appeals)["parts"])] == [
        september,
        september,
    ]
    assert name_of(plain_line(autism)) == "Wait for an autism assessment (2026-09-01 to 2026-09-30)"
