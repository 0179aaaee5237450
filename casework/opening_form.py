"""What a caseworker says when opening a case."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from casework.days import read_day
from casework.errors import Refused
from statute.kinds_of_assessments import REQUESTERS


def _day(value: Any) -> Any:
    return read_day(value) if isinstance(value, str) else value


def _source(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip().lower()
        return None if text in ("", "none") else int(text) if text.isdecimal() else text
    return value


def _text(value: Any) -> Any:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, BeforeValidator(_text), StringConstraints(strip_whitespace=True, max_length=200)]
Source = Annotated[Literal[1, 2, 3, 4, 5] | None, BeforeValidator(_source)]


class Opening(BaseModel):
    """One case to open.

    `received` is the day the request was received (SEN2 source 1 or 2) or the day the authority became
    responsible (source 3 to 5, or none). `case_ref` is the council's own reference; one is made when it is
    blank. `separate` opens a second process for a child who already has one open (an import keeps what the
    council had). `another`: somebody has looked at the child of the same names and birth, and this is another one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    received: Day
    source: Source = None
    surname: Text = ""
    forename: Text = ""
    date_of_birth: Annotated[date | None, BeforeValidator(_day)] = None
    upn: Text = ""
    uln: Text = ""
    setting_urn: Text = ""
    officer: Text = ""
    team: Text = ""
    case_ref: Text = ""
    sensitivity: Literal["ordinary", "restricted"] = "ordinary"
    restricted_to: tuple[str, ...] = ()
    looked_after: bool = False
    placing_authority: Text = ""
    inherited_from: Text = ""
    separate: bool = Field(default=False, repr=False)
    another: bool = Field(default=False, repr=False)

    @classmethod
    def read(cls, data: Mapping[str, object]) -> "Opening":
        """The opening in a form or a JSON object. Raises Refused with a message for every wrong field.

        A person who opens a case knows the child's names; a file may not, so only this asks for them.
        """
        if wrong := cls.faults(data):
            raise Refused([sentence for _, sentence in wrong])
        return cls.model_validate(dict(data))

    @classmethod
    def faults(cls, data: Mapping[str, object]) -> Sequence[tuple[str, str]]:
        """What is wrong with the fields of a form, each with the name of its field ("" for the case as a whole)."""
        wrong = [(name, _missing(name)) for name in ("surname", "forename") if not str(data.get(name) or "").strip()]
        try:
            cls.model_validate(dict(data))
        except ValidationError as error:
            found = [
                (_field(fault["loc"]), _said(fault["loc"], fault["type"], fault["msg"])) for fault in error.errors()
            ]
            return [*found, *wrong]
        return wrong

    @property
    def start_kind(self) -> str:
        """What starts the clocks: a request by family or setting, else becoming responsible (reg 5(1))."""
        return "request_received" if self.source in REQUESTERS else "became_responsible"


_REMEDIES = {
    "received": "give the day the request was received, as 2026-09-02 or 02/09/2026",
    "source": "give the SEN2 code: 1 family, 2 school or setting, 3 health, 4 social care, 5 other; or none",
    "surname": "give the child's or young person's surname",
    "forename": "give the child's or young person's forename",
    "date_of_birth": "give it as 2019-02-14 or 14/02/2019, or leave it out until it is known",
    "sensitivity": "write ordinary or restricted",
    "restricted_to": "give a list of user names",
    "looked_after": "write true or false",
}


def _missing(name: str) -> str:
    return f"{name} is missing: {_REMEDIES[name]}."


def _field(place: tuple[int | str, ...]) -> str:
    return str(place[0]) if place else ""


def _said(place: tuple[int | str, ...], kind: str, message: str) -> str:
    """A fault of one field in words; the value itself is not repeated unless it is the day received."""
    name = _field(place) or "the case"
    if kind == "missing":
        return _missing(name)
    if kind == "extra_forbidden":
        return f"{name} is not a field of a case. The fields are: {', '.join(Opening.model_fields)}."
    remedy = _REMEDIES.get(name, "write it as text of at most 200 signs")
    reason = "" if name == "date_of_birth" else f" ({message.removeprefix('Value error, ')})"
    return f"{name} cannot be used{reason}: {remedy}."
