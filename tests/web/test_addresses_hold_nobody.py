"""Addresses are kept in histories and logs of proxies: no page leads to one that says who a child is."""

import re
from urllib.parse import unquote_plus

import pytest

from tests.web.lists import ask
from tests.web.site import PEOPLE, Site
from tests.web.walking import Walk

_WORD = re.compile(r"[\w-]+")
_CHILDREN = """
SELECT n.surname, n.forename, coalesce(n.upn, '') AS upn, p.case_ref, coalesce(l.plan_ref, '') AS plan_ref
FROM person n JOIN process p ON p.person_id = n.id LEFT JOIN plan l ON l.person_id = n.id
"""
_REFS = "SELECT min(mail_ref) AS ref FROM process WHERE ended_on IS NULL GROUP BY kind"


@pytest.mark.parametrize("role", ["manager", "service_lead"])
def test_no_page_leads_to_an_address_that_names_a_child(looking: Site, role: str) -> None:
    known = {str(value).upper() for row in ask(looking, _CHILDREN) for value in row.values() if len(value) > 2}
    walk = Walk(looking, PEOPLE[role], [row["ref"] for row in ask(looking, _REFS)])
    answered = [seen for seen in walk if seen.status == 200]
    assert len(answered) > (5 if role == "service_lead" else 100)
    named = {url for url in walk.leads_to if known & set(_WORD.findall(unquote_plus(url).upper()))}
    assert named == set()
    assert any("/cases/" in url for url in walk.leads_to) or role == "service_lead"
