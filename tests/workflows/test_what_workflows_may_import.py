"""Workflow files import nothing that knows the law, the database or the wall's clock."""

import ast
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[2] / "workflows").glob("*.py"))
ALLOWED = {"collections.abc", "datetime", "typing", "temporalio", "engine.messages", "activities", "workflows"}
FORBIDDEN_CALLS = {"now", "utcnow", "today", "uuid4", "random", "sleep", "time"}


def imported(tree: ast.Module) -> set[str]:
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_file_imports_only_messages_activities_and_temporal(path: Path) -> None:
    tree = ast.parse(path.read_text())
    strange = {name for name in imported(tree) if name not in ALLOWED and name.split(".")[0] not in ALLOWED}
    assert strange == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_file_asks_only_the_workflow_for_the_time(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    asked = [call for call in calls if isinstance(call, ast.Attribute) and call.attr in FORBIDDEN_CALLS]
    assert {ast.unparse(call.value) for call in asked} <= {"workflow"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_file_is_under_a_hundred_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 100
