"""On which day a case is shown, and by what was known when: read from the address or from three typed fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from casework.errors import Refused
from web.faults import Faults
from web.forms import Form, read_day

KNOWN, AS_OF = "known_on", "as_of"


@dataclass(frozen=True, slots=True)
class Moment:
    """As of a day on today's knowledge, or as known at the end of a day; neither: as it stands now.

    `address` is the query for a day that was typed in, empty where the address said it already; `typed` are the fields.
    """

    as_of: date | None = None
    known_on: date | None = None
    address: str = ""
    typed: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def query(self) -> str:
        """The part of an address that shows the same day."""
        said = {AS_OF: self.as_of, KNOWN: self.known_on}
        return urlencode({name: day.isoformat() for name, day in said.items() if day})


def moment_asked(query: Mapping[str, str], as_of: str, known_on: str, today: date, faults: Faults) -> Moment:
    """The moment that somebody asks for. Faults of what was typed go to `on`; raises Refused for an address's."""
    typed = {name: value.strip() for name, value in query.items() if name.startswith("on-") or name == "how"}
    if any(typed.get(f"on-{part}") for part in ("day", "month", "year")) or "how" in typed:
        return _typed(typed, today, faults)
    return Moment(_read(as_of, today), _read(known_on, today))


def _typed(typed: Mapping[str, str], today: date, faults: Faults) -> Moment:
    day = read_day(Form(typed), "on", faults, "The day to look back to")
    if day and day > today:
        faults.say("on", "The day to look back to must be today or in the past")
    how = AS_OF if typed.get("how") == AS_OF else KNOWN
    address = f"?{urlencode({how: day.isoformat()})}" if day else ""
    return Moment(address=address, typed=typed)


def _read(said: str, today: date) -> date | None:
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise Refused("The day in the address is no day. Write it like 2026-11-20.") from None
    if day > today:
        raise Refused("The day in the address lies ahead. A case can be shown as of today or a day that has been.")
    return day
