"""The policy is a file that a council writes: what it can say, and what it is told when it says it wrong."""

from datetime import date, time, timedelta

import pytest

from statute.holidays import SchoolHoliday, back_at_school
from statute.policy import default_policy, default_text, load_policy
from statute.policy_errors import PolicyError


def problem(text: str) -> str:
    with pytest.raises(PolicyError) as refused:
        load_policy(text)
    return "\n".join(refused.value.problems)


def test_the_default_is_the_ladder_the_guide_promises():
    policy = default_policy()
    assert policy.advice.adviser == (-14, -7, -2, 0, 3, 7, 14)
    assert policy.advice.then_every == 7
    assert policy.advice.service_manager == (14,)
    assert policy.hours.wake == time(7)
    assert policy.hours.post_round == time(8, 30)
    assert policy.norms.local_draft_plan == 14


def test_what_a_council_leaves_out_stays_as_in_the_default():
    policy = load_policy("[advice]\nadviser = [-7, 0, 7]\n")
    assert policy.advice.adviser == (-7, 0, 7)
    assert policy.advice.then_every == 7
    assert policy.own_limits == default_policy().own_limits


def test_a_policy_of_the_time_before_reviews_follows_the_defaults_for_them():
    text = default_text()
    old = text[: text.index("# Annual reviews.")] + text[text.index("# Weeks in which schools") :]
    assert "reviews" not in old
    assert load_policy(old) == default_policy()
    changed = load_policy("[reviews.report]\nsetting = [0]\n").reviews
    assert (changed.report.setting, changed.report.head) == ((0,), default_policy().reviews.report.head)
    assert changed.arrange == default_policy().reviews.arrange


def test_the_default_written_out_in_full_is_the_default():
    assert load_policy(default_text()) == default_policy()


def test_no_letter_can_move_a_policy_that_was_read():
    with pytest.raises(ValueError, match="frozen"):
        default_policy().advice.then_every = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[advice]\nadvisor = [0]", "advice.advisor is not a setting (did you mean adviser?)"),
        ("due_son_days = 3", "due_son_days is not a setting (did you mean due_soon_days?)"),
        ("[hours]\nwake = 7", 'hours.wake: write an hour as "07:00"'),
        ("[advice]\nadviser = [3, -2]", "advice.adviser: write the days in ascending order"),
        ("[advice]\nadviser = [true]", "advice.adviser[1]"),
        ('[hours]\npost_round = "19:30"', "post_round must lie between sociable_from and sociable_to"),
        ('[own_limits]\nlimits = ["reg8_advice"]', "'reg8_advice' is not one of reg5_decide"),
        ("[norms]\nlocal_draft_plan = 21", "norms.local_draft_plan"),
        ("hours = 3", "hours"),
        ('[[school_holidays]]\nfrom = "07-35"\nto = "08-31"', "school_holidays[1].from: '07-35' is not a day"),
        ('[[school_holidays]]\nfrom = "07-25"', "school_holidays[1].to is missing"),
        ("[reviews]\nopen_weeks = 2", "reviews.open_weeks"),
        ('[reviews]\nphase_transfer_opens = "2026-09-01"', "'2026-09-01' is not a day of every year"),
        ('[reviews]\nphase_transfer_opens = "02-30"', "'02-30' is not a day of every year"),
        ("[reviews.hold_over]\ncaseworker = [0]", "reviews.hold_over.caseworker[1]"),
        ("[reviews.reports]\nhead = [1]", "reviews.reports is not a setting (did you mean report?)"),
        ("[reviews.report]\nheads = [1]", "reviews.report.heads is not a setting (did you mean head?)"),
        ("=", "not a TOML file"),
    ],
)
def test_a_mistake_is_answered_with_its_place_and_the_remedy(text: str, said: str):
    assert said in problem(text)


def test_a_norm_tighter_than_the_law_can_be_switched_off():
    assert load_policy("[norms]\nlocal_draft_plan = 0").norms.local_draft_plan == 0


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 30), (2, 60), (3, 120), (6, 960), (7, 1440), (400, 1440)])
def test_a_busy_mail_server_is_asked_again_ever_later_but_daily(attempts: int, minutes: int):
    assert default_policy().post.retry_after(attempts) == timedelta(minutes=minutes)


SUMMER = SchoolHoliday.model_validate({"from": "07-25", "to": "08-31"})
WINTER = SchoolHoliday.model_validate({"from": "12-23", "to": "01-01"})
HALF_TERM = SchoolHoliday.model_validate({"from": "2026-09-01", "to": "2026-09-04"})


@pytest.mark.parametrize(
    ("day", "back"),
    [
        (date(2026, 7, 24), date(2026, 7, 24)),
        (date(2026, 7, 25), date(2026, 9, 5)),  # the summer and the dated days adjoin
        (date(2027, 8, 31), date(2027, 9, 1)),
        (date(2026, 12, 24), date(2027, 1, 2)),
        (date(2027, 1, 1), date(2027, 1, 2)),
        (date(2027, 1, 2), date(2027, 1, 2)),
    ],
)
def test_schools_come_back_on_the_day_after_their_holidays(day: date, back: date):
    assert back_at_school(day, (SUMMER, WINTER, HALF_TERM)) == back


def test_a_holiday_that_begins_on_leap_day_begins_on_the_28th_in_other_years():
    leap = SchoolHoliday.model_validate({"from": "02-29", "to": "03-02"})
    assert back_at_school(date(2027, 2, 28), (leap,)) == date(2027, 3, 3)
