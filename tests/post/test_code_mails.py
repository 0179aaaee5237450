"""The mails that bring a code: they say what for and how long, name no child, hold no link and keep the code inside."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from post.letters import Letter
from post.link_code import link_code_letter, wordings
from post.sign_in import code_letter
from tests.post.examples import HOUSE, TO
from tests.post.test_privacy import read

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CODE, REF = "048213", "K7F-3QX9"


def by_link(opens: str) -> Letter:
    return link_code_letter(TO, CODE, opens, "" if opens == "list" else REF, 15, HOUSE, "key", NOW)


def to_sign_in(_: str) -> Letter:
    return code_letter(TO, CODE, 15, HOUSE, "key", NOW)


MAILS: list[tuple[Callable[[str], Letter], str]] = [(to_sign_in, ""), *((by_link, opens) for opens in wordings())]


@pytest.mark.parametrize(("written", "opens"), MAILS)
def test_every_code_mail_says_what_it_must_and_holds_no_link_and_nobody_s_name(
    written: Callable[[str], Letter], opens: str
) -> None:
    letter = written(opens)
    html = read(letter.html)
    for said in ("048 213", "15 minutes", "Do not pass it on", HOUSE.authority_name, "Questions: 01482 300 300"):
        assert said in letter.text
        assert said in " ".join(html.words)
    headers = " ".join((letter.subject, letter.message_id, *letter.headers.values()))
    assert "048" not in headers.replace(" ", "")
    assert len(letter.subject) < 78
    assert "{" not in letter.text
    assert not re.search(r"https?:|www\.|url\(|src=", letter.text + letter.html)
    tags = [tag for tag, _ in html.tags]
    assert tags.count("h1") == tags.count("title") == 1
    assert not {"a", "img", "link", "script", "style", "iframe"} & set(tags)


@pytest.mark.parametrize("opens", wordings())
def test_the_code_of_a_link_says_what_it_opens_by_the_mail_reference_alone(opens: str) -> None:
    text = by_link(opens).text
    what = {"request": f"the request for advice {REF}", "notice": f"about {REF}", "list": "the requests for advice"}
    assert what[opens] in text
    places = {place for words in wordings().values() for said in (words.opening, *words.then) for place in _in(said)}
    assert places <= {"ref", "minutes", "house"}


def test_there_are_words_for_whatever_asks_for_a_code() -> None:
    assert set(wordings()) == {"request", "notice", "list"}


def _in(said: str) -> list[str]:
    return re.findall(r"{(\w*)}", said)
