"""My work: what is due and late, what came, what is odd, for whom one waits, and whose work one has besides."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.cover import add_cover
from casework.people import restrict
from casework.recording import record
from statute.notation import parse_fact
from tests.web.pages import links, page, questions, rows, words
from tests.web.site import NOW, Site

MARSH = Actor("a.marsh", "web")


def ask(site: Site, statement: str, **bound: Any) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement), bound))


def tell(site: Site, statement: str, **bound: Any) -> None:
    with site.db.begin() as connection:
        connection.execute(text(statement), bound)


def say(site: Site, reference: str, *facts: str) -> None:
    record(site.db, reference, [parse_fact(fact) for fact in facts], MARSH, NOW, confirm=True)


def work(site: Site, username: str = "a.marsh") -> Any:
    return page(site.signed_in(username).get("/work"))


def under(tree: Any, heading: str) -> str:
    """What stands under a heading, up to the next of its size."""
    (main,) = tree.findall(".//main")
    said, inside = list[str](), False
    for element in main:
        if element.tag == "h2":
            inside = words(element).startswith(heading)
        elif inside:
            said.append(words(element))
    return " ".join(said)


def one_of(site: Site, limit: str, **more: Any) -> Any:
    """A case of A. Marsh's that has this limit open and its process open."""
    return ask(
        site,
        "SELECT p.case_ref, p.mail_ref, p.id, d.subject, d.legal_due FROM deadline d JOIN process p ON p.id = d.process_id "
        "WHERE d.officer = 'a.marsh' AND d.to_day IS NULL AND d.standing = 'open' AND d.limit_id = :limit "
        "ORDER BY d.legal_due LIMIT 1",
        limit=limit,
        **more,
    )[0]


def due(site: Site, process: Any, limit: str, day: str) -> None:
    """Move a limit to a day, as a test likes it."""
    tell(
        site,
        "UPDATE deadline SET legal_due = :day, operational_due = :day WHERE process_id = :id AND limit_id = :limit "
        "AND to_day IS NULL",
        id=process,
        limit=limit,
        day=day,
    )


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        ("2026-11-20", "Due today"),
        ("2026-11-21", "Due by"),
        ("2026-11-27", "Due by"),
        ("2024-01-02", "Overdue"),
    ],
)
def test_each_limit_stands_under_its_heading(site: Site, day: str, heading: str) -> None:
    case = one_of(site, "reg5_decide")
    due(site, case.id, "reg5_decide", day)
    found = work(site)
    assert case.case_ref in under(found, heading)
    assert "Decide whether to assess and tell the family." in under(found, heading)


def test_what_is_due_at_the_weekend_is_for_friday(site: Site) -> None:
    case = one_of(site, "reg5_decide")
    due(site, case.id, "reg5_decide", "2026-11-22")
    tell(site, "UPDATE deadline SET operational_due = '2026-11-20' WHERE process_id = :id", id=case.id)
    assert case.case_ref in under(work(site), "Due today")


def test_what_is_due_later_than_in_a_week_is_under_no_heading(site: Site) -> None:
    case = one_of(site, "reg5_decide")
    due(site, case.id, "reg5_decide", "2026-11-28")
    found = work(site)
    assert not any(case.case_ref in under(found, heading) for heading in ("Due today", "Due by", "Overdue"))


def test_the_line_on_top_counts_cases(looking: Site) -> None:
    overdue = ask(
        looking,
        "SELECT count(DISTINCT process_id) FROM deadline WHERE officer = 'a.marsh' AND to_day IS NULL "
        "AND standing = 'open' AND legal_due < '2026-11-20' AND service = '' "
        "AND NOT (limit_id LIKE 'reg20_report' AND citation LIKE '%reg 20%')",
    )[0][0]
    assert f"{overdue} overdue;" in words(work(looking))


def test_a_service_that_is_late_is_waited_for_and_its_promise_is_shown(site: Site) -> None:
    case = one_of(site, "reg8_advice")
    due(site, case.id, "reg8_advice", "2024-01-02")
    say(site, case.case_ref, f"advice_expected:{case.subject}=2026-11-20;by=2026-12-01")
    due(site, case.id, "reg8_advice", "2024-01-02")
    waiting = under(work(site), "Waiting for others")
    assert f"{case.case_ref} Wait for Community Paediatrics: promised for 1 Dec 2026." in waiting
    assert "days late 1 Dec 2026" in waiting


def test_a_family_whose_fifteen_days_run_is_waited_for(site: Site) -> None:
    case = ask(
        site,
        "SELECT p.case_ref, p.mail_ref FROM process p JOIN deadline d ON d.process_id = p.id WHERE p.ended_on IS NULL "
        "AND p.officer = 'a.marsh' AND d.to_day IS NULL AND d.standing = 'open' AND d.limit_id = 'reg13_final_plan' "
        "AND NOT EXISTS (SELECT FROM fact f WHERE f.process_id = p.id AND f.kind = 'draft_plan_sent') "
        "AND EXISTS (SELECT FROM fact f WHERE f.process_id = p.id AND f.kind = 'decision_to_assess') LIMIT 1",
    )[0]
    say(site, case.case_ref, "draft_plan_sent=2026-11-19;method=hand")
    assert f"/cases/{case.mail_ref}" in links(work(site))
    assert "Families, who have 15 days to answer" in under(work(site), "Waiting for others")


def test_an_answer_is_new_until_it_is_taken_up(site: Site) -> None:
    case = one_of(site, "reg8_advice")
    say(site, case.case_ref, f"advice_received:{case.subject}=2026-11-20")
    assert case.case_ref in under(work(site), "Newly answered")
    say(site, case.case_ref, "draft_plan_sent=2026-11-20;method=hand")
    assert case.case_ref not in under(work(site), "Newly answered")


def test_an_answer_that_was_retracted_is_none(site: Site) -> None:
    case = one_of(site, "reg8_advice")
    say(site, case.case_ref, f"advice_received:{case.subject}=2026-11-20")
    say(site, case.case_ref, f"retracted:advice_received:{case.subject}=2026-11-20")
    assert case.case_ref not in under(work(site), "Newly answered")


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("held", "there is no address to write to", "There is nobody to write to Health"),
        ("held", "mail is on hold for this case", "Mail is on hold"),
        ("failed", "refused: no such user", "A letter to Health could not be delivered"),
        ("held", "schools are on holiday", ""),
        ("sent", "", ""),
    ],
)
def test_letters_that_did_not_leave_are_shown(site: Site, status: str, reason: str, said: str) -> None:
    case = one_of(site, "reg8_advice")
    tell(
        site,
        "INSERT INTO message (authority, id, step_key, process_id, mail_ref, limit_id, subject, rung, kind, role, about, "
        "due_at, created_at, status, reason, urgent) SELECT authority, gen_random_uuid(), 'key', id, mail_ref, "
        "'reg8_advice', 'health', '', 'chase', 'adviser', '{}', :now, :now, :status, :reason, false FROM process "
        "WHERE id = :id",
        now=NOW,
        id=case.id,
        status=status,
        reason=reason,
    )
    odd = under(work(site), "Needs a look")
    assert (f"{case.case_ref} {said}" in odd) if said else odd == ""


def cover(site: Site) -> None:
    add_cover(site.db, "p.singh", "a.marsh", date(2026, 11, 20), date(2026, 11, 27), MARSH, NOW)


def test_who_stands_in_sees_the_others_work_with_their_own(site: Site) -> None:
    theirs = ask(
        site,
        "SELECT case_ref, id FROM process WHERE officer = 'p.singh' AND ended_on IS NULL AND id IN "
        "(SELECT process_id FROM deadline WHERE limit_id = 'reg5_decide' AND to_day IS NULL AND standing = 'open')",
    )[0]
    due(site, theirs.id, "reg5_decide", "2026-11-20")
    assert theirs.case_ref not in words(work(site))
    cover(site)
    found = work(site)
    assert "You are covering for P. Singh until Friday 27 November 2026." in words(found)
    assert f"{theirs.case_ref}, for P. Singh" in under(found, "Due today")
    assert "A. Marsh stands in for you today" in words(work(site, "p.singh"))


def test_standing_in_does_not_show_a_restricted_child(site: Site) -> None:
    theirs = one_of_theirs(site)
    due(site, theirs.id, "reg5_decide", "2026-11-20")
    restrict(site.db, theirs.case_ref, ["p.singh"], Actor("p.singh", "web"))
    due(site, theirs.id, "reg5_decide", "2026-11-20")
    cover(site)
    assert theirs.case_ref not in words(work(site))
    assert theirs.case_ref in words(work(site, "p.singh"))


def one_of_theirs(site: Site) -> Any:
    return ask(
        site,
        "SELECT p.case_ref, p.id FROM process p JOIN deadline d ON d.process_id = p.id WHERE p.officer = 'p.singh' "
        "AND p.ended_on IS NULL AND d.limit_id = 'reg5_decide' AND d.to_day IS NULL AND d.standing = 'open' LIMIT 1",
    )[0]


def test_whoever_has_no_case_is_told_kindly(looking: Site) -> None:
    found = work(looking, "m.east")
    for heading, said in (
        ("Due today", "Nothing is due today."),
        ("Overdue", "Nothing of yours is overdue."),
        ("Waiting for others", "You are waiting for nobody."),
    ):
        assert said in under(found, heading)
    assert found.findall(".//table") == []


def test_at_most_ten_cases_stand_under_a_heading_and_a_link_leads_to_all(site: Site) -> None:
    tell(
        site,
        "UPDATE deadline SET legal_due = '2026-11-20', operational_due = '2026-11-20' WHERE officer = 'a.marsh' "
        "AND to_day IS NULL AND standing = 'open' AND limit_id = 's44_review'",
    )
    found = work(site)
    assert len(rows(found)) == 10
    assert "/due?within=7&officer=a.marsh" in links(found)


def test_who_was_shown_is_put_down(site: Site) -> None:
    case = one_of(site, "reg5_decide")
    due(site, case.id, "reg5_decide", "2026-11-20")
    work(site)
    seen = ask(site, "SELECT what, processes FROM read_log ORDER BY id DESC LIMIT 1")[0]
    assert seen.what == "my work"
    assert case.id in seen.processes


def test_the_page_asks_as_often_for_much_work_as_for_little(site: Site) -> None:
    asked: list[int] = []
    for _ in range(2):
        browser = site.as_a("caseworker")
        browser.get("/work")
        with questions(site.db) as statements:
            page(browser.get("/work"))
        asked.append(len(statements))
        if len(asked) == 1:
            cover(site)
        tell(site, "UPDATE process SET officer = 'a.marsh' WHERE officer IN ('r.hale', 'j.okafor')")
        tell(site, "UPDATE deadline SET officer = 'a.marsh' WHERE officer IN ('r.hale', 'j.okafor')")
    assert asked[0] == asked[1] <= 24, asked
