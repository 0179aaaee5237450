"""The keys of the house: one signs the ledger's daily digest, others seal documents."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from config.errors import SettingsError
from config.files import private_dir, write_private
from config.settings import Settings

_NEEDED = "must be set with EHCP_DATABASE_URL, and be the same for every process"
_MAKE = "Make one with: openssl rand -hex 32"


def signing_key(settings: Settings) -> bytes:
    """The key from EHCP_SIGNING_KEY or, with the embedded Postgres, from the data folder (made on first use).

    Raises:
        SettingsError: a database server is set but no key: two workers must not each make their own.
    """
    given = settings.signing_key.get_secret_value()
    if given:
        return given.encode()
    if settings.database_url:
        raise SettingsError([f"EHCP_SIGNING_KEY: {_NEEDED}. {_MAKE}"])
    return _kept(private_dir(settings.data_dir) / "signing.key")


def document_keys(settings: Settings) -> Sequence[bytes]:
    """The keys of EHCP_DOCUMENT_KEYS, each 32 bytes: the first seals documents, all open them.

    With the embedded Postgres one is made in the data folder on first use. Raises SettingsError as `signing_key` does.
    """
    given = [key.strip() for key in settings.document_keys.get_secret_value().split(",") if key.strip()]
    if not given and settings.database_url:
        raise SettingsError([f"EHCP_DOCUMENT_KEYS: {_NEEDED}. {_MAKE}"])
    found = given or [_kept(private_dir(settings.data_dir) / "document.key").decode().strip()]
    return [bytes.fromhex(key) for key in found]


def _kept(path: Path) -> bytes:
    if not path.exists():
        made = write_private(path.with_name(f".{path.name}.{secrets.token_hex(8)}"), secrets.token_hex(32))
        try:
            # A link fails where a file already is: of two first commands one makes the key, both read it.
            path.hardlink_to(made)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_bytes()
