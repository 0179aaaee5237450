"""Links: 256 bits, only their hash kept, one for a thing and an address, good until too old or revoked."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from casework.secure_links.making import GOOD_FOR, Opens, good_link, revoke, secret_to
from config.settings import get_settings
from records.tables import AdviceRequest, SecureLink
from tests.casework.support import NOW, Council

TO = "paeds@nhs.example"


@pytest.fixture
def request_for_advice(council: Council) -> AdviceRequest:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01")
    with Session(council.db) as session:
        return session.exec(select(AdviceRequest).where(AdviceRequest.category == "health")).one()


def made(council: Council, request: AdviceRequest, to: str = TO, days: int = 0) -> str:
    with Session(council.db) as session, session.begin():
        now = NOW + timedelta(days=days)
        return secret_to(session, get_settings(), Opens.REQUEST, to, now, request=request)


def test_the_same_thing_for_the_same_address_is_the_same_link(
    council: Council, request_for_advice: AdviceRequest
) -> None:
    secret = made(council, request_for_advice)
    assert made(council, request_for_advice, days=3) == secret
    assert made(council, request_for_advice, "other@nhs.example") != secret
    assert council.count("secure_link") == 2


def test_only_the_hash_of_a_secret_is_kept(council: Council, request_for_advice: AdviceRequest) -> None:
    secret = made(council, request_for_advice)
    assert len(secret) == 43
    assert secret not in str(council.rows("SELECT * FROM secure_link"))
    with Session(council.db) as session:
        link = good_link(session, secret, NOW)
        assert link
        assert (link.recipient, link.request_id) == (TO, request_for_advice.id)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 44, "../../etc/passwd", "ü" * 43])
def test_what_is_no_secret_of_ours_opens_nothing(council: Council, token: str) -> None:
    with Session(council.db) as session:
        assert good_link(session, token, NOW) is None


def test_a_link_too_old_or_revoked_opens_nothing_and_a_new_one_is_made(
    council: Council, request_for_advice: AdviceRequest
) -> None:
    secret = made(council, request_for_advice)
    late = GOOD_FOR[Opens.REQUEST].days
    with Session(council.db) as session:
        assert good_link(session, secret, NOW + timedelta(days=late)) is None
    another = made(council, request_for_advice, days=late)
    assert another != secret
    with Session(council.db) as session, session.begin():
        revoke(session, "closed", NOW, col(SecureLink.request_id) == request_for_advice.id)
        assert good_link(session, another, NOW + timedelta(days=late)) is None
