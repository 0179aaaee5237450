"""What a letter says and in which order, before it is set as plain text and as HTML.

Both parts are set from the same page, so they carry the same facts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from post.house import House
from post.items import Kind
from post.subjects import subject_of
from post.telling import LABELS, Telling
from post.wording import news
from post.words import capital, sentence
from statute.words import count, day_words

# Said once below a table when every row would say the same.
_FOLDED = ("service", "expects", "next", "answer", "questions")


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of news: paragraphs, rows, and notes that go for all the rows.

    `heading` is empty in a letter with a single piece of news. `rows` hold the same labels in the same order; a
    single row is set as a list of labels.
    """

    heading: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    notes: tuple[Line, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole letter.

    `questions` is whom to ask, where that is the same for everything in it. `fallback`: the person is written to
    because the usual address was refused.
    """

    title: str
    fallback: bool
    sections: tuple[Section, ...]
    questions: str
    house: House


def page_of(tellings: Sequence[Telling], house: House) -> Page:
    """Everything there is to tell one person, the most urgent first. Needs at least one telling."""
    ordered = _in_order(tellings)
    asked = {telling.facts(alone=True)["questions"] for telling in ordered}
    shared = asked.pop() if len(asked) == 1 else ""
    groups = [list(group) for _, group in groupby(ordered, key=_group)]
    single = len(ordered) == 1
    sections = tuple(_section(group, titled=not single, questions=not shared) for group in groups)
    fallback = any(telling.item.fallback for telling in ordered)
    return Page(subject_of(ordered), fallback, sections, shared, house)


def _in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """Each piece of news once (a warning held back may meet its own breach), by kind and then by day."""
    once = {_identity(telling): telling for telling in tellings}
    order = list(news())
    return sorted(once.values(), key=lambda t: (order.index(t.name), _sort_key(t)))


def _identity(telling: Telling) -> tuple[object, ...]:
    item = telling.item
    return (telling.name, item.mail_ref, item.limit, telling.what, item.service, item.due)


def _sort_key(telling: Telling) -> tuple[object, ...]:
    item = telling.item
    return (item.due is None, item.due or telling.day, item.service, item.mail_ref, telling.what)


def _group(telling: Telling) -> tuple[str, str]:
    # Every service has a weekly section to itself, because each is a table of its own.
    return (telling.name, telling.item.service if telling.item.kind is Kind.WEEKLY else "")


def _section(group: Sequence[Telling], *, titled: bool, questions: bool) -> Section:
    first, alone = group[0], len(group) == 1
    heading = first.say(first.news.heading) if titled else ""
    opening = first.say(first.news.opening if alone else first.news.lead)
    if first.item.kind is Kind.WEEKLY:
        return Section(heading, (opening,), _oldest(first), _weekly_notes(first))
    columns = [name for name in first.news.columns if questions or name != "questions"]
    one_law = "why" in columns and not alone and len({telling.law for telling in group}) == 1
    facts = [telling.facts(alone=alone, cite=not one_law) for telling in group]
    folded = [*(["law"] if one_law else []), *(name for name in columns if not alone and _same(facts, name))]
    rows = _rows(facts, [name for name in columns if name not in folded])
    return Section(heading, (opening,), rows, _lines(facts[0], folded), first.news.then)


def _same(facts: Sequence[Mapping[str, str]], name: str) -> bool:
    return name in _FOLDED and len({fact[name] for fact in facts}) == 1


def _rows(facts: Sequence[Mapping[str, str]], columns: Iterable[str]) -> tuple[tuple[Line, ...], ...]:
    used = [name for name in columns if any(fact[name] for fact in facts)]
    # A row that holds only the reference, alone, would repeat the sentence above it.
    if len(facts) == 1 and used == ["reference"]:
        return ()
    return tuple(tuple(Line(LABELS[name], fact[name]) for name in used) for fact in facts)


def _lines(facts: Mapping[str, str], names: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(LABELS[name], facts[name]) for name in names if facts[name])


def _oldest(telling: Telling) -> tuple[tuple[Line, ...], ...]:
    with_what = any(late.what for late in telling.item.oldest)
    return tuple(
        (
            Line(LABELS["reference"], late.mail_ref),
            *((Line(LABELS["what"], capital(late.what)),) if with_what else ()),
            Line(LABELS["due"], day_words(late.due)),
            Line(LABELS["late"], f"{count((telling.day - late.due).days, 'day')} late"),
        )
        for late in telling.item.oldest
    )


def _weekly_notes(telling: Telling) -> tuple[Line, ...]:
    left = telling.item.count - len(telling.item.oldest)
    more = (Line("Not listed", f"{left:,} more"),) if left else ()
    why = (Line("Why those days", sentence(telling.duty.within)),) if telling.duty.within else ()
    return (*more, *why, *_lines(telling.facts(alone=False), ("answer",)))
