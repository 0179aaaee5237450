"""A folder of this machine, or one that several machines share, as the store of documents."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from config.files import open_private, private_dir
from documents.errors import Gone, StoreAway

_NEW = ".new"


class Folder:
    """Each document a file of mode 0600, in two levels of folders of mode 0700, so that none gets too full."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def in_data(cls, data_dir: str) -> "Folder":
        """The folder `documents` of the data folder."""
        return cls(Path(data_dir) / "documents")

    def put(self, key: str, sealed: bytes) -> None:
        """Written beside and renamed, and on the disk before this returns: a kill leaves the whole file or none."""
        path = self._path(key)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_NEW}")
        try:
            self._make(path.parent)
            _write(beside, sealed)
            beside.replace(path)
            _settle(path.parent)
        except OSError as error:
            _drop(beside)
            raise _away(error) from error

    def get(self, key: str) -> bytes:
        """The file's content. Raises Gone."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise Gone("there is no such document in the store") from None
        except OSError as error:
            raise _away(error) from error

    def remove(self, key: str) -> None:
        """Remove the file, if it is there."""
        path = self._path(key)
        try:
            path.unlink(missing_ok=True)
            if path.parent.exists():
                _settle(path.parent)
        except OSError as error:
            raise _away(error) from error

    def keys(self) -> Iterator[tuple[str, datetime]]:
        """Every file that is named after a document."""
        for path in self._files():
            if not path.name.endswith(_NEW) and (since := _since(path)):
                yield path.name, since

    def tidy(self, before: datetime) -> None:
        """Throw away files that a killed process left half written."""
        for path in self._files():
            since = _since(path) if path.name.endswith(_NEW) else None
            if since and since < before:
                _drop(path)

    def _files(self) -> Iterator[Path]:
        try:
            for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
                yield from (path for path in folder.iterdir() if path.is_file())
        except OSError as error:
            raise _away(error) from error

    def _path(self, key: str) -> Path:
        if str(UUID(key)) != key:
            raise ValueError("a key is the id of a document")
        return self.root / key[:2] / key[2:4] / key

    def _make(self, folder: Path) -> None:
        # From the top, and each one settled: a file is only as lasting as the folders above it.
        for each in (self.root, folder.parent, folder):
            if not each.exists():
                private_dir(each)
                _settle(each.parent)


def _write(path: Path, content: bytes) -> None:
    with open_private(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk: until then a renamed file can be gone after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _since(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # what stopped the writing is said; the night tidies up


def _away(error: OSError) -> StoreAway:
    return StoreAway(
        f"the folder of documents cannot be used ({error.strerror or type(error).__name__}): see that it is there, has "
        "room, and belongs to the user that this runs as (EHCP_DATA_DIR)"
    )
