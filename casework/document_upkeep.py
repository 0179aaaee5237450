"""Looking after the store of documents: whether it works, what nobody speaks of in it, what was erased."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.vital_signs import Finding
from config.errors import SettingsError
from config.settings import Settings
from documents.errors import DocumentError
from documents.house import Archive, archive_of
from records.erasure import erase_texts

STRAY = timedelta(days=1)
"""Longer than anybody takes between laying a document by and putting it on record."""
MOST_STRAYS = 200
"""More in one night are no accident of uploads: the store is another house's, or the database an old one."""

_TOO_MANY = (
    f"the store of documents holds more than {MOST_STRAYS} that no case has: none was removed. The database may be an "
    "older one than the store, or the store that of another house: docs/documents.md says what to do"
)
_BATCH = 1000
_ON_RECORD = text("SELECT id, erased_at IS NOT NULL AS erased FROM document WHERE id = ANY (:ids)")
_ERASED = text("""
SELECT d.id FROM document d LEFT JOIN inbound_mail m ON m.id = d.inbound_id
JOIN process p ON p.id IN (d.process_id, m.process_id) WHERE p.person_id = :person AND d.erased_at IS NOT NULL
""")


def store_tried(settings: Settings) -> Finding:
    """Whether documents can be kept and read again, for `ehcp doctor`."""
    where = settings.documents_url.partition("?")[0] or f"{settings.data_dir / 'documents'}"
    try:
        archive_of(settings).try_out()
    except SettingsError as error:
        return Finding(
            "documents", False, error.problems[0], "set it, the same for every process, and start them again"
        )
    except DocumentError as error:
        found, _, remedy = str(error).partition(": ")
        return Finding("documents", False, f"{where}: {found}", remedy or "ask whoever runs the store")
    return Finding("documents", True, f"{where}: written, read and removed")


def erase(db: Engine, archive: Archive, person_id: UUID) -> int:
    """Erase what was written about a person, with the content of their documents.

    Returns how many the store, being away, could not be told to remove: the nightly `sweep` tells it again.
    """
    with Session(db) as session, session.begin():
        erase_texts(session, person_id)
    with db.connect() as connection:
        erased = set(connection.execute(_ERASED, {"person": person_id}).scalars())
    return sum(not _forgotten(archive, each) for each in erased)


def keep_house(db: Engine, settings: Settings, now: datetime) -> tuple[str, ...]:
    """The nightly `sweep`; sentences for a person about what stands in its way."""
    try:
        return sweep(db, archive_of(settings), now)
    except SettingsError as error:
        return error.problems
    except DocumentError as error:
        return (f"the store of documents could not be looked after: {error}",)


def sweep(db: Engine, archive: Archive, now: datetime) -> tuple[str, ...]:
    """Remove what was erased, and what was laid by more than a day ago and never put on record.

    What none of our keys opens is not ours to throw away. Returns sentences for a person; raises StoreAway.
    """
    archive.store.tidy(now - STRAY)
    strays: list[UUID] = []
    for document_id, since, erased in _unspoken(db, archive):
        if erased:
            archive.forget(document_id)
        elif since < now - STRAY:
            strays.append(document_id)
    if len(strays) > MOST_STRAYS:
        return (_TOO_MANY,)
    for document_id in strays:
        if archive.is_ours(document_id):
            archive.forget(document_id)
    return ()


def _unspoken(db: Engine, archive: Archive) -> Iterator[tuple[UUID, datetime, bool]]:
    """What lies in the store and is no document of a case: since when, and whether it was erased."""
    ids = archive.ids()
    while kept := list(islice(ids, _BATCH)):
        known = _on_record(db, [each for each, _ in kept])
        for document_id, since in kept:
            erased = known.get(document_id)
            if erased is not False:
                yield document_id, since, bool(erased)


def _on_record(db: Engine, ids: Sequence[UUID]) -> dict[UUID, bool]:
    with db.connect() as connection:
        return {row.id: row.erased for row in connection.execute(_ON_RECORD, {"ids": ids})}


def _forgotten(archive: Archive, document_id: UUID) -> bool:
    try:
        archive.forget(document_id)
    except DocumentError:
        return False
    return True
