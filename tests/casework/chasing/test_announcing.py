"""Announcements: at once, at any hour, and taken along by a round when they could not go."""

import pytest

from records.tables import Setting
from tests.casework.chasing.council import (
    BUSY,
    ONLY_HEALTH,
    PAEDS,
    VIEWS,
    Council,
    at,
)


def test_an_announcement_goes_at_any_hour_and_is_noted_on_the_request(council: Council):
    case = council.open()
    sunday = at("2026-10-04", "22:00")
    council.say(case, sunday, "decision_to_assess=2026-10-04")
    council.wake(case, sunday)
    council.urgent(case, sunday)
    assert "senco@schools.example" in council.box.to
    assert council.urgent(case, sunday).sent == 0
    council.wake(case, at("2026-10-06"))
    papers = [m for m in council.messages(case, "queued") if m.kind == "papers"]
    assert len(papers) == 4


def test_an_announcement_that_could_not_go_is_taken_along_by_the_round(council: Council):
    case = council.open()
    now = at("2026-09-30", "19:40")
    council.say(case, now, "decision_to_assess=2026-09-30;reuse=education,educational_psychology,social_care", VIEWS)
    council.wake(case, now)
    council.box.answers = {PAEDS: BUSY}
    assert council.urgent(case, now).left == 1
    council.box.answers = {}
    assert council.round(at("2026-10-01", "08:30")).sent == 1


def test_a_setting_without_an_address_writes_to_its_head(council: Council):
    council.change(Setting, "117222", email=None)
    case = council.open()
    now = at("2026-09-30", "12:00")
    council.say(case, now, "decision_to_assess=2026-09-30")
    council.wake(case, now)
    council.urgent(case, now)
    assert "head@schools.example" in council.box.to


def test_in_a_demonstration_the_engine_records_that_the_papers_were_sent(
    council: Council, monkeypatch: pytest.MonkeyPatch
):
    case = council.open()
    now = at("2026-09-30", "12:00")
    council.say(case, now, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}")
    council.wake(case, now)
    monkeypatch.setenv("EHCP_DEMO", "true")
    council.urgent(case, now)
    assert "reg8_advice health 2026-11-11" in council.wake(case, now).summary


def test_an_announcement_names_the_law_that_binds_whom_it_is_sent_to(council: Council):
    case = council.open()
    now = at("2026-09-30", "12:00")
    council.say(case, now, "decision_to_assess=2026-09-30")
    council.wake(case, now)
    council.urgent(case, now)
    (health,) = council.box.of(PAEDS)
    (school,) = council.box.of("senco@schools.example")
    assert "regulation 8(1)" in health.text
    assert "SEND code of practice" in school.text
