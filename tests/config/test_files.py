"""Private files and the signing key."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.errors import SettingsError
from config.files import open_private, private_dir, write_private
from config.keys import signing_key
from config.settings import Settings


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_is_private_even_if_it_was_open_before(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    assert mode(private_dir(tmp_path / "open")) == 0o700
    assert mode(private_dir(tmp_path / "a" / "b")) == 0o700


def test_an_export_is_private_even_if_the_file_was_open_before(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("an older, longer export")
    path.chmod(0o644)
    with open_private(path) as file:
        file.write(b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_an_export_does_not_follow_a_link_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "export.csv").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic"):
        open_private(tmp_path / "export.csv")
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_written_file_is_private_and_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = write_private(tmp_path / "state.json", "{}")
    write_private(path, "[]")
    assert (path.read_text(), mode(path)) == ("[]", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_with_the_embedded_database_the_signing_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    key = signing_key(settings)
    assert len(key) >= 32
    assert signing_key(settings) == key
    assert mode(tmp_path / "data" / "signing.key") == 0o600


def test_with_a_database_server_the_signing_key_must_be_given(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql://u@db/ehcp")
    with pytest.raises(SettingsError, match="EHCP_SIGNING_KEY: must be set"):
        signing_key(settings)
    assert signing_key(settings.model_copy(update={"signing_key": SecretStr("k" * 32)})) == b"k" * 32
