"""What a letter says and in which order, before it is set as plain text and as HTML.

Both parts are set from the same page, so they carry the same facts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from post.folding import Line, folded
from post.house import House
from post.items import OF_NO_CASE, Kind
from post.subjects import subject_of
from post.telling import LABELS, SAID, Telling
from post.wording import news
from post.words import capital, sentence, short_day
from statute.words import count

# What is told of several things at once: a list short enough for a telephone, and below it, once, the rest.
_IN_THE_LIST = ("reference", "team", "what", "service", "meeting", "due", "late", "from", "legal", "final", "link")
_BELOW_IT = ("within", "why", "backwards", "expects", "next", "answer")
# What a column of `kinds.toml` comes to in a list.
_SHORT = {"due": ("due", "late", "from", "within")}


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of news: paragraphs, rows, and notes that go for all the rows.

    `heading` is empty in a letter with a single piece of news. `rows` hold the same labels in the same order;
    `listed` when they are set as a list of one line each, else each row is set as a list of labels.
    """

    heading: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    listed: bool = False
    notes: tuple[Line, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole letter.

    `questions` is whom to ask, a line for each team; `everything` the link to all that this person was asked for.
    `fallback`: the person is written to because the usual address was refused.
    """

    title: str
    fallback: bool
    sections: tuple[Section, ...]
    questions: tuple[Line, ...]
    house: House
    everything: str = ""


def page_of(tellings: Sequence[Telling], house: House, everything: str = "") -> Page:
    """Everything there is to tell one person, the most urgent first. Needs at least one telling."""
    ordered = _in_order(tellings)
    questions = folded("questions", [telling.facts(alone=False) for telling in ordered])
    groups = [list(group) for _, group in groupby(ordered, key=_group)]
    teams = len({telling.team for telling in ordered if telling.item.kind not in OF_NO_CASE}) > 1
    sections = tuple(_section(group, titled=len(ordered) > 1, teams=teams) for group in groups)
    fallback = any(telling.item.fallback for telling in ordered)
    return Page(subject_of(ordered), fallback, sections, questions, house, everything)


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
    # Every service has a weekly section to itself, because each is a list of its own.
    return (telling.name, telling.item.service if telling.item.kind is Kind.WEEKLY else "")


def _section(group: Sequence[Telling], *, titled: bool, teams: bool) -> Section:
    first, alone = group[0], len(group) == 1
    heading = first.say(first.news.heading) if titled else ""
    opening = first.say(first.news.opening if alone else first.news.lead)
    if first.item.kind is Kind.WEEKLY:
        return Section(heading, (opening,), _oldest(first), listed=True, notes=_weekly_notes(first))
    shown = first.news.columns
    if teams and shown[0] == "reference":
        shown = ("reference", "team", *shown[1:])
    if alone:
        return Section(heading, (opening,), _labelled(first, shown), then=first.then)
    facts = [telling.facts(alone=False, teams=teams) for telling in group]
    wanted = {short for name in shown for short in _SHORT.get(name, (name,))}
    if "meeting" in shown:
        wanted.discard("from")  # it is the meeting that the days of a meeting are counted from
    said_above = _same_for_all(facts, wanted)
    listed = [name for name in _IN_THE_LIST if name in wanted and name not in said_above]
    notes = tuple(note for name in _BELOW_IT if name in wanted for note in folded(name, facts))
    above = (opening, *([_above(first, said_above)] if said_above else ()))
    return Section(heading, above, _listed(facts, listed), listed=True, notes=notes, then=first.then)


def _same_for_all(facts: Sequence[Mapping[str, str]], wanted: Collection[str]) -> tuple[str, ...]:
    """What is wanted, if it is the same for all the rows, and then the service, if that is so too."""
    same = [name for name in ("what", "service") if name in wanted and len({fact[name] for fact in facts}) == 1]
    return tuple(same) if "what" in same else ()


def _above(first: Telling, names: Collection[str]) -> str:
    service = f" from {first.item.service}" if "service" in names and first.item.service else ""
    return f"{capital(first.what)}{service}, for each of these:"


def _labelled(telling: Telling, columns: Iterable[str]) -> tuple[tuple[Line, ...], ...]:
    facts = telling.facts(alone=True)
    used = [name for name in columns if facts[name]]
    # A row that holds only the reference would repeat the sentence above it.
    return () if used == ["reference"] else (tuple(_cell(name, facts[name]) for name in used),)


def _listed(facts: Sequence[Mapping[str, str]], columns: Iterable[str]) -> tuple[tuple[Line, ...], ...]:
    used = [name for name in columns if any(fact[name] for fact in facts)]
    return tuple(tuple(_cell(name, fact[name]) for name in used) for fact in facts)


def _cell(name: str, value: str) -> Line:
    return Line(LABELS[name], value, SAID.get(name, ""), link=name == "link")


def _oldest(telling: Telling) -> tuple[tuple[Line, ...], ...]:
    with_what = any(late.what for late in telling.item.oldest)
    return tuple(
        (
            _cell("reference", late.mail_ref),
            *((_cell("what", capital(late.what)),) if with_what else ()),
            _cell("due", short_day(late.due)),
            _cell("late", f"{count((telling.day - late.due).days, 'day')} late"),
        )
        for late in telling.item.oldest
    )


def _weekly_notes(telling: Telling) -> tuple[Line, ...]:
    left = telling.item.count - len(telling.item.oldest)
    more = (Line("Not listed", f"{left:,} more"),) if left else ()
    why = (Line("Why those days", sentence(telling.duty.within)),) if telling.duty.within else ()
    return (*more, *why, *folded("answer", [telling.facts(alone=False)]))
