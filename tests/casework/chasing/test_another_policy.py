"""Another policy is adopted in the middle of many cases: nothing of the past is said twice, or all at once."""

from casework.adopting import adopt_policy
from casework.policy_preview import Preview, preview
from statute.changed_ladders import CHANGED
from tests.casework.chasing.council import ABOVE, ACTOR, PAEDS, Council, at

LATE = "2026-11-20"
"""Nine days after the legal day: of the rungs that ship, the seventh day after it was the last."""


def health(own: str) -> str:
    return f"[services.health]\n{own}\n"


def follow(council: Council, toml: str, day: str, clock: str = "12:00") -> None:
    adopt_policy(council.db, toml, ACTOR, at(day, clock))


def days_of(council: Council, *days: str) -> list[str]:
    """Each day's wake and round for every case; whom of the service a letter of theirs went to."""
    council.box.letters.clear()
    for day in days:
        for case in {message.process_id for message in council.messages() if message.process_id}:
            council.wake(case, at(day))
        council.round(at(day, "08:30"))
    return [each for each in council.box.to if each in (PAEDS, ABOVE)]  # the weekly summary goes besides


def late(council: Council) -> None:
    council.asked()
    days_of(council, "2026-11-11", "2026-11-14", "2026-11-18")


def test_a_rung_that_a_policy_brings_for_a_day_that_has_passed_waits_for_the_next(council: Council) -> None:
    late(council)
    follow(council, health("adviser = [-14, 0, 8]\nthen_every = 5"), LATE)
    assert preview_of(council, health("adviser = [-14, 0, 8]\nthen_every = 5"), LATE).nothing
    assert days_of(council, "2026-11-20", "2026-11-21", "2026-11-23") == []
    (passed,) = [each for each in council.messages() if each.reason == CHANGED]
    assert passed.rung == "8"
    assert days_of(council, "2026-11-24") == [PAEDS]  # 13 days after: the next of it


def test_the_preview_says_so_before(council: Council) -> None:
    late(council)
    found = preview_of(council, health("adviser = [-14, 0, 8]\nthen_every = 5"), LATE)
    assert (found.affected, found.looked, found.passed_over, found.past_once) == (1, 1, 1, 0)
    assert not found.come


def test_whoever_would_never_hear_of_it_is_told_once(council: Council) -> None:
    late(council)
    found = preview_of(council, health("service_manager = [3]"), LATE)
    assert (found.come, found.past_once, found.passed_over) == ({"escalate": 1}, 1, 0)
    follow(council, health("service_manager = [3]"), LATE)
    days = ["2026-11-23", "2026-11-25", "2026-11-26"]
    assert days_of(council, *days).count(ABOVE) == 1


def test_a_rung_of_the_day_itself_is_said_whichever_policy_brought_it(council: Council) -> None:
    late(council)
    follow(council, health("adviser = [9]"), LATE, "07:10")
    assert days_of(council, LATE) == [PAEDS]


def test_a_rung_that_both_policies_have_is_said_though_the_policy_changed_that_morning(council: Council) -> None:
    council.asked()
    follow(council, health("adviser = [-14, 0, 3]\noldest_report = 90"), "2026-11-11", "07:01")
    assert days_of(council, "2026-11-11") == [PAEDS]


def test_what_was_said_already_is_not_said_again(council: Council) -> None:
    late(council)
    follow(council, health("adviser = [-14, 0, 3, 7]"), LATE)
    follow(council, "[advice]\nthen_every = 7", LATE, "12:05")
    assert days_of(council, "2026-11-20", "2026-11-21") == []
    assert sorted(days_of(council, "2026-11-25")) == [ABOVE, PAEDS]


def test_a_letter_that_waits_and_that_the_new_policy_does_not_have_is_given_up(council: Council) -> None:
    case = council.asked()
    council.wake(case, at("2026-11-11"))
    found = preview_of(council, health("adviser = [7]"), "2026-11-11")
    assert found.go == {"chase": 1}
    follow(council, health("adviser = [7]"), "2026-11-11", "07:30")
    assert days_of(council, "2026-11-11") == []


def test_norm_days_that_move_are_listed_with_their_cases(council: Council) -> None:
    council.asked()
    found = preview_of(council, health("norm_weeks = 5"), LATE)
    (move,) = found.norms
    assert (str(move.was), str(move.now), move.subject, found.norm_days) == ("None", "2026-11-04", "health", 1)
    assert preview_of(council, "[services.social_care]\nnorm_weeks = 5", LATE).affected == 0


def test_a_policy_that_changes_more_is_looked_at_in_every_open_case(council: Council) -> None:
    council.open()
    found = preview_of(council, "[own_limits]\nlimits = []", "2026-10-14")
    assert (found.affected, found.go) == (1, {"warn": 2, "breach": 2})


def preview_of(council: Council, toml: str, day: str) -> Preview:
    return preview(council.db, toml, ACTOR, at(day, "12:30"))
