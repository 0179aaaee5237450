"""Nights: what nobody put on record goes, what is on record stays, and what looks like a mistake is left and said."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from casework import document_upkeep
from casework.document_upkeep import keep_house, store_tried, sweep
from casework.documents import EVIDENCE, lay_by, listed
from casework.nightly import check
from config.settings import Settings
from documents.house import Archive, archive_of
from tests.casework.documents.test_documents import checked, kept
from tests.casework.support import OFFICER, Council

TODAY = datetime.now(UTC)  # files are as old as the machine says
TOMORROW = TODAY + timedelta(days=2)


def left(archive: Archive) -> set[UUID]:
    return {each for each, _ in archive.ids()}


def test_what_was_never_put_on_record_goes_after_a_day(council: Council, archive: Archive) -> None:
    case = council.opens()
    document, stray = kept(council, archive, case), lay_by(archive, checked()).id
    assert sweep(council.db, archive, TODAY) == ()
    assert left(archive) == {document, stray}, "somebody may be about to put it on record"
    assert sweep(council.db, archive, TOMORROW) == ()
    assert left(archive) == {document}
    assert [each.id for each in listed(council.db, case.case_ref, OFFICER)] == [document]


def test_what_was_put_aside_stays(council: Council, archive: Archive) -> None:
    from casework.case_papers import put_aside

    case = council.opens()
    document = kept(council, archive, case, EVIDENCE)
    put_aside(council.db, case.case_ref, document, OFFICER, TODAY)
    sweep(council.db, archive, TOMORROW)
    assert left(archive) == {document}


def test_the_documents_of_another_house_are_left_alone(council: Council, archive: Archive, tmp_path: Path) -> None:
    other = archive_of(Settings(data_dir=tmp_path, document_keys=SecretStr("ab" * 32)))
    theirs = uuid4()
    other.keep(theirs, b"theirs")
    assert sweep(council.db, archive, TOMORROW) == ()
    assert left(archive) == {theirs}


def test_an_old_database_does_not_cost_the_documents(
    council: Council, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_upkeep, "MOST_STRAYS", 3)
    strays = {lay_by(archive, checked()).id for _ in range(4)}
    (said,) = sweep(council.db, archive, TOMORROW)
    assert "none was removed" in said
    assert left(archive) == strays


def test_half_written_files_go_too(council: Council, archive: Archive, tmp_path: Path) -> None:
    document = kept(council, archive, council.opens())
    half = tmp_path / "documents" / str(document)[:2] / str(document)[2:4] / ".x.new"
    half.write_bytes(b"ha")
    os.utime(half, (0, 0))
    sweep(council.db, archive, TODAY)
    assert not half.exists()


def test_many_documents_are_looked_at_in_heaps(
    council: Council, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_upkeep, "_BATCH", 2)
    case = council.opens()
    documents = {kept(council, archive, case, content=b"%d" % number) for number in range(5)}
    lay_by(archive, checked())
    sweep(council.db, archive, TOMORROW)
    assert left(archive) == documents


def test_the_nightly_check_says_when_the_store_cannot_be_used(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "documents").write_text("no folder")
    stray = Settings(data_dir=tmp_path / "no key", database_url="postgresql://u:p@db/ehcp")
    (said,) = keep_house(council.db, stray, TODAY)
    assert said.startswith("EHCP_DOCUMENT_KEYS: must be set")
    monkeypatch.setenv("EHCP_DOCUMENTS_URL", "s3://bucket?endpoint=http://127.0.0.1:9")
    monkeypatch.setenv("EHCP_DATA_DIR", str(tmp_path))
    assert "the store of documents could not be looked after" in "; ".join(check(council.db, set(), TODAY).problems)


def test_the_doctor_says_whether_documents_can_be_kept(tmp_path: Path) -> None:
    assert store_tried(Settings(data_dir=tmp_path)).found == f"{tmp_path}/documents: written, read and removed"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "documents").write_text("no folder")
    wrong = store_tried(Settings(data_dir=tmp_path / "other"))
    assert not wrong.well
    assert "EHCP_DATA_DIR" in wrong.remedy
    keyless = store_tried(Settings(data_dir=tmp_path, database_url="postgresql://u:p@db/ehcp"))
    assert (keyless.well, "EHCP_DOCUMENT_KEYS" in keyless.found) == (False, True)
