"""Documents of cases: on record or not at all, read by whoever may see the case and put down, gone when erased."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.documents import (
    ADVICE,
    EVIDENCE,
    REPLY,
    REPRESENTATIONS,
    UnknownDocument,
    Unreadable,
    add,
    content_of,
    lay_by,
    listed,
    paper_of,
)
from casework.errors import UnknownCase
from casework.opening import Opened
from casework.people import restrict
from casework.read_log import reads
from documents.checking import Checked
from documents.errors import Gone, StoreAway
from documents.house import Archive
from records.tables import Document, InboundMail
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council

AUDITOR = Actor("a.audit", "web")
VISITOR = Actor("paeds@nhs.example", "link")


def checked(content: bytes = b"%PDF-", name: str = "Jo Smith.pdf") -> Checked:
    return Checked(name, "application/pdf", content)


def kept(council: Council, archive: Archive, case: Opened, purpose: str = EVIDENCE, content: bytes = b"%PDF-") -> UUID:
    """A document of a case, on record."""
    laid = lay_by(archive, checked(content))
    with Session(council.db) as session, session.begin():
        add(session, laid, process_id=case.process_id, purpose=purpose, by="a.marsh", channel="web", now=NOW)
    return laid.id


def test_a_document_on_record_is_listed_and_given_out_as_it_was(council: Council, archive: Archive) -> None:
    case = council.opens()
    document = kept(council, archive, case)
    (row,) = listed(council.db, case.case_ref, OFFICER)
    assert (row.id, row.name, row.size, row.content_hash) == (document, "Jo Smith.pdf", 5, sha256(b"%PDF-").digest())
    given = content_of(council.db, archive, document, OFFICER, NOW)
    assert (given.name, given.media_type, given.content) == ("Jo Smith.pdf", "application/pdf", b"%PDF-")


def test_that_it_was_given_out_is_put_down(council: Council, archive: Archive) -> None:
    case = council.opens()
    content_of(council.db, archive, kept(council, archive, case), OFFICER, NOW)
    (read,) = reads(council.db, OFFICER, process=case.process_id)
    assert (read.username, read.what, read.at) == ("a.marsh", "document", NOW)


def test_only_who_may_see_the_case_has_its_documents(council: Council, archive: Archive) -> None:
    case = council.opens()
    document = kept(council, archive, case)
    restrict(council.db, case.case_ref, ["a.marsh"], OFFICER)
    for somebody in (COLLEAGUE, AUDITOR):
        with pytest.raises(UnknownDocument):
            content_of(council.db, archive, document, somebody, NOW, unfiled=True)
        with pytest.raises(UnknownCase):
            listed(council.db, case.case_ref, somebody)
    assert content_of(council.db, archive, document, OFFICER, NOW).content == b"%PDF-"
    assert [read.username for read in reads(council.db, OFFICER)] == ["a.marsh"]


def test_what_there_is_not_is_unknown(council: Council, archive: Archive) -> None:
    with pytest.raises(UnknownDocument):
        content_of(council.db, archive, uuid4(), OFFICER, NOW)


def of_a_mail(council: Council, archive: Archive, case: Opened | None) -> UUID:
    """A document that came by mail and waits to be filed."""
    laid = lay_by(archive, checked())
    with Session(council.db) as session, session.begin():
        mail = InboundMail(authority="000", message_key=str(uuid4()), received_at=NOW, kind="reply")
        mail.process_id = case.process_id if case else None
        session.add(mail)
        session.flush()
        add(session, laid, inbound_id=mail.id, purpose=REPLY, by="x@nhs.example", channel="mail", now=NOW)
    return laid.id


def test_what_came_by_mail_to_no_case_is_for_those_who_may_file_it(council: Council, archive: Archive) -> None:
    document = of_a_mail(council, archive, None)
    with pytest.raises(UnknownDocument):
        content_of(council.db, archive, document, OFFICER, NOW)
    assert content_of(council.db, archive, document, OFFICER, NOW, unfiled=True).content
    assert council.row("SELECT username, what, processes FROM read_log") == {
        "username": "a.marsh",
        "what": "document",
        "processes": [],
    }


def test_what_came_by_mail_about_a_restricted_child_is_for_the_named_alone(council: Council, archive: Archive) -> None:
    case = council.opens()
    document = of_a_mail(council, archive, case)
    restrict(council.db, case.case_ref, ["a.marsh"], OFFICER)
    with pytest.raises(UnknownDocument):
        content_of(council.db, archive, document, COLLEAGUE, NOW, unfiled=True)
    assert content_of(council.db, archive, document, OFFICER, NOW).content


def test_whoever_was_asked_for_advice_has_the_papers_of_that_case_and_nothing_else(
    council: Council, archive: Archive
) -> None:
    case, other = council.opens(), council.opens()
    paper = kept(council, archive, case, REPRESENTATIONS)
    assert paper_of(council.db, archive, case.process_id, paper, VISITOR, NOW).content == b"%PDF-"
    assert [read.channel for read in reads(council.db, OFFICER, process=case.process_id)] == ["link"]
    refused = [(case, kept(council, archive, case, ADVICE)), (other, paper), (case, uuid4())]
    for asked_in, document in refused:
        with pytest.raises(UnknownDocument):
            paper_of(council.db, archive, asked_in.process_id, document, VISITOR, NOW)


def test_content_that_was_changed_in_the_store_is_not_given_out(council: Council, archive: Archive) -> None:
    document = kept(council, archive, council.opens())
    archive.keep(document, b"%PDF- forged")  # by somebody who has the key
    with pytest.raises(Unreadable):
        content_of(council.db, archive, document, OFFICER, NOW)
    archive.forget(document)
    with pytest.raises(Unreadable):
        content_of(council.db, archive, document, OFFICER, NOW)
    assert council.count("read_log") == 0


def test_without_its_transaction_a_document_is_not_on_record(council: Council, archive: Archive) -> None:
    case = council.opens()
    laid = lay_by(archive, checked())
    with pytest.raises(ZeroDivisionError), Session(council.db) as session, session.begin():
        add(session, laid, process_id=case.process_id, purpose=EVIDENCE, by="x", channel="web", now=NOW)
        _ = 1 / 0
    assert council.count("document") == 0
    assert archive.read(laid.id, laid.key_id), "it waits for the night"


class Away:
    """A store that cannot be reached."""

    def __getattr__(self, _: str) -> object:
        def away(*_: object) -> object:
            raise StoreAway("the store does not answer")

        return away


def test_while_the_store_is_away_nothing_is_put_on_record(council: Council, archive: Archive) -> None:
    archive.store = Away()  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(StoreAway):
        lay_by(archive, checked())


def erased_at(council: Council, document: UUID) -> object:
    with Session(council.db) as session:
        return session.get_one(Document, document).erased_at


def test_with_a_persons_texts_their_documents_go(council: Council, archive: Archive) -> None:
    from casework.document_upkeep import erase

    case, other = council.opens(), council.opens()
    documents = [kept(council, archive, case), of_a_mail(council, archive, case)]
    theirs = kept(council, archive, other)
    person = council.row("SELECT person_id FROM process WHERE id = :id", id=case.process_id)["person_id"]
    assert erase(council.db, archive, person) == 0
    for document in documents:
        with pytest.raises(UnknownDocument):
            content_of(council.db, archive, document, OFFICER, NOW, unfiled=True)
        with pytest.raises(Gone):
            archive.store.get(str(document))
    assert council.rows("SELECT DISTINCT name FROM document WHERE erased_at IS NOT NULL") == [{"name": ""}]
    assert listed(council.db, case.case_ref, OFFICER) == []
    assert content_of(council.db, archive, theirs, OFFICER, NOW).content


def test_what_the_store_could_not_be_told_it_is_told_at_night(council: Council, archive: Archive) -> None:
    from casework.document_upkeep import erase, sweep

    case = council.opens()
    document, store = kept(council, archive, case), archive.store
    person = council.row("SELECT person_id FROM process WHERE id = :id", id=case.process_id)["person_id"]
    archive.store = Away()  # pyright: ignore[reportAttributeAccessIssue]
    assert erase(council.db, archive, person) == 1
    assert erased_at(council, document)
    archive.store = store
    assert sweep(council.db, archive, NOW + timedelta(minutes=1)) == ()
    assert list(archive.ids()) == []
