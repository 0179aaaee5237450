"""Saying once what is the same for many: the notes below a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from post.telling import LABELS
from statute.words import listed

# By which of its facts a part of a list is named, when a note goes for that part alone.
_NAMED_BY = ("team", "what", "reference")


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what it says; `said` stands before it where a list is set as text. `link`: it can be followed."""

    label: str
    value: str
    said: str = ""
    link: bool = False


def folded(name: str, facts: Sequence[Mapping[str, str]]) -> tuple[Line, ...]:
    """That fact of all the rows, each value once; where there are several, with the rows that it goes for."""
    parts: dict[str, list[Mapping[str, str]]] = {}
    for fact in facts:
        if fact[name]:
            parts.setdefault(fact[name], []).append(fact)
    if len(parts) < 2:
        return tuple(Line(LABELS[name], value) for value in parts)
    by = next(by for by in _NAMED_BY if _tells_apart(by, list(parts.values())))
    if name == "questions" and by == "team":
        return tuple(Line(LABELS[name], value) for value in parts)  # which begins with the team
    return tuple(
        Line(f"{LABELS[name]} ({listed(dict.fromkeys(_named(by, row) for row in rows))})", value)
        for value, rows in parts.items()
    )


def _named(by: str, row: Mapping[str, str]) -> str:
    return row[by][:1].lower() + row[by][1:] if by == "what" else row[by]


def _tells_apart(by: str, parts: Sequence[Sequence[Mapping[str, str]]]) -> bool:
    """Whether every part is known by its own values of a fact, which no other part has."""
    values = [{row[by] for row in rows} for rows in parts]
    apart = sum(len(each) for each in values) == len(set[str]().union(*values))
    return by == _NAMED_BY[-1] or (apart and all(all(each) for each in values))
