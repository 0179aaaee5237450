"""The door of links: a code to the link's own address, a visit of what it opens, and the same pages for every link."""

import re
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col

from casework.secure_links.making import GOOD_FOR, Opens, hash_of, revoke
from casework.sign_in.codes import VALID_MINUTES
from records.tables import SecureLink
from tests.web.door import change, letters, words_of
from tests.web.linked import NEVER, PAEDS, Linked, ask_by, come_in, plain, type_code, wrong_codes
from tests.web.site import NOW
from web.cookies import VISIT


def revoked(here: Linked) -> str:
    token = here.link(case=here.another_case())
    with Session(here.site.db) as session, session.begin():
        revoke(session, "closed", NOW, col(SecureLink.token_hash) == hash_of(token))
    return token


def ended(here: Linked) -> str:
    case = here.another_case()
    token = here.link(case=case)
    here.council.records(case, "withdrawn=2026-11-20", now=NOW, confirm=True)
    return token


def erased(here: Linked) -> str:
    case = here.another_case()
    change(here.site, "UPDATE person SET text_key = NULL WHERE id = (SELECT person_id FROM process WHERE id = :id)",
           id=case.process_id)  # fmt: skip
    return here.link(case=case)


def of_an_address_that_is_asked_no_more(here: Linked) -> str:
    return here.link(to="left@nhs.example")


def expired(here: Linked) -> str:
    token = here.link()
    here.site.now += GOOD_FOR[Opens.REQUEST]
    return token


CLOSED: dict[str, Callable[[Linked], str]] = {
    "revoked": revoked,
    "ended": ended,
    "erased": erased,
    "moved": of_an_address_that_is_asked_no_more,
    "feed": lambda here: here.link(Opens.CALENDAR),
    "never": lambda _: NEVER,
    "cut off": lambda here: here.link()[:-1],
    "nonsense": lambda _: "x y<z>é",
    "expired": expired,
}


def test_the_code_goes_to_the_address_of_the_link_and_says_what_it_opens(here: Linked) -> None:
    token = here.link()
    assert ask_by(here.browser(), token).headers["location"] == f"/advice/link/{token}/code"
    (letter,) = letters(here.site)
    assert letter["to"] == PAEDS
    assert f"the request for advice {here.case.mail_ref}" in words_of(letter)
    for kept_out in (here.case.case_ref, "Child", "Jo", "2015", token, "http"):
        assert kept_out not in letter.as_string().replace("http-equiv", "")
    assert here.codes()[0] not in letter["subject"]


def test_the_right_code_leads_on_and_the_secret_leaves_the_address(here: Linked) -> None:
    token, browser = here.link(), here.browser()
    ask_by(browser, token)
    answer = type_code(browser, token, here.codes()[0])
    assert answer.headers["location"] == f"/advice/{here.id_of()}"
    assert f"{VISIT}=" in answer.headers["set-cookie"]
    assert "HttpOnly; Path=/; SameSite=lax" in answer.headers["set-cookie"]
    again = browser.get(f"/advice/link/{token}")
    assert (again.status_code, again.headers["location"]) == (303, f"/advice/{here.id_of()}")


def test_other_links_lead_to_other_pages(here: Linked) -> None:
    kinds = ((Opens.LIST, PAEDS, "/advice/list/"), (Opens.NOTICE, "head@schools.example", "/advice/notice/"))
    for opens, to, page in kinds:
        token, browser = here.link(opens, to), here.browser()
        ask_by(browser, token)
        assert letters(here.site)[-1]["to"] == to
        answer = type_code(browser, token, here.codes()[-1])
        assert answer.headers["location"] == f"{page}{here.id_of(opens, to)}"


def answers_of(here: Linked, token: str) -> list[object]:
    """Everything that the door answers to somebody who has that link and no code, until it is locked and after."""
    browser = here.browser()
    first = browser.get(f"/advice/link/{token}")
    asked = browser.post(f"/advice/link/{token}")
    then = browser.follow(asked)
    wrong = wrong_codes(here, browser, token, 6)
    afresh = here.browser("198.51.100.7")
    locked = [ask_by(afresh, token), *wrong_codes(here, afresh, token, 1)]
    all_of_them = [first, asked, then, *wrong, *locked]
    return [(each.status_code, timeless(plain(each)), each.headers.get("retry-after")) for each in all_of_them]


def timeless(page: str) -> str:
    """A page without the moment that it names: a link that is too old is asked for a year later."""
    return re.sub(r"after \w+ \d+ \w+ \d{4}, [\d:]+[ap]m", "after MOMENT", page)


def test_a_link_that_opens_nothing_answers_word_for_word_like_a_good_one(here: Linked) -> None:
    expected = answers_of(here, here.link(case=here.another_case()))
    assert len(letters(here.site)) == 1
    differs = {why: answers_of(here, make(here)) for why, make in CLOSED.items()}
    assert {why: found for why, found in differs.items() if found != expected} == {}
    assert len(letters(here.site)) == 1


def test_a_code_is_good_once(here: Linked) -> None:
    token, browser = here.link(), here.browser()
    come_in(here, token, browser)
    assert type_code(browser, token, here.codes()[0]).status_code == 422


def test_a_code_is_good_for_a_quarter_of_an_hour(here: Linked) -> None:
    token, browser = here.link(), here.browser()
    ask_by(browser, token)
    here.site.now = NOW + timedelta(minutes=VALID_MINUTES)
    late = type_code(browser, token, here.codes()[0])
    assert late.status_code == 422
    assert "more than 15 minutes old. You can try 4 more times." in late.text


def test_a_code_is_good_only_in_the_browser_that_asked_for_it(here: Linked) -> None:
    token, mine, theirs = here.link(), here.browser(), here.browser()
    ask_by(mine, token)
    theirs.get(f"/advice/link/{token}")
    assert type_code(theirs, token, here.codes()[0]).status_code == 422
    assert type_code(mine, token, here.codes()[0]).status_code == 303


def test_a_code_opens_no_other_link(here: Linked) -> None:
    browser = here.browser()
    ask_by(browser, here.link())
    assert type_code(browser, here.link(case=here.another_case()), here.codes()[0]).status_code == 422


def test_only_the_newest_code_of_a_browser_is_good(here: Linked) -> None:
    token, browser, other = here.link(), here.browser(), here.browser()
    ask_by(other, token)
    ask_by(browser, token)
    here.site.now += timedelta(seconds=20)
    ask_by(browser, token)
    assert type_code(browser, token, here.codes()[1]).status_code == 422
    assert type_code(browser, token, here.codes()[2]).status_code == 303
    assert type_code(other, token, here.codes()[0]).status_code == 303  # nobody's asking spoils another's code


def test_what_is_no_code_is_said_to_be_none_and_costs_no_try(here: Linked) -> None:
    token, browser = here.link(), here.browser()
    ask_by(browser, token)
    for typed in ("", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345x"):
        assert "Enter the 6 figures" in type_code(browser, token, typed).text
    code = here.codes()[0]
    assert type_code(browser, token, f" {code[:3]}-{code[3:]} ").status_code == 303


def test_five_wrong_codes_lock_the_link_for_an_hour_whatever_the_code_and_the_browser(here: Linked) -> None:
    token, first, second = here.link(), here.browser(), here.browser("198.51.100.7")
    ask_by(first, token)
    assert "You can try 4 more times" in wrong_codes(here, first, token, 1)[0].text
    ask_by(second, token)  # another code does not begin the count anew
    said = [answer.text for answer in wrong_codes(here, second, token, 3)]
    assert "You can try once more" in said[2]
    (locked,) = wrong_codes(here, first, token, 1)
    assert locked.status_code == 429
    assert "You can try again after Friday 20 November 2026, 10:30am" in locked.text
    assert type_code(second, token, here.codes()[-1]).status_code == 429
    mailed = len(letters(here.site))
    assert ask_by(here.browser(), token).status_code == 429
    assert len(letters(here.site)) == mailed
    here.site.now = NOW + timedelta(hours=1)
    come_in(here, token)


def test_a_locked_link_locks_no_other(here: Linked) -> None:
    token = here.link()
    wrong_codes(here, here.browser(), token, 5)
    come_in(here, here.link(Opens.LIST))


def test_wrong_codes_in_any_capitals_are_of_different_links(here: Linked) -> None:
    wrong_codes(here, here.browser(), here.link().swapcase(), 5)
    come_in(here, here.link())


def test_a_sixth_code_in_a_quarter_of_an_hour_is_refused_like_that_of_a_link_that_never_was(here: Linked) -> None:
    refusals: list[str] = []
    for token in (here.link(), NEVER):
        for _ in range(5):
            assert ask_by(here.browser(), token).status_code == 303
        refused = ask_by(here.browser(), token)
        assert refused.status_code == 429
        refusals.append(plain(refused))
    assert refusals[0] == refusals[1]
    assert len(letters(here.site)) == 5
