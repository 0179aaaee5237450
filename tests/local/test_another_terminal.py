"""A command that writes letters beside a running `ehcp up`, in another terminal."""

import os
from pathlib import Path

import pytest

from config.settings import Settings
from local import addresses
from local.house import House
from local.ports import USUAL


def here(tmp_path: Path, **more: str) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path, **more})


@pytest.mark.parametrize(
    ("demo", "own", "told"),
    [
        (True, {}, ("true", "http://127.0.0.1:8000", "smtp://127.0.0.1:1025")),
        (True, {"EHCP_SMTP_URL": "smtp://127.0.0.1:2525"}, ("true", "http://127.0.0.1:8000", "smtp://127.0.0.1:1025")),
        (False, {"EHCP_PUBLIC_URL": "https://ehcp.council.example"}, (None, "", "smtp://127.0.0.1:1025")),
        (False, {"EHCP_SMTP_URL": "smtp://127.0.0.1:2525"}, (None, None, "smtp://127.0.0.1:2525")),
    ],
)
def test_a_round_in_another_terminal_writes_letters_as_the_house_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: bool, own: dict[str, str], told: tuple[str | None, ...]
) -> None:
    names = ("EHCP_DEMO", "EHCP_PUBLIC_URL", "EHCP_SMTP_URL")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "run").mkdir()
    lock = addresses.up_lock(tmp_path)
    assert lock.alone()
    addresses.write(House(here(tmp_path), demo, USUAL).addresses(None))
    with addresses.written_as_there(here(tmp_path, smtp_url=own.get("EHCP_SMTP_URL", ""))):
        assert tuple(os.environ.get(name) for name in names) == told
    assert {name: os.environ[name] for name in names if name in os.environ} == own
    lock.drop()
    with addresses.written_as_there(here(tmp_path)):
        assert {name: os.environ[name] for name in names if name in os.environ} == own
