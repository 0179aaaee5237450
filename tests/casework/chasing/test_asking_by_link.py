"""The whole request behind a link: it asks by itself, its acceptance starts the six weeks, and a bounce undoes that."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from casework.nightly import check
from casework.papers import record_papers, undo_request
from casework.secure_links.making import good_link
from post.letters import Letter
from records.ledger import facts_of
from records.tables import AdviceRequest, CasePapers, FactRow
from tests.casework.chasing.council import (
    ABOVE,
    BUSY,
    DUE,
    LINK,
    LOST,
    MORNING,
    OFFICE,
    OFFICER,
    ONLY_HEALTH,
    PAEDS,
    REFUSED,
    VIEWS,
    Council,
    Killed,
    at,
)

DECIDED = at("2026-09-30", "12:00")

pytestmark = pytest.mark.usefixtures("by_link")


def complete(council: Council, case: UUID, day: str = "2026-09-30", clock: str = "11:00") -> None:
    """The papers of a case are complete."""
    with Session(council.db) as session, session.begin():
        authority = session.exec(select(AdviceRequest.authority)).first() or "000"
        session.add(
            CasePapers(
                authority=authority,
                process_id=case,
                ready_at=at(day, clock),
                ready_by="a.marsh",
                nothing_submitted=True,
            )
        )


def decided(council: Council, *, ready: bool = True) -> UUID:
    """A case in which only health is asked; with its papers."""
    case = council.open()
    if ready:
        complete(council, case)
    council.say(case, DECIDED, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", VIEWS)
    council.wake(case, DECIDED)
    return case


def asked(council: Council, case: UUID) -> list[tuple[str, str, str]]:
    """Every entry about the asking: kind, day and channel."""
    with Session(council.db) as session:
        query = select(FactRow).where(FactRow.process_id == case).order_by(col(FactRow.sequence))
        about = [row for row in session.exec(query) if "advice_requested" in (row.kind, row.subject.partition(":")[0])]
        return [(row.kind, row.day.isoformat(), row.channel) for row in about]


def request_of(council: Council, case: UUID) -> AdviceRequest:
    with Session(council.db) as session:
        mine = (AdviceRequest.process_id == case, AdviceRequest.subject == "health")
        return session.exec(select(AdviceRequest).where(*mine)).one()


def test_with_complete_papers_one_letter_asks_and_the_six_weeks_begin_when_a_server_takes_it(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    (letter,) = council.box.of(PAEDS)
    assert letter.subject.startswith("Advice wanted by Wednesday 11 November 2026: ")
    assert len(LINK.findall(letter.text)) == 1
    assert LINK.findall(letter.text) == [LINK.findall(letter.html)[0]]
    assert asked(council, case) == [("advice_requested", "2026-09-30", "engine")]
    kept = request_of(council, case)
    assert (kept.announced_at, kept.papers_sent_at) == (DECIDED, DECIDED)
    with Session(council.db) as session:
        (fact,) = [fact for fact in facts_of(session, case) if fact.kind == "advice_requested"]
    assert (fact.attributes["channel"], fact.attributes["received_by_body"]) == ("link", "2026-09-30")
    assert f"reg8_advice health {DUE}" in council.wake(case, DECIDED).summary
    assert "papers" not in {message.kind for message in council.messages(case)}


def test_until_the_papers_are_complete_it_is_only_announced_and_the_officer_reminded(council: Council):
    case = decided(council, ready=False)
    council.urgent(case, DECIDED)
    (letter,) = council.box.of(PAEDS)
    assert letter.subject.startswith("A request for advice is coming: ")
    assert len(LINK.findall(letter.text)) == 1
    assert asked(council, case) == []
    later = at("2026-10-06")
    council.wake(case, later)
    assert [m.kind for m in council.messages(case, "queued") if m.kind != "notify"] == ["papers"]
    complete(council, case, "2026-10-06", "07:25")
    council.wake(case, later + timedelta(minutes=10))
    assert "request health now adviser queued" in council.said(case, "queued")
    assert not [m.kind for m in council.messages(case, "queued") if m.kind == "papers"]
    council.urgent(case, later + timedelta(minutes=10))
    assert asked(council, case) == [("advice_requested", "2026-10-06", "engine")]
    first, second = council.box.of(PAEDS)
    assert LINK.findall(first.text) == LINK.findall(second.text), "one thing for one address is one link"


def test_an_announcement_that_still_waits_makes_way_for_the_whole_request(council: Council):
    case = decided(council, ready=False)
    complete(council, case, "2026-09-30", "12:01")
    council.wake(case, DECIDED + timedelta(minutes=2))
    council.urgent(case, DECIDED + timedelta(minutes=2))
    assert [letter.subject.split(" wanted by ")[0] for letter in council.box.of(PAEDS)] == ["Advice"]
    assert request_of(council, case).announced_at is not None


def test_papers_that_were_complete_before_a_case_was_armed_are_not_mailed_and_the_officer_is_told(council: Council):
    case = decided(council, ready=False)
    complete(council, case, "2026-09-01")
    with Session(council.db) as session, session.begin():
        session.get_one(AdviceRequest, request_of(council, case).id).created_at = at("2026-09-01", "07:00")
    council.wake(case, at("2026-10-06"))
    assert "papers health 2 caseworker queued" in council.said(case, "queued")
    assert "request health now adviser skipped" in council.said(case, "skipped")


def test_what_a_dry_run_writes_down_asks_nobody(council: Council, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EHCP_SMTP_URL")
    case = decided(council)
    council.urgent(case, DECIDED)
    (letter,) = council.box.of(PAEDS)
    assert letter.subject.startswith("A request for advice is coming: ")
    assert asked(council, case) == []


def test_without_a_public_address_nothing_is_different(council: Council, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EHCP_PUBLIC_URL")
    case = decided(council)
    council.urgent(case, DECIDED)
    (letter,) = council.box.of(PAEDS)
    assert "secure route" in letter.text
    assert "http" not in letter.text
    assert {message.kind for message in council.messages(case)} == {"announce"}


def test_in_a_demonstration_the_catcher_counts(council: Council, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EHCP_SMTP_URL")
    monkeypatch.setenv("EHCP_DEMO", "true")
    case = decided(council)
    council.urgent(case, DECIDED)
    assert asked(council, case) == [("advice_requested", "2026-09-30", "engine")]


def test_killed_between_the_letter_and_the_entry_the_next_round_or_night_records_it_once(council: Council):
    case = decided(council)

    def die(letter: Letter) -> None:
        if letter.to == PAEDS:
            raise Killed

    council.box.after = die
    with pytest.raises(Killed):
        council.urgent(case, DECIDED)
    assert request_of(council, case).papers_sent_at is None, "a server may have it: nobody has noted that"
    council.box.after = None
    council.urgent(case, DECIDED)
    assert undo_request(council.db, case, "health", DECIDED)
    with Session(council.db) as session, session.begin():  # as a kill between note and entry leaves it
        session.get_one(AdviceRequest, request_of(council, case).id).papers_sent_at = DECIDED
    night = at("2026-10-01", "02:00")
    check(council.db, set(), night)
    assert asked(council, case)[2:] == [("advice_requested", "2026-09-30", "engine")]
    assert record_papers(council.db, night) == 0
    council.round(at("2026-10-01", "08:30"))
    assert len(asked(council, case)) == 3


def test_what_an_officer_takes_back_the_engine_does_not_say_again(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    council.say(case, DECIDED + timedelta(hours=1), "retracted:advice_requested:health=2026-09-30")
    assert record_papers(council.db, DECIDED + timedelta(hours=2)) == 0


def test_a_refused_address_hands_the_request_to_the_next_with_a_link_of_its_own(council: Council):
    case = decided(council)
    council.box.answers = {PAEDS: REFUSED}
    council.urgent(case, DECIDED)
    first, second = council.box.of(PAEDS) + council.box.of(OFFICE)
    assert LINK.findall(first.text) != LINK.findall(second.text)
    with Session(council.db) as session:
        (token,) = LINK.findall(second.text)
        link = good_link(session, token, DECIDED)
        assert link
        assert (link.recipient, link.request_id) == (OFFICE, request_of(council, case).id)
    assert len(asked(council, case)) == 1


def test_when_nobody_takes_it_no_clock_starts_and_the_officer_is_told(council: Council):
    case = decided(council)
    council.box.answers = dict.fromkeys((PAEDS, OFFICE, ABOVE), REFUSED)
    council.urgent(case, DECIDED)
    assert asked(council, case) == []
    assert [m.subject for m in council.messages(case, "queued") if m.kind == "undelivered"] == ["health"]
    council.wake(case, at("2026-10-06"))
    reminded = [m.rung for m in council.messages(case, "queued") if m.kind == "papers"]
    assert reminded == ["2"], "somebody must send the papers after all"


@pytest.mark.parametrize("answer", [BUSY, LOST])
def test_a_server_that_has_not_taken_it_starts_no_clock(council: Council, answer: object):
    case = decided(council)
    council.box.answers = {PAEDS: answer}  # type: ignore[dict-item]
    council.urgent(case, DECIDED)
    assert asked(council, case) == []
    council.box.answers = {}
    council.round(at("2026-10-01", "08:30"))
    assert asked(council, case) == [("advice_requested", "2026-10-01", "engine")]


def test_a_bounce_undoes_the_start_of_the_clock_and_lets_it_be_sent_anew(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    bounced = at("2026-10-02", "09:00")
    assert undo_request(council.db, case, "health", bounced)
    assert not undo_request(council.db, case, "health", bounced), "twice is once"
    assert [each[0] for each in asked(council, case)] == ["advice_requested", "retracted"]
    kept = request_of(council, case)
    assert (kept.announced_at, kept.papers_sent_at) == (None, None)
    assert "reg8_advice" not in council.wake(case, bounced).summary
    assert record_papers(council.db, bounced) == 0


def test_advice_that_came_shows_that_the_request_was_received_whatever_bounces(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    council.say(case, at("2026-10-05", "12:00"), "advice_nil:health=2026-10-05")
    assert not undo_request(council.db, case, "health", at("2026-10-06", "12:00"))
    assert len(asked(council, case)) == 1


def test_a_digest_carries_a_link_for_each_request_and_one_to_all_of_them(council: Council):
    cases = [council.asked(f"Testing-{number}") for number in range(2)]
    for case in cases:
        council.wake(case, at(DUE))
    council.round(MORNING)
    (letter,) = council.box.of(PAEDS)
    *each, everything = LINK.findall(letter.text)
    assert len(set(each)) == 2
    with Session(council.db) as session:
        kinds = [good_link(session, token, MORNING) for token in (*each, everything)]
        assert [link and link.kind for link in kinds] == ["request", "request", "list"]
    assert sorted(LINK.findall(letter.text)) == sorted(set(LINK.findall(letter.html)))
    assert not any("http" in other.text for other in council.box.letters if other.to == OFFICER)


def test_the_same_letter_sent_once_more_holds_the_same_links(council: Council):
    case = council.asked()
    council.wake(case, at(DUE))
    council.box.answers = {PAEDS: LOST}
    council.round(MORNING)
    council.box.answers = {}
    council.round(MORNING + timedelta(hours=1))
    first, second = council.box.of(PAEDS)
    assert (first.message_id, first.text) == (second.message_id, second.text)
