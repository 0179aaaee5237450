"""Sealing documents: AES-256-GCM with a random nonce, bound to the document's id.

What is kept is one byte for the way of sealing, the nonce, and the sealed content with its tag. The id is part of
what the tag proves, so that the content of one document, put in the place of another, does not open.
"""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from documents.errors import Spoilt

_WAY = b"\x01"
_NONCE = 12
OVERHEAD = len(_WAY) + _NONCE + 16
"""Bytes by which what is kept is longer than the document."""


def id_of(key: bytes) -> str:
    """The name by which rows remember a key: eight hexadecimal figures, from which it cannot be worked out."""
    return sha256(key).hexdigest()[:8]


class Keyring:
    """The keys of the house: the first seals, all open."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {id_of(key): AESGCM(key) for key in reversed(keys)}
        self.first = id_of(keys[0])

    def seal(self, document_id: UUID, content: bytes) -> bytes:
        """The content as it is kept."""
        nonce = secrets.token_bytes(_NONCE)
        return _WAY + nonce + self._keys[self.first].encrypt(nonce, content, _bound(document_id))

    def unseal(self, document_id: UUID, sealed: bytes, key_id: str) -> bytes:
        """The content again. Raises documents.errors.Spoilt."""
        key = self._keys.get(key_id)
        if key is None:
            raise Spoilt(f"sealed with the key {key_id}, which is not among EHCP_DOCUMENT_KEYS")
        if sealed[:1] != _WAY or len(sealed) < OVERHEAD:
            raise Spoilt("not sealed in a way that is known here")
        try:
            return key.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _bound(document_id))
        except InvalidTag:
            raise Spoilt("altered since it was sealed, or the content of another document") from None

    def is_ours(self, document_id: UUID, sealed: bytes) -> bool:
        """Whether any of the keys opens it."""
        return any(self._opens(document_id, sealed, key_id) for key_id in self._keys)

    def _opens(self, document_id: UUID, sealed: bytes, key_id: str) -> bool:
        try:
            self.unseal(document_id, sealed, key_id)
        except Spoilt:
            return False
        return True


def _bound(document_id: UUID) -> bytes:
    return _WAY + document_id.bytes
