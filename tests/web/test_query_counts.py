"""However much there is, a page or a file asks the database as often: every one that the application has is asked."""

import re
from collections.abc import Mapping

from sqlalchemy import text

from tests.web.access import WHO
from tests.web.pages import questions
from tests.web.site import Site

MOST = 26
"""Questions of one page, signing in and the note of who read it included."""
OF_EVERY_MEASURE = {"/scorecard/packs.{kind}": 36}
"""A pack holds all measures of two years: a question for each population of them, and for what changed since."""
MORE = 2
"""What is asked only where there is something of a kind: never once for each."""

NO_PAGES = re.compile(r"^GET /(api/v1|assets|sign-|healthz|readyz|metrics)")
OF_ONE = re.compile(r"\{(number|\w+_id)[:}]|\{token\}\.ics$")
"""What one form, one document or one visit by a link is about."""
FILLED = {
    "kind": "csv",
    "url": "closure",
    "username": "a.marsh",
    "category": "health",
    "code": "paediatrics",
    "urn": "117222",
    "recipient": "social_care",
    "sequence": "1",
    "version_number": "0",
    "measure": "plans_twenty_weeks",
    "month": "2026-10",
    "token": "N" * 43,  # of a link that there never was nothing is different
}
OF_A_KIND = {"/cases/{ref}/record/{kind}": "decision_to_assess", "/scorecard/packs.{kind}": "xlsx"}
LEADS_ON = {"/"}
"""What is no page by itself; everything else must be there, or nothing is counted."""
CHECK = "/team/reassign/check"
ASKED = {"/cases/{ref}/why": "?limit=reg13_final_plan", "/team/reassign": "?from=a.marsh"}

# All cases but a few of each officer rest, and what is due of them with them; afterwards they are taken up again.
REST = (
    """
    UPDATE process SET ended_on = '1999-01-01' WHERE ended_on IS NULL AND id NOT IN
    (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY officer, kind ORDER BY case_ref) AS n FROM process
     WHERE ended_on IS NULL) p WHERE n <= 3) AND id NOT IN
    (SELECT process_id FROM deadline WHERE limit_id = 'reg13_final_plan' AND to_day IS NULL
     AND legal_due BETWEEN '2026-11-01' AND '2026-11-30' ORDER BY legal_due LIMIT 3)
    """,
    """
    UPDATE deadline SET to_day = '1999-01-01' WHERE to_day IS NULL
    AND process_id IN (SELECT id FROM process WHERE ended_on = '1999-01-01')
    """,
)
TAKE_UP = (
    "UPDATE process SET ended_on = NULL WHERE ended_on = '1999-01-01'",
    "UPDATE deadline SET to_day = NULL WHERE to_day = '1999-01-01'",
    """
    INSERT INTO officer (authority, username, name, email, team, role, active)
    SELECT authority, username || n, name || n, NULL, team, role, active FROM officer, generate_series(1, 5) n
    """,
    """
    INSERT INTO body (authority, id, category, code, name, section_31, email, position, active)
    SELECT authority, gen_random_uuid(), category, code || n, name || n, section_31, email, position + 100, true
    FROM body, generate_series(1, 5) n
    """,
    """
    INSERT INTO cover (authority, id, kind, who, stand_in, first, last, noted_at, noted_by)
    SELECT authority, gen_random_uuid(), 'officer', username, 'p.singh', '2026-11-01', '2026-12-01', now(), 'test'
    FROM officer WHERE username <> 'p.singh'
    """,
    """
    INSERT INTO read_log (authority, at, username, channel, what, processes)
    SELECT authority, now(), 'a.marsh', 'web', 'case', ARRAY[id] FROM process
    """,
    """
    INSERT INTO contact (authority, id, person_id, role, name, do_not_contact, confidential)
    SELECT authority, gen_random_uuid(), id, 'parent', 'Parent ' || n, false, false
    FROM person, generate_series(1, 5) n
    """,
    """
    INSERT INTO contact_note (authority, id, process_id, day, way, with_whom, text, recorded_at, recorded_by)
    SELECT authority, gen_random_uuid(), id, '2026-11-02', 'phone', 'parent', 'We spoke.', now(), 'a.marsh'
    FROM process, generate_series(1, 5) n
    """,
    """
    INSERT INTO web_session (authority, id, token_hash, username, how, created_at, seen_at, ends_at)
    SELECT authority, gen_random_uuid(), sha256(CAST(username || n AS bytea)), username, 'code', '2026-11-20 09:00',
           '2026-11-20 09:00', '2026-11-20 18:00' FROM officer, generate_series(1, 10) n
    """,
)
REFS = text("""
SELECT p.mail_ref FROM process p JOIN fact f ON f.process_id = p.id JOIN person n ON n.id = p.person_id
WHERE p.kind = 'assessment' AND p.ended_on IS NULL AND n.sensitivity = 'ordinary'
GROUP BY p.id HAVING bool_or(f.kind = 'decision_to_assess') ORDER BY count(*), p.mail_ref
""")


def test_every_page_asks_as_often_for_much_as_for_little(site: Site) -> None:
    with site.db.connect() as connection:
        refs = connection.execute(REFS).scalars().all()
    tell(site, *REST)
    asked_of(site, refs[0])  # what is read once and kept does not count
    little = asked_of(site, refs[0])
    tell(site, *TAKE_UP)
    much = asked_of(site, refs[-1])
    assert len(much) > 60
    assert {url: (little[url], number) for url, number in much.items() if number > little[url] + MORE} == {}
    assert {url: number for url, number in much.items() if number > OF_EVERY_MEASURE.get(url, MOST)} == {}


def asked_of(site: Site, ref: str) -> Mapping[str, int]:
    """How many questions each page and file puts to the database."""
    manager, admin = site.as_a("manager"), site.as_a("admin")
    found: dict[str, int] = {}
    chosen = manager.post("/team/reassign", {"from": "a.marsh", "which": "all", "to": ["p.singh", "r.hale"]})
    asked_with = {**ASKED, CHECK: chosen.headers["location"].removeprefix(CHECK)}
    for route, who in WHO.items():
        path = route.removeprefix("GET ")
        if path == route or NO_PAGES.search(route) or OF_ONE.search(path):
            continue
        values = {**FILLED, "ref": ref, **({"kind": OF_A_KIND[path]} if path in OF_A_KIND else {})}
        with questions(site.db) as asked:
            answer = (admin if who == "administer the house" else manager).get(
                path.format(**values) + asked_with.get(path, "")
            )
        assert answer.status_code == (303 if path in LEADS_ON else 200), (path, answer.status_code)
        found[path] = len(asked)
    return found


def tell(site: Site, *statements: str) -> None:
    """Change the council."""
    with site.db.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
