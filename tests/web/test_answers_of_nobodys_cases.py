"""Answers of cases without an officer wait on managers' own lists, because they are on nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from records.tables import AdviceRequest, Answer, Process
from tests.web.pages import page, words
from tests.web.site import NOW, Site

OWN = text("""
SELECT a.id FROM advice_request a JOIN process p ON p.id = a.process_id JOIN person n ON n.id = p.person_id
WHERE p.officer = 'a.marsh' AND p.ended_on IS NULL AND n.sensitivity <> 'restricted' ORDER BY p.case_ref LIMIT 1
""")


def waits(site: Site, officer: str | None) -> str:
    """An answer that came too late to a case of that officer; the case's mail reference."""
    with Session(site.db) as session, session.begin():
        request = session.get_one(AdviceRequest, session.connection().execute(OWN).scalar_one())
        process = session.exec(select(Process).where(Process.id == request.process_id)).one()
        process.officer = officer
        row = Answer(
            authority=process.authority,
            submission=uuid4(),
            request_id=request.id,
            process_id=process.id,
            kind="nil",
            waits="answered",
            given_at=NOW - timedelta(days=1),
            given_by="x@nhs.example",
        )
        session.add_all([process, row])
        return process.mail_ref


def seen_by(site: Site, role: str, reference: str) -> str:
    """What stands of that case under the answers to deal with; empty where it does not."""
    tree = page(site.as_a(role).get("/work"))
    found = [
        each for each in tree.iter("li") if any(a.get("href") == f"/cases/{reference}/answers" for a in each.iter("a"))
    ]
    return " ".join(words(each) for each in found)


@pytest.mark.parametrize(("officer", "seen"), [(None, True), ("left.us", True), ("j.okafor", False)])
def test_managers_have_the_answers_of_cases_without_an_officer(site: Site, officer: str | None, seen: bool) -> None:
    reference = waits(site, officer)
    for role in ("manager", "admin"):
        assert ("The case has no officer" in seen_by(site, role, reference)) is seen
    assert seen_by(site, "caseworker", reference) == ""


def test_restricted_children_stay_with_those_who_are_named(site: Site) -> None:
    reference = waits(site, None)
    with site.db.begin() as connection:
        hide = text("""UPDATE person SET sensitivity = 'restricted', restricted_to = '{}'
            WHERE id = (SELECT person_id FROM process WHERE mail_ref = :ref)""")
        connection.execute(hide, {"ref": reference})
    assert seen_by(site, "manager", reference) == ""


def test_an_answer_of_a_case_with_an_officer_is_on_theirs_alone(site: Site) -> None:
    reference = waits(site, "a.marsh")
    said = seen_by(site, "caseworker", reference)
    assert said
    assert "no officer" not in said
    assert seen_by(site, "manager", reference) == ""
