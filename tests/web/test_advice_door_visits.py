"""What pages behind a link are given: the visit, what it opens, and the same refusal for everything that it does not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from casework.secure_links.making import Opens
from casework.secure_links.visits import IDLE, LONGEST
from tests.web.door import change
from tests.web.linked import Linked, come_in, plain
from tests.web.site import NOW, Browser
from web.visitors import Visitor

router = APIRouter()


@router.get("/probe/{link_id}")
def probe(at: Visitor, link_id: UUID) -> Response:
    """A page behind a link."""
    opened = at.opened(link_id, Opens.REQUEST)
    assert opened.process_id
    at.saw("the request", [opened.process_id])
    return at.page("problem.html", title="Inside", sentences=["Behind the link."])


@router.get("/probe/{link_id}/said")
def say(at: Visitor, link_id: UUID) -> RedirectResponse:
    """A page that says something once."""
    return at.go(f"/probe/{link_id}", "It is with us.")


@pytest.fixture
def here(here: Linked) -> Linked:
    here.site.app.include_router(router)
    return here


def probed(here: Linked, browser: Browser, link_id: UUID | None = None) -> int:
    return int(browser.get(f"/probe/{link_id or here.id_of()}").status_code)


def test_a_page_behind_a_link_knows_no_staff_and_has_a_way_out(here: Linked) -> None:
    staff = here.site.signed_in("a.marsh")
    page = come_in(here, here.link(), staff).get(f"/probe/{here.id_of()}").text
    assert "Behind the link." in page
    assert "A. Marsh" not in page
    assert "/overdue" not in page
    assert 'action="/advice/sign-out"' in page


def test_who_reads_by_a_link_is_put_down_without_an_address(here: Linked) -> None:
    probed(here, come_in(here, here.link()))
    read = here.council.row("SELECT username, channel, what, processes FROM read_log")
    assert read == {
        "username": "professional",
        "channel": "link",
        "what": "the request",
        "processes": [here.case.process_id],
    }


def test_what_is_said_once_is_said_to_this_visit(here: Linked) -> None:
    mine = come_in(here, here.link())
    theirs = come_in(here, here.link())
    said = mine.client.get(f"/probe/{here.id_of()}/said").headers["location"]
    assert "It is with us." not in theirs.get(said).text
    assert "It is with us." in mine.get(said).text
    assert "It is with us." not in mine.get(said).text


def idle(here: Linked) -> None:
    here.site.now += IDLE


def too_long(here: Linked) -> None:
    for _ in range(5):
        here.site.now += LONGEST / 5
        change(here.site, "UPDATE link_visit SET seen_at = :now", now=here.site.now)


def closed(here: Linked) -> None:
    here.council.records(here.case, "withdrawn=2026-11-20", now=NOW, confirm=True)


def passed_on(here: Linked) -> None:
    facts = ("advice_requested:health=2026-10-02", "advice_reassigned:health=2026-11-20;why=not_ours")
    here.council.records(here.case, *facts, now=NOW, confirm=True)


def erased(here: Linked) -> None:
    change(here.site, "UPDATE person SET text_key = NULL")


def dropped(here: Linked) -> None:
    change(here.site, "UPDATE advice_request SET mode = 'dropped'")


def moved(here: Linked) -> None:
    change(here.site, "UPDATE body SET email = 'new@nhs.example' WHERE code = 'paediatrics'")


OVER: tuple[Callable[[Linked], None], ...] = (idle, too_long, closed, passed_on, erased, dropped, moved)


@pytest.mark.parametrize("over", OVER)
def test_a_visit_opens_nothing_when_it_or_what_it_opens_is_over(here: Linked, over: Callable[[Linked], None]) -> None:
    browser = come_in(here, here.link())
    assert probed(here, browser) == 200
    over(here)
    assert probed(here, browser) == 403


def test_a_visit_goes_on_while_somebody_is_at_work(here: Linked) -> None:
    browser = come_in(here, here.link())
    for _ in range(4):
        here.site.now += timedelta(minutes=50)
        assert probed(here, browser) == 200


def test_the_refusal_is_the_same_for_links_that_are_and_were_and_never_were(here: Linked) -> None:
    here.link(to="other@nhs.example")
    browser, nobody = come_in(here, here.link()), here.browser()
    others = (here.id_of(to="other@nhs.example"), uuid4())
    refusals = [browser.get(f"/probe/{each}") for each in others]
    refusals += [nobody.get(f"/probe/{each}") for each in (*others, here.id_of())]
    assert {each.status_code for each in refusals} == {403}
    assert len({plain(each) for each in refusals}) == 1
    assert "Open the link in the email again" in refusals[0].text


def test_a_visit_opens_its_own_request_and_no_other_of_its_address(here: Linked) -> None:
    another = here.another_case()
    here.link(case=another)
    other = here.id_of()
    here.site.now += timedelta(seconds=1)
    browser = come_in(here, here.link())
    assert (probed(here, browser), probed(here, browser, other)) == (200, 403)
    come_in(here, here.link(case=another), browser)
    assert (probed(here, browser), probed(here, browser, other)) == (200, 200)  # both were proved in this browser


def test_a_list_opens_every_request_of_its_address_and_none_of_another(here: Linked) -> None:
    here.link()
    here.link(to="paeds.manager@nhs.example")
    browser = come_in(here, here.link(Opens.LIST))
    assert probed(here, browser) == 200
    assert probed(here, browser, here.id_of(to="paeds.manager@nhs.example")) == 403
    assert probed(here, browser, here.id_of(Opens.LIST)) == 403  # a page that opens requests is given no list


def test_another_address_takes_the_place_of_the_first_in_a_browser(here: Linked) -> None:
    browser = come_in(here, here.link())
    come_in(here, here.link(to="paeds.manager@nhs.example"), browser)
    assert probed(here, browser) == 403
    assert probed(here, browser, here.id_of(to="paeds.manager@nhs.example")) == 200


def test_whoever_stood_in_when_the_letter_was_written_may_answer_when_the_other_is_back(here: Linked) -> None:
    change(
        here.site,
        "INSERT INTO cover (id, authority, kind, who, stand_in, first, last, noted_at, noted_by) SELECT "
        "gen_random_uuid(), authority, 'service', 'health/paediatrics', 'locum@nhs.example', '2026-11-19', "
        "'2026-11-20', now(), 'm.east' FROM process LIMIT 1",
    )
    token = here.link(to="locum@nhs.example")
    here.site.now += timedelta(days=5)
    assert probed(here, come_in(here, token), here.id_of(to="locum@nhs.example")) == 200


def test_a_colleague_to_whom_it_was_passed_on_may_open_it(here: Linked) -> None:
    token = here.link(to="dr.lee@nhs.example")
    change(here.site, "UPDATE advice_request SET asked_of = 'Dr.Lee@nhs.example' WHERE category = 'health'")
    assert probed(here, come_in(here, token), here.id_of(to="dr.lee@nhs.example")) == 200


def test_a_restricted_child_s_request_opens_for_whoever_the_authority_has_asked(here: Linked) -> None:
    change(here.site, "UPDATE person SET sensitivity = 'restricted', restricted_to = ARRAY['m.east']")
    assert probed(here, come_in(here, here.link())) == 200
