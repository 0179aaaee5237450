"""What `benchmarks.pages` asks for are all pages that there are, and what it leaves out is written down."""

from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.addresses import LEFT_OUT, MANY, NO_PAGES, pages
from benchmarks.pages import KINDS, REFS
from tests.web.access import WHO
from tests.web.site import PEOPLE, Site

DOCS = (Path(__file__).parents[2] / "docs" / "performance.md").read_text()


def test_every_page_is_measured_or_said_to_be_left_out(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with site.db.connect() as connection:
        refs = [ref for kind in KINDS for ref in connection.execute(REFS, {"kind": kind}).scalars()]
    browsers = {role: site.as_a(role) for role in PEOPLE}
    measured = list(pages(site.app, site.db, PEOPLE, refs, site.now))
    answers = {page.path: browsers[page.role].get(page.of(refs[0])) for page in measured}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert all(answer.headers["content-type"].startswith("text/html") for answer in answers.values())
    every = {route.removeprefix("GET ") for route, who in WHO.items() if route.startswith("GET /") and who != "anybody"}
    assert {path for path in every if not NO_PAGES.search(path)} <= answers.keys() | LEFT_OUT.keys()
    said = capsys.readouterr().out
    for path, why in LEFT_OUT.items():
        assert f"left out: {path} {why}" in said
        assert f"`{path}`" in DOCS, path


def test_what_is_measured_shows_something(site: Site) -> None:
    with site.db.begin() as connection:
        connection.execute(text("UPDATE person SET surname = 'Smart' WHERE surname < 'C'"))
        refs = [ref for kind in KINDS for ref in connection.execute(REFS, {"kind": kind}).scalars()]
    found = {page.path: page for page in pages(site.app, site.db, PEOPLE, refs, site.now)}
    for path, words in (
        ("/find", "Smart"),
        ("/record-many/{number}/check", refs[5]),
        ("/team/reassign/check", f"{MANY} cases"),
        ("/open/{number}/earlier", refs[0]),
        ("/open/{number}/check", "Check your answers"),
    ):
        answer = site.as_a(found[path].role).get(found[path].of(refs[0]))
        assert words in answer.text, path
