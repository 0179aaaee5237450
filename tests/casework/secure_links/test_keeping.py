"""Links end with what they open, are made anew when it goes on, and codes and visits are not kept for ever."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from casework.opening import Opened
from casework.secure_links.keeping import CODES, VISITS, tidy_links
from casework.secure_links.making import Opens, good_link, secret_to
from casework.secure_links.opening import still_opens
from config.settings import get_settings
from records.tables import AdviceRequest, LinkCode, LinkVisit
from tests.casework.support import NOW, Council

TO = "paeds@nhs.example"


@pytest.fixture
def case(council: Council) -> Opened:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01")
    return case


def made(council: Council, case: Opened, opens: Opens = Opens.REQUEST, category: str = "health") -> str:
    mine = (AdviceRequest.process_id == case.process_id, AdviceRequest.subject == category)
    with Session(council.db) as session, session.begin():
        about: dict[str, Any] = (
            {"request": session.exec(select(AdviceRequest).where(*mine)).one()}
            if opens is Opens.REQUEST
            else {"process_id": case.process_id, "subject": "reg5_decide/health"}
        )
        return secret_to(session, get_settings(), opens, TO, NOW, **about)


def is_good(council: Council, token: str) -> bool:
    with Session(council.db) as session:
        return good_link(session, token, NOW) is not None


def why(council: Council) -> set[str]:
    return {row["revoked_why"] for row in council.rows("SELECT revoked_why FROM secure_link")}


def test_the_links_of_a_process_end_with_it_and_those_of_others_do_not(council: Council, case: Opened) -> None:
    other = council.opens()
    council.records(other, "decision_to_assess=2026-10-01")
    mine = [made(council, case), made(council, case, Opens.NOTICE)]
    theirs, listed = made(council, other), made(council, case, Opens.LIST)
    council.records(case, "withdrawn=2026-11-20", confirm=True)
    assert [is_good(council, token) for token in mine] == [False, False]
    assert is_good(council, theirs)
    assert is_good(council, listed)


@pytest.mark.parametrize("end", ["died=2026-11-20", "moved_away=2026-11-20", "opened_in_error=2026-11-20"])
def test_whatever_ends_a_process_ends_its_links(council: Council, case: Opened, end: str) -> None:
    token = made(council, case)
    council.records(case, end, confirm=True)
    assert not is_good(council, token)
    assert why(council) == {"closed"}


def test_what_is_told_of_a_decision_that_ends_the_process_can_be_read_afterwards(
    council: Council, case: Opened
) -> None:
    council.records(case, "decision_not_to_issue=2026-11-20", confirm=True)
    assert council.row("SELECT ended_on FROM process")["ended_on"]
    token = made(council, case, Opens.NOTICE)
    council.records(case, "family_views=2026-11-19", confirm=True)
    with Session(council.db) as session:
        link = good_link(session, token, NOW)
        assert link
        assert still_opens(session, link, NOW)


def test_a_process_that_goes_on_again_gets_new_links(council: Council, case: Opened) -> None:
    token = made(council, case)
    council.records(case, "withdrawn=2026-11-20", confirm=True)
    council.records(case, "reopened=2026-11-20", confirm=True)
    assert not is_good(council, token)
    another = made(council, case)
    assert another != token
    assert is_good(council, another)


@pytest.mark.parametrize("body", ["", ";body=slt"])
def test_a_request_that_is_passed_on_is_closed_to_whoever_had_it(council: Council, case: Opened, body: str) -> None:
    token, beside = made(council, case), made(council, case, category="social_care")
    council.records(case, "advice_requested:health=2026-10-05")
    assert is_good(council, token)
    council.records(case, f"advice_reassigned:health=2026-11-20;why=not_ours{body}", confirm=True)
    assert not is_good(council, token)
    assert is_good(council, beside)
    assert is_good(council, made(council, case))  # a colleague is written to with a link of their own


def test_the_night_revokes_what_a_correction_or_an_erasure_has_left(council: Council, case: Opened) -> None:
    tokens = [made(council, case), made(council, case, Opens.NOTICE)]
    tidy_links(council.db, NOW)
    assert all(is_good(council, token) for token in tokens)
    with council.db.begin() as connection:
        connection.execute(text("UPDATE person SET text_key = NULL"))
    tidy_links(council.db, NOW)
    assert not any(is_good(council, token) for token in tokens)
    assert why(council) == {"over"}


def test_old_codes_and_visits_are_thrown_away(council: Council, case: Opened) -> None:
    made(council, case)
    link = council.row("SELECT id, authority FROM secure_link")
    with Session(council.db) as session, session.begin():
        session.add(
            LinkCode(
                authority=link["authority"],
                link_id=link["id"],
                secret_hash=b"",
                browser_hash=b"",
                created_at=NOW,
                expires_at=NOW,
            )
        )
        session.add(
            LinkVisit(
                authority=link["authority"],
                token_hash=b"",
                recipient=TO,
                links=[link["id"]],
                created_at=NOW,
                seen_at=NOW,
                ends_at=NOW,
            )
        )
    second = timedelta(seconds=1)
    assert tidy_links(council.db, NOW + CODES) == 0
    assert tidy_links(council.db, NOW + CODES + second) == 1
    assert tidy_links(council.db, NOW + VISITS) == 0
    assert tidy_links(council.db, NOW + VISITS + second) == 1
