"""Who has a case while its officer is away."""

from datetime import date

from casework.actor import Actor
from casework.case_page import case_page
from casework.cover import add_cover
from tests.web.site import NOW, Site
from tests.web.test_case_page import url_of

MARSH = Actor("a.marsh", "web")


def test_a_case_names_who_stands_in_while_its_officer_is_away(site: Site) -> None:
    url = url_of(site, "EHC-2026-0040")
    assert "stands in" not in site.as_a("caseworker").get(url).text
    add_cover(site.db, "j.okafor", "a.marsh", date(2026, 11, 20), date(2026, 11, 27), MARSH, NOW)
    assert "(away: A. Marsh stands in)" in site.as_a("caseworker").get(url).text


def test_the_letters_to_come_are_addressed_to_who_stands_in(site: Site) -> None:
    ref = url_of(site, "EHC-2026-0040").removeprefix("/cases/")
    of_the_officer = [each for each in case_page(site.db, ref, MARSH, NOW).planned if each.role == "caseworker"]
    assert {each.to for each in of_the_officer} == {"j.okafor@council.example"}
    add_cover(site.db, "j.okafor", "a.marsh", date(2026, 11, 20), date(2026, 11, 27), MARSH, NOW)
    covered = [each for each in case_page(site.db, ref, MARSH, NOW).planned if each.role == "caseworker"]
    assert {each.to for each in covered} == {"a.marsh@council.example"}
