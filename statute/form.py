"""Whether a fact is well formed: its kind, subject and attributes, before anything is asked about its day."""

import re
from collections.abc import Iterator

from statute.errors import FactError
from statute.facts import Fact
from statute.kind import A_PROCESS, ASSESSMENT
from statute.kinds import ARRANGERS, CATEGORIES, COMMON, KINDS, TRANSFERS, About, Allowed, Kind, Value, split_subject
from statute.notation import parse_day
from statute.words import listed, nearest

_ONE_CODE = r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,79}"
# Codes, or a list of them: the bodies that are asked may be a dozen.
_CODE = re.compile(rf"{_ONE_CODE}(,{_ONE_CODE}){{0,19}}")
_DAYS = frozenset({Value.DAY, Value.PAST, Value.ARRIVAL, Value.OLD})
_SOMEWHERE = frozenset(name for kind in KINDS.values() for name in kind.attributes)


def form_refusals(fact: Fact, process: str = ASSESSMENT) -> Iterator[str]:
    """What makes the fact unreadable in a process of that name, sentence by sentence."""
    kind = KINDS.get(fact.kind)
    if kind is None:
        yield f"There is no kind of fact {fact.kind!r}.{nearest(fact.kind, kinds_of(process))}"
        return
    if process not in kind.processes:
        yield _elsewhere(kind, process)
        return
    yield from _subject(kind, fact.subject, process)
    for name, value in fact.attributes.items():
        yield from _attribute(kind, name, value)
    for name in kind.required:
        if name not in fact.attributes:
            yield f"{fact.kind} needs {name}={_choices(kind.attributes[name])}."


def form_warnings(fact: Fact) -> Iterator[str]:
    """Attributes that mean something elsewhere and nothing here."""
    kind = KINDS.get(fact.kind)
    if kind is None or kind.about is About.KIND:
        return
    for name in fact.attributes:
        if name not in kind.attributes and name not in COMMON and name in _SOMEWHERE:
            yield f"{name} has no effect on {fact.kind}."


def days_in(fact: Fact) -> Iterator[tuple[str, Value]]:
    """The names of the attributes of a well-formed fact that hold days, with what kind of day."""
    kind = KINDS[fact.kind]
    for name in fact.attributes:
        allowed = kind.attributes.get(name)
        if isinstance(allowed, Value) and allowed in _DAYS:
            yield name, allowed


def kinds_of(process: str) -> list[str]:
    """The names of the kinds of fact that belong to a process."""
    return [kind.name for kind in KINDS.values() if process in kind.processes]


def _elsewhere(kind: Kind, process: str) -> str:
    home = listed([A_PROCESS[each] for each in sorted(kind.processes)], "or")
    return f"{kind.name} belongs to {home}, not to {A_PROCESS[process]}: record it there."


def _subject(kind: Kind, subject: str, process: str) -> Iterator[str]:
    if kind.about is About.NOTHING and subject:
        yield f"{kind.name} takes no subject. Write {kind.name}=DAY."
    elif kind.about is About.CATEGORY:
        yield from _category(kind, subject)
    elif kind.about is About.PROVIDER and not _CODE.fullmatch(subject):
        yield f"{kind.name} needs the provider: {kind.name}:URN=DAY, a URN, UKPRN or our own id."
    elif kind.about is About.TRANSFER and subject not in TRANSFERS:
        yield f"{kind.name} needs what it is a transfer to: {_one_of(kind, TRANSFERS)}.{nearest(subject, TRANSFERS)}"
    elif kind.about is About.ARRANGER and subject and subject not in ARRANGERS:
        yield f"{kind.name} takes who arranges it: {_one_of(kind, ARRANGERS)}.{nearest(subject, ARRANGERS)}"
    elif kind.about is About.KIND:
        yield from _about_a_kind(kind, split_subject(subject)[0], process)


def _one_of(kind: Kind, subjects: tuple[str, ...]) -> str:
    return listed([f"{kind.name}:{each}=DAY" for each in subjects], "or")


def _about_a_kind(kind: Kind, named: str, process: str) -> Iterator[str]:
    if named not in KINDS:
        close = nearest(named, kinds_of(process))
        yield f"{kind.name} needs a kind of fact: {kind.name}:kind[:subject]=DAY.{close}"
    elif process not in KINDS[named].processes:
        yield _elsewhere(KINDS[named], process)


def _category(kind: Kind, subject: str) -> Iterator[str]:
    category, slash, body = subject.partition("/")
    if category not in CATEGORIES:
        known = f"{listed(CATEGORIES, 'or')}, with /body where there are several"
        yield f"{kind.name} needs a category, not {subject!r}: {known}.{nearest(category, CATEGORIES)}"
    elif slash and not _CODE.fullmatch(body):
        yield f"{body!r} is not the code of a body. Write {kind.name}:{category}/code=DAY."


def _attribute(kind: Kind, name: str, value: str) -> Iterator[str]:
    allowed = kind.attributes.get(name) or COMMON.get(name)
    if allowed is not None:
        yield from _value(name, value, allowed)
    elif kind.about is not About.KIND and name not in _SOMEWHERE:
        known = [*kind.attributes, *COMMON]
        yield f"{kind.name} has no attribute {name!r}.{nearest(name, known)} It takes {listed(known)}."


def _value(name: str, value: str, allowed: Allowed) -> Iterator[str]:
    if not value.strip():
        yield f"{name} is empty. Give a value or leave it out."
    elif isinstance(allowed, tuple):
        yield from _listed_value(name, value, allowed)
    elif allowed in _DAYS:
        yield from _day(name, value)
    elif allowed is Value.YES_NO and value not in ("yes", "no"):
        yield f"{name} is yes or no, not {value!r}."
    elif allowed is Value.CODE and not _CODE.fullmatch(value):
        yield f"{name} is a code of letters, digits and _ . : / + -, not words. Put words into because=."


def _listed_value(name: str, value: str, allowed: tuple[str, ...]) -> Iterator[str]:
    known = [choice.rstrip("*") for choice in allowed]
    many = any(choice.endswith("*") for choice in allowed)
    for part in value.split(",") if many else [value]:
        if part.strip() not in known:
            yield f"{name} cannot be {part.strip()!r}: it is {listed(known, 'or')}.{nearest(part, known)}"


def _day(name: str, value: str) -> Iterator[str]:
    try:
        parse_day(value)
    except FactError as error:
        yield f"{name}: {error}"


def _choices(allowed: Allowed) -> str:
    if isinstance(allowed, tuple):
        return listed([choice.rstrip("*") for choice in allowed], "or")
    return f"a {allowed.value}"
