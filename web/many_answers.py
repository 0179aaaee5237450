"""What has been said so far of one fact to be recorded on many cases: kept in a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.at_hand import AtHand
from casework.panel import Key
from casework.recording import Line
from statute.calendar import ENGLAND
from statute.kind import ANNUAL_REVIEW, ASSESSMENT, About, Kind
from statute.kinds import ABOUT_THE_RECORD, KINDS
from statute.timeline import Timeline
from web.forms import Form
from web.recording.fields import Field, fields_of
from web.recording.kinds import ELSEWHERE, GROUPS, SHOWN

KIND = "record_many"
MOST = 250
"""Cases at once."""

# What befalls one child, and what is put right in one case, is recorded there; a file can hold anything.
_ONE_BY_ONE = frozenset(
    {
        "further_request",
        "refusal_changed",
        "withdrawn",
        "moved_away",
        "died",
        "attained_26",
        "transferred_out",
        "opened_in_error",
        "merged_into",
        "reopened",
    }
)
# These differ from case to case: what is said here is said of all.
_OF_ONE = frozenset({"seek", "reuse", "already_asked", "reasons", "reference", "consultation", "names_setting"})

_NOBODY = AtHand(
    process_id=UUID(int=0),
    mail_ref="",
    case_ref="",
    child="",
    process=ASSESSMENT,
    version=0,
    ended_on=None,
    facts=(),
    stands=(),
    timeline=Timeline(ASSESSMENT, date.min, (), None, None),
    calendar=ENGLAND,
    asks=(),
    services={},
    expected=(),
)


def kinds_for_many() -> Mapping[str, Sequence[Kind]]:
    """What can be recorded on many cases at once, under its headings, decisions first."""
    found: dict[str, list[Kind]] = {"Decisions": [], **{group: [] for group in GROUPS}}
    for kind in KINDS.values():
        if can_be_many(kind.name):
            found[SHOWN[kind.name].group].append(kind)
    return {group: kinds for group, kinds in found.items() if kinds}


def can_be_many(name: str) -> bool:
    """Whether a kind is offered for many cases: it has no subject, begins nothing, and is not about one child."""
    kind = KINDS.get(name)
    if kind is None or kind.starts or kind.about is not About.NOTHING:
        return False
    return name not in _ONE_BY_ONE | ABOUT_THE_RECORD and name not in ELSEWHERE


def fields_for_many(kind: str) -> Sequence[Field]:
    """What is asked once, and said of every case."""
    return [field for field in fields_of(KINDS[kind], _NOBODY) if field.name not in _OF_ONE]


@dataclass(frozen=True, slots=True)
class Many:
    """The answers of one draft."""

    kept: Mapping[str, Any]

    def with_(self, **given: Any) -> "Many":
        """The same with more answered."""
        return Many({**self.kept, **given})

    @property
    def kind(self) -> str:
        """The kind of fact; empty when the lines came in a file."""
        return self.kept.get("kind", "")

    @property
    def process(self) -> str:
        """What it belongs to, in words."""
        processes = set(KINDS[self.kind].processes)
        return "assessments" if processes == {ASSESSMENT} else "plans" if processes == {ANNUAL_REVIEW} else "cases"

    @property
    def fact(self) -> str:
        """The fact as it is written in files; empty until it was said."""
        return self.kept.get("fact", "")

    @property
    def form(self) -> Form:
        """What was typed of the fact."""
        return Form(self.kept.get("values", {}), self.kept.get("lists", {}))

    @property
    def ticked(self) -> list[str]:
        """Mail references of the cases that were ticked."""
        return self.kept.get("ticked", [])

    @property
    def after(self) -> Key | None:
        """Where the page of cases that is shown begins."""
        day, ref = self.kept.get("after") or ("", "")
        try:
            return (date.fromisoformat(day), ref) if ref else None
        except ValueError:
            return None

    @property
    def lines(self) -> list[Line]:
        """What is to be recorded; empty until the cases were chosen."""
        return [Line(*line) for line in self.kept.get("lines", [])]

    def lines_for(self, references: Sequence[str]) -> list[list[Any]]:
        """A line for each case, as the draft keeps it."""
        note = self.kept.get("note", "")
        return [[number, reference, self.fact, note] for number, reference in enumerate(references, start=1)]


def as_kept(lines: Sequence[Line]) -> list[list[Any]]:
    """Lines as a draft keeps them."""
    return [[line.line, line.case_ref, line.fact, line.note] for line in lines]
