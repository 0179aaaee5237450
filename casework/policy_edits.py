"""Changing one table of a policy: the text in force with that table alone written anew, comments kept.

A text in which the table cannot be found by its lines (an inline table, dotted keys) is written plainly instead. Either
way the result is read again, and is exactly what was meant.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from casework.plain_toml import Path, key, table, value_of, written
from statute.policy import Policy, load_policy
from statute.policy_errors import PolicyError

EVERYBODY = ""
"""The name of the table that holds for every service without one of its own: [advice]."""

Values = Mapping[str, Any]
_BEGINS = re.compile(r"\s*[^\s#\[]")


@dataclass(frozen=True, slots=True)
class Edited:
    """A policy with one table changed: its text, and what that text means."""

    toml: str
    policy: Policy


def path_of(service: str) -> Path:
    """Where the table of a service (category, or category/code) stands; [advice] for everybody."""
    return ("services", service) if service else ("advice",)


def own_values(toml: str, service: str) -> dict[str, Any]:
    """What a policy's text itself says in that table, as TOML has it."""
    found: Any = tomllib.loads(toml)
    for name in path_of(service):
        found = found.get(name, {})
    return dict(found)


def edited(toml: str, service: str, values: Values) -> Edited:
    """That text with the table of a service holding these values and nothing else; without any it has none.

    Raises statute.policy_errors.PolicyError, saying where it is wrong.
    """
    try:
        text = with_table(toml, path_of(service), values)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([f"the policy in force is not a TOML file: {error}"]) from error
    return Edited(text, load_policy(text))


def with_table(toml: str, path: Path, values: Values) -> str:
    """The text with the table at `path` holding `values` alone; everything else as it was."""
    meant = _meant(tomllib.loads(toml), path, values)
    text = _by_lines(toml, path, values)
    try:
        same = tomllib.loads(text) == meant
    except tomllib.TOMLDecodeError:
        same = False
    return text if same else written(meant)


def _meant(data: dict[str, Any], path: Path, values: Values) -> dict[str, Any]:
    above = data
    for name in path[:-1]:
        above = above.setdefault(name, {})
    if values:
        above[path[-1]] = dict(values)
    else:
        above.pop(path[-1], None)
    if len(path) > 1 and not data[path[0]]:
        del data[path[0]]
    return data


# By lines: what stands between a table's heading and the next.


def _by_lines(toml: str, path: Path, values: Values) -> str:
    lines = toml.splitlines()
    first = next((number for number, line in enumerate(lines) if _heading(line) == path), None)
    if first is None:
        return toml.rstrip("\n") + "\n\n" + table(path, values) if values else toml
    last = next((number for number in range(first + 1, len(lines)) if _heading(lines[number])), len(lines))
    body = lines[first + 1 : last]
    kept = [lines[first], *_with_values(body, values)] if values else _after_the_last(body)
    return "\n".join([*lines[:first], *kept, *lines[last:]]) + "\n"


def _heading(line: str) -> Path | None:
    """The name of the table that begins with this line; None when none does. A table of a list has its name too."""
    if not line.lstrip().startswith("["):
        return None
    try:
        found: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None
    names: list[str] = []
    while isinstance(found, dict) and found:
        ((name, found),) = cast("dict[str, Any]", found).items()
        names.append(name)
    return (*names, "") if isinstance(found, list) else tuple(names)


def _with_values(body: Sequence[str], values: Values) -> list[str]:
    """The lines of a table with other values: its comments stay where they stand."""
    left, lines, end = dict(values), list[str](), 0
    for names, said in _entries(body):
        if not names:
            lines += said
            continue
        if (name := names[0]) in left:
            lines.append(f"{key(name)} = {value_of(left.pop(name))}")
        end = len(lines)
    return [*lines[:end], *(f"{key(name)} = {value_of(value)}" for name, value in left.items()), *lines[end:]]


def _after_the_last(body: Sequence[str]) -> list[str]:
    """What follows the last value of a table that goes: it speaks of the next."""
    lines: list[str] = []
    for names, said in _entries(body):
        lines = [] if names else [*lines, *said]
    return lines


def _entries(body: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The lines of each value, with its name; every other line by itself, without one."""
    number = 0
    while number < len(body):
        end, names = number + 1, list[str]()
        if _BEGINS.match(body[number]):
            end, names = _entry(body, number)
        yield names, list(body[number:end])
        number = end


def _entry(body: Sequence[str], first: int) -> tuple[int, list[str]]:
    """Where a value ends that may go over several lines, and its name."""
    for end in range(first + 1, len(body) + 1):
        try:
            return end, list(tomllib.loads("\n".join(body[first:end])))
        except tomllib.TOMLDecodeError:
            continue
    return first + 1, []
