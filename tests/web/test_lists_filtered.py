"""The lists narrowed: each filter alone, all together, as chips that can be dropped, and in addresses that make no sense."""

from collections import Counter

import pytest
from sqlalchemy import text

from casework.listing.ages import Band, band_of
from statute.kinds import CATEGORIES
from tests.web.lists import ask, file_rows, table_of
from tests.web.pages import page, words
from tests.web.site import NOW, Site
from web.names import service_words
from web.stages import STAGES

TODAY = NOW.date()
Row = dict[str, str]
STAGE_OF = {said: stage.value for stage, said in STAGES.items()}


def born(site: Site) -> dict[str, Band | None]:
    """The age band of the child of every case."""
    found = ask(site, "SELECT p.case_ref, n.date_of_birth FROM process p JOIN person n ON n.id = p.person_id")
    return {row["case_ref"]: band_of(row["date_of_birth"], TODAY) for row in found}


@pytest.mark.parametrize("name", ["team", "officer", "limit", "stage"])
def test_each_filter_keeps_just_its_rows(looking: Site, name: str) -> None:
    def of(row: Row) -> str:
        return STAGE_OF[row["stage"]] if name == "stage" else row[name]

    manager = looking.as_a("manager")
    whole = file_rows(manager, "/overdue.csv")
    values = {of(row) for row in whole if of(row)}
    assert len(values) > 2
    for value in values:
        assert file_rows(manager, f"/overdue.csv?{name}={value}") == [row for row in whole if of(row) == value]


def test_the_service_that_owes_the_advice_is_a_filter(looking: Site) -> None:
    manager = looking.as_a("manager")
    advice = [row for row in file_rows(manager, "/overdue.csv") if row["limit"].endswith("_advice")]
    for category in CATEGORIES:
        wanted = [row for row in advice if row["about"] == service_words(category)]
        assert file_rows(manager, f"/overdue.csv?service={category}") == wanted


def test_every_age_band_keeps_the_children_of_that_age_today(looking: Site) -> None:
    manager, bands = looking.as_a("manager"), born(looking)
    whole = file_rows(manager, "/overdue.csv")
    assert len({bands[row["case"]] for row in whole}) > 3
    for band in Band:
        wanted = [row for row in whole if bands[row["case"]] is band]
        assert file_rows(manager, f"/overdue.csv?age={band}") == wanted


def test_filters_hold_together(looking: Site) -> None:
    manager, bands = looking.as_a("manager"), born(looking)
    wanted = [
        row
        for row in file_rows(manager, "/overdue.csv")
        if row["team"] == "West" and STAGE_OF[row["stage"]] == "awaiting_advice" and bands[row["case"]] is Band.FROM_5
    ]
    assert wanted
    url = "/overdue.csv?team=West&stage=awaiting_advice&age=5_to_10"
    assert file_rows(manager, url) == wanted
    health = [row for row in wanted if row["about"] == "Health"]
    assert file_rows(manager, f"{url}&service=health&limit=reg8_advice") == health


@pytest.mark.parametrize("name", ["due", "waits", "saveable", "cohort", "lifted"])
def test_other_lists_are_narrowed_in_the_same_way(looking: Site, name: str) -> None:
    manager = looking.as_a("manager")
    whole = file_rows(manager, f"/{name}.csv")
    for team in ("East", "West", "Post-16"):
        assert file_rows(manager, f"/{name}.csv?team={team}") == [row for row in whole if row["team"] == team]


def test_what_is_chosen_stands_above_the_list_and_can_be_dropped_one_by_one(looking: Site) -> None:
    manager = looking.as_a("manager")
    tree = page(manager.get("/overdue?team=West&officer=r.hale&stage=drafting"))
    chips = {words(link): link.get("href") for link in tree.findall(".//a[@class='app-filter__tag']")}
    assert chips == {
        "Remove: Team: West": "/overdue?stage=drafting&officer=r.hale",
        "Remove: Officer: R. Hale": "/overdue?stage=drafting&team=West",
        "Remove: Stage: Writing the draft plan": "/overdue?team=West&officer=r.hale",
    }
    then = page(manager.get("/overdue?as_of=2026-10-11")).find(".//a[@class='app-filter__tag']")
    assert (words(then), then.get("href")) == ("Remove: As it was on: Sunday 11 October 2026", "/overdue")
    chosen = [option.get("value") for option in tree.findall(".//option[@selected]")]
    assert Counter(chosen) == Counter(["drafting", "", "West", "r.hale", "", ""])


def test_a_filter_that_finds_nothing_says_so_and_offers_the_whole(looking: Site) -> None:
    main = page(looking.as_a("manager").get("/overdue?team=North")).find(".//main")
    assert "Nothing is overdue. With this filter: clear it to see everything." in words(main)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("stage=thinking", "“thinking” is not a known stage. Choose one from the list."),
        ("limit=reg99", "“reg99” is not a time limit. Choose one from the list."),
        ("age=old", "“old” is not a known age. Choose one from the list."),
        ("as_of=2027-01-01", "The day must be today or in the past."),
        ("as_of=soon", "The day must be a real day, such as 27/10/2026."),
        ("as_of=31/02/2026", "The day must be a real day, such as 27/10/2026."),
        ("team=%01", "The team cannot be read. Choose it from the list."),
        ("officer=" + "a" * 101, "The officer cannot be read. Choose it from the list."),
    ],
)
def test_what_makes_no_sense_is_said_and_never_a_file(looking: Site, query: str, said: str) -> None:
    manager = looking.as_a("manager")
    tree = page(manager.get(f"/overdue?{query}"), 422)
    assert words(tree.find(".//title")).startswith("Error: Overdue")
    assert said in words(tree.find(".//div[@class='govuk-error-summary']"))
    answer = manager.get(f"/overdue.csv?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")


@pytest.mark.parametrize("url", ["/due?within=9", "/waits?over=1", "/saveable?of=all", "/cohort?month=2026-13"])
def test_the_parts_of_other_lists_are_checked_too(looking: Site, url: str) -> None:
    page(looking.as_a("manager").get(url), 422)


@pytest.mark.parametrize("after", ["nonsense", "2026-01-01", "2026-01-01.ZZZ-ZZZZ.reg5_decide.", "9999-99-99..", "%01"])
def test_a_page_that_begins_nowhere_is_the_first(looking: Site, after: str) -> None:
    manager = looking.as_a("manager")
    answer = manager.get(f"/overdue?after={after}")
    assert answer.status_code in (200, 422)
    first = table_of(manager, "/overdue")
    assert first[0][0] in words(page(answer, answer.status_code).find(".//main"))


def test_ready_made_views_open(looking: Site) -> None:
    manager = looking.as_a("manager")
    details = page(manager.get("/overdue")).find(".//details[@class='govuk-details']")
    views = {words(link): link.get("href") for link in details.findall(".//a")}
    assert views["My team"] == "/overdue?team=East"
    assert {"My cases", "Health advice late", "Open over 20 weeks"} <= views.keys()
    for href in views.values():
        page(manager.get(href))


def test_a_team_that_no_officer_is_in_can_be_chosen(site: Site) -> None:
    with site.db.begin() as connection:
        connection.execute(text("UPDATE deadline SET team = 'Moved' WHERE case_ref = 'EHC-2025-0112'"))
    manager = site.as_a("manager")
    options = [option.get("value") for option in page(manager.get("/overdue")).findall(".//option")]
    assert {"East", "West", "Post-16", "Moved"} <= set(options)
    assert {row["case"] for row in file_rows(manager, "/overdue.csv?team=Moved")} == {"EHC-2025-0112"}
