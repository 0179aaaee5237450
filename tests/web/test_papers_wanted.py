"""A case whose requests for advice wait for its papers says so, and leads to where that is said."""

from sqlalchemy import text

from tests.web.site import Site

NOT_ASKED = """
SELECT p.id, p.mail_ref FROM process p JOIN advice_request a ON a.process_id = p.id AND a.mode = 'seek'
WHERE p.ended_on IS NULL AND p.officer = 'a.marsh'
AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.process_id = p.id AND f.kind = 'advice_requested') ORDER BY p.case_ref LIMIT 1
"""
ANNOUNCED = "UPDATE advice_request SET announced_at = now() WHERE process_id = :id"
SAID = "once somebody has said that the"


def test_a_case_leads_to_its_papers_while_requests_wait_for_them_alone(site: Site) -> None:
    with site.db.begin() as connection:
        case = connection.execute(text(NOT_ASKED)).one()
        connection.execute(text(ANNOUNCED), {"id": case.id})
        asked = connection.execute(text("SELECT mail_ref FROM process WHERE case_ref = 'BAD-06'")).scalar_one()
    reader = site.as_a("caseworker")
    waits = reader.get(f"/cases/{case.mail_ref}").text
    assert SAID in waits
    assert f'href="/cases/{case.mail_ref}/papers">papers are complete</a>' in waits
    assert SAID not in reader.get(f"/cases/{asked}").text
