"""Rows of directory files as the directories keep them: every fault of a row is said at once."""

import re
from collections.abc import Mapping
from typing import Any

from casework.sheets import Row
from statute.kinds import CATEGORIES

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")
URN = re.compile(r"[0-9]{5,8}")
_YES = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


class Wrong(ValueError):
    """A row that cannot be used; `messages` say what is wrong with each cell and what to write."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.wrong: list[str] = []

    def needed(self, column: str) -> str:
        value = self.row.get(column)
        if not value:
            self.wrong.append(f"{column} is blank: write one.")
        return value

    def shaped(self, column: str, shape: re.Pattern[str], remedy: str) -> str:
        value = self.needed(column)
        if value and not shape.fullmatch(value):
            self.wrong.append(f"{column} {value!r} cannot be used: {remedy}.")
        return value

    def address(self, column: str) -> str | None:
        value = self.row.get(column)
        if value and not _ADDRESS.fullmatch(value):
            self.wrong.append(f"{column} {value!r} is not a mail address: write one like duty@council.example.")
        return value or None

    def answered(self, column: str, default: bool) -> bool:
        value = self.row.get(column).lower()
        if value and value not in _YES:
            self.wrong.append(f"{column} {value!r} is neither yes nor no.")
        return _YES.get(value, default)

    def active(self) -> Mapping[str, bool]:
        """Only a file that has the column says who is no longer to be asked."""
        return {"active": self.answered("active", True)} if "active" in self.row.cells else {}

    def done(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if self.wrong:
            raise Wrong(*self.wrong)
        return values


def service_values(row: Row) -> Mapping[str, Any]:
    """A body that gives advice. Raises Wrong."""
    read = _Reader(row)
    category = read.needed("who").lower().replace(" ", "_")
    if category and category not in CATEGORIES:
        read.wrong.append(f"who {category!r} is no category of advice: write one of {', '.join(CATEGORIES)}.")
    return read.done(
        {
            "category": category,
            "code": read.shaped("body", _CODE, "write a short code in small letters, like slt"),
            "name": read.needed("name"),
            # Health bodies are what section 31(1) mostly names; every other answer must be given.
            "section_31": read.answered("section_31", category == "health"),
            "email": read.address("email"),
            "manager_email": read.address("manager_email"),
            "lead_email": read.address("lead_email"),
            "fallback_email": read.address("fallback_email"),
            **read.active(),
        }
    )


def setting_values(row: Row) -> Mapping[str, Any]:
    """A school or other setting. Raises Wrong."""
    read = _Reader(row)
    return read.done(
        {
            "urn": read.shaped("urn", URN, "write the number of Get Information about Schools, like 117222"),
            "name": read.needed("name"),
            "email": read.address("email"),
            "head_email": read.address("head_email"),
        }
    )


def officer_values(row: Row) -> Mapping[str, Any]:
    """A member of staff. Raises Wrong."""
    read = _Reader(row)
    role = row.get("role").lower().replace(" ", "_") or "caseworker"
    return read.done(
        {
            "username": read.needed("username"),
            "name": read.needed("name"),
            "email": read.address("email"),
            "team": row.get("team") or None,
            "manager_email": read.address("manager_email"),
            "role": role,
            **read.active(),
        }
    )
