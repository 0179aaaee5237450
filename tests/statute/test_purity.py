"""The law room does no I/O: it reads no clock, no file, no database and no network, and knows no other room."""

import ast
from pathlib import Path

import pytest

import statute

ROOM = Path(statute.__file__).parent
ALLOWED = {
    "collections",
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "functools",
    "hashlib",
    "holidays",
    "itertools",
    "math",
    "operator",
    "pathlib",  # only to read the default policy that is packed with the room
    "importlib",
    "pendulum",
    "pydantic",
    "re",
    "statute",
    "tomllib",
    "types",
    "typing",
    "zoneinfo",
}
# Run as a program, the handbook writes itself to standard output.
ALSO = {"handbook": {"sys"}}
CLOCKS = {"today", "now", "utcnow", "time"}
FILES = {"open", "input", "print", "exec", "eval", "__import__"}


def modules() -> list[Path]:
    return sorted(ROOM.glob("*.py"))


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_a_module_imports_only_what_is_pure(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= ALLOWED | ALSO.get(module.stem, set())


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.stem)
def test_a_module_reads_no_clock_and_no_file(module: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not {call.id for call in calls if isinstance(call, ast.Name)} & FILES
    clocks = {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id in ("date", "datetime", "pendulum", "time")
    }
    assert not clocks & CLOCKS


def test_files_are_short_enough_to_be_read_in_one_sitting() -> None:
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert max(lines.values()) <= 250
    assert sum(count > 200 for count in lines.values()) <= 5
