"""What writes take, as JSON."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from casework.errors import Refused
from statute.errors import FactError
from statute.facts import Fact
from statute.kinds import KINDS
from statute.notation import parse_fact
from web.api.problems import FieldsWrong
from web.api.shapes import Confirm, Day, Line, Name, Version, Words, check_year


class Asked(BaseModel):
    """A body: a field that there is not is refused, so that a mistyped one is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OpenCase(Asked):
    """A case to open."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "received": "2026-11-20",
                    "source": 1,
                    "surname": "Doe",
                    "forename": "Jo",
                    "date_of_birth": "2018-02-14",
                    "setting_urn": "999001",
                    "officer": "a.marsh",
                }
            ]
        }
    )

    received: Day = Field(description="Day the request was received, or the authority became responsible.")
    source: Literal[1, 2, 3, 4, 5] | None = Field(
        default=None, description="SEN2 code: 1 family, 2 school or setting, 3 health, 4 social care, 5 other."
    )
    surname: Line
    forename: Line
    date_of_birth: Day | None = None
    upn: Line = ""
    uln: Line = ""
    setting_urn: Line = ""
    officer: Line = Field(default="", description="Username of the officer whose case it becomes.")
    team: Line = ""
    case_ref: Line = Field(default="", description="The council's own reference; one is made when it is blank.")
    sensitivity: Literal["ordinary", "restricted"] = "ordinary"
    restricted_to: list[Line] = Field(default=[], max_length=50)
    looked_after: bool = False
    placing_authority: Line = ""
    inherited_from: Line = ""
    confirm: Confirm = False

    def fields(self) -> Mapping[str, Any]:
        """What was said of the case itself."""
        return self.model_dump(exclude={"confirm"}, exclude_unset=True)


class FactObject(Asked):
    """One thing that happened."""

    kind: Name = Field(examples=["advice_received"], json_schema_extra={"enum": [*sorted(KINDS)]})
    subject: Line = Field(default="", pattern=r"^[^=;\\\x00-\x1f]*$", examples=["health/slt"])
    day: Day
    attributes: dict[Name, Words] = Field(default={}, max_length=40, examples=[{"report_date": "2026-11-18"}])


Notation = Annotated[
    Words,
    Field(
        description="`kind[:subject]=DAY[;name=value...]`",
        json_schema_extra={
            "pattern": f"^({'|'.join(sorted(KINDS))})(:[^=;\\\\]*)?=20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(;.*)?$"
        },
    ),
]
FactIn = Annotated[
    Annotated[Notation, Tag("notation")] | Annotated[FactObject, Tag("object")],
    Discriminator(lambda said: "notation" if isinstance(said, str) else "object"),
]
Facts = Annotated[
    list[FactIn],
    Field(
        min_length=1,
        max_length=100,
        examples=[["advice_received:health=2026-11-20;report_date=2026-11-18"]],
        description="In the notation of the command line, or as objects; all are recorded or none.",
    ),
]


class RecordFacts(Asked):
    """What happened on one case."""

    facts: Facts
    texts: dict[Literal["note", "because", "evidence", "reasons"], Words] = Field(
        default={}, description="Free text, kept beside the first fact.", examples=[{"note": "By telephone."}]
    )
    confirm: Confirm = False
    seen_version: Version


class LineOfMany(Asked):
    """One fact on one of many cases."""

    case_ref: Line = Field(min_length=1, examples=["EHC-2026-0004"])
    fact: FactIn
    note: Words = ""


class RecordMany(Asked):
    """Facts on many cases (Monday's panel): each case by itself, all of its lines or none."""

    lines: list[LineOfMany] = Field(min_length=1, max_length=500)
    confirm: Confirm = False


class Assign(Asked):
    """Whose case it becomes."""

    officer: Line = Field(min_length=1, description="Username of an active officer.", examples=["a.marsh"])
    team: Line = Field(default="", description="Left out: the officer's own team.")


class AssignAll(Assign):
    """Every open case of one officer, to another."""

    from_officer: Line = Field(min_length=1, description="Username of whoever leaves.", examples=["r.hale"])


class NewContactNote(Asked):
    """One contact about a case."""

    day: Day
    way: Literal["phone", "email", "letter", "meeting", "visit"]
    with_whom: Literal["parent", "young_person", "representative", "setting", "health", "social_care", "other"]
    text: Words = Field(min_length=1)


class TypedCase(Asked):
    """Facts to which the law is applied; nothing is recorded."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "process": "assessment",
                    "facts": ["request_received=2024-09-02", "decision_to_assess=2024-10-11"],
                    "as_of": "2024-12-01",
                }
            ]
        }
    )

    process: Literal["assessment", "annual-review"] = "assessment"
    facts: Facts
    as_of: Day | None = None
    terms: list[Day] = Field(default=[], max_length=40, description="First days of school terms; for a review alone.")


def facts_in(said: Sequence[str | FactObject], at: str = "facts") -> list[Fact]:
    """The facts. Raises FieldsWrong, naming every one that cannot be read."""
    read: list[Fact] = []
    faults: list[tuple[str, str]] = []
    for number, each in enumerate(said):
        try:
            read.append(fact_in(each))
        except Refused as error:
            faults.extend((f"{at}.{number}", message) for message in error.messages)
    if faults:
        raise FieldsWrong(faults)
    return read


def fact_in(said: str | FactObject) -> Fact:
    """One fact. Raises Refused."""
    if isinstance(said, FactObject):
        return Fact(said.kind, said.day, said.subject, MappingProxyType(said.attributes))
    try:
        fact = parse_fact(said)
        check_year(fact.day)
    except (FactError, ValueError) as error:
        raise Refused(str(error)) from error
    return fact
