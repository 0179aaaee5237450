"""A data folder that cannot be used is said to be that, whoever needs it; and so is a port that somebody else has."""

import socket
from pathlib import Path

import pytest

from local.errors import LocalError
from local.folders import run_dir
from local.house import choose_ports, moved
from local.ports import LOOPBACK, free_ports, ports_from
from tests.cli.conftest import run_process


@pytest.fixture
def occupied(tmp_path: Path) -> Path:
    """A file in the place of the folder."""
    path = tmp_path / "data"
    path.write_text("")
    return path


def test_the_folder_and_its_own_are_made_for_this_user_alone(tmp_path: Path) -> None:
    made = run_dir(tmp_path / "a" / "data")
    assert made == tmp_path / "a" / "data" / "run"
    assert {path.stat().st_mode & 0o777 for path in (made, made.parent)} == {0o700}
    assert run_dir(made.parent) == made


def test_what_is_wrong_with_it_is_said_and_what_to_do(occupied: Path) -> None:
    with pytest.raises(
        LocalError, match=f"The data folder {occupied} cannot be used: File exists .* Set EHCP_DATA_DIR"
    ):
        run_dir(occupied)


@pytest.mark.parametrize("words", [("up",), ("overdue",), ("doctor",)])
def test_no_command_takes_it_for_a_fault_of_ours(occupied: Path, words: tuple[str, ...]) -> None:
    done = run_process(*words, EHCP_DATA_DIR=str(occupied))
    assert done.code == 4
    assert f"The data folder {occupied} cannot be used" in done.err.replace("\n", " ")
    assert "fault in EHCP Clock" not in done.err


def test_pages_that_stand_elsewhere_say_so() -> None:
    wanted = free_ports(ports_from(22900))
    assert moved(wanted.web, wanted) == ""
    with socket.create_server((LOOPBACK, wanted.web)):
        chosen = choose_ports(wanted.web)
        assert f"Port {wanted.web} is taken by another program: the pages are on port {chosen.web}" in moved(
            wanted.web, chosen
        )
