"""The policy on the pages: who may look, changing the rules of a service, what is shown before, and every version."""

import html5lib
import pytest
from httpx2 import Response
from sqlalchemy import text

from casework.actor import Actor
from casework.adopting import adopt_policy
from casework.policy_versions import version, versions
from casework.recomputing import finish, step
from casework.vital_signs import BATCH_PATIENCE
from statute.policy import default_text
from tests.web.site import Browser, Site

PAEDIATRICS = {"service": "health/paediatrics", "adviser": "-21, -7, 0, 3", "norm_weeks": "5"}
NORM_OF_HEALTH = default_text() + "\n[services.health]\nnorm_weeks = 5\n"
SOMEBODY = Actor("m.east", "cli")


def page(answer: Response) -> str:
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def changed(admin: Browser, **typed: str) -> Response:
    """The preview of a change."""
    return admin.follow(admin.post("/policy/change", {**PAEDIATRICS, **typed}))


def adopted(admin: Browser, shown: Response) -> Response:
    after = shown.text.split('name="after" value="')[1].split('"')[0]
    return admin.follow(admin.post(str(shown.url.path), {"after": after}))


@pytest.mark.parametrize(
    ("role", "reads", "changes"),
    [("caseworker", 403, 403), ("auditor", 200, 403), ("manager", 200, 403), ("admin", 200, 200)],
)
def test_managers_and_auditors_read_it_and_the_admin_changes_it(
    looking: Site, role: str, reads: int, changes: int
) -> None:
    browser = looking.as_a(role)
    assert browser.get("/policy").status_code == browser.get("/policy/versions/0").status_code == reads
    assert browser.get("/policy/change?service=health").status_code == changes
    assert browser.post("/policy/change", PAEDIATRICS).status_code in ({303} if changes == 200 else {403})


def test_it_says_in_words_what_holds_for_each_service(looking: Site) -> None:
    shown = page(looking.as_a("admin").get("/policy"))
    assert "14, 7 and 2 days before, on the day, 3, 7 and 14 days after, then every 7 days" in shown
    assert "ships with EHCP Clock" in shown
    assert "/policy/change?service=health/" in shown


def test_a_service_gets_rules_of_its_own_which_are_shown_first_and_then_hold(site: Site) -> None:
    admin = site.as_a("admin")
    shown = changed(admin)
    assert "21 and 7 days before, on the day, 3 days after, then every 7 days" in page(shown)
    assert version(site.db).number == 0
    done = page(adopted(admin, shown))
    assert "Policy 1 is in force" in done
    assert "h.service" in done
    toml = version(site.db).toml
    assert toml == default_text() + '\n[services."health/paediatrics"]\nadviser = [-21, -7, 0, 3]\nnorm_weeks = 5\n'
    again = page(admin.get("/policy/change?service=health/paediatrics"))
    assert 'value="-21, -7, 0, 3"' in again
    assert 'value="5"' in again


def asked(site: Site, query: str) -> int:
    with site.db.connect() as connection:
        return connection.execute(text(query)).scalar_one()


def norm_days(site: Site) -> int:
    """How many rows of the read model have a local norm for health's advice."""
    return asked(site, "SELECT count(*) FROM deadline WHERE service = 'health' AND norm_due IS NOT NULL")


def test_nobody_waits_for_thousands_of_cases_and_the_page_says_how_far_it_is(site: Site) -> None:
    admin, looks = site.as_a("admin"), site.as_a("auditor")
    assert "worked out" not in looks.get("/policy").text
    cases = asked(site, "SELECT count(*) FROM process WHERE kind = 'assessment'")
    done = page(adopted(admin, changed(admin, service="health")))
    assert f"Days are worked out anew in {cases} cases" in done
    assert f"<strong>0 of {cases} cases worked out so far</strong>" in done
    assert norm_days(site) == 0
    step(site.db, site.now)
    assert f"<strong>50 of {cases} cases worked out so far</strong>" in page(looks.get("/policy"))
    finish(site.db, lambda: site.now)
    assert norm_days(site) > 0
    done = page(looks.get("/policy"))
    assert "What it moves is worked out in every case, since Friday 20 November 2026" in done
    assert "so far" not in done


def test_every_page_says_when_nobody_works_them_out(site: Site) -> None:
    admin = site.as_a("admin")
    adopt_policy(site.db, NORM_OF_HEALTH, SOMEBODY, site.now - BATCH_PATIENCE)
    assert (
        "No case has been worked out with the policy in force since Friday 20 November 2026" in admin.get("/work").text
    )


def test_days_of_a_local_norm_that_would_move_are_listed_at_most_fifty(looking: Site) -> None:
    admin = looking.as_a("admin")
    shown = page(admin.follow(admin.post("/policy/change", {"service": "health", "norm_weeks": "4"})))
    assert "of local norms would move" in shown
    assert shown.count('data-label="Limit"') == 50
    assert "The first 50 are shown" in shown


def test_an_earlier_version_is_kept_and_can_be_taken_up_again(site: Site) -> None:
    admin = site.as_a("admin")
    adopted(admin, changed(admin))
    adopted(admin, changed(admin, norm_weeks="4"))
    assert "norm_weeks = 5" in page(admin.get("/policy/versions/1"))
    adopted(admin, admin.follow(admin.post("/policy/versions/1/again", {})))
    found = versions(site.db)
    assert [each.number for each in found] == [3, 2, 1, 0]
    assert found[0].toml == found[2].toml
    assert admin.get("/policy/versions/9").status_code == 404
    assert admin.post("/policy/versions/9/again", {}).status_code == 404


def test_a_policy_that_somebody_adopted_meanwhile_is_shown_and_neither_is_lost(site: Site) -> None:
    admin = site.as_a("admin")
    mine = changed(admin)
    adopt_policy(site.db, default_text() + "\n[services.social_care]\nnorm_weeks = 4\n", SOMEBODY, site.now)
    looked = admin.follow(admin.post(mine.url.path, {"after": "0"}))
    assert "Somebody else adopted another policy meanwhile" in page(looked)
    assert "m.east adopted version 1" in looked.text
    assert "Social care, local norm, in weeks: <strong>4</strong>" in looked.text
    assert version(site.db).number == 1
    adopted(admin, looked)
    assert version(site.db).policy.norms_of_services() == {"social_care": 4, "health/paediatrics": 5}


def test_a_preview_is_one_s_own_and_can_be_given_up(site: Site) -> None:
    admin = site.as_a("admin")
    shown = changed(admin)
    assert "Nothing was changed" in admin.follow(admin.post(str(shown.url.path), {"give_up": "yes"})).text
    assert "given up already" in admin.follow(admin.post(str(shown.url.path), {"after": "0"})).text
    assert "given up already" in admin.follow(admin.get(str(shown.url.path))).text
    assert version(site.db).number == 0


def test_what_is_emptied_is_as_for_everybody_again(site: Site) -> None:
    admin = site.as_a("admin")
    adopted(admin, changed(admin))
    adopted(admin, changed(admin, adviser="", norm_weeks=""))
    assert version(site.db).toml.rstrip() == default_text().rstrip()


def test_no_letters_at_all_is_written_as_none(site: Site) -> None:
    admin = site.as_a("admin")
    adopted(admin, changed(admin, service_manager="none", then_every="0"))
    assert version(site.db).policy.advice_of("health/paediatrics").service_manager == ()
    shown = page(admin.get("/policy/change?service=health/paediatrics"))
    assert 'value="none"' in shown


def test_what_holds_for_everybody_is_changed_too(site: Site) -> None:
    admin = site.as_a("admin")
    assert 'value="-14, -7, -2, 0, 3, 7, 14"' in page(admin.get("/policy/change"))
    everybody = {"adviser": "-7, 0", "then_every": "5", "service_manager": "10", "oldest_report": "200"}
    adopted(admin, admin.follow(admin.post("/policy/change", everybody)))
    found = version(site.db).policy.advice
    assert (found.adviser, found.then_every, found.service_manager, found.oldest_report) == ((-7, 0), 5, (10,), 200)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("adviser", "soon", "whole days with commas"),
        ("adviser", "7, 3", "ascending order"),
        ("adviser", "-500", "at least -140"),
        ("service_manager", "3; x", "whole days with commas"),
        ("norm_weeks", "7", "at most 6"),
        ("norm_weeks", "-1", "whole number of weeks"),
        ("then_every", "1.5", "whole number of days"),
        ("oldest_report", "999", "at most 365"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    looking: Site, field: str, typed: str, said: str
) -> None:
    answer = looking.as_a("admin").post("/policy/change", {**PAEDIATRICS, "oldest_report": "90", field: typed})
    assert answer.status_code == 422
    text = page(answer)
    assert said in text
    assert f'id="{field}-error"' in text
    assert f'value="{typed}"' in text
    assert 'value="-21, -7, 0, 3"' in text or field == "adviser"


def test_everybody_s_rules_have_nobody_s_to_fall_back_on(looking: Site) -> None:
    answer = looking.as_a("admin").post("/policy/change", {"adviser": "-7"})
    assert answer.status_code == 422
    assert page(answer).count("Enter what holds for every service") == 6  # three fields, each in the summary too


def test_a_service_that_there_is_not_is_no_page(looking: Site) -> None:
    assert looking.as_a("admin").get("/policy/change?service=health/nobody").status_code == 404


def test_what_changes_nothing_is_not_adopted(looking: Site) -> None:
    admin = looking.as_a("admin")
    answer = admin.follow(admin.post("/policy/change", {"service": "health"}))
    assert "says so already" in answer.text
