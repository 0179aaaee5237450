"""The words of exceptions: what each ground is, what the law asks of it, and the fields of its form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from casework.at_hand import AtHand
from casework.staff import Colleague
from statute.closure import Closure
from statute.facts import Fact
from statute.kinds import KINDS
from statute.lifting import Effect, Reach
from statute.words import count, day_words
from web.names import limit_words
from web.recording.attributes import GROUNDS_ASKED, asked
from web.recording.fields import DAY_HINT, Field, advice_words, day_field
from web.recording.messages import in_words

RELIEF = KINDS["relief"]
MANAGERS = frozenset({"manager", "admin"})
ASKED_AROUND = (
    "It counts only if the head, principal or SENCO was asked for advice between one week before the closing and one "
    "week before the re-opening. You will see those days before anything is recorded."
)

NEEDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "closed_school": (
            "The school or post-16 institution was closed for at least four weeks without a break.",
            ASKED_AROUND,
            "For the six-week decision, the school must have been asked before the decision was made.",
        ),
        "closed_early_years": (
            "The early years provider was closed for at least four weeks without a break.",
            ASKED_AROUND,
            "For the six-week decision, the provider must have been asked before the decision was made.",
        ),
        "personal": (
            "Something exceptional happened to the child, a parent or the young person, such as a death.",
            "Its days must touch the period that the law looks at: the first six weeks for the decision, the first "
            "sixteen for the plan. In weeks 17 to 20 a person has to decide that it counts.",
        ),
        "absent_4w": (
            "The child, a parent or the young person was away from the area for at least 28 days in a row.",
            "The first and the last day both count, and 28 days must lie in the period that the law looks at.",
        ),
        "coronavirus": ("For limits that fell due between 1 May and 25 September 2020 only.",),
        "exceptional": ("Exceptional circumstances affected the child, a parent or the young person.",),
        "missed_appointment": (
            "The child or young person did not keep an appointment for an examination or test that the advice needs.",
        ),
    }
)

_CLOSED = frozenset({"closed_school", "closed_early_years"})
_PERIOD, _CLOSURE = ("from", "to"), ("first_closed", "reopens", "advice_requested")
_NEEDED = frozenset({"first_closed", "reopens", "because"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """One limit that was chosen, as the relief names it."""

    limit: str
    key: str

    @property
    def attributes(self) -> Mapping[str, str]:
        """The attributes that say so."""
        return {"limit": self.limit, **({"subject": self.key} if self.key else {})}


def value_of(reach: Reach) -> str:
    """The limit as the form posts it."""
    return f"{reach.limit.id}@{reach.key}" if reach.key else reach.limit.id


def chosen(values: Iterable[str], found: Iterable[Reach]) -> Sequence[Chosen]:
    """What was ticked, of what could be."""
    known = {value_of(reach): Chosen(reach.limit.id, reach.key) for reach in found}
    return [known[value] for value in values if value in known]


def grounds_of(found: Iterable[Reach]) -> Sequence[str]:
    """The grounds that some limit admits, in the order of the law."""
    admitted = {ground for reach in found for ground in reach.grounds}
    return [ground for ground in NEEDS if ground in admitted]


def fields_for(ground: str, found: Sequence[Reach], hand: AtHand, staff: Sequence[Colleague]) -> Sequence[Field]:
    """The fields of an exception on that ground."""
    days = _CLOSURE if ground in _CLOSED else _PERIOD
    return [
        _limits([reach for reach in found if ground in reach.grounds], hand),
        *(_day(name, needed=name in _NEEDED or (name == "from" and ground == "absent_4w")) for name in days),
        _text("because", needed=True),
        _text("evidence"),
        _approver(staff),
        day_field(RELIEF),
        _day("family_told_on"),
        _day("target"),
        _text("note"),
    ]


def _limits(found: Sequence[Reach], hand: AtHand) -> Field:
    choices = [
        (value_of(reach), f"{_name(reach.limit.id, reach.key, hand)}, last day {day_words(reach.due)}")
        for reach in found
    ]
    hint = "It lifts only what you tick. A lifted limit is still owed as soon as practicable."
    return Field("limits", "Which limits does it lift?", hint, "checkboxes", choices, needed=True)


def _name(limit: str, key: str, hand: AtHand) -> str:
    return f"{limit_words(limit)} ({advice_words(key, hand)})" if key else limit_words(limit)


def _day(name: str, *, needed: bool = False) -> Field:
    said = asked("relief", name)
    return Field(name, said.label, f"{said.hint} {DAY_HINT}".strip(), "day", needed=needed)


def _text(name: str, *, needed: bool = False) -> Field:
    said = asked("relief", name)
    return Field(name, said.label, said.hint, "text", needed=needed)


def _approver(staff: Sequence[Colleague]) -> Field:
    """Managers first: whether another may approve is for each council, so it is only told."""
    here = sorted(staff, key=lambda each: (each.role not in MANAGERS, each.name))
    choices = [("", "Choose who approved it"), *((each.username, f"{each.name} ({each.username})") for each in here)]
    return Field("approver", asked("relief", "approver").label, "", "select", choices, needed=True)


# What is told before it is recorded


def told_of(effects: Iterable[Effect], hand: AtHand) -> Sequence[str]:
    """Limit by limit, whether it is lifted."""
    return [_effect(each, hand) for each in effects]


def _effect(effect: Effect, hand: AtHand) -> str:
    name = _name(effect.limit.id, effect.key, hand)
    if not effect.reason:
        return f"{name}: lifted. It is still to be done as soon as practicable."
    if effect.unsettled:
        return f"{name}: not lifted unless the approver decides that it counts. {effect.open_question}"
    return f"{name}: not lifted. {in_words(effect.reason)}"


def about_closure(found: Closure | None, asked_on: date | None) -> Sequence[str]:
    """The closure with the days between which advice had to be asked for."""
    if found is None:
        return ()
    shut = f"It was closed for {count(found.closed_days, 'day')}; the law asks for 28 or more."
    if not found.qualifies:
        return (shut,)
    window = f"{day_words(found.window_start)} to {day_words(found.window_end)}"
    when = f" It was asked for on {day_words(asked_on)}." if asked_on else ""
    where = "lies within" if found.in_window else "does not lie within"
    return (shut, f"Advice had to be asked for from {window}.{when} That day {where} those days.")


def doubts(fact: Fact, staff: Iterable[Colleague]) -> Sequence[str]:
    """What is not forbidden, but worth a thought."""
    approver = next((each for each in staff if each.username == fact.attributes.get("approver")), None)
    said: list[str] = []
    if approver is not None and approver.role not in MANAGERS:
        said.append(f"{approver.name} is not a manager. Make sure that your council lets them approve exceptions.")
    if "family_told_on" not in fact.attributes:
        said.append("The day the family was told of the exception is not given.")
    return said


def ground_words(ground: str) -> str:
    """The ground in a few words."""
    return GROUNDS_ASKED[ground]
