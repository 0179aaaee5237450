"""The parts of a figure in addresses, which proxies and browsers keep: a person is never named there."""

import re
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text

from scorecard.measures import MEASURES
from tests.web.pages import links, page, rows, words
from tests.web.site import Site

CASELOAD = "/scorecard/measures/caseload"


def parts(site: Site, address: str, month: str = "2026-10") -> dict[str, str]:
    """Where each part of a figure leads, by its name."""
    tree = page(site.as_a("manager").get(f"{address}?month={month}"))
    return {words(each): each.get("href") for each in tree.iter("a") if "part=" in each.get("href", "")}


def test_an_officer_or_approver_is_in_no_address(looking: Site) -> None:
    with looking.db.connect() as connection:
        people = {name for row in connection.execute(text("SELECT username, name FROM officer")) for name in row}
    by_person = [f"/scorecard/measures/{each.id}" for each in MEASURES if each.for_managers]
    assert CASELOAD in by_person
    for address in by_person:
        found = parts(looking, address)
        assert address != CASELOAD or set(found) & people
        for link in found.values():
            (part,) = parse_qs(urlsplit(link).query)["part"]
            assert re.fullmatch(r"[0-9a-f]{20}", part)


def test_no_link_of_the_list_names_the_officer(looking: Site) -> None:
    found = parts(looking, CASELOAD)
    for link in links(page(looking.as_a("manager").get(found["a.marsh"]))):
        assert "part=" not in link or part_of(link) == part_of(found["a.marsh"])


def test_cases_of_nobody_are_listed(looking: Site) -> None:
    """Whose officer is asked is that of the population, which the case has one of too."""
    answer = looking.as_a("manager").get("/scorecard/measures/cases_without_officer/cases?side=not_counted")
    assert rows(page(answer))


def part_of(link: str) -> str:
    return parse_qs(urlsplit(link).query).get("part", [""])[0]


def test_the_address_of_an_officer_leads_to_their_cases_alone(looking: Site) -> None:
    found = parts(looking, CASELOAD)
    with looking.db.connect() as connection:
        one = connection.execute(text("SELECT officer FROM process GROUP BY 1 HAVING officer > '' LIMIT 1")).scalar()
    assert one in found
    shown = rows(page(looking.as_a("manager").get(found[one])))
    assert shown
    assert all(one in row for row in shown)
    file = looking.as_a("manager").get(found[one].replace("/cases?", "/cases.csv?")).content.decode("utf-8-sig")
    assert {line.split(",")[2] for line in file.splitlines()[1:]} == {one}


def test_the_name_itself_and_what_stands_for_nobody_lead_nowhere(looking: Site) -> None:
    found = parts(looking, CASELOAD)
    of_another_measure = found["a.marsh"].replace("/caseload/", "/exceptions_by_approver/")
    for address in (f"{CASELOAD}/cases?part=a.marsh", f"{CASELOAD}/cases.csv?part={'0' * 20}", of_another_measure):
        assert looking.as_a("manager").get(address).status_code == 404


def test_a_service_or_a_band_is_named(looking: Site) -> None:
    found = parts(looking, "/scorecard/measures/open_assessments")
    assert {part_of(link) for link in found.values()} == set(found)
