"""Replies with papers, answers of machines, and readings that fail: nothing is lost and nothing happens twice."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from casework import returns
from casework.return_watch import mailbox_read, problems
from casework.returns import Read, read_returns
from config.settings import Settings
from documents.house import archive_of
from records.tables import Process
from tests.casework.chasing.council import DUE, PAEDS, Council, at
from tests.casework.chasing.test_asking_by_link import DECIDED, decided, request_of
from tests.casework.returns.conftest import Box, LetterTo
from tests.documents.samples import pdf
from tests.post.returns.mails import dsn, note

LATER = DECIDED + timedelta(minutes=5)


@pytest.fixture
def case(council: Council) -> UUID:
    """A case whose health advice was asked for by link, due on 11 November."""
    case = decided(council)
    council.urgent(case, DECIDED)
    return case


def answer(letter_to: LetterTo, text: str = "Here it is.", **papers: bytes) -> bytes:
    return note(text, headers={"In-Reply-To": letter_to(PAEDS).message_id}, **papers)


def test_a_reply_with_papers_waits_for_a_person_with_what_came_sealed(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(answer(letter_to, report=pdf(), virus=b"MZ\x90 an executable"))
    assert box.read(LATER) == Read(replies=1, unfiled=1)
    (mail,) = box.kept()
    assert (mail.kind, mail.status, mail.sender, mail.text) == (
        "reply",
        "unfiled",
        "dr.paed@nhs.example",
        "Here it is.",
    )
    assert (mail.process_id, mail.request_id) == (case, request_of(council, case).id)
    assert mail.outcome.startswith("virus.pdf ")
    (paper,) = box.documents()
    assert (paper.name, paper.purpose, paper.inbound_id, paper.process_id) == ("report.pdf", "reply", mail.id, None)
    assert archive_of(box.settings).read(paper.id, paper.key_id) == pdf()


def test_a_reply_to_a_letter_about_two_cases_is_about_the_one_that_it_names(
    council: Council, box: Box, letter_to: LetterTo
):
    first, second = council.asked("One"), council.asked("Two")
    for each in (first, second):
        council.wake(each, at(DUE))
    council.round(at(DUE, "08:30"))
    with Session(council.db) as session:
        ref = session.get_one(Process, second).mail_ref
        other = session.get_one(Process, first).mail_ref
    box.deliver(answer(letter_to, f"This is for {ref}."), answer(letter_to, "No idea which."))
    box.deliver(answer(letter_to, f"Both: {ref}, {other}"))
    box.deliver(note("A mail of its own.", headers={"Subject": f"Advice for {other}"}))
    box.read(at(DUE, "09:00"))
    assert {mail.text: mail.process_id for mail in box.kept()} == {
        f"This is for {ref}.": second,
        "No idea which.": None,
        f"Both: {ref}, {other}": None,
        "A mail of its own.": first,
    }
    assert {mail.status for mail in box.kept()} == {"unfiled"}


@pytest.mark.parametrize("killed_at", ["laid_by_for", "keep", "put_aside"])
def test_killed_anywhere_the_same_mail_is_read_again_and_kept_once(
    council: Council, box: Box, letter_to: LetterTo, case: UUID, killed_at: str, monkeypatch: pytest.MonkeyPatch
):
    box.deliver(answer(letter_to, report=pdf()), dsn(ours=letter_to(PAEDS).message_id))

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        if killed_at == "put_aside":
            patched.setattr("post.returns.maildir.Maildir.put_aside", die)
        else:
            patched.setattr(returns, killed_at, die)
        for _ in range(2):
            with pytest.raises(Killed):
                box.read(LATER)
    found = box.read(LATER + timedelta(minutes=5))
    assert (found.known, found.problem) == (1 if killed_at == "put_aside" else 0, "")
    assert sorted(mail.kind for mail in box.kept()) == ["bounce", "reply"]
    assert [paper.name for paper in box.documents()] == ["report.pdf"]
    assert box.left == 0


def test_one_bad_mail_stops_no_other_and_is_kept_for_a_person(
    council: Council, box: Box, letter_to: LetterTo, case: UUID, monkeypatch: pytest.MonkeyPatch
):
    follow = returns._follow  # pyright: ignore[reportPrivateUsage]

    def fail(db: object, mail: object, what: object, now: object) -> None:
        if mail.kind == "bounce":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        follow(db, mail, what, now)  # type: ignore[arg-type]

    monkeypatch.setattr(returns, "_follow", fail)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id), b"\x00 nonsense", answer(letter_to))
    assert box.read(LATER) == Read(bounces=1, replies=2, unfiled=3)
    assert box.left == 0
    assert {mail.outcome for mail in box.kept() if mail.kind == "bounce"} == {
        "It could not be dealt with. What came with it is in the mailbox."
    }


def test_while_documents_cannot_be_kept_the_mail_stays_where_it_is(
    council: Council, box: Box, letter_to: LetterTo, case: UUID, tmp_path: Path
):
    box.deliver(answer(letter_to, report=pdf()))
    (tmp_path / "documents").write_bytes(b"no folder")
    away = box.read(LATER)
    assert (away.replies, bool(away.problem), box.left) == (0, True, 1)
    (tmp_path / "documents").unlink()
    assert box.read(LATER + timedelta(minutes=5)) == Read(replies=1, unfiled=1)


def test_a_database_that_is_away_is_not_taken_for_a_fault_of_the_mail(
    council: Council, box: Box, letter_to: LetterTo, case: UUID, monkeypatch: pytest.MonkeyPatch
):
    def gone(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    box.deliver(answer(letter_to))
    with monkeypatch.context() as patched:
        patched.setattr(returns, "keep", gone)
        with pytest.raises(OperationalError):
            box.read(LATER)
    assert (box.left, box.kept()) == (1, [])


def test_how_long_the_mailbox_has_not_been_read_is_said(council: Council, box: Box, tmp_path: Path):
    start = at("2026-10-01", "08:00")
    assert mailbox_read(council.db, Settings(data_dir=tmp_path), start).found.startswith("none is set")
    box.read(start)
    assert mailbox_read(council.db, box.settings, start + timedelta(minutes=29)).well
    away = Settings(data_dir=tmp_path, returns_url=f"maildir://{tmp_path}/nowhere")
    for minutes in range(5, 41, 5):
        assert "no Maildir" in read_returns(council.db, away, start + timedelta(minutes=minutes)).problem
    finding = mailbox_read(council.db, away, start + timedelta(minutes=40))
    assert (finding.well, finding.since) == (False, start)
    assert "no Maildir" in finding.found
    assert "2026-10-01 07:00 UTC" in finding.found
    assert len(list(problems(council.db, away, start + timedelta(minutes=40)))) == 1
    box.deliver(note("Something."))
    box.read(start + timedelta(minutes=45))
    assert list(problems(council.db, box.settings, start + timedelta(minutes=45))) == []
    (unfiled,) = [each for each in problems(council.db, box.settings, start + timedelta(days=4)) if "filed" in each]
    assert unfiled.startswith("1 mails")
