"""Looking changes nothing, and an auditor can do nothing else: every route, those to come too."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest

from casework.tokens import make_token
from scorecard.counted.keeping import bring_up_to_date
from tests.support.database import Cluster
from tests.web.api.conftest import Program
from tests.web.lists import ask
from tests.web.site import PEOPLE, Site
from tests.web.test_who_may_use_what import access_of, routes
from tests.web.walking import Walk
from web.roles import Role

# What anybody leaves behind by being here: sessions, tries, tokens, what is said once, who read what.
OF_THE_VISITOR = {"web_session", "sign_in_attempt", "login_code", "api_token", "draft", "read_log", "alembic_version"}
# Figures that whoever looks first has counted, for all who look in the next minutes: thrown away when old.
OF_THE_NEXT = {"kept_figures"}
# What is sent only because an address must not hold it, what is one's own, and the law applied to typed facts.
AN_AUDITOR_SENDS = {
    "/account/sessions/{session_id}/end",
    "/account/tokens",
    "/account/tokens/{token_id}/revoke",
    "/advice/link/{token}",
    "/advice/link/{token}/code",
    "/advice/sign-out",
    "/api/v1/find",
    "/api/v1/timelines",
    "/find",
    "/reads",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/demo",
    "/sign-in/link/{token}",
    "/sign-out",
    "/sign-out/everywhere",
}
_TABLES = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
_REF = "SELECT mail_ref FROM process WHERE ended_on IS NULL AND kind = '{}' ORDER BY case_ref LIMIT 1"


@pytest.fixture(scope="module")
def site(cluster: Cluster, council_template: str) -> Iterator[Site]:
    made = cluster.create(council_template)
    try:
        yield Site(made.engine)
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture(scope="module")
def refs(site: Site) -> list[str]:
    return [ask(site, _REF.format(kind))[0]["mail_ref"] for kind in ("assessment", "annual-review")]


def records(site: Site) -> Mapping[str, str]:
    """A digest of every table but those of the visitor, and of the visitors after."""
    names = [row["name"] for row in ask(site, _TABLES) if row["name"] not in OF_THE_VISITOR | OF_THE_NEXT]
    digest = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS is FROM {} t"
    return {name: ask(site, digest.format(name))[0]["is"] for name in names}


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_looking_at_every_page_changes_no_record(site: Site, refs: list[str], role: str) -> None:
    bring_up_to_date(site.db)  # rows derived from the ledger, which the scorecard makes before it counts
    before = records(site)
    assert len(before) > 15
    statuses = [seen.status for seen in Walk(site, PEOPLE[role], refs, most=0)]
    assert statuses.count(200) > 50
    assert records(site) == before


def test_an_auditor_is_refused_whatever_is_sent(site: Site, refs: list[str]) -> None:
    browser = site.as_a("auditor")
    browser.get("/find")
    program = Program(site, make_token(site.db, PEOPLE["auditor"], "tests", 1, site.now))
    before, taken, wrong = records(site), set[str](), list[str]()

    def send(method: str, path: str) -> int:
        url = re.sub(r"\{[^}]+\}", refs[0], re.sub(r"\{\w+:uuid\}", str(UUID(int=0)), path))
        if path.startswith("/api/"):
            return program.client.request(method, url, json={}, headers={"idempotency-key": "k"}).status_code
        return browser.client.request(method, url, data={"csrf": browser.csrf}).status_code

    for method, path, route in routes(site):
        if method == "GET":
            continue
        if Role.AUDITOR in access_of(route).roles:
            taken.add(path)
            if "sign-out" not in path:  # else the walk would be over
                send(method, path)
        elif (status := send(method, path)) != 403:
            wrong.append(f"{method} {path}: {status}")
    assert wrong == []
    assert taken == AN_AUDITOR_SENDS
    assert records(site) == before
