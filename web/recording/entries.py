"""An entry in words, and the correction that makes of it what was typed."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from casework.at_hand import AtHand
from casework.entries import Entry
from statute.errors import FactError
from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD, CATEGORIES, KINDS, TEXT_ATTRIBUTES, About, split_subject
from statute.notation import parse_day
from statute.words import day_words, plain
from web.names import LIMITS, service_words
from web.recording.attributes import asked
from web.recording.fields import Field, advice_words, fields_of
from web.recording.kinds import sentence, title_of
from web.recording.reading import Said

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "web": "on these pages",
        "cli": "at the command line",
        "api": "by another system",
        "import": "from a file",
        "link": "by the link of a letter",
    }
)


def title_of_entry(fact: Fact, hand: AtHand) -> str:
    """`Advice was requested: Health`; of a correction, of what."""
    if fact.kind in ABOUT_THE_RECORD:
        kind, subject = split_subject(fact.subject)
        about = title_of_entry(Fact(kind, fact.day, subject), hand)
        return f"{sentence(fact.kind)}: {about[:1].lower()}{about[1:]}"
    kind = KINDS[fact.kind]
    if not fact.subject:
        return title_of(kind)
    words = advice_words(fact.subject, hand) if kind.about is About.CATEGORY else sentence(plain(fact.subject))
    return f"{title_of(kind)}: {words}"


def in_rows(fact: Fact, texts: Mapping[str, str], hand: AtHand) -> Sequence[tuple[str, str]]:
    """What a fact says, question by question."""
    fields = {} if fact.kind in ABOUT_THE_RECORD else {field.name: field for field in fields_of(KINDS[fact.kind], hand)}
    said = [(_label(fact, name, fields), _value(name, value, fields)) for name, value in fact.attributes.items()]
    return [
        ("Day", day_words(fact.day)),
        *said,
        *((asked(fact.kind, name).label, text) for name, text in texts.items()),
    ]


def _label(fact: Fact, name: str, fields: Mapping[str, Field]) -> str:
    if name in fields:
        return fields[name].label
    # Set by a file or by the engine, or laid over by a correction: no form of ours asked it in these words.
    of = split_subject(fact.subject)[0] if fact.kind in ABOUT_THE_RECORD else fact.kind
    try:
        return asked(of, name).label
    except KeyError:
        return sentence(plain(name))


def _value(name: str, value: str, fields: Mapping[str, Field]) -> str:
    if not value:
        return "Taken out"
    field = fields.get(name)
    if field is not None and field.widget != "day":
        return field.say(value)
    try:
        return day_words(parse_day(value))
    except FactError:
        return LIMITS.get(value) or (service_words(value) if value in CATEGORIES else value)


def correction(entry: Entry, said: Said, fields: Sequence[Field]) -> Fact | None:
    """The correction that makes what was typed of the entry as it now stands; None where nothing is different.

    What the form does not ask stays as it is.
    """
    now = entry.now
    if now is None:
        return None
    names = [field.name for field in fields if field.name not in ("on", "subject", *TEXT_ATTRIBUTES)]
    changed = {
        name: said.attributes.get(name, "")
        for name in names
        if said.attributes.get(name, "") != now.attributes.get(name, "")
    }
    if not changed and said.day == now.day:
        return None
    return Fact("corrected", said.day, now.name, MappingProxyType(changed), supersedes=now.sequence)


def retraction(entry: Entry) -> Fact | None:
    """The retraction of an entry as it now stands; None where it does not."""
    now = entry.now
    return Fact("retracted", now.day, now.name, supersedes=now.sequence) if now is not None else None
