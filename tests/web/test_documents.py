"""Giving documents out: to whoever may see the case, to be saved and never to be shown, and put down each time."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.documents import EVIDENCE, REPLY, add, lay_by
from casework.people import restrict
from config.settings import Settings
from documents.checking import Checked
from documents.house import Archive, archive_of
from tests.support.database import Cluster
from tests.web.lists import ask
from tests.web.site import Site
from web.giving_out import disposition

CASE = "SELECT id, mail_ref, case_ref FROM process WHERE kind = 'assessment' AND ended_on IS NULL ORDER BY case_ref LIMIT 1"
PDF = "application/pdf"


@pytest.fixture(scope="module")
def site(cluster: Cluster, council_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = cluster.create(council_template)
    try:
        yield Site(made.engine, Settings(data_dir=tmp_path_factory.mktemp("data")))
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture
def archive(site: Site) -> Archive:
    return archive_of(site.settings)


def kept(
    site: Site, archive: Archive, name: str = "Advice.pdf", kind: str = PDF, *, process: UUID | None = None
) -> UUID:
    laid = lay_by(archive, Checked(name, kind, b"%PDF- content"))
    purpose = EVIDENCE if process else REPLY
    with Session(site.db) as session, session.begin():
        add(session, laid, process_id=process, purpose=purpose, by="a.marsh", channel="web", now=site.now)
    return laid.id


def test_a_document_is_given_out_to_be_saved(site: Site, archive: Archive) -> None:
    case = ask(site, CASE)[0]
    document = kept(site, archive, "Advice of Zoë.pdf", process=case["id"])
    answer = site.as_a("caseworker").get(f"/documents/{document}")
    assert (answer.status_code, answer.content) == (200, b"%PDF- content")
    headers = answer.headers
    assert headers["content-type"] == PDF
    assert headers["content-disposition"] == (
        "attachment; filename=\"Advice of Zoe.pdf\"; filename*=UTF-8''Advice%20of%20Zo%C3%AB.pdf"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "private, no-store"


def test_what_a_browser_could_run_goes_out_as_nothing_that_it_knows(site: Site, archive: Archive) -> None:
    case = ask(site, CASE)[0]
    document = kept(site, archive, "a.svg", "image/svg+xml", process=case["id"])
    assert site.as_a("caseworker").get(f"/documents/{document}").headers["content-type"] == "application/octet-stream"


def test_it_is_put_down_and_shown_in_the_log_of_reads(site: Site, archive: Archive) -> None:
    case = ask(site, CASE)[0]
    site.as_a("auditor").get(f"/documents/{kept(site, archive, process=case['id'])}")
    (read,) = ask(site, "SELECT username, what, processes FROM read_log ORDER BY id DESC LIMIT 1")
    assert (read["username"], read["what"], read["processes"]) == ("a.audit", "document", [case["id"]])
    assert "A document" in site.as_a("manager").get("/reads").text


def test_service_leads_and_strangers_have_none(site: Site, archive: Archive) -> None:
    case = ask(site, CASE)[0]
    document = kept(site, archive, process=case["id"])
    assert site.as_a("service_lead").get(f"/documents/{document}").status_code == 403
    answer = site.browser().get(f"/documents/{document}")
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


def test_a_restricted_childs_document_is_unknown_in_the_same_words_as_one_that_never_was(
    site: Site, archive: Archive
) -> None:
    case = ask(site, CASE.replace("LIMIT", "OFFSET 3 LIMIT"))[0]
    document = kept(site, archive, process=case["id"])
    restrict(site.db, case["case_ref"], ["v.costa"], Actor("m.east", "web"))
    for role in ("caseworker", "manager", "admin", "auditor"):
        browser = site.as_a(role)
        hidden, never = (browser.get(f"/documents/{each}") for each in (document, uuid4()))
        assert (hidden.status_code, never.status_code) == (404, 404)
        assert "Document not found" in hidden.text
        assert hidden.text.partition("<main")[2] == never.text.partition("<main")[2]
    assert site.signed_in("v.costa").get(f"/documents/{document}").status_code == 200


def test_what_belongs_to_no_case_is_for_managers(site: Site, archive: Archive) -> None:
    document = kept(site, archive)
    assert site.as_a("caseworker").get(f"/documents/{document}").status_code == 404
    assert site.as_a("auditor").get(f"/documents/{document}").status_code == 404
    assert site.as_a("manager").get(f"/documents/{document}").status_code == 200


def test_what_is_no_id_of_a_document_is_no_address(site: Site) -> None:
    for wrong in ("../../etc/passwd", "x", "1"):
        assert site.as_a("caseworker").get(f"/documents/{wrong}").status_code == 404


def test_content_that_does_not_open_is_said_and_not_given_out(site: Site, archive: Archive) -> None:
    case = ask(site, CASE)[0]
    document = kept(site, archive, process=case["id"])
    archive.store.put(str(document), b"forged")
    answer = site.as_a("caseworker").get(f"/documents/{document}")
    assert answer.status_code == 422
    assert "cannot be read" in answer.text


def test_without_keys_nothing_is_given_out_and_the_page_says_wait(site: Site, tmp_path: Path) -> None:
    keyless = Site(site.db, Settings(data_dir=tmp_path, database_url="postgresql://u:p@db/ehcp", signing_key="x" * 40))  # type: ignore[arg-type]
    answer = keyless.as_a("caseworker").get(f"/documents/{uuid4()}")
    assert answer.status_code == 503
    assert "Documents cannot be reached" in answer.text
    assert "EHCP_DOCUMENT_KEYS" not in answer.text


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ('a"b\\c.pdf', "a-b-c.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a-Set-Cookie- x.pdf"),
        ("学校.pdf", ".pdf"),
        ("", "document"),
        ("a;b=c.pdf", "a-b-c.pdf"),
    ],
)
def test_a_name_never_becomes_a_header_of_its_own(name: str, plain: str) -> None:
    made = disposition(name)
    assert made.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert "\n" not in made
    assert made.isascii()
