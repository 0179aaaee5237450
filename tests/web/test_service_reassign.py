"""A lead gives requests to a colleague of the same service, and notes cover for their own services."""

from typing import Any

import pytest

from casework.actor import Actor
from casework.directories import import_services
from casework.people import restrict
from tests.casework.support import OFFICER, SERVICES
from tests.web.linked import PAEDS, Linked
from tests.web.pages import page, rows, words
from tests.web.test_advice_list import ASKED, asks, change, listed

DR_LEE = "dr.lee@nhs.example"
HERE = "/services/reassign"


@pytest.fixture
def led(here: Linked, tmp_path: Any) -> Linked:
    """The council, whose health services name their lead."""
    (tmp_path / "led.csv").write_text(
        SERVICES.replace("paeds.manager@nhs.example,,", "paeds.manager@nhs.example,dco@nhs.example,")
    )
    import_services(here.site.db, tmp_path / "led.csv", OFFICER, here.site.now)
    change(here, "UPDATE officer SET email = 'dco@nhs.example' WHERE role = 'service_lead'")
    asks(here)
    return here


def key(here: Linked, case: Any = None, subject: str = "health") -> str:
    return f"{(case or here.case).mail_ref} {subject}"


def gives(here: Linked, *keys: str, to: str = DR_LEE, role: str = "service_lead") -> Any:
    return here.site.as_a(role).post(HERE, {"address": to, "request": list(keys)})


def refused(answer: Any) -> str:
    found = page(answer, 422)
    (alert,) = [each for each in found.findall(".//div") if each.get("role") == "alert"]
    return words(alert)


def asked_of(here: Linked, case: Any = None) -> str | None:
    return here.request(case=case).asked_of


def reassignments(here: Linked) -> list[dict[str, Any]]:
    return here.council.rows(
        "SELECT recorded_by, channel, subject, attributes FROM fact WHERE kind = 'advice_reassigned'"
    )


def test_the_colleague_is_asked_from_then_on_and_the_ledger_says_who_gave_it(led: Linked) -> None:
    due = "SELECT legal_due FROM deadline WHERE service = 'health' AND to_day IS NULL AND legal_due IS NOT NULL"
    before = led.council.row(due)
    browser = led.site.as_a("service_lead")
    done = browser.follow(browser.post(HERE, {"address": " Dr.Lee@NHS.example ", "request": key(led)}))
    assert f"1 request given to {DR_LEE}" in words(page(done))
    assert rows(page(done))[0][3] == DR_LEE
    assert asked_of(led) == DR_LEE
    lead: dict[str, Any] = {"recorded_by": "d.officer", "channel": "web", "subject": "health", "attributes": {}}
    assert reassignments(led) == [lead]
    assert led.council.row(due) == before


def test_the_links_that_were_sent_open_nothing_and_the_list_goes_with_it(led: Linked) -> None:
    led.link()
    gives(led, key(led))
    (row,) = led.council.rows("SELECT recipient, revoked_why FROM secure_link WHERE kind = 'request'")
    assert row == {"recipient": PAEDS, "revoked_why": "passed on"}
    assert len(rows(listed(led, DR_LEE))) == 1
    assert "Nothing is open" in words(listed(led))


def test_several_are_given_at_once_and_the_clock_of_each_is_woken(led: Linked) -> None:
    another = led.another_case()
    asks(led, ASKED, case=another)
    assert gives(led, key(led), key(led, another)).status_code == 303
    assert (asked_of(led), asked_of(led, another)) == (DR_LEE, DR_LEE)
    woken = "SELECT process_id FROM wake w WHERE version = (SELECT version FROM process p WHERE p.id = w.process_id)"
    assert {row["process_id"] for row in led.council.rows(woken)} >= {led.case.process_id, another.process_id}


@pytest.mark.parametrize("to", ["dr.lee@gmail.com", "dr.lee@other.example", "dr.lee@nhs.example.evil.example"])
def test_an_address_outside_the_service_is_refused_with_the_reason(led: Linked, to: str) -> None:
    said = refused(gives(led, key(led), to=to))
    assert "That address is not one of Community Paediatrics. It must end in @nhs.example" in said
    assert (asked_of(led), reassignments(led)) == (None, [])


@pytest.mark.parametrize("to", ["", "nobody", "a@b@c", "two@nhs.example, more@nhs.example"])
def test_what_is_no_address_is_refused_and_stays_typed(led: Linked, to: str) -> None:
    answer = gives(led, key(led), to=to)
    assert "Enter one mail address" in refused(answer)
    ticked = [each.get("value") for each in page(answer, 422).findall(".//input") if each.get("checked") is not None]
    assert ticked == [key(led)]


def test_nothing_chosen_is_said(led: Linked) -> None:
    assert "Choose at least one request" in refused(gives(led))


def test_a_lead_gives_away_no_request_of_another_service(led: Linked) -> None:
    asks(led, "advice_requested:social_care=2026-10-05")
    said = refused(gives(led, key(led, subject="social_care")))
    assert "not one of these services' open requests" in said
    assert reassignments(led) == []


def test_a_restricted_child_cannot_be_found_here(led: Linked) -> None:
    restrict(led.site.db, led.case.case_ref, ["m.east"], Actor("h.service", "web"))
    assert led.case.mail_ref not in words(page(led.site.as_a("service_lead").get(HERE)))
    never = key(led).replace(led.case.mail_ref, "K7F-3QX9")
    hidden, unknown = refused(gives(led, key(led))), refused(gives(led, never))
    assert hidden.replace(led.case.mail_ref, "K7F-3QX9") == unknown
    assert reassignments(led) == []


def test_one_that_was_answered_meanwhile_keeps_no_other_back(led: Linked) -> None:
    another = led.another_case()
    asks(led, ASKED, "advice_received:health=2026-11-10", case=another)
    browser = led.site.as_a("service_lead")
    answer = browser.post(HERE, {"address": DR_LEE, "request": [key(led), key(led, another)]})
    said = words(page(browser.follow(answer)))
    assert "1 request given" in said
    assert f"{another.mail_ref}: it is not one of" in said
    assert (asked_of(led), asked_of(led, another)) == (DR_LEE, None)


def test_given_twice_to_the_same_colleague_it_is_recorded_once(led: Linked) -> None:
    gives(led, key(led))
    assert "with that colleague already" in refused(gives(led, key(led)))
    assert len(reassignments(led)) == 1


def test_it_can_be_given_on_again_the_same_day(led: Linked) -> None:
    gives(led, key(led))
    assert gives(led, key(led), to="dr.may@nhs.example").status_code == 303
    assert asked_of(led) == "dr.may@nhs.example"


def test_what_waits_for_its_papers_cannot_be_given_on_yet(led: Linked) -> None:
    waiting = led.another_case()
    found = {row[1]: row[0] for row in rows(page(led.site.as_a("service_lead").get(HERE)))}
    assert found[waiting.mail_ref] == "Not yet"
    assert "its papers have not been sent yet" in refused(gives(led, key(led, waiting)))


@pytest.mark.parametrize("role", ["caseworker", "manager", "admin"])
def test_staff_may_do_it_for_any_service(led: Linked, role: str) -> None:
    assert gives(led, key(led), role=role).status_code == 303
    assert asked_of(led) == DR_LEE


def test_an_auditor_may_not(led: Linked) -> None:
    assert gives(led, key(led), role="auditor").status_code == 403


COVER = {"first-day": "21", "first-month": "12", "first-year": "2026", "last-day": "31", "last-month": "12",
         "last-year": "2026"}  # fmt: skip


def test_a_lead_notes_cover_for_their_own_service_and_takes_it_back(led: Linked) -> None:
    browser = led.site.as_a("service_lead")
    to = "/services/cover/health/paediatrics"
    assert to in browser.get("/services/cover").text
    browser.follow(browser.post(to, {"stand_in": DR_LEE, **COVER}))
    row = led.council.row("SELECT id, who, stand_in, noted_by, ended_on FROM cover")
    assert (row["who"], row["stand_in"], row["noted_by"]) == ("health/paediatrics", DR_LEE, "d.officer")
    assert browser.post(to, {"end": str(row["id"])}).headers["location"].startswith(to)
    assert led.council.row("SELECT ended_on FROM cover")["ended_on"] == led.site.now.date()


def test_a_lead_covers_no_other_service_and_with_no_address_from_outside(led: Linked) -> None:
    browser = led.site.as_a("service_lead")
    assert browser.post("/services/cover/social_care/dct", {"stand_in": DR_LEE, **COVER}).status_code == 404
    outside = browser.post("/services/cover/health/paediatrics", {"stand_in": "dr.lee@gmail.com", **COVER})
    assert "That address is not one of Community Paediatrics" in refused(outside)
    assert led.council.count("cover") == 0
    assert led.site.as_a("caseworker").get("/services/cover").status_code == 403
