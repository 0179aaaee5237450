"""The team: who has how much, what lies with nobody, giving cases away, and who stands in."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from tests.web.pages import links, page, questions, rows, words
from tests.web.site import Site


def ask(site: Site, statement: str, **bound: Any) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement), bound))


def tell(site: Site, statement: str, **bound: Any) -> None:
    with site.db.begin() as connection:
        connection.execute(text(statement), bound)


OPEN = "SELECT count(*) FROM process WHERE officer = :officer AND ended_on IS NULL"


def cases_of(site: Site, officer: str) -> int:
    return ask(site, OPEN, officer=officer)[0][0]


def officers(site: Site, role: str = "manager", url: str = "/team") -> dict[str, list[str]]:
    """The rows of the table of officers by name."""
    found = rows(page(site.as_a(role).get(url)), -1)
    return {row[0].split(" Left")[0].split(" In no")[0].split(" Away")[0]: row for row in found}


def test_every_officer_is_shown_with_what_they_have(looking: Site) -> None:
    found = officers(looking)["A. Marsh"]
    assessments, plans = ask(
        looking,
        "SELECT count(*) FILTER (WHERE kind = 'assessment'), count(DISTINCT v.plan_id) FROM process p "
        "LEFT JOIN review v ON v.process_id = p.id WHERE officer = 'a.marsh' AND ended_on IS NULL",
    )[0]
    overdue = ask(
        looking,
        "SELECT count(*) FROM deadline WHERE officer = 'a.marsh' AND to_day IS NULL AND standing = 'open' "
        "AND legal_due < '2026-11-20'",
    )[0][0]
    assert found[1:4] == ["East", str(assessments), str(plans)]
    assert found[5].startswith(str(overdue))


def test_a_team_can_be_picked_out(looking: Site) -> None:
    assert set(officers(looking, url="/team?team=West")) == {"Nobody", "P. Singh", "R. Hale"}


def test_cases_without_an_officer_stand_on_top_by_name(site: Site) -> None:
    tell(site, "UPDATE process SET officer = NULL WHERE id = (SELECT id FROM process WHERE ended_on IS NULL LIMIT 1)")
    found = page(site.as_a("manager").get("/team"))
    named = ask(site, "SELECT mail_ref FROM process WHERE officer IS NULL AND ended_on IS NULL")
    assert {f"/cases/{row[0]}" for row in named} <= set(links(found))


def test_an_officer_who_left_is_flagged_above_those_who_are_here(site: Site) -> None:
    tell(site, "UPDATE officer SET active = false WHERE username = 'v.costa'")
    found = list(officers(site).values())
    assert [row[0].split("Give")[0] for row in found[:2]] == ["Nobody", "V. Costa Left"]


def test_a_restricted_child_counts_for_those_who_are_named_alone(site: Site) -> None:
    before = int(officers(site)["A. Marsh"][2])
    tell(
        site,
        "UPDATE person SET sensitivity = 'restricted', restricted_to = '{p.singh}' WHERE id = (SELECT person_id FROM "
        "process WHERE kind = 'assessment' AND officer = 'a.marsh' AND ended_on IS NULL LIMIT 1)",
    )
    tell(
        site,
        "UPDATE deadline SET restricted = true FROM process p JOIN person n ON n.id = p.person_id "
        "WHERE p.id = process_id AND n.sensitivity = 'restricted'",
    )
    assert int(officers(site)["A. Marsh"][2]) == before - 1


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_the_workload_is_saved_as_a_workbook(looking: Site, role: str) -> None:
    answer = looking.as_a(role).get("/team.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    table = list(sheet.values)
    assert table[0][:3] == ("Officer", "Team", "Here")
    assert "A. Marsh" in [row[0] for row in table]
    assert looking.as_a(role).get("/team.csv").text.startswith("\ufeffOfficer,Team,Here")


def test_an_auditor_sees_the_workload_and_no_way_to_change_it(looking: Site) -> None:
    found = page(looking.as_a("auditor").get("/team"))
    assert not [link for link in links(found) if link.startswith("/team/")]


def give(site: Site, **chosen: Any) -> Any:
    """Choose, look at it once more, and do it; the page one comes to."""
    browser = site.as_a("manager")
    check = browser.get(browser.post("/team/reassign", chosen).headers["location"])
    choice = next(box.get("value") for box in page(check).findall(".//input") if box.get("name") == "choice")
    return browser.follow(browser.post("/team/reassign/check", {"choice": choice}))


def test_all_cases_of_somebody_who_leaves_are_shared_out_evenly(site: Site) -> None:
    leaving, had = cases_of(site, "v.costa"), {name: cases_of(site, name) for name in ("a.marsh", "p.singh")}
    found = give(site, **{"from": "v.costa", "which": "all", "to": ["a.marsh", "p.singh"]})
    got = [cases_of(site, name) - before for name, before in had.items()]
    assert cases_of(site, "v.costa") == 0
    assert sum(got) == leaving
    assert abs(got[0] - got[1]) <= 3
    assert "given to A. Marsh" in words(page(found))


def test_a_childs_cases_stay_together_and_plans_go_with_their_reviews(site: Site) -> None:
    give(site, **{"from": "v.costa", "which": "all", "to": ["a.marsh", "p.singh", "r.hale"]})
    parted = ask(
        site,
        "SELECT count(*) FROM review v JOIN process p ON p.id = v.process_id AND p.ended_on IS NULL "
        "JOIN plan l ON l.id = v.plan_id WHERE l.officer <> p.officer AND p.officer <> 't.brook'",
    )
    assert parted[0][0] == 0


def test_only_those_that_are_ticked_are_given_away(site: Site) -> None:
    wanted = [
        row[0]
        for row in ask(
            site,
            "SELECT mail_ref FROM process WHERE officer = 't.brook' AND ended_on IS NULL "
            "AND kind = 'assessment' ORDER BY mail_ref LIMIT 2",
        )
    ]
    before = cases_of(site, "t.brook")
    give(site, **{"from": "t.brook", "which": "ticked", "case": wanted, "to": ["r.hale"]})
    assert cases_of(site, "t.brook") == before - 2
    given = ask(site, "SELECT was_officer, officer, given_by FROM assignment")
    assert given == [("t.brook", "r.hale", "m.east")] * 2


def test_when_there_are_more_than_can_be_given_away_at_once_it_is_said(site: Site) -> None:
    tell(
        site,
        "INSERT INTO process SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), "
        "'case_ref', 'MANY-' || n, 'mail_ref', 'M-' || n))).* FROM process p, generate_series(1, 2000) n WHERE p.id = "
        "(SELECT id FROM process WHERE officer = 'v.costa' AND kind = 'assessment' AND ended_on IS NULL LIMIT 1)",
    )
    browser = site.as_a("manager")
    asked = browser.get("/team/reassign?from=v.costa")
    assert "The first 2,000 of 2,0" in words(page(asked))
    check = page(browser.follow(browser.post("/team/reassign", {"from": "v.costa", "which": "all", "to": "a.marsh"})))
    assert "2,000 cases of" in words(check)
    assert "There are more, but no more than 2,000 can be given away at once" in words(check)


def test_two_children_of_one_name_are_two_children(site: Site) -> None:
    tell(
        site,
        "UPDATE person SET surname = 'Same', forename = 'Name' WHERE id IN "
        "(SELECT person_id FROM process WHERE officer = 'v.costa' AND ended_on IS NULL)",
    )
    before = cases_of(site, "a.marsh"), cases_of(site, "p.singh")
    give(site, **{"from": "v.costa", "which": "all", "to": ["a.marsh", "p.singh"]})
    assert cases_of(site, "a.marsh") > before[0]
    assert cases_of(site, "p.singh") > before[1]


def test_cases_that_nobody_has_are_given_to_somebody(site: Site) -> None:
    give(site, **{"from": "-", "which": "all", "to": ["a.marsh"]})
    assert ask(site, "SELECT count(*) FROM process WHERE officer IS NULL AND ended_on IS NULL")[0][0] == 0


def test_nothing_is_given_away_before_it_was_looked_at(site: Site) -> None:
    before = cases_of(site, "v.costa")
    browser = site.as_a("manager")
    browser.get(
        browser.post("/team/reassign", {"from": "v.costa", "which": "all", "to": "a.marsh"}).headers["location"]
    )
    assert cases_of(site, "v.costa") == before


def test_a_choice_is_carried_out_once(site: Site) -> None:
    browser = site.as_a("manager")
    check = browser.post("/team/reassign", {"from": "v.costa", "which": "all", "to": "a.marsh"}).headers["location"]
    choice = check.partition("choice=")[2]
    browser.post("/team/reassign/check", {"choice": choice})
    again = browser.follow(browser.post("/team/reassign/check", {"choice": choice}))
    assert "given away already" in words(page(again))


def test_when_an_officer_leaves_meanwhile_nothing_is_given_away(site: Site) -> None:
    browser = site.as_a("manager")
    check = browser.post("/team/reassign", {"from": "v.costa", "which": "all", "to": ["a.marsh", "p.singh"]}).headers[
        "location"
    ]
    tell(site, "UPDATE officer SET active = false WHERE username = 'p.singh'")
    before = cases_of(site, "v.costa")
    said = browser.follow(browser.post("/team/reassign/check", {"choice": check.partition("choice=")[2]}))
    assert "Nothing was given away" in words(page(said))
    assert cases_of(site, "v.costa") == before


def test_a_restricted_case_is_not_given_away_by_a_manager_who_is_not_named(site: Site) -> None:
    tell(
        site,
        "UPDATE person SET sensitivity = 'restricted', restricted_to = '{v.costa}' WHERE id = "
        "(SELECT person_id FROM process WHERE kind = 'assessment' AND officer = 'v.costa' "
        "AND ended_on IS NULL ORDER BY mail_ref LIMIT 1)",
    )
    (kept,) = ask(
        site,
        "SELECT p.mail_ref FROM process p JOIN person n ON n.id = p.person_id "
        "WHERE n.sensitivity = 'restricted' AND p.ended_on IS NULL AND p.kind = 'assessment'",
    )
    shown = page(site.as_a("manager").get("/team/reassign?from=v.costa"))
    assert f"/cases/{kept[0]}" not in links(shown)
    browser = site.as_a("manager")
    browser.post("/team/reassign", {"from": "v.costa", "which": "ticked", "case": kept[0], "to": "a.marsh"})
    give(site, **{"from": "v.costa", "which": "all", "to": ["a.marsh"]})
    assert ask(site, "SELECT officer FROM process WHERE mail_ref = :ref", ref=kept[0]) == [("v.costa",)]


def test_a_restricted_case_is_dealt_to_nobody_who_may_not_see_it(site: Site) -> None:
    tell(
        site,
        "UPDATE person SET sensitivity = 'restricted', restricted_to = '{m.east,v.costa}' WHERE id = "
        "(SELECT person_id FROM process WHERE officer = 'v.costa' AND ended_on IS NULL ORDER BY mail_ref LIMIT 1)",
    )
    before = cases_of(site, "v.costa")
    said = words(page(give(site, **{"from": "v.costa", "which": "all", "to": ["a.marsh"]})))
    assert "A. Marsh may not see" in said
    assert "Nothing was given away" in said
    assert cases_of(site, "v.costa") == before


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"which": "all"}, "Choose at least one officer"),
        ({"to": "a.marsh"}, "Choose whether to give all cases away"),
        ({"to": "a.marsh", "which": "ticked"}, "Tick the cases"),
    ],
)
def test_what_is_missing_is_said_and_ticks_are_kept(looking: Site, chosen: dict[str, str], said: str) -> None:
    found = page(looking.as_a("manager").post("/team/reassign", {"from": "v.costa", **chosen}), 422)
    assert said in words(found)
    ticked = {
        (box.get("name"), box.get("value")) for box in found.findall(".//input") if box.get("checked") is not None
    }
    assert ticked == set(chosen.items())


def cover(site: Site, who: str = "p.singh", stand_in: str = "a.marsh", **more: str) -> Any:
    days = {"first-day": "20", "first-month": "11", "first-year": "2026"}
    days |= {"last-day": "27", "last-month": "11", "last-year": "2026"}
    return site.as_a("manager").post("/team/cover", {"who": who, "stand_in": stand_in, **days, **more})


def test_a_manager_notes_cover_and_takes_it_back(site: Site) -> None:
    browser = site.as_a("manager")
    noted = page(browser.follow(cover(site)))
    assert rows(noted)[0][:5] == ["P. Singh", "A. Marsh", "20 Nov 2026", "27 Nov 2026", "Now"]
    assert "Away" in officers(site)["P. Singh"][0]
    number = ask(site, "SELECT id FROM cover")[0][0]
    back = page(browser.follow(browser.post("/team/cover", {"end": str(number)})))
    assert rows(back)[0][4] == "Taken back"


def test_what_is_wrong_with_cover_is_said_and_nothing_typed_is_lost(site: Site) -> None:
    found = page(cover(site, stand_in="p.singh", **{"last-year": "2020"}), 422)
    assert "Nobody can stand in for themselves" in words(found)
    assert "The last day must be the first day or a later one" in words(found)
    chosen = [each.get("value") for each in found.findall(".//option") if each.get("selected") is not None]
    assert chosen == ["p.singh", "p.singh"]
    assert "2020" in [box.get("value") for box in found.findall(".//input")]


def test_a_caseworker_notes_their_own_cover_and_nobody_elses(site: Site) -> None:
    browser = site.as_a("caseworker")
    days = {"first-day": "20", "first-month": "11", "first-year": "2026"}
    days |= {"last-day": "20", "last-month": "11", "last-year": "2026"}
    browser.post("/work/cover", {"who": "r.hale", "stand_in": "p.singh", **days})
    assert ask(site, "SELECT who, stand_in, noted_by FROM cover") == [("a.marsh", "p.singh", "a.marsh")]
    cover(site, "r.hale", "t.brook")
    number = ask(site, "SELECT id FROM cover WHERE who = 'r.hale'")[0][0]
    said = browser.follow(browser.post("/work/cover", {"end": str(number)}))
    assert "There is no such cover" in words(page(said))
    assert ask(site, "SELECT count(*) FROM cover WHERE ended_on IS NOT NULL")[0][0] == 0


@pytest.mark.parametrize("url", ["/team", "/team/reassign?from=a.marsh", "/team/cover"])
def test_the_pages_ask_as_often_for_many_as_for_few(site: Site, url: str) -> None:
    browser = site.as_a("manager")
    browser.get(url)
    asked: list[int] = []
    for _ in range(2):
        with questions(site.db) as statements:
            browser.get(url)
        asked.append(len(statements))
        tell(
            site,
            "UPDATE process SET officer = NULL WHERE officer IN ('a.marsh', 'p.singh') AND "
            "person_id NOT IN (SELECT person_id FROM process WHERE officer = 'a.marsh' LIMIT 3)",
        )
        cover(site)
    assert asked[0] == asked[1] <= 16, asked
