"""What somebody was shown, as the log of reads tells it."""

from collections.abc import Mapping
from types import MappingProxyType

from statute.words import capital

_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "case": "Case page",
        "why a day": "Why a day is what it is",
        "letters of a case": "Messages of a case",
        "notices of a case": "Notices of a case",
        "document": "A document",
        "papers": "Papers of a case",
        "mail to file": "Mail to file",
        "a request by link": "A request for advice, by its link",
        "answers of a case": "Answers of a case",
        "entry": "One entry of a case",
        "entries": "Entries of a case",
        "exception": "Form for an exception",
        "family": "Family and contacts",
        "find": "Find a case",
        "what happened": "Form to record what happened",
        "services": "Requests to services",
        "team": "Workload of the team",
        "team reassign": "Cases to give away",
        "overdue/not-timed": "What is not timed",
        "saveable": "Saveable before late",
        "cohort": "Due in a month",
        "waits": "Longest waits",
        "lifted": "Lifted and past its day",
        "due": "Due soon",
        "reviews": "Decisions owed after reviews",
        "reviews/no-meeting": "Reviews without a meeting",
    }
)
_FILES = {"csv": "CSV file", "xlsx": "Excel file"}


def read_words(what: str) -> str:
    """`reviews/no-meeting.csv` -> `Reviews without a meeting (CSV file)`; what has no name here as it was written."""
    what = what.removeprefix("api: ")
    name, _, ending = what.rpartition(".")
    if ending not in _FILES:
        name, ending = what, ""
    words = _SHOWN.get(name) or capital(name)
    return f"{words} ({_FILES[ending]})" if ending else words
