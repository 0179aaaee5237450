"""The archive of the house: the store that the settings name, and the keys that its documents are sealed with."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from config.keys import document_keys
from config.settings import Settings
from documents.errors import Gone
from documents.sealing import Keyring
from documents.store import Store


class Archive:
    """Keeps documents, sealed. Nothing here knows names, cases or who may read what: casework.documents does."""

    def __init__(self, store: Store, keys: Keyring) -> None:
        self.store, self._ring = store, keys

    def keep(self, document_id: UUID, content: bytes) -> str:
        """Seal and keep a document; returns the name of the key. Raises StoreAway."""
        self.store.put(str(document_id), self._ring.seal(document_id, content))
        return self._ring.first

    def read(self, document_id: UUID, key_id: str) -> bytes:
        """The content of a document. Raises Gone, Spoilt, StoreAway."""
        return self._ring.unseal(document_id, self.store.get(str(document_id)), key_id)

    def forget(self, document_id: UUID) -> None:
        """Remove a document, if it is there. Raises StoreAway."""
        self.store.remove(str(document_id))

    def ids(self) -> Iterator[tuple[UUID, datetime]]:
        """Every document that is kept, with the moment since when. Raises StoreAway."""
        return ((UUID(key), since) for key, since in self.store.keys())  # noqa: SIM118 - no mapping

    def is_ours(self, document_id: UUID) -> bool:
        """Whether it is there and sealed with a key of this house. Raises StoreAway."""
        try:
            return self._ring.is_ours(document_id, self.store.get(str(document_id)))
        except Gone:
            return False

    def try_out(self) -> None:
        """Keep something, read it and remove it again. Raises what stands in the way."""
        trial = UUID(int=secrets.randbits(64))  # nobody else's, and always in the same folder
        key_id = self.keep(trial, b"trial")
        try:
            self.read(trial, key_id)
        finally:
            self.forget(trial)


def archive_of(settings: Settings) -> Archive:
    """The archive of these settings; nothing is connected to before it is used.

    Raises config.errors.SettingsError where there is no key, see `config.keys.document_keys`.
    """
    secret = settings.documents_secret_key.get_secret_value()
    store = _store(settings.documents_url, settings.documents_access_key, secret, str(settings.data_dir))
    return Archive(store, Keyring(document_keys(settings)))


@lru_cache(maxsize=8)
def _store(url: str, access_key: str, secret_key: str, data_dir: str) -> Store:
    # A client of S3 takes a quarter of a second to make, and keeps its connections.
    if url:
        from documents.bucket import Bucket

        return Bucket.from_url(url, access_key, secret_key)
    from documents.folder import Folder

    return Folder.in_data(data_dir)
