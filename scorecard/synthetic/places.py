"""Who has a case, and where the child goes to school: from the directories of the demonstration."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from demo import FOLDER

POST_16 = "Post-16"
"""The team of young people."""


@dataclass(frozen=True, slots=True)
class Place:
    """A setting by its number, and the officer and team that have the case."""

    setting_urn: str
    caseworker: str
    team: str


@cache
def _settings() -> tuple[str, ...]:
    return tuple(row["urn"] for row in _rows("settings.csv"))


@cache
def _officers() -> tuple[tuple[str, str], ...]:
    return tuple((row["username"], row["team"]) for row in _rows("officers.csv") if row["role"] == "caseworker")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text("utf-8-sig").splitlines()))


def place(rng: Random, born: date, on: date) -> Place:
    """A place for a child of that age."""
    young = (on - born).days > 16 * 365.25
    fitting = [each for each in _officers() if (each[1] == POST_16) == young] or list(_officers())
    caseworker, team = rng.choice(fitting)
    return Place(rng.choice(_settings()), caseworker, team)
