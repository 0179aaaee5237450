"""What was approved goes once, by the way that was asked for, and not to a family that must not be written to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from casework.deliveries import BOUNCED, note_fate
from casework.families import drafts, sending
from casework.families.own_words import against
from casework.families.states import BY_SOMEBODY
from casework.round import post_round
from post.courier import Delivery, Outcome
from post.dryrun import DryRun
from post.letters import Letter
from post.notify import NotifyCourier
from records.erasure import erase_texts
from records.tables import Contact, FamilyLetter, Person, Process
from statute.policy import default_policy
from tests.casework.chasing.council import ACCEPTED, ACTOR, BUSY, HOUSE, LOST, REFUSED, Killed, at
from tests.casework.families.home import BEFORE, CHANGE, NEXT_ROUND, PARENT, Home

POST = {"email": None, "preferred": "post", "address": "1 High Street\nAnytown\nAB1 2CD"}
ON_PAPER = drafts.Change("letter", "advice_late", date(2026, 10, 28))


def now_stands(home: Home, case: object) -> list[str]:
    with Session(home.db) as session:
        rows = session.exec(select(FamilyLetter).where(FamilyLetter.process_id == case, FamilyLetter.kind == "delay"))
        return [" ".join(filter(None, (row.status, row.reason))) for row in rows]


def test_nothing_goes_without_approval_and_what_is_approved_goes_once(home: Home) -> None:
    case = home.late()
    home.round(NEXT_ROUND)
    assert home.of_families() == []
    home.approved(case)
    home.round(NEXT_ROUND)
    home.round(NEXT_ROUND + timedelta(hours=1))
    assert len(home.of_families()) == 1
    assert now_stands(home, case) == ["sent"]
    (mail,) = [letter for letter in home.box.letters if letter.to == PARENT]
    for childs in ("Testing", "Ada", "EHC-"):
        assert childs not in mail.subject + mail.text + mail.html
    (log,) = home.log(case)
    assert (log.way, log.with_whom, log.by) == ("email", "parent", "a.marsh")
    assert "New target day: Wednesday 28 October 2026." in log.text


def test_not_at_night_and_not_on_a_sunday(home: Home) -> None:
    case = home.late()
    home.approved(case)
    home.round(at("2026-10-07", "19:00"))
    home.round(at("2026-10-11", "09:00"))
    assert now_stands(home, case) == ["approved"]


def test_a_hold_keeps_it_and_its_end_lets_it_go(home: Home) -> None:
    case = home.late()
    home.approved(case)
    home.say(case, at("2026-10-07", "08:00"), "mail_hold=2026-10-07;from=2026-10-07;to=2026-10-08;reason=dispute")
    home.round(NEXT_ROUND)
    assert (now_stands(home, case), home.of_families()) == (["approved"], [])
    home.round(at("2026-10-09", "08:30"))
    assert now_stands(home, case) == ["sent"]


@pytest.mark.parametrize("fact", ["died=2026-10-07", "withdrawn=2026-10-07", "decision_to_assess=2026-10-07"])
def test_what_was_recorded_a_minute_before_stops_it(home: Home, fact: str) -> None:
    case = home.late()
    home.approved(case)
    home.say(case, at("2026-10-07", "08:29"), fact)
    home.round(NEXT_ROUND)
    assert home.of_families() == []
    assert now_stands(home, case)[0].startswith("dropped")


def test_a_round_that_is_killed_hands_it_over_again_under_its_own_name(home: Home) -> None:
    case = home.late()
    home.approved(case)

    def kill(letter: Letter) -> None:
        if letter.to == PARENT:
            raise Killed

    home.box.after = kill
    with pytest.raises(Killed):
        home.round(NEXT_ROUND)
    assert now_stands(home, case) == ["sending"]
    home.box.after = None
    home.round(NEXT_ROUND + timedelta(minutes=5))
    first, second = (letter for letter in home.box.letters if letter.to == PARENT)
    assert first.message_id == second.message_id
    assert (first.again, second.again) == (False, True)
    assert now_stands(home, case) == ["sent"]
    assert len(home.log(case)) == 1


@pytest.mark.parametrize("answer", [BUSY, LOST])
def test_what_could_not_go_is_tried_again_and_given_up_after_days(home: Home, answer: Delivery) -> None:
    case = home.late()
    home.approved(case)
    home.box.answers[PARENT] = answer
    assert home.round(NEXT_ROUND).left >= 1
    assert now_stands(home, case) == ["approved"]
    home.round(NEXT_ROUND + default_policy().post.give_up_after)
    assert home.box.answers == {PARENT: answer}
    home.round(at("2026-10-12", "08:30"))
    assert now_stands(home, case) == ["failed given_up"]


def test_a_refused_letter_goes_again_as_another_once_the_officer_has_looked(home: Home) -> None:
    case = home.late()
    home.approved(case)
    home.box.answers[PARENT] = REFUSED
    home.round(NEXT_ROUND)
    assert (now_stands(home, case), list(home.log(case))) == (["failed refused"], [])
    home.box.answers.clear()
    home.approved(case, now=at("2026-10-07", "12:00"))
    home.round(at("2026-10-07", "12:05"))
    first, second = (letter for letter in home.box.letters if letter.to == PARENT)
    assert first.message_id != second.message_id
    assert now_stands(home, case) == ["sent"]


def test_a_letter_that_came_back_told_nobody(home: Home) -> None:
    case = home.late()
    home.approved(case)
    home.round(NEXT_ROUND)
    (row,) = home.letters(case, "sent")
    assert row.digest_id
    for _ in range(2):
        note_fate(home.db, row.digest_id, BOUNCED, at("2026-10-07", "12:00"))
    assert (now_stands(home, case), list(home.log(case))) == (["failed came_back"], [])


def test_what_a_dry_run_writes_to_a_file_is_not_said_to_have_told_anybody(home: Home, tmp_path: Path) -> None:
    case = home.late()
    home.approved(case)
    post_round(home.db, NEXT_ROUND, DryRun(tmp_path), HOUSE)
    assert (now_stands(home, case), list(home.log(case))) == (["sent"], [])


@dataclass
class Printer:
    """Prints and posts by hand."""

    answer: Delivery = ACCEPTED
    posted: list[tuple[Sequence[str], str, str]] = field(default_factory=list[tuple[Sequence[str], str, str]])

    async def deliver_paper(
        self, lines: Sequence[str], subject: str, body: str, key: str, *, again: bool = True
    ) -> Delivery:
        """Post it."""
        self.posted.append((lines, subject, body))
        return self.answer


def test_on_paper_it_goes_by_whoever_posts_and_else_waits_for_the_officer(home: Home) -> None:
    case = home.late("Testing", POST)
    home.approved(case, ON_PAPER)
    home.round(NEXT_ROUND)
    assert now_stands(home, case) == ["approved"]
    printer = Printer()
    paper: NotifyCourier = printer  # type: ignore[assignment]
    sending.send_approved(home.db, NEXT_ROUND, home.box, paper, HOUSE, lambda: None)
    assert now_stands(home, case) == ["sent"]
    ((lines, subject, body),) = printer.posted
    assert lines == ("Kim Testing", "1 High Street", "Anytown", "AB1 2CD")
    assert "Testing" not in subject + body
    assert [each.way for each in home.log(case)] == ["letter"]


def test_a_postal_address_that_cannot_be_one_is_for_the_officer(home: Home) -> None:
    case = home.late("Testing", {**POST, "address": "Somewhere"})
    home.approved(case, ON_PAPER)
    paper: NotifyCourier = Printer(Delivery(Outcome.PERMANENT))  # type: ignore[assignment]
    sending.send_approved(home.db, NEXT_ROUND, home.box, paper, HOUSE, lambda: None)
    assert now_stands(home, case) == ["failed refused"]


def test_an_address_taken_away_after_approval_is_for_the_officer(home: Home) -> None:
    case = home.late()
    home.approved(case)
    with Session(home.db) as session, session.begin():
        person = session.get_one(Process, case).person_id
        session.exec(select(Contact).where(Contact.person_id == person)).one().email = None
    home.round(NEXT_ROUND)
    assert now_stands(home, case) == ["failed no_address"]


def test_erasure_takes_the_words_and_nothing_is_written_about_the_child_afterwards(home: Home) -> None:
    case = home.late()
    home.approved(case)
    with Session(home.db) as session, session.begin():
        erase_texts(session, session.get_one(Process, case).person_id)
    assert {row.words for row in home.letters(case)} == {""}
    home.round(NEXT_ROUND)
    assert "We are sorry that it takes so long." not in home.box.letters[-1].text
    assert list(home.log(case)) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Áda waits.", "“Áda”"),
        ("We saw ada's school.", "“ada”"),
        ("The TESTING family", "“TESTING”"),
        ("Born 5/5/2015", "date of birth"),
        ("on 5 May 2015", "date of birth"),
        ("see https://council.example", "web address"),
        ("x" * 2001, "Keep them to 2,000"),
        ("a\x07b", "cannot be printed"),
    ],
)
def test_own_words_say_nothing_about_the_child(home: Home, words: str, said: str) -> None:
    person = Person(surname="Testing", forename="Ada Jo", date_of_birth=date(2015, 5, 5), authority="999")
    process = Process(person_id=person.id, case_ref="EHC-1", mail_ref="K7F-3QX9", opened_at=BEFORE, authority="999")
    assert said in " ".join(against(words, person, process))
    assert against("We are sorry. Your child comes first.", person, process) == []


def test_every_reason_to_drop_is_taken_and_no_other(home: Home) -> None:
    case = home.late()
    with pytest.raises(drafts.Refused):
        drafts.drop(home.db, home.cases[case], home.delay(case), "because", ACTOR, BEFORE)
    assert drafts.drop(home.db, home.cases[case], home.delay(case), next(iter(BY_SOMEBODY)), ACTOR, BEFORE).well


def test_a_notice_needs_a_reason_a_later_day_and_an_address(home: Home) -> None:
    case = home.late()
    wrong = drafts.Change("letter", "nobody knows", date(2026, 10, 14))
    with pytest.raises(drafts.Refused) as refused:
        home.save(case, wrong)
    assert len(refused.value.messages) == 3
    with pytest.raises(drafts.Refused, match="own words"):
        home.save(case, drafts.Change("email", "other", CHANGE.target, " "))
