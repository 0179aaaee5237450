"""Staff, services, settings and their cover; contacts and who may see a child; checks and who read what."""

import re
from typing import Any

import html5lib
import pytest

from casework.actor import Actor
from casework.directory_lists import officers, services
from casework.people import restrict
from tests.web.recording_support import hidden
from tests.web.site import Site
from tests.web.test_assigning import case_of


def page(answer: Any) -> str:
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def a_case(site: Site) -> str:
    from sqlalchemy import text

    with site.db.connect() as connection:
        return connection.execute(text("SELECT mail_ref FROM process ORDER BY case_ref LIMIT 1")).scalar_one()


def case_ref(site: Site, mail_ref: str) -> str:
    from sqlalchemy import text

    with site.db.connect() as connection:
        return connection.execute(
            text("SELECT case_ref FROM process WHERE mail_ref = :m"), {"m": mail_ref}
        ).scalar_one()


NEW = {"username": "n.new", "name": "N. New", "email": "n.new@council.example", "role": "caseworker", "active": "yes"}


def test_every_list_of_the_directories_is_a_page(looking: Site) -> None:
    for path in ("/people", "/people/services", "/people/settings", "/people/bounces", "/checks", "/reads"):
        assert "govuk-table" in page(looking.as_a("manager").get(path)), path
        assert looking.as_a("caseworker").get(path).status_code == 403, path


def test_an_administrator_adds_somebody_who_can_then_sign_in(site: Site) -> None:
    admin = site.as_a("admin")
    assert "N. New was saved" in admin.follow(admin.post("/people/officers/add", NEW)).text
    assert site.signed_in("n.new").get("/work").status_code in (200, 404)


def test_a_manager_cannot_give_roles(site: Site) -> None:
    assert site.as_a("manager").post("/people/officers/add", {**NEW, "role": "admin"}).status_code == 403


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"role": "emperor"}, "is not one of ours"),
        ({"email": "nowhere"}, "is not a mail address"),
        ({"name": ""}, "is blank"),
        ({"username": "A.Marsh"}, "already"),
    ],
)
def test_a_wrong_entry_is_explained_and_nothing_typed_is_lost(site: Site, change: dict[str, str], said: str) -> None:
    answer = site.as_a("admin").post("/people/officers/add", {**NEW, **change})
    assert answer.status_code == 422
    assert said in page(answer)
    assert "n.new@council.example" in answer.text or "nowhere" in answer.text


def test_the_last_administrator_stays_one(site: Site) -> None:
    answer = site.as_a("admin").post("/people/officers/h.service", {"name": "H. Service", "role": "manager"})
    assert "last administrator" in page(answer)
    assert next(each for each in officers(site.db, None) if each.username == "h.service").role == "admin"


def test_whoever_leaves_is_signed_out_at_once_and_their_cases_are_named(site: Site) -> None:
    marsh, admin = site.as_a("caseworker"), site.as_a("admin")
    assert marsh.get("/calendar").status_code == 200
    kept = {
        "name": "A. Marsh",
        "email": "a.marsh@council.example",
        "team": "East",
        "role": "caseworker",
        "active": "no",
    }
    answer = admin.post("/people/officers/a.marsh", kept)
    assert answer.headers["location"].startswith("/team")
    assert marsh.get("/calendar").headers["location"].startswith("/sign-in")


def test_a_restricted_case_counts_for_the_named_and_is_not_forgotten_when_its_officer_leaves(site: Site) -> None:
    def counted(username: str) -> int:
        actor = Actor(username, "web")
        return next(each.open_cases for each in officers(site.db, actor) if each.username == "a.marsh")

    before = counted("h.service")
    restrict(site.db, case_of(site, "a.marsh")["mail_ref"], ["a.marsh"], Actor("a.marsh", "web"))
    assert (counted("h.service"), counted("a.marsh")) == (before - 1, before)
    admin = site.as_a("admin")
    answer = admin.post("/people/officers/a.marsh", {"name": "A. Marsh", "role": "caseworker", "active": "no"})
    assert f"still holds {before} open cases" in admin.follow(answer).text


def test_somebody_can_be_signed_out_everywhere(site: Site) -> None:
    marsh, admin = site.as_a("caseworker"), site.as_a("admin")
    assert "signed out of 1 browser" in admin.follow(admin.post("/people/officers/a.marsh", {"sign_out": "yes"})).text
    assert marsh.get("/calendar").status_code == 303


def test_a_service_is_changed_and_a_new_one_comes_last_in_its_kind(site: Site) -> None:
    manager = site.as_a("manager")
    new = {"who": "health", "body": "newt", "name": "New therapy", "section_31": "yes", "active": "yes"}
    assert "New therapy was saved" in manager.follow(manager.post("/people/services/add", new)).text
    of_health = [each.code for each in services(site.db, site.now.date()) if each.category == "health"]
    assert of_health[-1] == "newt"
    assert "already" in page(manager.post("/people/services/add", {**new, "body": "NEWT"}))
    changed = {**new, "name": "New therapies", "email": "newt@nhs.example"}
    assert "New therapies was saved" in manager.follow(manager.post("/people/services/health/newt", changed)).text


def test_a_service_gets_cover_which_can_be_taken_back(site: Site) -> None:
    manager = site.as_a("manager")
    code = next(each.code for each in services(site.db, site.now.date()) if each.category == "health")
    here = f"/people/cover/health/{code}"
    days = {
        "first-day": "20",
        "first-month": "11",
        "first-year": "2026",
        "last-day": "30",
        "last-month": "11",
        "last-year": "2026",
    }
    noted = manager.follow(manager.post(here, {**days, "stand_in": "cover@nhs.example"}))
    assert "cover@nhs.example" in page(noted)
    assert "cover@nhs.example" in manager.get("/people/services").text
    number = noted.text.split('name="end" value="')[1].split('"')[0]
    assert "taken back" in manager.follow(manager.post(here, {"end": number})).text
    wrong = manager.post(here, {**days, "first-month": "14", "stand_in": "nobody"})
    assert "must be a real date" in page(wrong)
    assert "Enter the mail address" in wrong.text


def test_schools_are_searched_and_paged(looking: Site) -> None:
    manager = looking.as_a("manager")
    first = page(manager.get("/people/settings"))
    assert "Schools and settings" in first
    assert "No school or setting of that name" in page(manager.get("/people/settings?part=%25_no-such"))


def test_a_contact_is_added_changed_and_removed(site: Site) -> None:
    browser, ref = site.as_a("caseworker"), a_case(site)
    here = f"/cases/{ref}/family"
    contact = {
        "role": "parent",
        "name": "<b>Pat</b> O'Neil",
        "email": "pat@home.example",
        "preferred": "post",
        "confidential": "yes",
    }
    shown = browser.follow(browser.post(f"{here}/add", contact))
    assert "&lt;b&gt;Pat&lt;/b&gt;" in page(shown)
    assert "Address is confidential" in shown.text
    number = shown.text.split(f"{here}/")[1].split('"')[0]
    assert "pat@home.example" in page(browser.get(f"{here}/{number}"))
    changed = browser.follow(
        browser.post(f"{here}/{number}", {**contact, "name": "Pat O'Neil", "do_not_contact": "yes"})
    )
    assert "Do not contact" in changed.text
    assert "removed" in browser.follow(browser.post(f"{here}/{number}", {"remove": "yes"})).text


def test_the_form_of_a_contact_sent_twice_adds_one(site: Site) -> None:
    browser, here = site.as_a("caseworker"), f"/cases/{a_case(site)}/family"
    numbers = [hidden(browser.get(f"{here}/add"))["number"][0] for _ in range(2)]
    assert numbers[0] != numbers[1]
    pat = {"role": "parent", "name": "Pat", "number": numbers[0]}
    wrong = browser.post(f"{here}/add", {**pat, "email": "nowhere"})
    assert hidden(wrong)["number"] == [numbers[0]]
    sent = [pat, pat, {**pat, "number": numbers[1]}]
    shown = [browser.follow(browser.post(f"{here}/add", each)).text for each in sent]
    assert [len(set(re.findall(rf"{here}/([0-9a-f-]{{36}})", each))) for each in shown] == [1, 1, 2]


def test_a_wrong_contact_is_explained(site: Site) -> None:
    answer = site.as_a("caseworker").post(
        f"/cases/{a_case(site)}/family/add", {"email": "nowhere", "address": "x" * 1001}
    )
    text = page(answer)
    for said in ("Choose who this is", "Enter a name", "Enter a mail address", "1000 characters or fewer"):
        assert said in text


def test_an_auditor_reads_contacts_and_writes_none(site: Site) -> None:
    ref = a_case(site)
    assert site.as_a("auditor").get(f"/cases/{ref}/family").status_code == 200
    assert site.as_a("auditor").post(f"/cases/{ref}/family/add", {"role": "parent", "name": "x"}).status_code == 403


def test_a_contact_of_another_child_is_not_opened_through_this_one(site: Site) -> None:
    from sqlalchemy import text

    with site.db.connect() as connection:
        one, other = connection.execute(text("SELECT mail_ref FROM process ORDER BY case_ref LIMIT 2")).scalars()
    browser = site.as_a("caseworker")
    browser.post(f"/cases/{one}/family/add", {"role": "parent", "name": "Only Theirs"})
    number = browser.get(f"/cases/{one}/family").text.split(f"/cases/{one}/family/")[1].split('"')[0]
    assert browser.get(f"/cases/{other}/family/{number}").status_code == 404
    taken = browser.post(f"/cases/{other}/family/{number}", {"remove": "yes"})
    assert taken.status_code == 422
    assert "Only Theirs" in browser.get(f"/cases/{one}/family").text


def test_a_restricted_child_is_seen_by_the_named_alone(site: Site) -> None:
    manager, ref = site.as_a("manager"), a_case(site)
    here = f"/cases/{ref}/family-access"
    assert manager.get(here).status_code == 200
    asked = manager.post(here, {"who": "restricted", "named": ["a.marsh"]})
    assert "You would no longer see this case yourself" in page(asked)
    done = manager.post(here, {"who": "restricted", "named": ["a.marsh"], "without_me": "yes"})
    assert done.headers["location"].startswith("/?said=")
    assert manager.get(f"/cases/{ref}/family").status_code == 404
    assert site.as_a("admin").get(f"/cases/{ref}/family").status_code == 404
    assert site.as_a("auditor").get(f"/cases/{ref}/family").status_code == 404
    assert "only a.marsh can see" in page(site.as_a("caseworker").get(f"/cases/{ref}/family"))


def test_nobody_is_named_by_mistake(site: Site) -> None:
    manager, ref = site.as_a("manager"), a_case(site)
    for named in ([], ["no.such"]):
        answer = manager.post(f"/cases/{ref}/family-access", {"who": "restricted", "named": named})
        assert "at least one member of staff" in page(answer)


def test_every_look_at_a_child_is_put_down(site: Site) -> None:
    ref = a_case(site)
    site.as_a("caseworker").get(f"/cases/{ref}/family")
    auditor = site.as_a("auditor")
    found = auditor.post("/reads", {"ref": case_ref(site, ref)})
    assert "a.marsh" in page(found)
    assert case_ref(site, ref) in page(auditor.get("/reads?username=a.marsh"))
    assert "No case has that reference" in page(auditor.post("/reads", {"ref": "NO-SUCH"}))


def test_of_a_case_that_there_is_not_nothing_is_shown(site: Site) -> None:
    site.as_a("caseworker").get(f"/cases/{a_case(site)}/family")
    answer = site.as_a("auditor").post("/reads", {"ref": "NO-SUCH"})
    assert answer.status_code == 422
    assert "a.marsh" not in page(answer)


def test_who_read_a_restricted_child_does_not_name_the_child(site: Site) -> None:
    ref = a_case(site)
    site.as_a("caseworker").get(f"/cases/{ref}/family")
    restrict(site.db, ref, ["a.marsh"], Actor("m.east", "web"))
    assert case_ref(site, ref) not in page(site.as_a("auditor").get("/reads"))
    assert "No case has that reference" in page(site.as_a("auditor").post("/reads", {"ref": case_ref(site, ref)}))
