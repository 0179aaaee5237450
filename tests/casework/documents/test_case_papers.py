"""The papers of a case: everything that goes with a request for advice, and the moment from which a request is whole."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, col, update

from casework.case_papers import Added, Papers, add_paper, hashes_of, papers_of, put_aside, say_complete, say_incomplete
from casework.documents import ADVICE, EVIDENCE, REPRESENTATIONS, UnknownDocument, lay_by
from casework.errors import Refused, UnknownCase
from casework.opening import Opened
from casework.people import restrict
from documents.house import Archive
from records.tables import AdviceRequest
from tests.casework.documents.test_documents import checked, kept
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council, at

LATER = NOW + timedelta(hours=1)


def added(council: Council, archive: Archive, case: Opened, content: bytes, *, late: bool = False) -> Added:
    laid = lay_by(archive, checked(content))
    return add_paper(council.db, case.case_ref, laid, EVIDENCE, OFFICER, LATER if late else NOW)


def papers(council: Council, case: Opened) -> Papers:
    return papers_of(council.db, case.case_ref, OFFICER)


def ids(council: Council, case: Opened) -> list[UUID]:
    return [each.id for each in papers(council, case).documents]


def complete(council: Council, case: Opened, *, nothing: bool = False) -> None:
    say_complete(council.db, case.case_ref, OFFICER, NOW, nothing_submitted=nothing)


def test_papers_are_complete_once_somebody_says_so_and_the_clock_looks_again(
    council: Council, archive: Archive
) -> None:
    case = council.opens()
    added(council, archive, case, b"views")
    assert papers(council, case).ready_at is None
    wakes = say_complete(council.db, case.case_ref, OFFICER, NOW, nothing_submitted=False)
    assert [wake.process_id for wake in wakes] == [case.process_id]
    found = papers(council, case)
    assert (found.ready_at, found.ready_by, found.nothing_submitted) == (NOW, "a.marsh", False)
    last = council.rows("SELECT process_id FROM wake ORDER BY id")[-1]
    assert last["process_id"] == case.process_id


def test_the_same_form_twice_adds_its_document_once(council: Council, archive: Archive) -> None:
    case = council.opens()
    assert [added(council, archive, case, b"views").is_new for _ in range(2)] == [True, False]
    assert added(council, archive, case, b"other").is_new
    assert len(ids(council, case)) == 2


def test_complete_means_these_papers_or_that_there_are_none(council: Council, archive: Archive) -> None:
    case = council.opens()
    with pytest.raises(Refused, match="no papers yet"):
        complete(council, case)
    complete(council, case, nothing=True)
    assert papers(council, case).nothing_submitted
    added(council, archive, case, b"views", late=True)
    late = papers(council, case)
    assert (late.nothing_submitted, late.is_late(late.documents[0])) == (False, True)
    with pytest.raises(Refused, match="Put them aside"):
        complete(council, case, nothing=True)


def test_a_paper_put_aside_is_shown_no_more(council: Council, archive: Archive) -> None:
    case = council.opens()
    for content in (b"ours", b"another child's"):
        added(council, archive, case, content)
    ours, wrong = ids(council, case)
    put_aside(council.db, case.case_ref, wrong, OFFICER, NOW)
    assert ids(council, case) == [ours]
    assert council.count("document") == 2, "it stays on record"
    for document in (wrong, uuid4()):
        with pytest.raises(UnknownDocument):
            put_aside(council.db, case.case_ref, document, OFFICER, NOW)


def test_what_is_no_paper_of_this_case_cannot_be_put_aside_here(council: Council, archive: Archive) -> None:
    case, other = council.opens(), council.opens()
    added(council, archive, other, b"theirs")
    for document in (kept(council, archive, case, ADVICE), *ids(council, other)):
        with pytest.raises(UnknownDocument):
            put_aside(council.db, case.case_ref, document, OFFICER, NOW)


def test_complete_papers_never_become_none_unseen(council: Council, archive: Archive) -> None:
    case = council.opens()
    added(council, archive, case, b"views")
    complete(council, case)
    with pytest.raises(Refused, match="only paper"):
        put_aside(council.db, case.case_ref, ids(council, case)[0], OFFICER, NOW)


def test_complete_can_be_taken_back_until_a_request_has_gone_with_them(council: Council, archive: Archive) -> None:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01", now=at("2026-10-01"), confirm=True)
    added(council, archive, case, b"views")
    complete(council, case)
    say_incomplete(council.db, case.case_ref, OFFICER, NOW)
    assert papers(council, case).ready_at is None
    complete(council, case)
    with Session(council.db) as session, session.begin():
        of_it = col(AdviceRequest.process_id) == case.process_id
        session.connection().execute(update(AdviceRequest).where(of_it).values(papers_sent_at=NOW))
    assert papers(council, case).sent > 0
    with pytest.raises(Refused, match="have gone out"):
        say_incomplete(council.db, case.case_ref, OFFICER, NOW)


def test_what_the_ledger_keeps_of_them_is_their_hashes(council: Council, archive: Archive) -> None:
    case = council.opens()
    added(council, archive, case, b"views")
    added(council, archive, case, b"report", late=True)
    with Session(council.db) as session:
        first, second = hashes_of(session, case.process_id, LATER).split(",")
    assert {len(first), len(second)} == {64}


def test_a_restricted_childs_papers_are_for_the_named_alone(council: Council, archive: Archive) -> None:
    case = council.opens()
    restrict(council.db, case.case_ref, ["a.marsh"], OFFICER)
    laid = lay_by(archive, checked())
    for use in (
        lambda: papers_of(council.db, case.case_ref, COLLEAGUE),
        lambda: add_paper(council.db, case.case_ref, laid, REPRESENTATIONS, COLLEAGUE, NOW),
        lambda: put_aside(council.db, case.case_ref, uuid4(), COLLEAGUE, NOW),
        lambda: say_complete(council.db, case.case_ref, COLLEAGUE, NOW, nothing_submitted=True),
        lambda: say_incomplete(council.db, case.case_ref, COLLEAGUE, NOW),
    ):
        with pytest.raises(UnknownCase):
            use()


def test_the_papers_of_a_closed_case_stay_as_they_are(council: Council, archive: Archive) -> None:
    case = council.opens()
    added(council, archive, case, b"views")
    council.records(case, "withdrawn=2026-11-20", confirm=True)
    with pytest.raises(Refused, match="closed"):
        added(council, archive, case, b"more")
    assert len(ids(council, case)) == 1


def test_a_paper_is_a_representation_or_evidence(council: Council, archive: Archive) -> None:
    case = council.opens()
    with pytest.raises(Refused, match="representations or evidence"):
        add_paper(council.db, case.case_ref, lay_by(archive, checked()), ADVICE, OFFICER, NOW)
