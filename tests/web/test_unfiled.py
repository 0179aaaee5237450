"""Mail that came back, as people file it: seen by whoever may see its case, filed once, with its documents."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from casework.actor import Actor
from casework.people import restrict
from casework.unfiled_filing import forget_mail
from config.settings import Settings
from records.ledger import facts_of
from records.tables import Answer, ContactNote, Document
from tests.documents.samples import pdf
from tests.support.database import Cluster
from tests.web.filing import came, kept
from tests.web.lists import ask
from tests.web.site import PEOPLE, Site

OWN = """
SELECT p.id, p.mail_ref, p.case_ref FROM process p JOIN advice_request a ON a.process_id = p.id AND a.subject = 'health'
JOIN deadline d ON d.process_id = p.id AND d.limit_id = 'reg8_advice' AND d.subject = 'health' AND d.to_day IS NULL
AND d.met_on IS NULL WHERE p.officer = 'a.marsh' AND p.ended_on IS NULL ORDER BY p.case_ref
"""
DAY = {"on-day": "20", "on-month": "11", "on-year": "2026"}
CAME = {"came-day": "20", "came-month": "11", "came-year": "2026"}


@pytest.fixture(scope="module")
def site(cluster: Cluster, council_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = cluster.create(council_template)
    try:
        yield Site(made.engine, Settings(data_dir=tmp_path_factory.mktemp("data")))
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture(scope="module")
def cases(site: Site) -> Iterator[dict[str, object]]:
    return iter(ask(site, OWN))


def facts(site: Site, case: UUID) -> list[str]:
    with Session(site.db) as session:
        return [f"{fact.kind}:{fact.subject}={fact.day}" for fact in facts_of(session, case)]


def test_a_reply_is_filed_as_the_advice_with_its_documents_and_its_words_leave_the_mail(
    site: Site, cases: Iterator[dict[str, UUID]]
) -> None:
    case = next(cases)
    mail = came(site, f"Our advice for {case['mail_ref']}.", report=pdf("needs"))
    me = site.as_a("caseworker")
    page = me.get(f"/unfiled/{mail}")
    assert "Our advice for" in page.text
    assert "report.pdf" in page.text
    form = {"kind": "received", "subject": "health", **DAY}
    done = me.post(f"/unfiled/{mail}/answer", form)
    said = me.follow(done).text
    assert "filed as an answer" in said
    assert "Nothing has looked at how old its report is, whether it says needs, outcomes and provision" in said
    assert f"advice_received:health={date(2026, 11, 20)}" in facts(site, case["id"])
    row = kept(site, mail)
    assert (row.status, row.text, row.sender, row.handled_by) == ("filed", "", "", "a.marsh")
    with Session(site.db) as session:
        answer = session.exec(select(Answer).where(Answer.process_id == case["id"])).one()
        assert (answer.kind, answer.given_by, answer.settled_by) == ("received", "dr.paed@nhs.example", "a.marsh")
        document = session.exec(select(Document).where(Document.inbound_id == mail)).one()
        assert (document.process_id, document.purpose, document.answer_id) == (case["id"], "advice", answer.id)
        (fact,) = [each for each in facts_of(session, case["id"]) if each.sequence == answer.sequence]
        assert fact.attributes["documents"] == document.content_hash.hex()
    assert "report.pdf" in me.get(f"/cases/{case['mail_ref']}/answers").text
    again = me.post(f"/unfiled/{mail}/answer", form)
    assert (again.status_code, len(facts(site, case["id"]))) == (404, len(set(facts(site, case["id"]))))


@pytest.mark.parametrize(("kind", "more", "fact"), [
    ("part", {}, "advice_part"), ("nil", {"reason": "not_known"}, "advice_nil"),
])  # fmt: skip
def test_a_part_and_a_nil_return_are_filed_as_what_they_are(
    site: Site, cases: Iterator[dict[str, UUID]], kind: str, more: dict[str, str], fact: str
) -> None:
    case = next(cases)
    mail = came(site, f"{kind} {case['mail_ref']}")
    site.as_a("caseworker").post(f"/unfiled/{mail}/answer", {"kind": kind, "subject": "health", **DAY, **more})
    assert f"{fact}:health=2026-11-20" in facts(site, case["id"])


def test_what_is_missing_is_said_and_nothing_typed_is_lost(site: Site, cases: Iterator[dict[str, UUID]]) -> None:
    mail = came(site, f"x {next(cases)['mail_ref']}")
    me = site.as_a("caseworker")
    page = me.post(f"/unfiled/{mail}/answer", {"on-day": "41", "on-month": "11", "on-year": "2026"})
    assert page.status_code == 422
    for said in ("Say what it is", "Say which request it answers", "must be a real date", 'value="41"'):
        assert said in page.text
    assert kept(site, mail).status == "unfiled"
    for form, said in (({}, "Say who wrote it"), ({"with_whom": "health"}, "must be given")):
        assert said in me.post(f"/unfiled/{mail}/contact", form).text
    assert "Say why nothing is to be done" in me.post(f"/unfiled/{mail}/aside", {}).text
    assert "No case has the reference" in me.post(f"/unfiled/{mail}/case", {"ref": "ZZZ-9999"}).text


def test_a_reply_goes_into_the_contact_log_with_its_words(site: Site, cases: Iterator[dict[str, UUID]]) -> None:
    case = next(cases)
    mail = came(site, f"Could you ring us about {case['mail_ref']}?", letter=pdf())
    me = site.as_a("caseworker")
    me.post(f"/unfiled/{mail}/contact", {"with_whom": "health", **CAME})
    with Session(site.db) as session:
        written = session.exec(select(ContactNote).where(ContactNote.process_id == case["id"])).one()
        document = session.exec(select(Document).where(Document.inbound_id == mail)).one()
    assert "Could you ring us" in written.text
    assert "letter.pdf" in written.text
    assert (written.way, document.process_id) == ("email", case["id"])
    messages = me.get(f"/cases/{case['mail_ref']}/messages").text
    assert "letter.pdf" in messages
    assert "Reply" in messages


def test_mail_of_no_known_case_is_for_managers_alone_until_somebody_says_whose_it_is(
    site: Site, cases: Iterator[dict[str, UUID]]
) -> None:
    case = next(cases)
    mail = came(site, "Which child is this?", subject="No reference", paper=pdf("other"))
    with Session(site.db) as session:
        paper = session.exec(select(Document.id).where(Document.inbound_id == mail)).one()
    worker, manager = site.as_a("caseworker"), site.as_a("manager")
    assert worker.get(f"/unfiled/{mail}").status_code == 404
    assert worker.get(f"/documents/{paper}").status_code == 404
    assert "No reference" not in worker.get("/unfiled").text
    assert "No reference" in manager.get("/unfiled").text
    assert manager.get(f"/documents/{paper}").status_code == 200
    assert "to be filed</a>" in manager.get("/work").text
    assert "File it as an answer" not in manager.get(f"/unfiled/{mail}").text
    manager.post(f"/unfiled/{mail}/case", {"ref": case["case_ref"]})
    assert "Which child is this?" in worker.get(f"/unfiled/{mail}").text
    assert worker.get(f"/documents/{paper}").status_code == 200


def test_mail_about_a_restricted_child_is_seen_by_those_who_are_named_and_by_nobody_else(
    site: Site, cases: Iterator[dict[str, UUID]]
) -> None:
    case = next(cases)
    mail = came(site, f"About {case['mail_ref']}.", subject="Secret matter")
    restrict(site.db, str(case["case_ref"]), ["m.east"], Actor("m.east", "web"))
    for role in ("caseworker", "admin"):
        browser = site.as_a(role)
        assert "Secret matter" not in browser.get("/unfiled").text
        for url in (f"/unfiled/{mail}",):
            assert browser.get(url).status_code == 404
        assert browser.post(f"/unfiled/{mail}/aside", {"aside": "no"}).status_code == 404
    assert "Secret matter" in site.as_a("manager").get(f"/unfiled/{mail}").text
    assert kept(site, mail).status == "unfiled"


def test_what_is_set_aside_is_shown_no_more_and_says_by_whom_and_why(site: Site) -> None:
    mail = came(site, "Buy our printers.", subject="Offer", offer=pdf("offer"))
    me = site.as_a("manager")
    me.post(f"/unfiled/{mail}/aside", {"aside": "advertising"})
    row = kept(site, mail)
    assert (row.status, row.outcome, row.handled_by) == ("set_aside", "advertising", "m.east")
    with Session(site.db) as session:
        paper = session.exec(select(Document).where(Document.inbound_id == mail)).one()
    assert paper.withdrawn_at is not None
    assert me.get(f"/documents/{paper.id}").status_code == 404
    assert "Offer" not in me.get("/unfiled").text


def test_what_was_set_aside_a_month_ago_is_forgotten(site: Site) -> None:
    mail = came(site, "Dear all, nothing of note.", subject="News", news=pdf("news"))
    site.as_a("manager").post(f"/unfiled/{mail}/aside", {"aside": "newsletter"})
    forget_mail(site.db, site.now)
    assert kept(site, mail).text != ""
    forget_mail(site.db, site.now + timedelta(seconds=1))
    row = kept(site, mail)
    assert (row.sender, row.subject, row.text, row.outcome) == ("", "", "", "newsletter")
    with Session(site.db) as session:
        paper = session.exec(select(Document).where(Document.inbound_id == mail)).one()
    assert (paper.name, paper.erased_at is not None) == ("", True)


def test_what_a_mail_says_is_shown_as_text_and_never_as_markup(site: Site) -> None:
    mail = came(site, "<script>alert(1)</script>\n\u202eevil", subject="<b>bold</b>")
    page = site.as_a("manager").get(f"/unfiled/{mail}").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_who_read_a_mail_is_put_down_even_where_nobody_knows_whose_it_is(site: Site) -> None:
    mail = came(site, "Whose is this?")
    site.as_a("manager").get(f"/unfiled/{mail}")
    rows = ask(site, "SELECT username, processes FROM read_log WHERE what = 'mail to file' ORDER BY id DESC LIMIT 1")
    assert dict(rows[0]) == {"username": PEOPLE["manager"], "processes": []}
