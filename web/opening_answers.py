"""What has been answered so far of a case to be opened: kept in a draft, read as an opening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from casework.opening_check import EarlierChild
from casework.opening_form import Opening
from web.faults import Faults

KIND = "opening"
STEPS = ("request", "child", "setting", "case")
"""The pages of questions, in their order; `request` and `child` must be answered."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "received": "The day it was received",
        "source": "Who asked",
        "inherited_from": "Where the family moved from",
        "surname": "Surname",
        "forename": "First name",
        "date_of_birth": "Date of birth",
        "upn": "UPN",
        "uln": "ULN",
        "looked_after": "Looked after",
        "placing_authority": "Placing authority",
        "setting_urn": "School or setting",
        "officer": "Officer",
        "team": "Team",
        "case_ref": "Your own reference",
        "sensitivity": "Who may see the case",
        "restricted_to": "Who may see the case",
    }
)
"""The fields of an opening that are asked for, as the pages call them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one draft, by the fields of an opening; besides: the pages done and what was chosen of a match."""

    kept: Mapping[str, Any]

    def with_(self, step: str, given: Mapping[str, Any]) -> "Answers":
        """The same with a page answered."""
        return Answers({**self.kept, **given, "done": sorted({*self.done, step})})

    @property
    def done(self) -> Sequence[str]:
        """The pages that have been answered."""
        return self.kept.get("done", [])

    @property
    def missing(self) -> str:
        """The first page that has not been answered; empty when all have."""
        return next((step for step in STEPS if step not in self.done), "")

    @property
    def fields(self) -> dict[str, Any]:
        """The fields as `Opening.read` takes them."""
        fields = {name: self.kept[name] for name in FIELDS if name in self.kept}
        return {**fields, "another": self.choice.get("what") == "another"}

    @property
    def opening(self) -> Opening:
        """The opening. Raises Refused."""
        return Opening.read(self.fields)

    @property
    def child(self) -> str:
        """The names as typed, for the list of what one has begun."""
        return f"{self.kept.get('forename', '')} {self.kept.get('surname', '')}".strip()

    def day(self, name: str) -> date | None:
        """A day that was answered."""
        return date.fromisoformat(self.kept[name]) if self.kept.get(name) else None

    @property
    def choice(self) -> Mapping[str, Any]:
        """What was chosen where a child like this one is on record."""
        return self.kept.get("choice", {})

    def settles(self, children: Sequence[EarlierChild]) -> bool:
        """Whether somebody has looked at these very children and their cases, and said who it is."""
        return not children or self.choice.get("seen") == seen_in(children)


def seen_in(children: Sequence[EarlierChild]) -> list[str]:
    """What was shown, so that a choice holds for that and nothing else."""
    cases = [f"{case.process_id} {case.ended_on}" for child in children for case in child.cases]
    return sorted([*[str(child.person_id) for child in children], *cases])


def say_faults(fields: Mapping[str, Any], asked: Sequence[str], faults: Faults) -> None:
    """Put what is wrong with the fields of one page beside them, in the words of the page.

    The other pages are taken as answered, for they may not have been yet.
    """
    whole = {"received": "2020-01-01", "surname": "-", "forename": "-", **fields}
    for name, sentence in Opening.faults(whole):
        if name in asked and faults.of(name) is None:
            faults.say(name, f"{FIELDS.get(name, name)} {sentence.partition(' ')[2]}")
