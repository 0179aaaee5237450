"""Codes typed at once: no more are looked at than one after another, and one right code is one visit."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from casework.secure_links.codes import make_code
from casework.secure_links.guessing import Came, Guessed, guess
from casework.secure_links.making import Opens, secret_to
from casework.sign_in.codes import GUESSES
from config.settings import Settings, get_settings
from records.tables import AdviceRequest
from tests.casework.support import NOW, Council

TO, BROWSER = "paeds@nhs.example", "b" * 32


@pytest.fixture
def settings() -> Settings:
    return get_settings()


@pytest.fixture
def token(council: Council, settings: Settings) -> str:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01")
    with Session(council.db) as session, session.begin():
        request = session.exec(select(AdviceRequest).where(AdviceRequest.category == "health")).one()
        return secret_to(session, settings, Opens.REQUEST, TO, NOW, request=request)


def at_once(council: Council, settings: Settings, token: str, code: str, times: int) -> list[Guessed]:
    def one(_: int) -> Guessed:
        return guess(council.db, settings, token, BROWSER, code, NOW)

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(times)))


def test_the_right_code_typed_twice_at_once_is_one_visit(council: Council, settings: Settings, token: str) -> None:
    made = make_code(council.db, settings, token, BROWSER, NOW)
    assert made
    assert made.to == TO
    found = at_once(council, settings, token, made.code, 4)
    assert [each.came for each in found].count(Came.RIGHT) == 1
    assert council.count("link_visit") == 1


@pytest.mark.parametrize("there", [True, False])
def test_only_five_of_many_wrong_codes_at_once_are_looked_at(
    council: Council, settings: Settings, token: str, there: bool
) -> None:
    made = make_code(council.db, settings, token, BROWSER, NOW)
    assert made
    wrong = f"{(int(made.code) + 1) % 1_000_000:06}"
    found = at_once(council, settings, token if there else "N" * 43, wrong, 12)
    assert sorted(each.left for each in found if each.came is Came.WRONG) == list(range(1, GUESSES))
    assert {each.came for each in found} == {Came.WRONG, Came.LOCKED}
    came = guess(council.db, settings, token, BROWSER, made.code, NOW).came
    assert came is (Came.LOCKED if there else Came.RIGHT)


def test_codes_are_kept_under_a_key_that_is_not_in_the_database(
    council: Council, settings: Settings, token: str
) -> None:
    made = make_code(council.db, settings, token, BROWSER, NOW)
    assert made
    kept = council.row("SELECT secret_hash, browser_hash FROM link_code")
    assert len(kept["secret_hash"]) == 32
    assert made.code not in str(kept)
    assert BROWSER.encode() not in kept["browser_hash"]
