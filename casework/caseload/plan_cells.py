"""Cells of a plans file that hold no day: one of some words, yes or no, a code."""

import re
from collections.abc import Mapping, Sequence

from casework.caseload.plan_rows import PlanRow

YES = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}

# A code of the ledger: letters, digits and few signs, never words.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,79}")


def one_of(row: PlanRow, cells: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    """The one of the known words that a cell holds; another is left out."""
    text = cells.get(column, "").lower().replace(" ", "_").replace("-", "_")
    if not text or text in known:
        return text
    row.leave_out(column, f"{column} {text!r} is not known ({', '.join(known)}): left out")
    return ""


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
