"""Documents are sealed: who reads the disk or the bucket reads nothing, and nothing can be exchanged unseen."""

from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr

from config.errors import SettingsError
from config.keys import document_keys
from config.settings import Settings
from documents.errors import Gone, Spoilt
from documents.house import Archive, archive_of
from documents.sealing import OVERHEAD, Keyring, id_of

OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))


def with_keys(folder: Path, *keys: bytes) -> Archive:
    return archive_of(Settings(data_dir=folder, document_keys=SecretStr(",".join(key.hex() for key in keys))))


def test_what_is_kept_shows_nothing_of_the_content(settings: Settings) -> None:
    archive, document = archive_of(settings), uuid4()
    archive.keep(document, b"Jo Smith " * 100)
    kept = archive.store.get(str(document))
    assert b"Smith" not in kept
    assert len(kept) == 900 + OVERHEAD


def test_the_same_document_twice_is_sealed_otherwise() -> None:
    ring, document = Keyring([OLD]), uuid4()
    assert ring.seal(document, b"x") != ring.seal(document, b"x")


def test_a_new_key_seals_and_the_old_one_still_opens(tmp_path: Path) -> None:
    before, after = uuid4(), uuid4()
    assert with_keys(tmp_path, OLD).keep(before, b"before") == id_of(OLD)
    turned = with_keys(tmp_path, NEW, OLD)
    assert turned.keep(after, b"after") == id_of(NEW)
    assert turned.read(before, id_of(OLD)) == b"before"
    assert turned.read(after, id_of(NEW)) == b"after"


def test_without_its_key_a_document_does_not_open_and_the_key_is_named(tmp_path: Path) -> None:
    document = uuid4()
    key_id = with_keys(tmp_path, OLD).keep(document, b"x")
    with pytest.raises(Spoilt, match=rf"{id_of(OLD)}.*EHCP_DOCUMENT_KEYS"):
        with_keys(tmp_path, OTHER).read(document, key_id)
    assert with_keys(tmp_path, OTHER, OLD).is_ours(document)
    assert not with_keys(tmp_path, OTHER).is_ours(document)
    assert not with_keys(tmp_path, OTHER).is_ours(uuid4())


def test_a_document_in_the_place_of_another_does_not_open(tmp_path: Path) -> None:
    archive, mine, theirs = with_keys(tmp_path, OLD), uuid4(), uuid4()
    key_id = archive.keep(mine, b"mine")
    archive.keep(theirs, b"theirs")
    archive.store.put(str(theirs), archive.store.get(str(mine)))
    with pytest.raises(Spoilt, match="of another document"):
        archive.read(theirs, key_id)


@pytest.mark.parametrize("harm", [lambda kept: kept[:-1], lambda kept: kept[:20] + b"?" + kept[21:], lambda _: b""])
def test_what_was_altered_does_not_open(tmp_path: Path, harm: object) -> None:
    archive, document = with_keys(tmp_path, OLD), uuid4()
    key_id = archive.keep(document, b"content of some length")
    assert callable(harm)
    archive.store.put(str(document), harm(archive.store.get(str(document))))
    with pytest.raises(Spoilt):
        archive.read(document, key_id)


def test_what_was_forgotten_is_gone(settings: Settings) -> None:
    archive, document = archive_of(settings), uuid4()
    key_id = archive.keep(document, b"x")
    archive.forget(document)
    with pytest.raises(Gone):
        archive.read(document, key_id)


def test_one_machine_makes_its_key_once_and_for_itself_alone(tmp_path: Path) -> None:
    made = document_keys(Settings(data_dir=tmp_path))
    assert made == document_keys(Settings(data_dir=tmp_path))
    assert [len(key) for key in made] == [32]
    assert (tmp_path / "document.key").stat().st_mode & 0o777 == 0o600


def test_with_a_database_server_the_key_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"EHCP_DOCUMENT_KEYS: .*same for every process.*openssl rand"):
        archive_of(Settings(data_dir=tmp_path, database_url="postgresql://u:p@db/ehcp"))
    assert not (tmp_path / "document.key").exists()


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, document_keys=SecretStr(OLD.hex()))
    assert OLD.hex() not in repr(settings)
