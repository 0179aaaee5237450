"""The days of one's requests as a feed for calendars: without a code, and so with nothing of the child."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from sqlalchemy import text

from casework.secure_links.making import Opens
from casework.sign_in.limits import LIMITS, LINK_FEED, WHO
from tests.web.linked import NEVER, Linked, come_in, plain
from tests.web.pages import page, words
from tests.web.test_advice_list import asks, url


def address(browser: Any, here: Linked) -> str:
    """The path of the feed on one's list."""
    (code,) = page(browser.get(url(here))).findall(".//code")
    return words(code).removeprefix("http://testserver")


def begun(here: Linked) -> tuple[Any, str]:
    """A browser that has the list open, and the path of the feed that it made."""
    browser = come_in(here, here.link(Opens.LIST))
    browser.follow(browser.post(f"{url(here)}/calendar"))
    return browser, address(browser, here)


def events(here: Linked, path: str) -> list[Any]:
    answer = here.browser().get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_gets_the_legal_days_the_kind_of_advice_and_the_reference(here: Linked) -> None:
    asks(here)
    _, path = begun(here)
    (event,) = events(here, path)
    assert str(event["summary"]) == f"Health advice due: {here.case.mail_ref}"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 11, 16), date(2026, 11, 17))


def test_it_holds_nothing_of_the_child_and_nothing_that_opens_anything(here: Linked) -> None:
    asks(here)
    with here.site.db.begin() as connection:
        connection.execute(text("UPDATE person SET surname = 'Quillfeather'"))
    _, path = begun(here)
    said = here.browser().get(path).text
    assert not [each for each in ("Quillfeather", here.case.case_ref, "http", "@nhs", "Setting") if each in said]


def test_an_entry_keeps_its_number_when_the_day_moves(here: Linked) -> None:
    asks(here)
    _, path = begun(here)
    (before,) = events(here, path)
    with here.site.db.begin() as connection:
        connection.execute(text("UPDATE deadline SET legal_due = legal_due + 1 WHERE service = 'health'"))
    (after,) = events(here, path)
    assert (before["uid"], before["dtstart"].dt + timedelta(days=1)) == (after["uid"], after["dtstart"].dt)


def test_making_it_twice_gives_the_same_feed(here: Linked) -> None:
    browser, path = begun(here)
    browser.post(f"{url(here)}/calendar")
    assert address(browser, here) == path
    assert here.council.row("SELECT count(*) AS n FROM secure_link WHERE kind = 'calendar'")["n"] == 1


def test_a_feed_that_was_stopped_and_one_that_never_was_are_answered_alike(here: Linked) -> None:
    browser, path = begun(here)
    assert "was stopped" in words(page(browser.follow(browser.post(f"{url(here)}/calendar/stop"))))
    stopped, never = here.browser().get(path), here.browser().get(f"/advice/calendar/{NEVER}.ics")
    assert (stopped.status_code, never.status_code) == (404, 404)
    assert plain(stopped) == plain(never)


def test_a_new_feed_has_another_address(here: Linked) -> None:
    browser, path = begun(here)
    browser.post(f"{url(here)}/calendar/stop")
    browser.post(f"{url(here)}/calendar")
    assert address(browser, here) != path


def test_no_other_link_is_a_feed_and_a_feed_opens_no_page(here: Linked) -> None:
    asks(here)
    for opens in (Opens.LIST, Opens.REQUEST):
        assert here.browser().get(f"/advice/calendar/{here.link(opens)}.ics").status_code == 404
    _, path = begun(here)
    secret = path.removeprefix("/advice/calendar/").removesuffix(".ics")
    stranger = here.browser()
    stranger.post(f"/advice/link/{secret}")
    assert len(here.codes()) == 1  # that of the list


def test_it_is_not_fetched_without_end(here: Linked) -> None:
    _, path = begun(here)
    browser = here.browser()
    for _ in range(LIMITS[LINK_FEED][WHO].most):
        assert browser.get(path).status_code == 200
    refused = browser.get(path)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_how_often_is_as_the_guide_says() -> None:
    limit = LIMITS[LINK_FEED][WHO]
    guide = (Path(__file__).parents[2] / "docs" / "advice-by-link.md").read_text()
    assert limit.within == timedelta(hours=1)
    assert f"each may be fetched {limit.most} times an hour" in guide
