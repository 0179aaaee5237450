"""The fields of a form: made from what the law allows to be said with a kind of fact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from casework.at_hand import AtHand
from statute.advice import ABOUT_A_REQUEST
from statute.kind import CATEGORIES, COMMON, About, Allowed, Kind, Value
from statute.kinds import ARRANGERS, TRANSFERS
from statute.words import plain
from web.names import service_words
from web.recording.attributes import NOT_ASKED, SELDOM, asked
from web.recording.kinds import SHOWN, sentence

Choices = Sequence[tuple[str, str]]

NOT_KNOWN = ("", "Not known")
_YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
_TRANSFERS = MappingProxyType(
    {
        "school": "From early years to school, or from one school phase to the next",
        "post16": "From school to a post-16 place",
        "post16_move": "From one post-16 institution to another",
    }
)
_ARRANGERS = MappingProxyType(
    {"school": "The school", "institution": "The post-16 institution", "authority": "The council"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the name it is posted under, what is asked, and how (day, radios, checkboxes, select, code, text).

    `seldom`: asked last, under a heading of its own. `needed`: the form says so when it is blank.
    """

    name: str
    label: str
    hint: str
    widget: str
    choices: Choices = ()
    needed: bool = False
    seldom: bool = False

    def say(self, value: str) -> str:
        """A value in the words of its choices, for reading it back."""
        words = dict(self.choices)
        return ", ".join(words.get(each, each) for each in value.split(",")) if words and value else value


DAY_HINT = "For example 27 3 2026."


def fields_of(kind: Kind, hand: AtHand, *, correcting: bool = False) -> Sequence[Field]:
    """The fields of a kind in the order in which they are asked. A correction keeps what the entry is about."""
    subject = [] if correcting else list(_subject(kind, hand))
    given = [name for name in kind.attributes if name not in NOT_ASKED.get(kind.name, ())]
    attributes = [_attribute(kind, name, hand) for name in given]
    said = [field for field in attributes if not field.seldom]
    seldom = [field for field in attributes if field.seldom]
    return [*subject, day_field(kind), *said, *(_text(kind, name) for name in SHOWN[kind.name].texts), *seldom]


def day_field(kind: Kind) -> Field:
    """The day of the fact itself."""
    shown = SHOWN[kind.name]
    return Field("on", shown.day, f"{shown.hint} {DAY_HINT}".strip(), "day", needed=True)


def _subject(kind: Kind, hand: AtHand) -> Iterator[Field]:
    if kind.about is About.CATEGORY:
        yield _about_advice(kind, hand)
    elif kind.about is About.PROVIDER:
        hint = "Its URN or UKPRN, for example 117222. Not its name."
        yield Field("subject", "Which provider?", hint, "code", _consulted(kind, hand), needed=True)
    elif kind.about is About.TRANSFER:
        yield Field("subject", "What kind of move is it?", "", "radios", _words(TRANSFERS, _TRANSFERS), needed=True)
    elif kind.about is About.ARRANGER:
        label = "Who arranges the review?"
        yield Field("subject", label, "", "radios", _words(ARRANGERS, _ARRANGERS), needed=True)


def _consulted(kind: Kind, hand: AtHand) -> Choices:
    if kind.name != "consultation_reply":
        return ()
    return [(each.subject, each.subject) for each in hand.stands if each.kind == "consulted"]


def _about_advice(kind: Kind, hand: AtHand) -> Field:
    """Requests that were made come first; what can only be said of those is offered of others last."""
    others = [each for each in (*CATEGORIES, *hand.services) if each not in hand.asks]
    found = [(each, advice_words(each, hand)) for each in (*hand.asks, *others)]
    hint = "The requests of this case come first." if hand.asks and kind.name in ABOUT_A_REQUEST else ""
    return Field("subject", "Which advice?", hint, "select", [("", "Choose the advice"), *found], needed=True)


def advice_words(subject: str, hand: AtHand) -> str:
    """`health/slt` as `Health: Speech and Language Therapy`."""
    category, _, body = subject.partition("/")
    words = service_words(category)
    return f"{words}: {hand.services.get(subject, body)}" if body else words


def _attribute(kind: Kind, name: str, hand: AtHand) -> Field:
    said = asked(kind.name, name)
    allowed = kind.attributes[name]
    widget, choices = _asked_as(allowed, said.words)
    if own := _of_the_directory(kind, name, hand):
        widget, choices = own
    needed = name in kind.required
    if widget == "radios" and not needed:
        choices = [*choices, NOT_KNOWN]
    hint = f"{said.hint} {DAY_HINT}".strip() if widget == "day" else said.hint
    return Field(name, said.label, hint, widget, choices, needed, name in SELDOM)


def _asked_as(allowed: Allowed, words: Mapping[str, str]) -> tuple[str, Choices]:
    if isinstance(allowed, tuple):
        many = any(code.endswith("*") for code in allowed)
        return ("checkboxes" if many else "radios"), _words([code.rstrip("*") for code in allowed], words)
    if allowed is Value.YES_NO:
        return "radios", _YES_NO
    return {Value.CODE: "code", Value.TEXT: "text"}.get(allowed, "day"), ()


def _of_the_directory(kind: Kind, name: str, hand: AtHand) -> tuple[str, Choices] | None:
    if name == "seek":
        return "checkboxes", [(each, advice_words(each, hand)) for each in hand.services]
    if name in ("reuse", "already_asked"):
        return "checkboxes", [(each, service_words(each)) for each in CATEGORIES]
    if name == "body" and kind.name == "advice_reassigned":
        others = [(each.partition("/")[2], advice_words(each, hand)) for each in hand.services]
        return "select", [("", "Within the same service"), *others]
    return None


def _words(codes: Sequence[str], words: Mapping[str, str]) -> Choices:
    return [(code, words.get(code, sentence(plain(code)))) for code in codes]


def _text(kind: Kind, name: str) -> Field:
    said = asked(kind.name, name)
    return Field(name, said.label, said.hint, "text" if COMMON[name] is Value.TEXT else "code")
