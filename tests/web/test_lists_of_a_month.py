"""What can still be saved, beside who waits longest, and what became of the plans of one month."""

from collections import Counter
from datetime import date, timedelta

from casework.actor import Actor
from casework.case import timeline
from casework.listing.cohorts import Outcome
from statute.timeline import OPEN, Timeline
from tests.web.lists import ask, file_rows, table_of
from tests.web.pages import page, rows, words
from tests.web.site import NOW, Site
from web.listing.words import OUTCOMES

TODAY = NOW.date()
ME = Actor("m.east", "web")


def open_assessments(site: Site) -> dict[str, Timeline]:
    """What the law says today of every assessment that has not ended."""
    found = ask(site, "SELECT case_ref FROM process WHERE kind = 'assessment' AND ended_on IS NULL")
    return {row["case_ref"]: timeline(site.db, row["case_ref"], ME, NOW) for row in found}


def figures(site: Site, url: str) -> list[tuple[str, str]]:
    """The numbers above a list, with where they lead."""
    tree = page(site.as_a("manager").get(url))
    found = tree.findall(".//li[@class]/a/..")
    return [(words(each), each.find("a").get("href")) for each in found if "app-figure" in each.get("class")]


def test_saveable_are_those_whose_family_can_still_keep_its_fifteen_days(looking: Site) -> None:
    manager, can, cannot = looking.as_a("manager"), set[str](), set[str]()
    for ref, law in open_assessments(looking).items():
        final = law.get("reg13_final_plan")
        if final is None or final.state not in OPEN or not final.legal_due or final.legal_due < TODAY:
            continue
        window = law.get("reg13_representations")
        closes = window.legal_due if window and window.legal_due else TODAY + timedelta(days=14)
        (can if closes < final.legal_due else cannot).add(ref)
    assert can
    assert cannot
    assert {row["case"] for row in file_rows(manager, "/saveable.csv")} == can
    assert {row["case"] for row in file_rows(manager, "/saveable.csv?of=lost")} == cannot
    assert {row["outcome"] for row in file_rows(manager, "/saveable.csv")} == {OUTCOMES[Outcome.SAVEABLE][0]}
    assert {row["outcome"] for row in file_rows(manager, "/saveable.csv?of=lost")} == {OUTCOMES[Outcome.LOST][0]}
    nav = page(manager.get("/saveable")).find(".//nav[@aria-label='Part of this list']")
    assert words(nav).startswith(f"Plans that can be in time ({len(can)}) Plans that no longer can ({len(cannot)})")


def test_each_saveable_case_says_what_must_happen_by_when(looking: Site) -> None:
    found = {row["case"]: row for row in file_rows(looking.as_a("manager"), "/saveable.csv")}
    by_stage = {row["stage"]: row["must_happen"] for row in found.values()}
    assert by_stage["Deciding whether to assess"].startswith("Decide ")
    assert by_stage["Waiting for advice"].startswith("Advice in first. Draft plan out by ")
    assert by_stage["Draft plan sent"].startswith("Final plan out by ")
    one = found["EHC-2026-0245"]
    assert one["must_happen"] == "Final plan out by 2 Dec 2026, and after 30 Nov 2026, the family's last day to answer."


def test_what_can_no_longer_be_in_time_says_why(looking: Site) -> None:
    said = [row["must_happen"] for row in file_rows(looking.as_a("manager"), "/saveable.csv?of=lost")]
    assert said
    assert all("for the family to keep its 15 days" in each or "cannot lawfully go by" in each for each in said)


def test_review_decisions_of_this_month_can_be_saved_too(looking: Site) -> None:
    found = file_rows(looking.as_a("manager"), "/saveable.csv?of=reviews")
    wanted = ask(
        looking,
        "SELECT case_ref FROM deadline WHERE limit_id = 'reg20_decision' AND standing = 'open' AND to_day IS NULL "
        "AND legal_due BETWEEN '2026-11-20' AND '2026-11-30'",
    )
    assert Counter(row["case"] for row in found) == Counter(row["case_ref"] for row in wanted)
    assert found
    assert all("ecision out by " in row["must_happen"] or "notice out by " in row["must_happen"] for row in found)


def test_the_longest_waits_stand_above_what_can_be_saved_as_links_to_those_cases(looking: Site) -> None:
    started = [law.started_on for law in open_assessments(looking).values() if law.started_on]
    over = [sum(day < TODAY - timedelta(weeks=weeks) for day in started) for weeks in (20, 52)]
    longest = (TODAY - min(started)).days // 7
    shown = figures(looking, "/saveable")
    assert shown == [
        (f"{longest} weeks, the longest wait", "/waits"),
        (f"{over[0]} open past 20 weeks", "/waits"),
        (f"{over[1]} open past 52 weeks", "/waits?over=52"),
    ]
    assert figures(looking, "/cohort") == shown
    manager = looking.as_a("manager")
    for (_, href), number in zip(shown[1:], over, strict=True):
        assert len(file_rows(manager, href.replace("/waits", "/waits.csv"))) == number
    assert table_of(manager, "/waits")[0][2] == str(longest)


def test_the_figures_follow_the_filter(looking: Site) -> None:
    shown = figures(looking, "/saveable?team=West&of=lost")
    assert [href for _, href in shown] == ["/waits?team=West"] * 2 + ["/waits?team=West&over=52"]
    number = int(shown[1][0].split()[0])
    assert len(file_rows(looking.as_a("manager"), "/waits.csv?team=West")) == number


def test_a_month_is_shared_out_into_what_became_of_its_plans(looking: Site) -> None:
    manager = looking.as_a("manager")
    for month in ("2026-08", "2026-10", "2026-11", "2027-01"):
        found = file_rows(manager, f"/cohort.csv?month={month}")
        assert found
        assert all(row["legal_day"].startswith(month) for row in found)
        tree = page(manager.get(f"/cohort?month={month}"))
        shares = {row[0]: int(row[1]) for row in rows(tree, 0)}
        assert shares == dict(Counter(row["outcome"] for row in found))
        drawn = [float(rect.get("width")) for rect in tree.findall(".//{*}rect")] or [
            float(rect.get("width")) for rect in tree.findall(".//rect")
        ]
        assert len(drawn) == len(shares)
        assert abs(sum(drawn) - 600) < 0.1


def test_the_outcome_of_each_plan_is_what_the_law_says(looking: Site) -> None:
    said = {"met": "Finished in time", "met_late": "Finished late", "overdue": "Open and late"}
    said |= {"lifted": "Open, lifted by an exception", "met_under_relief": "Finished late under an exception"}
    for row in file_rows(looking.as_a("manager"), "/cohort.csv?month=2026-10"):
        final = timeline(looking.db, row["case"], ME, NOW).get("reg13_final_plan")
        assert final is not None
        assert row["outcome"] == said[final.state]


def test_no_plan_is_due_where_it_was_decided_that_there_is_none(looking: Site) -> None:
    refused = ask(
        looking,
        "SELECT case_ref FROM deadline WHERE limit_id = 'reg13_final_plan' AND standing = 'not_applicable' "
        "AND to_day IS NULL AND legal_due BETWEEN '2026-10-01' AND '2026-10-31'",
    )
    found = {row["case"] for row in file_rows(looking.as_a("manager"), "/cohort.csv?month=2026-10")}
    assert refused
    assert not found & {row["case_ref"] for row in refused}


def test_one_goes_from_month_to_month_across_the_year(looking: Site) -> None:
    tree = page(looking.as_a("manager").get("/cohort?month=2027-01&team=East"))
    months = tree.find(".//nav[@aria-label='Months']")
    assert [(words(link), link.get("href")) for link in months.findall(".//a")] == [
        ("December 2026", "/cohort?team=East&month=2026-12"),
        ("February 2027", "/cohort?team=East&month=2027-02"),
    ]


def test_what_is_lifted_says_on_which_ground_until_when_and_who_let_it(site: Site) -> None:
    found = file_rows(site.as_a("manager"), "/lifted.csv")
    assert found
    assert {row["exception"] for row in found} <= {
        "Exceptional personal circumstances affected the child, a parent or the young person",
        "The child, a parent or the young person was away from the area for at least four weeks",
    }
    shown = table_of(site.as_a("manager"), "/lifted")
    assert all(row[3].endswith("Nobody is recorded as having approved it") for row in shown)
    assert {row[5] for row in shown} == {"None set"}
    assert all(date.fromisoformat(row["legal_day"]) < TODAY for row in found)
