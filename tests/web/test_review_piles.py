"""The pile on which a review lies, as it is kept beside its limit: always what the facts of the review say."""

from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.backlog import Outstanding, backlog
from casework.backlog_pages import backlog_page
from casework.piles import DUTIES
from casework.rebuild import recompute
from tests.web.site import NOW, Site

EAST, TODAY = Actor("m.east", "web"), NOW.date()
KEPT = (
    "SELECT process_id, limit_id, pile, elsewhere FROM deadline WHERE pile <> '' OR elsewhere "
    "ORDER BY process_id, limit_id, from_day"
)
BINDS = "to_day IS NULL AND standing = 'open'"
FORGET = "UPDATE deadline SET pile = '', elsewhere = false"


def ask(site: Site, statement: str) -> list[Any]:
    with site.db.connect() as connection:
        return list(connection.execute(text(statement)))


def tell(site: Site, statement: str, **bound: Any) -> None:
    with site.db.begin() as connection:
        connection.exec_driver_sql(statement, bound)


def of_setting(site: Site, row: Outstanding, urn: str | None) -> None:
    whose = "(SELECT person_id FROM process WHERE case_ref = %(ref)s)"
    tell(site, f"UPDATE person SET setting_urn = %(urn)s WHERE id = {whose}", urn=urn, ref=row.case_ref)


def on_its_pages(site: Site, row: Outstanding) -> str:
    """The pile on which a review is found, page by page."""
    for number in range(1, 50):
        for pile in ("urgent", "to_decide", "maintain"):
            found = backlog_page(site.db, EAST, TODAY, pile=pile, page=number).rows
            if row.case_ref in [each.item.case_ref for each in found]:
                return pile
    return ""


def test_every_duty_of_the_backlog_that_binds_has_its_pile_and_nothing_else_has(looking: Site) -> None:
    duties = ", ".join(f"'{limit}'" for limit in DUTIES)
    binding = ask(looking, f"SELECT id FROM deadline WHERE limit_id IN ({duties}) AND {BINDS}")
    assert binding
    assert set(binding) == set(ask(looking, "SELECT id FROM deadline WHERE pile <> ''"))


def test_what_is_kept_can_be_made_again_from_the_ledger(site: Site) -> None:
    kept = ask(site, KEPT)
    assert {row.pile for row in kept} == {"urgent", "to_decide", "maintain"}
    reviews = sorted({row.process_id for row in kept})
    tell(site, FORGET)
    assert recompute(site.db, NOW, reviews) == len(reviews)
    assert ask(site, KEPT) == kept


def test_a_release_that_brings_the_piles_fills_them_as_they_would_be_kept(site: Site) -> None:
    kept = ask(site, KEPT)
    tell(site, FORGET)
    tell(site, import_module("records.migrations.versions.0005_standing").FILL.replace("%", "%%"))
    assert ask(site, "SELECT process_id, limit_id, pile FROM deadline WHERE pile <> '' ORDER BY 1, 2, from_day") == [
        (row.process_id, row.limit_id, row.pile) for row in kept
    ]


@pytest.mark.parametrize("pile", ["maintain", "to_decide"])
def test_a_child_who_loses_the_school_comes_to_the_top_at_once(site: Site, pile: str) -> None:
    of_school = "SELECT case_ref FROM deadline WHERE limit_id = 'reg20_decision' AND pile <> '' AND NOT elsewhere"
    refs = {row.case_ref for row in ask(site, of_school)}
    row = next(each for each in backlog(site.db, EAST, TODAY, pile=pile).items if each.case_ref in refs)
    of_setting(site, row, None)
    assert on_its_pages(site, row) == "urgent"
    of_setting(site, row, row.setting_urn)
    assert on_its_pages(site, row) == pile


def test_a_child_whom_the_authority_has_taught_elsewhere_needs_no_school(site: Site) -> None:
    at_home = "SELECT case_ref FROM deadline WHERE limit_id = 'reg20_decision' AND pile <> 'urgent' AND elsewhere"
    refs = {row.case_ref for row in ask(site, at_home)}
    row = next(each for each in backlog(site.db, EAST, TODAY).items if each.case_ref in refs)
    of_setting(site, row, None)
    assert on_its_pages(site, row) == row.pile
