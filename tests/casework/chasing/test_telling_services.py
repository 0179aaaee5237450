"""What health, the social services and the head must be told (regs 4(2), 5(2), 10(2)): by a letter with a link, once."""

from uuid import UUID

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.recording import record
from casework.told import notices_of
from post.letters import Letter
from records.tables import Digest, Process
from statute.notation import parse_fact
from statute.told import Found
from statute.wanted_notice import Who
from tests.casework.chasing.council import ACTOR, LINK, ONLY_HEALTH, VIEWS, Council, at

pytestmark = pytest.mark.usefixtures("by_link")

# The designated clinical officer acts for the commissioning body; the social services; the head.
TOLD = {"dco@nhs.example", "dct@nhs.example", "head@schools.example"}
OPENED, ROUND = at("2026-09-02", "09:00"), at("2026-09-03", "08:30")


def told(council: Council, word: str) -> dict[str, Letter]:
    """Who was told by a letter whose subject begins with that word."""
    return {letter.to: letter for letter in council.box.letters if letter.subject.startswith(word)}


def decide(council: Council, fact: str) -> UUID:
    case = council.open()
    council.say(case, at(fact.partition("=")[2][:10], "12:00"), fact, *([VIEWS] if "issue" not in fact else []))
    council.wake(case, at(fact.partition("=")[2][:10], "12:05"))
    return case


def checklist(council: Council, case: UUID) -> dict[str, tuple[Found, set[Who]]]:
    with Session(council.db) as session:
        reference = session.get_one(Process, case).case_ref
    lines = notices_of(council.db, reference, ACTOR, at("2026-12-01")).lines
    return {line.notice.name: (line.found, set(line.days)) for line in lines}


def test_a_request_is_told_in_the_next_round_to_the_three_whom_the_law_names(council: Council):
    case = council.open()
    council.wake(case, OPENED)
    assert council.urgent(case, OPENED).letters == 0
    council.round(ROUND)
    letters = told(council, "Assessment considered: ")
    assert letters.keys() == TOLD
    assert all(len(LINK.findall(letter.text)) == 1 for letter in letters.values())
    assert len({LINK.findall(letter.text)[0] for letter in letters.values()}) == 3
    assert council.round(at("2026-09-04", "08:30")).letters == 0
    assert checklist(council, case)["considering"] == (Found.UNKNOWN, {Who.HEALTH, Who.SOCIAL_CARE, Who.SETTING})


@pytest.mark.parametrize("fact", [f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", "decision_not_to_assess=2026-09-30"])
def test_the_decision_is_told_to_the_same_also_when_it_ends_the_case(council: Council, fact: str):
    case = decide(council, fact)
    council.round(at("2026-10-01", "08:30"))
    assert told(council, "Decision whether to assess: ").keys() == TOLD
    assert told(council, "Assessment considered: ") == {}, "overtaken by the decision"
    assert checklist(council, case)["copy_of_decision"] == (Found.TOLD, {Who.HEALTH, Who.SOCIAL_CARE, Who.SETTING})


def test_a_refused_plan_is_told_to_health_and_the_head_alone(council: Council):
    case = decide(council, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}")
    council.say(case, at("2026-12-01", "12:00"), "decision_not_to_issue=2026-12-01")
    council.wake(case, at("2026-12-01", "12:05"))
    council.box.letters.clear()
    council.round(at("2026-12-02", "08:30"))
    assert told(council, "No plan will be issued: ").keys() == TOLD - {"dct@nhs.example"}
    assert told(council, "Decision whether to assess: ") == {}
    assert checklist(council, case)["copy_of_refusal"] == (Found.TOLD, {Who.HEALTH, Who.SETTING})


def test_the_head_is_told_in_the_holidays_too(council: Council):
    council.terms(("2026-09-01", "2026-09-25"), ("2026-11-02", "2026-12-18"))
    decide(council, "decision_not_to_assess=2026-10-14")
    council.round(at("2026-10-15", "08:30"))
    assert "head@schools.example" in told(council, "Decision whether to assess: ")


def test_a_child_without_a_school_has_no_head_to_tell(council: Council):
    case = council.open(setting_urn=None)
    council.wake(case, OPENED)
    assert sorted(m.subject for m in council.messages(case) if m.kind == "notify") == ["health", "social_care"]


def test_nobody_is_told_after_a_death_or_of_what_a_file_brought(council: Council):
    case = decide(council, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}")
    council.say(case, at("2026-09-30", "13:00"), "died=2026-09-30")
    council.wake(case, at("2026-09-30", "13:01"))
    other = council.open("Other")
    with Session(council.db) as session:
        reference = session.get_one(Process, other).case_ref
    file, now = Actor("a.marsh", "import"), at("2026-10-01", "07:30")
    record(council.db, reference, [parse_fact("decision_not_to_assess=2026-09-30")], file, now, confirm=True)
    council.wake(other, now)
    council.round(at("2026-10-01", "08:30"))
    assert told(council, "Decision whether to assess: ") == {}


def test_a_letter_that_came_back_has_told_nobody(council: Council):
    case = decide(council, "decision_not_to_assess=2026-09-30")
    council.round(at("2026-10-01", "08:30"))
    digests = {m.recipient: m.digest_id for m in council.messages(case, "sent") if m.kind == "notify"}
    with Session(council.db) as session, session.begin():
        session.get_one(Digest, digests["head@schools.example"]).fate = "bounced"
    assert checklist(council, case)["copy_of_decision"] == (Found.UNKNOWN, {Who.HEALTH, Who.SOCIAL_CARE})


def test_without_links_nobody_is_written_to_by_this_route(council: Council, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EHCP_PUBLIC_URL")
    case = council.open()
    council.wake(case, OPENED)
    assert council.messages(case) == []
