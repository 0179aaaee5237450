"""What the README says is so: its settings, its commands, its files. What it tells people to type is run elsewhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from config.describe import describe_settings
from web.roles import ADMINISTER, COVER_SERVICES, MANAGE, PASS_ON, WORK, Role

ROOT = Path(__file__).parents[2]
CHANGES = (WORK, MANAGE, ADMINISTER, PASS_ON, COVER_SERVICES)
README = (ROOT / "README.md").read_text()


def settings_table() -> str:
    rows = ["| setting | default | meaning | example |", "| --- | --- | --- | --- |"]
    for each in describe_settings():
        default = f"`{each.default}`" if each.default else ""
        rows.append(f"| `{each.name}` | {default} | {each.meaning} | `{each.example}` |")
    return "\n".join(rows)


def test_the_settings_are_those_of_the_code() -> None:
    assert settings_table() in README, settings_table()


def test_every_command_is_in_the_readme_and_no_other() -> None:
    from cli.main import app

    listed = set(re.findall(r"^\| `ehcp ([\w-]+)` \|", README, re.MULTILINE))
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    assert listed == {name for name, command in commands.items() if not command.hidden}


def test_every_command_explains_itself_with_an_example() -> None:
    from cli.main import app

    def leaves(command: object, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
        children = getattr(command, "commands", None)
        if children is None:
            return [(path, getattr(command, "help", "") or "")]
        return [leaf for name, child in children.items() for leaf in leaves(child, (*path, name))]

    silent = [" ".join(path) for path, text in leaves(get_command(app)) if "ehcp " + path[0] not in text]
    assert silent == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((docs/[\w./-]*|CHANGELOG\.md)\)", README))))
def test_what_it_links_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_document_is_where_to_read_on() -> None:
    _, _, after = README.partition("## Where to read on\n")
    listed = set(re.findall(r"^- \[docs/[^]]+\]\(docs/([\w-]+\.md)\): ", after.partition("\n## ")[0], re.MULTILINE))
    assert listed == {path.name for path in (ROOT / "docs").glob("*.md")}


def test_every_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    called = [path.read_text().partition(". ")[0] for path in decisions]
    assert called == [f"# {int(path.name[:4])}" for path in decisions]
    assert called == [f"# {number}" for number in range(1, len(decisions) + 1)]


def test_a_role_that_may_change_something_is_not_said_to_do_nothing() -> None:
    does = dict(
        re.findall(r"^\| (caseworker|manager|service lead|auditor|administrator) \|.*\| (.+) \|$", README, re.MULTILINE)
    )
    idle = {role for role in Role if not any(role in access.roles for access in CHANGES)}
    assert len(does) == len(Role)
    assert {role for role, what in does.items() if what == "nothing"} == idle


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"^make (\w+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
