"""The weekly summary: once a week for each service with late advice."""

from sqlmodel import Session

from records.tables import Process
from tests.casework.chasing.council import (
    ABOVE,
    PAEDS,
    Council,
    at,
)


def test_fourteen_days_late_the_service_manager_is_told_and_the_lead_weekly_in_one_letter(council: Council):
    cases = [council.asked(f"Testing-{n}") for n in range(12)]
    for case in cases:
        council.wake(case, at("2026-11-25"))
    council.round(at("2026-11-25", "08:30"))
    assert sorted(set(council.box.to)) == ["dco@nhs.example", ABOVE, PAEDS]
    assert len(council.box.letters) == 3
    (weekly,) = council.box.of("dco@nhs.example")
    assert "12 overdue" in weekly.subject
    assert "Not listed" in weekly.text
    assert "Community Paediatrics" in weekly.text
    council.box.letters.clear()
    council.round(at("2026-11-26", "08:30"))
    assert council.box.of("dco@nhs.example") == []
    council.round(at("2026-11-30", "08:30"))
    assert len(council.box.of("dco@nhs.example")) == 1


def test_a_weekly_summary_leaves_out_what_is_restricted_on_hold_or_no_longer_asked_for(council: Council):
    counted, held, without = (council.asked(name) for name in ("One", "Two", "Three"))
    council.asked("Four", sensitivity="restricted", restricted_to=("a.marsh",))
    council.say(held, at("2026-11-23"), "mail_hold=2026-11-23")
    council.say(without, at("2026-11-23"), "proceeding_without:health=2026-11-23")
    council.round(at("2026-11-23", "08:30"))
    (weekly,) = council.box.of("dco@nhs.example")
    with Session(council.db) as session:
        assert session.get_one(Process, counted).mail_ref in weekly.text
    assert "1 overdue" in weekly.subject
