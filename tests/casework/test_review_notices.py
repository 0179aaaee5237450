"""Every step of a review becomes a letter: what it is about, in the words and with the days of the law."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.review_notices import about_review
from post.items import Item, Kind
from post.letters import compose
from statute.ladder import Role, Step
from statute.mornings import day_in_london
from statute.situation import Situation
from statute.steps import steps
from tests.post.examples import HOUSE
from tests.statute.reviews import (
    AMENDING,
    BEFORE,
    BY_AUTHORITY,
    HELD,
    INVITED,
    REPORTED,
    TRANSFER,
    review,
)
from tests.statute.rungs import at

_DAYS = ("start", "due", "working_due", "norm_due", "meeting", "legal_due", "final")


def about(morning: str, kind: str, *facts: str, role: Role = Role.ADVISER) -> dict[str, Any]:
    situation = review(at(morning), *facts)
    step = next(step for step in steps(situation).due if (step.kind, step.role) == (kind, role))
    return about_review(situation, step)


def test_a_setting_is_told_the_day_the_meeting_is_wanted_by_and_the_legal_day_it_leads_up_to():
    assert about("2027-03-03", "arrange", *BEFORE) == {
        "limit": "s44_review",
        "start": "2026-05-13",
        "due": "2027-04-14",
        "working_due": "2027-04-14",
        "legal_due": "2027-05-12",
    }


def test_for_a_phase_transfer_it_is_the_day_of_the_transfer_that_is_led_up_to():
    said = about("2026-10-09", "arrange", *BEFORE, TRANSFER)
    assert (said["limit"], said["start"]) == ("reg18_phase_transfer", "2027-09-01")
    assert (said["due"], said["working_due"], said["legal_due"]) == ("2026-11-22", "2026-11-20", "2027-02-14")
    planned = about("2026-12-18", "warn", *BEFORE, TRANSFER, role=Role.CASEWORKER)
    assert (planned["limit"], planned["due"], planned["legal_due"]) == (
        "local_transfer_decision",
        "2026-12-20",
        "2027-02-14",
    )


@pytest.mark.parametrize(
    ("morning", "kind", "facts", "role", "said"),
    [
        ("2027-03-23", "invite", INVITED, Role.ADVISER, {"due": "2027-03-30", "meeting": "2027-04-14"}),
        ("2027-04-15", "meeting", INVITED, Role.ADVISER, {"start": "2027-04-14", "due": "2027-04-14"}),
        ("2027-04-29", "report", HELD, Role.ADVISER, {"start": "2027-04-14", "due": "2027-04-28"}),
        ("2027-05-01", "escalate", HELD, Role.SERVICE_MANAGER, {"limit": "reg20_report", "due": "2027-04-28"}),
        (
            "2027-05-07",
            "notice",
            (*REPORTED, "decision_amend=2027-05-06"),
            Role.CASEWORKER,
            {"due": "2027-05-06", "legal_due": "2027-05-12", "final": "2027-07-07"},
        ),
        ("2027-05-25", "finalise", AMENDING, Role.CASEWORKER, {"due": "2027-05-24", "final": "2027-07-05"}),
        (
            "2026-12-14",
            "warn",
            (*BEFORE, "amendment_notice_sent=2026-11-02"),
            Role.CASEWORKER,
            {"limit": "reg28_final", "due": "2026-12-28"},
        ),
        (
            "2027-04-29",
            "report",
            (*HELD, BY_AUTHORITY),
            Role.CASEWORKER,
            {"limit": "reg21_report", "due": "2027-04-28"},
        ),
        ("2027-03-20", "stop", (*INVITED, "died=2027-03-20"), Role.ADVISER, {}),
    ],
)
def test_the_days_that_a_letter_names(
    morning: str, kind: str, facts: tuple[str, ...], role: Role, said: dict[str, str]
):
    assert said.items() <= about(morning, kind, *facts, role=role).items()


WHOLE = (
    (*BEFORE, TRANSFER),
    (*BEFORE, BY_AUTHORITY),
    INVITED,
    (*INVITED, BY_AUTHORITY),
    HELD,
    (*HELD, BY_AUTHORITY),
    (*REPORTED, "decision_amend=2027-05-06"),
    AMENDING,
    (*REPORTED, "decision_cease=2027-05-10"),
    ("plan_made=2026-05-13;early_years=yes", "transferred_in=2026-09-01"),
    (*INVITED, "died=2027-03-20"),
)


@pytest.mark.parametrize("facts", WHOLE)
def test_every_step_of_a_review_can_be_written(facts: tuple[str, ...]):
    written: set[str] = set()
    for number in range(0, 420, 2):
        now = at((date(2026, 8, 2) + timedelta(days=number)).isoformat())
        situation = review(now, *facts)
        for step in (step for step in steps(situation).due if step.key not in written):
            written.add(step.key)
            _write(situation, step)
    assert written


def _write(situation: Situation, step: Step) -> None:
    said = about_review(situation, step)
    days: dict[str, Any] = {name: date.fromisoformat(said[name]) for name in _DAYS if name in said}
    item = Item(
        kind=Kind(step.kind.value),
        mail_ref="K7F-3QX9",
        limit=said.get("limit", "review"),
        category=step.subject,
        rung=int(step.rung) if step.rung.lstrip("-").isdigit() else None,
        own=step.role in (Role.CASEWORKER, Role.MANAGER),
        service="Setting 117222",
        team="East",
        **days,
    )
    letter = compose("somebody@council.example", [item], HOUSE, step.key, day_in_london(situation.now))
    assert "K7F-3QX9" in letter.subject and len(letter.subject) <= 77
    assert "Item" not in letter.subject  # the words of a limit that nobody named
