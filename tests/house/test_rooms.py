"""The house keeps its shape: every room has its place, and no file outgrows one sitting."""

import ast
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OUTSIDE = {"tests", "benchmarks", "docs"}


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def rooms() -> set[str]:
    return {
        path.relative_to(ROOT).parts[0] for path in tracked("*.py") if len(path.relative_to(ROOT).parts) > 1
    } - OUTSIDE


def layered() -> set[str]:
    (layers,) = [c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    return {room.strip() for layer in layers["layers"] for room in layer.split("|")}


def test_every_room_has_its_place_in_the_layers() -> None:
    assert rooms() == layered() == set(PROJECT["tool"]["importlinter"]["root_packages"])


def test_every_room_is_in_the_wheel_and_known_to_the_dependency_check() -> None:
    listed = set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    assert listed == rooms() | {"worker.py"}
    assert set(PROJECT["tool"]["deptry"]["known_first_party"]) == rooms() | {"worker"}


def test_every_room_is_type_checked() -> None:
    assert set(PROJECT["tool"]["pyright"]["include"]) == (rooms() | {"worker.py"})


@pytest.mark.parametrize("path", tracked("*.py"), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_longer_than_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


def test_most_files_are_under_two_hundred_lines() -> None:
    lengths = [len(path.read_text().splitlines()) for path in tracked("*.py")]
    assert sum(length > 200 for length in lengths) <= len(lengths) * 0.1


def test_every_public_function_of_the_law_says_what_it_means() -> None:
    silent = [
        f"{path.name}: {node.name}"
        for path in tracked("statute/*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_owner_s_rooms_stand_at_the_top_level() -> None:
    for name in ("workflows", "activities", "scheduler", "tests"):
        assert (ROOT / name).is_dir()
    for name in ("worker.py", "pyproject.toml", "docker-compose.yml", "README.md"):
        assert (ROOT / name).is_file()
