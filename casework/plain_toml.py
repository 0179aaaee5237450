"""Writing data as TOML, plainly: no comments, one value a line."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, cast

Path = tuple[str, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(data: Mapping[str, Any]) -> str:
    """Data as a TOML file."""
    return "\n".join(_tables(data, ())).strip() + "\n"


def _tables(data: Mapping[str, Any], path: Path) -> Iterator[str]:
    plain = {name: value for name, value in data.items() if not _is_table(value)}
    if plain or (path and not data):
        yield table(path, plain)
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _tables(cast("dict[str, Any]", value), (*path, name))
        elif _is_table(value):
            for each in value:
                yield table((*path, name), each, "[[", "]]")


def _is_table(value: object) -> bool:
    if isinstance(value, list):
        each = cast("list[object]", value)
        return bool(each) and all(isinstance(one, dict) for one in each)
    return isinstance(value, dict)


def table(path: Path, values: Mapping[str, Any], opening: str = "[", closing: str = "]") -> str:
    """One table with its heading."""
    heading = [f"{opening}{'.'.join(map(key, path))}{closing}"] if path else []
    return "\n".join([*heading, *(f"{key(name)} = {value_of(value)}" for name, value in values.items())]) + "\n"


def key(name: str) -> str:
    """A name as it stands before a value or in a heading: in quotes where it must be."""
    return name if _BARE.fullmatch(name) else _text(name)


def value_of(value: object) -> str:
    """A value."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_of, cast('Sequence[object]', value)))}]"
    if isinstance(value, dict):
        inner = (f"{key(name)} = {value_of(each)}" for name, each in cast("dict[str, object]", value).items())
        return f"{{{', '.join(inner)}}}"
    return json.dumps(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
