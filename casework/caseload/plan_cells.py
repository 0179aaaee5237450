"""Cells of a plans file that hold no day: one of some words, yes or no, a code."""

import re
from collections.abc import Mapping, Sequence

from casework.caseload.plan_rows import PlanRow

YES = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}

_BETWEEN = re.compile(r"[,;/+&]|\band\b", re.IGNORECASE)

# A code of the ledger: letters, digits and few signs, never words.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,79}")


def one_of(row: PlanRow, cells: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    """The one of the known words that a cell holds; another is left out."""
    text = _as_code(cells.get(column, ""))
    if not text or text in known:
        return text
    row.leave_out(column, f"{column} {text!r} is not known ({', '.join(known)}): left out")
    return ""


def some_of(row: PlanRow, cells: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    """Those of the known words that a cell lists, with commas between them and in the order of the law; a list with
    another word among them is left out."""
    listed = [_as_code(each.strip()) for each in _BETWEEN.split(cells.get(column, "")) if each.strip()]
    if unknown := [each for each in listed if each not in known]:
        row.leave_out(column, f"{column} {unknown[0]!r} is not known ({', '.join(known)}): left out")
        return ""
    return ",".join(each for each in known if each in listed)


def yes_or_no(row: PlanRow, cells: Mapping[str, str], column: str) -> str:
    """`yes` or `no`, however it is written."""
    text = cells.get(column, "").lower()
    if text and text not in YES:
        row.leave_out(column, f"{column} {text!r} is neither yes nor no: left out")
    return YES.get(text, "")


def code(row: PlanRow, cells: Mapping[str, str], column: str) -> str:
    """A number or code; words are left out, for they may name somebody."""
    text = cells.get(column, "").removesuffix(".0")
    if not text or _CODE.fullmatch(text):
        return text
    row.leave_out(column, f"{column} is a number or a code, not words: left out")
    return ""


def _as_code(text: str) -> str:
    return text.lower().replace(" ", "_").replace("-", "_")
