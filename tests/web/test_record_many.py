"""One fact on many cases, on pages."""

import io
import re
import zipfile
from typing import Any

import pytest
from sqlalchemy import event

from casework.actor import Actor
from casework.drafts import claim_draft
from casework.panel import candidates
from tests.web.site import NOW, Browser, Site
from tests.web.test_opening import rows, strict

OF = Actor("a.marsh", "web")
TODAY = NOW.date()
DAY = {"on-day": "19", "on-month": "11", "on-year": "2026"}


def begun(browser: Browser, kind: str = "decision_to_assess") -> str:
    return browser.post("/record-many", {"kind": kind}).headers["location"].removesuffix("/what")


def said(browser: Browser, kind: str = "decision_to_assess", **more: str) -> str:
    """A draft in which it is said what happened."""
    draft = begun(browser, kind)
    answer = browser.post(f"{draft}/what", {**DAY, **more})
    assert answer.headers["location"] == f"{draft}/cases", answer.text
    return draft


def waiting(site: Site, kind: str = "decision_to_assess", officer: str = "") -> list[Any]:
    return list(candidates(site.db, kind, OF, TODAY, officer=officer))


def recorded(site: Site, kind: str = "decision_to_assess") -> set[str]:
    found = rows(
        site,
        "SELECT p.mail_ref FROM fact f JOIN process p ON p.id = f.process_id "
        "WHERE f.kind = :kind AND f.recorded_by = 'a.marsh' AND f.channel = 'web'",
        kind=kind,
    )
    return {row["mail_ref"] for row in found}


def taken(page: str) -> list[str]:
    """What the boxes on the page would send that are ticked."""
    return re.findall(r'name="take" value="([0-9]+c?)" checked', page)


def sent_file(browser: Browser, content: bytes, name: str = "panel.csv") -> Any:
    return browser.post("/record-many/upload", files={"file": (name, content)})


def test_mondays_panel_is_recorded_on_every_case_that_was_ticked(site: Site) -> None:
    browser = site.as_a("caseworker")
    strict(browser.get("/record-many"))
    draft = begun(browser)
    strict(browser.get(f"{draft}/what"))
    browser.post(f"{draft}/what", {**DAY, "method": "email", "to": ["parent", "young_person"]})
    mine = [case.mail_ref for case in waiting(site, officer="a.marsh")][:3]
    others = [case.case_ref for case in waiting(site, officer="p.singh")][:2]
    page = strict(browser.get(f"{draft}/cases"))
    assert all(f'value="{ref}"' in page for ref in mine)
    on = {"go": "continue", "shown": mine, "tick": mine, "refs": "\r\n".join(others).lower(), "officer": "a.marsh"}
    assert browser.post(f"{draft}/cases", on).headers["location"] == f"{draft}/check"
    check = strict(browser.get(f"{draft}/check"))
    assert "Email (the family agreed to it)" in check
    assert len(taken(check)) == 5
    assert recorded(site) == set()
    done = browser.post(f"{draft}/check", {"take": taken(check)})
    result = strict(browser.follow(done))
    assert "5 entries recorded" in result
    assert len(recorded(site)) == 5
    attributes = rows(site, "SELECT DISTINCT attributes FROM fact WHERE channel = 'web'")
    assert attributes == [{"attributes": {"method": "email", "to": "parent,young_person"}}]
    read = rows(site, "SELECT DISTINCT what FROM read_log WHERE username = 'a.marsh'")
    assert read == [{"what": "cases to record one thing on"}]


def test_pressing_the_button_twice_records_once(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = said(browser)
    refs = [case.mail_ref for case in waiting(site)][:2]
    browser.post(f"{draft}/cases", {"go": "continue", "tick": refs})
    browser.post(f"{draft}/check", {"take": ["1", "2"]})
    again = browser.post(f"{draft}/check", {"take": ["1", "2"]})
    assert "2 entries recorded" in browser.follow(again).text
    assert browser.get(f"{draft}/cases").headers["location"] == f"{draft}/result"
    assert len(rows(site, "SELECT FROM fact WHERE channel = 'web'")) == 2


def test_while_they_are_being_recorded_the_second_press_waits(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = said(browser)
    browser.post(f"{draft}/cases", {"go": "continue", "tick": [case.mail_ref for case in waiting(site)][:2]})
    claim_draft(site.db, "a.marsh", "record_many", draft.rpartition("/")[2], site.now)
    page = strict(browser.follow(browser.post(f"{draft}/check", {"take": ["1", "2"]})))
    assert "being recorded" in page
    assert recorded(site) == set()


def test_references_that_mean_no_case_are_said_line_by_line_and_stay_in_the_box(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = said(browser)
    known, ticked = [case.mail_ref for case in waiting(site)][:2]
    box = f"{known}\n\nno such <b>case</b>\n=cmd|' /C calc'!A0"
    answer = browser.post(f"{draft}/cases", {"go": "continue", "refs": box, "shown": [ticked], "tick": [ticked]})
    assert answer.status_code == 422
    page = strict(answer)
    assert "Line 3: No case has the reference" in page
    assert "Line 4: No case has the reference" in page
    assert "no such &lt;b&gt;case" in page
    assert "<b>case" not in page
    assert known in page
    assert "checked" in page or "ticked that" in page
    assert browser.post(f"{draft}/check", {"take": ["1"]}).headers["location"] == f"{draft}/cases"


def test_a_restricted_case_is_no_case_to_others(site: Site) -> None:
    case = waiting(site)[0]
    with site.db.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE person SET sensitivity = 'restricted', restricted_to = '{j.okafor}' FROM process p "
            "WHERE p.person_id = person.id AND p.id = %s",
            (case.process_id,),
        )
        connection.exec_driver_sql("UPDATE deadline SET restricted = true WHERE process_id = %s", (case.process_id,))
    browser = site.as_a("caseworker")
    draft = said(browser)
    browser.post(f"{draft}/cases", {"go": "filter", "officer": "", "team": ""})
    assert case.mail_ref not in browser.get(f"{draft}/cases").text
    answer = browser.post(f"{draft}/cases", {"go": "continue", "refs": f"{case.case_ref}\nEHC-1999-0001"})
    words = re.findall(r'href="#refs">Line \d: (No case has the reference) &#39;[^&]+&#39;(\. [^<]+)<', answer.text)
    assert len({(said, more.strip()) for said, more in words}) == 1
    assert len(words) == 2
    browser.post(f"{draft}/cases", {"go": "continue", "tick": [case.mail_ref], "shown": [case.mail_ref]})
    check = browser.get(f"{draft}/check").text
    assert case.case_ref not in check
    assert "No case has the reference" in check


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"on-day": "31"}, "on", "must be a real date"),
        ({"on-day": "21"}, "on", "in the future"),
        ({"on-day": "", "on-month": "", "on-year": ""}, "on", "must be given"),
        ({"method": "pigeon"}, "method", "pigeon"),
        ({"arrived_on-day": "5"}, "arrived_on", "must include a month"),
    ],
)
def test_what_is_wrong_in_every_case_is_said_once_beside_its_field(
    looking: Site, wrong: dict[str, str], field: str, sentence: str
) -> None:
    browser = looking.as_a("caseworker")
    draft = begun(browser)
    answer = browser.post(f"{draft}/what", {**DAY, **wrong})
    assert answer.status_code == 422
    page = strict(answer)
    assert f'href="#{field}"' in page
    assert sentence in page
    assert 'value="2026"' in page or not wrong.get("on-year", "x")


def test_what_the_law_asks_about_is_recorded_only_where_it_was_ticked(site: Site) -> None:
    """A final plan inside the family's fifteen days is unlawful, and may be what happened."""
    inside, fine = _inside_and_fine(site)
    browser = site.as_a("caseworker")
    draft = said(browser, "final_plan_sent", to="family")
    browser.post(f"{draft}/cases", {"go": "continue", "refs": f"{inside}\n{fine}"})
    check = strict(browser.get(f"{draft}/check"))
    assert taken(check) == ["2"]
    assert 'value="1c"' in check
    browser.post(f"{draft}/check", {"take": ["1", "2"]})  # as if the question had not been asked when it was ticked
    page = strict(browser.get(f"{draft}/result"))
    assert "1 entry recorded" in page
    assert "1 refused" in page
    rest = browser.post(f"{draft}/retry").headers["location"]
    assert taken(strict(browser.get(rest))) == []
    browser.post(rest, {"take": ["1c"]})
    assert recorded(site, "final_plan_sent") == {inside, fine}


def _inside_and_fine(site: Site) -> tuple[str, str]:
    from casework.recording import record
    from statute.notation import parse_fact

    two = [case.mail_ref for case in waiting(site, "draft_plan_sent")][:2]
    for ref, day in zip(two, ("2026-11-12", "2026-10-30"), strict=True):
        fact = parse_fact(
            f"draft_plan_sent={day};method=email;served={day};reps_until=2026-11-{30 if day > '2026-11' else 14}"
        )
        record(site.db, ref, [fact], Actor("j.okafor", "cli"), site.now, confirm=True)
    return two[0], two[1]


def test_one_that_is_refused_holds_up_no_other(site: Site) -> None:
    review = rows(site, "SELECT mail_ref FROM process WHERE kind = 'annual-review' ORDER BY case_ref LIMIT 1")[0][
        "mail_ref"
    ]
    fine = waiting(site)[0].mail_ref
    browser = site.as_a("caseworker")
    draft = said(browser)
    browser.post(f"{draft}/cases", {"go": "continue", "refs": f"{review}\n{fine}"})
    check = strict(browser.get(f"{draft}/check"))
    assert "Cannot be recorded" in check
    assert taken(check) == ["2"]
    result = strict(browser.follow(browser.post(f"{draft}/check", {"take": ["1", "2"]})))
    assert "1 entry recorded" in result
    assert recorded(site) == {fine}


def test_what_somebody_else_recorded_meanwhile_is_passed_over(site: Site) -> None:
    from casework.recording import record
    from statute.notation import parse_fact

    ref = waiting(site)[0].mail_ref
    browser = site.as_a("caseworker")
    draft = said(browser)
    browser.post(f"{draft}/cases", {"go": "continue", "tick": [ref]})
    record(site.db, ref, [parse_fact("decision_to_assess=2026-11-19")], Actor("m.east", "web"), site.now)
    assert "Recorded already" in strict(browser.get(f"{draft}/check"))
    assert "1 stood already" in browser.follow(browser.post(f"{draft}/check", {"take": ["1"]})).text
    assert recorded(site) == set()


def test_ticks_are_kept_from_page_to_page_and_from_filter_to_filter(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = said(browser, "review_invited")
    browser.post(f"{draft}/cases", {"go": "filter", "officer": "", "team": ""})
    first = waiting(site, "review_invited")
    assert len(first) == 51
    page = browser.get(f"{draft}/cases").text
    refs = re.findall(r'name="shown" value="([^"]+)"', page)
    assert refs == [case.mail_ref for case in first[:50]]
    more = re.findall(r'name="next" value="([^"]+)"', page)[0]
    browser.post(f"{draft}/cases", {"go": "more", "next": more, "shown": refs, "tick": refs[:2]})
    second = strict(browser.get(f"{draft}/cases"))
    shown = re.findall(r'name="shown" value="([^"]+)"', second)
    assert not set(shown) & set(refs)
    assert "2 cases</strong> ticked that are not on this page" in second
    browser.post(f"{draft}/cases", {"go": "first", "shown": shown, "tick": shown[:1]})
    back = browser.get(f"{draft}/cases").text
    assert len(re.findall(r'name="tick" value="[^"]+" checked', back)) == 2
    browser.post(f"{draft}/cases", {"go": "continue", "shown": refs, "tick": refs[1:2]})
    assert len(taken(browser.get(f"{draft}/check").text)) == 2


@pytest.mark.parametrize("nonsense", ["x", "2026-11-19", "2026-99-99 K7F-3QX9", "'; DROP TABLE fact", " "])
def test_a_page_that_was_never_offered_is_the_first_page(looking: Site, nonsense: str) -> None:
    browser = looking.as_a("caseworker")
    draft = said(browser)
    assert browser.post(f"{draft}/cases", {"go": "more", "next": nonsense}).status_code == 303
    assert browser.get(f"{draft}/cases").status_code == 200


def test_a_file_is_looked_at_before_anything_is_recorded(site: Site) -> None:
    cases = waiting(site)[:2]
    content = (
        "Case Ref,Fact,Note\n"
        f'{cases[0].case_ref},decision_to_assess=2026-11-19,=HYPERLINK("http://x")\n'
        "EHC-1999-0001,decision_to_assess=2026-11-19,\n"
        f"{cases[1].case_ref},<script>alert(1)</script>,\n"
        f"{cases[1].case_ref},decision_to_assess=2026-11-19;method=pigeon,\n"
    )
    browser = site.as_a("caseworker")
    went = sent_file(browser, content.encode())
    page = strict(browser.follow(went))
    assert taken(page) == ["2"]
    assert "<script>alert" not in page
    assert "No case has the reference" in page
    result = strict(browser.follow(browser.post(went.headers["location"], {"take": ["2", "3", "4", "5"]})))
    assert "1 entry recorded" in result
    assert recorded(site) == {cases[0].mail_ref}
    assert rows(site, "SELECT text FROM fact_text t JOIN fact f ON f.id = t.fact_id WHERE f.channel = 'web'") == [
        {"text": '=HYPERLINK("http://x")'}
    ]


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", b" " * 70_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file"),
        (b"a,b\n1,2\n", "has no column case_ref, fact"),
        (b"case_ref,fact\n", "no rows below"),
        (b"case_ref,fact\n" + b"EHC-1,decision_to_assess=2026-11-19\n" * 251, "more than 250 rows"),
        (b"case_ref,fact\n" + b"\n" * 9000, "too long"),
        (b"case_ref,fact\nEHC-1," + b"x" * 20_001 + b"\n", "more than 20,000 characters"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"PK\x03\x04 not really", "not a workbook"),
        (_bomb(), "unpacks to more"),
        (b"\x00\x01\x02", "neither CSV nor xlsx"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_beside_its_field(looking: Site, content: bytes, sentence: str) -> None:
    answer = sent_file(looking.as_a("caseworker"), content, "C:\\secret folder\\panel.xlsx")
    assert answer.status_code == 422
    page = strict(answer)
    assert sentence in page
    assert 'href="#file"' in page
    assert "secret" not in page


def test_a_form_without_a_file_is_answered(looking: Site) -> None:
    assert "Choose a file" in looking.as_a("caseworker").post("/record-many/upload", {"file": "text"}).text


@pytest.mark.parametrize("kind", ["", "died", "request_received", "advice_received", "corrected", "nonsense"])
def test_what_befalls_one_child_is_not_recorded_on_many(looking: Site, kind: str) -> None:
    answer = looking.as_a("caseworker").post("/record-many", {"kind": kind})
    assert answer.status_code == 422
    assert "Choose what happened" in strict(answer)


def test_nobody_reaches_what_another_has_begun(site: Site) -> None:
    draft = said(site.as_a("caseworker"))
    manager = site.as_a("manager")
    for step in ("what", "cases", "check", "result"):
        assert manager.get(f"{draft}/{step}").status_code == 404
    for step in ("what", "cases", "retry"):
        assert manager.post(f"{draft}/{step}", DAY).status_code == 404
    manager.post(f"{draft}/throw-away")
    assert len(rows(site, "SELECT FROM draft WHERE kind = 'record_many'")) == 1


def test_what_was_begun_can_be_continued_or_thrown_away(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = said(browser)
    assert f'href="{draft}/cases"' in strict(browser.get("/record-many"))
    browser.post(f"{draft}/throw-away")
    assert draft not in browser.get("/record-many").text


def test_an_auditor_records_nothing(looking: Site) -> None:
    auditor = looking.as_a("auditor")
    assert auditor.get("/record-many").status_code == 403
    assert auditor.post("/record-many", {"kind": "decision_to_assess"}).status_code == 403


def test_nothing_about_a_child_stands_in_an_address(site: Site) -> None:
    browser = site.as_a("caseworker")
    draft = said(browser)
    ref = waiting(site)[0]
    for url, form in ((f"{draft}/cases", {"go": "continue", "refs": ref.case_ref}), (f"{draft}/check", {"take": "1"})):
        assert re.fullmatch(r"/record-many/[0-9a-f-]{36}/\w+", browser.post(url, form).headers["location"])


def test_however_many_the_cases_the_questions_to_the_database_are_as_many(site: Site) -> None:
    """Plans too: of each, all its reviews are looked at."""
    plans = [row["plan_ref"] for row in rows(site, "SELECT plan_ref FROM plan ORDER BY plan_ref LIMIT 60")]
    browser = site.as_a("caseworker")
    asked: list[str] = []
    event.listen(site.db, "before_cursor_execute", lambda *said: asked.append(said[2]))
    counts: list[int] = []
    for references in (plans[:2], plans):
        draft = said(browser, "decision_maintain")
        browser.post(f"{draft}/cases", {"go": "continue", "refs": "\n".join(references)})
        asked.clear()
        assert browser.get(f"{draft}/check").text.count('scope="row"') == len(references)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14
