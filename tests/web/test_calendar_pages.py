"""The calendar on the pages: what would move is shown first, and nothing moves before somebody says so."""

import html5lib
import pytest

from tests.web.site import Site

CLOSURE = {
    "first-day": "24", "first-month": "12", "first-year": "2026",
    "last-day": "31", "last-month": "12", "last-year": "2026", "name": "Christmas closure",
}  # fmt: skip


def page(answer) -> str:
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def test_everybody_who_reads_cases_sees_it_and_only_managers_change_it(looking: Site) -> None:
    assert "Close the offices" in page(looking.as_a("manager").get("/calendar"))
    assert "Close the offices" not in page(looking.as_a("caseworker").get("/calendar"))
    assert looking.as_a("caseworker").get("/calendar/add/closure").status_code == 403


def test_a_closure_is_shown_then_made_and_can_be_taken_back(site: Site) -> None:
    manager = site.as_a("manager")
    shown = manager.follow(manager.post("/calendar/add/closure", CLOSURE))
    assert "would move in" in page(shown)
    assert "Christmas closure" not in manager.get("/calendar").text
    after = shown.text.split('name="after" value="')[1].split('"')[0]
    made = manager.follow(manager.post(shown.url.path, {"after": after, "because": "as every year"}))
    assert "The calendar was changed" in page(made)
    assert "Christmas closure" in made.text
    gone = manager.follow(manager.post("/calendar/remove", {"kind": "closure", "first": "2026-12-24"}))
    assert "not closed" in page(gone)


def test_a_preview_can_be_given_up(site: Site) -> None:
    manager = site.as_a("manager")
    shown = manager.follow(manager.post("/calendar/add/closure", CLOSURE))
    assert "Nothing was changed" in manager.follow(manager.post(shown.url.path, {"give_up": "yes"})).text
    assert "Christmas closure" not in manager.get("/calendar").text


def test_whoever_looked_at_an_older_calendar_looks_again(site: Site) -> None:
    first, second = site.as_a("manager"), site.as_a("admin")
    one = first.follow(first.post("/calendar/add/closure", CLOSURE))
    other = second.follow(second.post("/calendar/add/closure", {**CLOSURE, "first-day": "22", "last-day": "23"}))
    second.post(other.url.path, {"after": "0"})
    again = first.follow(first.post(one.url.path, {"after": "0"}))
    assert "Somebody else changed the calendar" in again.text


def test_nobody_opens_another_one_s_preview(site: Site) -> None:
    manager, admin = site.as_a("manager"), site.as_a("admin")
    theirs = manager.post("/calendar/add/closure", CLOSURE).headers["location"]
    assert admin.get(theirs).status_code == 303


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("closure", {}, "The first day must be given"),
        ("closure", {**CLOSURE, "last-day": "2"}, "the same as or after the first day"),
        ("closure", {**CLOSURE, "first-month": "13"}, "must be a real date"),
        ("closure", {**CLOSURE, "name": ""}, "Enter what it is called"),
        ("closure", {**CLOSURE, "last-year": "2027"}, "longer than 60 days"),
        ("bank-holiday", {"first-day": "26", "first-month": "12", "first-year": "2026", "name": "x"}, "at the weekend"),
        ("working-day", {"first": "rubbish"}, "Choose the bank holiday"),
        ("term", {**CLOSURE, "setting_urn": "12"}, "5 to 8 figures"),
        ("terms", {}, "Choose a file"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    looking: Site, kind: str, typed: dict[str, str], said: str
) -> None:
    answer = looking.as_a("manager").post(f"/calendar/add/{kind}", typed)
    assert answer.status_code == 422
    text = page(answer)
    assert said in text
    assert "There is a problem" in text
    assert "<title>" in text
    assert "Error:" in text
    if typed.get("name"):
        assert f'value="{typed["name"]}"' in text


def test_terms_are_uploaded_and_what_the_file_says_is_shown(site: Site) -> None:
    manager = site.as_a("manager")
    file = ("terms.csv", b"setting_urn,first,last,name\n,2028-01-04,2028-03-31,Spring 2028\n", "text/csv")
    shown = manager.follow(manager.post("/calendar/add/terms", {}, files={"file": file}))
    assert "Spring 2028" in page(shown)
    made = manager.follow(manager.post(shown.url.path, {"after": "1"}))
    made = made if made.status_code == 200 else manager.follow(made)
    assert "Spring 2028" in made.text


def test_a_file_that_is_none_is_explained(looking: Site) -> None:
    file = ("terms.xlsx", b"\x00\x01\x02", "application/octet-stream")
    answer = looking.as_a("manager").post("/calendar/add/terms", {}, files={"file": file})
    assert answer.status_code == 422
    assert "There is a problem" in page(answer)


def test_an_unknown_kind_of_change_is_no_page(looking: Site) -> None:
    assert looking.as_a("manager").get("/calendar/add/holiday").status_code == 404
