"""Sending something to be recorded: refused, asked about or told of others, and nothing that was typed is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from fastapi.responses import Response

from casework.at_hand import AtHand
from casework.errors import ChangedSince, NeedsConfirmation, Refused
from casework.recording import consider, record
from statute.facts import Fact
from web.faults import Faults
from web.forms import Form
from web.place import Desk
from web.recording.fields import Field
from web.recording.kinds import sentence
from web.recording.messages import in_words, place

# What a page puts into its forms beside what is asked.
CHECKED, BACK, SEEN = "checked", "back", "seen"
_OURS = frozenset({"csrf", CHECKED, BACK, SEEN})


@dataclass(frozen=True, slots=True)
class Sending:
    """What somebody sends, and the way back.

    `said` is told on the case's page once it is recorded. With `will` (what recording it does) it is read back first
    (`told`: question and answer). `again` shows the form again with faults and the version that was seen.
    """

    hand: AtHand
    facts: Sequence[Fact]
    texts: Mapping[str, str]
    form: Form
    fields: Sequence[Field]
    said: str
    told: Sequence[tuple[str, str]]
    again: Callable[[Faults, int], Response]
    will: Sequence[str] = ()
    doubts: Sequence[str] = ()
    ask_to_count: bool = False
    check: bool = False


def send(at: Desk, sent: Sending) -> Response:
    """Record it, or answer with the form or with what is to be confirmed."""
    seen = seen_of(sent.form, sent.hand)
    try:
        return _sent(at, sent, seen)
    except Refused as refused:
        return sent.again(_placed(refused.messages, sent.fields), seen)
    except ChangedSince as changed:
        return sent.again(_placed(changed.messages, ()), changed.version)


def _sent(at: Desk, sent: Sending, seen: int) -> Response:
    checked = sent.form.asked(CHECKED)
    if (sent.will or sent.check) and not checked:
        return _considered(at, sent, seen)
    ref = sent.hand.mail_ref
    try:
        done = record(at.db, ref, sent.facts, at.actor, at.now, confirm=checked, texts=sent.texts, seen=seen)
    except NeedsConfirmation as doubt:
        return check_page(at, sent, doubt.messages)
    warnings = [in_words(warning) for warning in done.warnings]
    return at.go(case_url(sent.hand), sent.said, *warnings, warning=bool(warnings))


def _considered(at: Desk, sent: Sending, seen: int) -> Response:
    verdict = consider(at.db, sent.hand.mail_ref, sent.facts, at.actor, at.now, texts=sent.texts, seen=seen)
    if verdict.refusals:
        raise Refused(verdict.refusals)
    return check_page(at, sent, verdict.confirmations, verdict.warnings)


def check_page(at: Desk, sent: Sending, questions: Iterable[str], warnings: Iterable[str] = ()) -> Response:
    """What was typed, what recording it does and what stands against it: yes, or back to change it."""
    return at.page(
        "recording/check.html",
        **headed("Is this what happened?", sent.hand),
        hand=sent.hand,
        what=sentence(sent.said.removeprefix("Recorded: ").removesuffix(".")),
        told=sent.told,
        will=sent.will,
        questions=[in_words(each) for each in questions],
        warnings=[*sent.doubts, *(in_words(each) for each in warnings)],
        ask_to_count=sent.ask_to_count,
        hidden=kept(sent.form, without={"confirmed"} if sent.ask_to_count else ()),
        seen=seen_of(sent.form, sent.hand),
        action=at.request.url.path,
    )


def form_page(
    at: Desk, title: str, fields: Sequence[Field], form: Form, faults: Faults, *, hand: AtHand, **context: Any
) -> Response:
    """A form with what was typed; what is seldom said is folded away until there is something in it."""
    seldom = [field for field in fields if field.seldom]
    return at.page(
        "recording/form.html",
        **headed(title, hand),
        faults=faults,
        hand=hand,
        form=form,
        fields=[field for field in fields if not field.seldom],
        seldom=seldom,
        more_open=any(_filled(form, field.name) or faults.of(field.name) for field in seldom),
        **context,
    )


def _filled(form: Form, name: str) -> bool:
    return any(form.get(each) for each in (name, f"{name}-day", f"{name}-month", f"{name}-year"))


class Headed(TypedDict):
    """What a page is called: in itself, and in its window's title."""

    heading: str
    title: str


def headed(heading: str, hand: AtHand) -> Headed:
    """The heading of a page, and its title: with the case's mail reference, so that no two windows are called alike."""
    return Headed(heading=heading, title=f"{heading}{'' if heading.endswith('?') else ','} {hand.mail_ref}")


def kept(form: Form, without: Iterable[str] = ()) -> Sequence[tuple[str, str]]:
    """Everything that was typed, to be carried in hidden fields."""
    left_out = _OURS.union(without)
    return [(name, value) for name, values in form.lists.items() if name not in left_out for value in values]


def seen_of(form: Form, hand: AtHand) -> int:
    """The version that the page showed; of a form that does not say, the present one."""
    said = form.get(SEEN)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else hand.version


def case_url(hand: AtHand, *more: str) -> str:
    """The address of a case's page, or of something below it."""
    return "/".join(("/cases", hand.mail_ref, *more))


def _placed(messages: Iterable[str], fields: Sequence[Field]) -> Faults:
    faults = Faults()
    place(messages, fields, faults)
    return faults
