"""What a rehearsal came to, as tables: for a page, a workbook and programs alike. No child and no case reference."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from config.clock import london_day
from scorecard.rehearsal.arriving import NEW, is_drawn
from scorecard.rehearsal.examples import examples
from scorecard.rehearsal.families import BY_HAND, BY_ITSELF, LOOKED_AT, NO_LONGER, ToFamily
from scorecard.rehearsal.held import is_review
from scorecard.rehearsal.rehearsing import Rehearsal
from scorecard.rehearsal.said import about_of, assumed, name_of, role_of
from scorecard.rehearsal.tables import Cell, Report, Table
from scorecard.rehearsal.walked import Mail, Walked
from statute.ladder import Kind
from statute.timeline import Deadline, State
from statute.words import day_words

LATE = frozenset({State.OVERDUE, State.MET_LATE, State.ENDED_OVERDUE})
UP = (Kind.ESCALATE.value, Kind.DANGER.value, Kind.BREACH.value)
"""Messages that climb: to a service's manager, above it, to the authority's own managers."""
_DAY = timedelta(days=1)
_MOST_DAYS, _MOST_CASES = 10, 200


def report_of(rehearsal: Rehearsal) -> Report:
    """What it came to."""
    asked, mails = rehearsal.asked, rehearsal.mails
    late = list(_late(rehearsal))
    letters = _letters(mails)
    most = Counter(day for day, *_ in letters).most_common(1)
    busiest = f" The busiest day is {day_words(most[0][0])}, with {most[0][1]} letters." if most else ""
    drawn = sum(is_drawn(each.case) for each in rehearsal.walked)
    reviews = sum(is_review(each.case) for each in rehearsal.walked)
    of_drawn = sum(is_drawn(each.case) for each, *_ in late)
    return Report(
        title=f"Rehearsal from {day_words(asked.first)} to {day_words(asked.last)}",
        sentences=(
            f"{len(rehearsal.walked) - reviews - drawn} assessments, {reviews} reviews of plans, {asked.weeks} weeks.",
            *([_drawn(drawn, of_drawn, rehearsal.per_week)] if drawn else []),
            f"{len(letters)} letters with {len(mails)} messages would have left.{busiest}",
            f"{sum(mail.kind in UP for mail in mails)} messages climb to a manager or above. {len(late)} limits pass.",
            _families(rehearsal),
            f"{sum(each.never for each in rehearsal.walked)} messages still wait at the end: for an address, a term, a "
            "hold, or the next round.",
            "Nothing was sent, and nothing was recorded.",
        ),
        assumed=assumed(rehearsal),
        tables=tuple(_tables(rehearsal, late)),
        letters=examples(rehearsal),
    )


def _tables(rehearsal: Rehearsal, late: Sequence[tuple[Walked, Deadline, date]]) -> Iterator[Table]:
    mails = rehearsal.mails
    letters = Counter(_monday(day) for day, *_ in _letters(mails))
    messages = Counter(_monday(_day(mail)) for mail in mails)
    up = Counter(_monday(_day(mail)) for mail in mails if mail.kind in UP)
    passed = Counter(_monday(day) for *_, day in late)
    weeks = sorted(letters.keys() | messages.keys() | passed.keys())
    yield Table(
        "weeks", "Week by week", "Letters are mails that leave; one letter may hold many messages.",
        ("Week from", "Letters", "Messages", "That climb", "Limits that pass"),
        tuple((week, letters[week], messages[week], up[week], passed[week]) for week in weeks),
    )  # fmt: skip
    yield _counted(
        "messages", "Messages by kind", "By week, kind and whom it is for.", ("Week from", "About", "For", "Messages"),
        Counter((_monday(_day(mail)), name_of(mail), role_of(mail)) for mail in mails),
    )  # fmt: skip
    yield _people(mails)
    yield _busiest(mails)
    climbing = [mail for mail in mails if mail.kind in UP]
    yield _counted(
        "escalations", "What climbs, by service and rung", "A rung counts days from the legal day.",
        ("Service", "About", "To", "Rung", "Messages"),
        Counter((each.service or "the authority", name_of(each), role_of(each), _rung(each)) for each in climbing),
    )  # fmt: skip
    yield _counted(
        "breaches", "Limits that pass, by week", "A limit passes on the day after its legal day, unless it was met or "
        "an exception lifts it.", ("Week from", "Limit", "Cases"),
        Counter((_monday(day), row.limit) for _, row, day in late),
    )  # fmt: skip
    yield _counted(
        "families", "Letters to families", "Nobody approves a letter in a rehearsal: what waits for an officer stays "
        "where it is, and its day is that of the draft.", ("Week from", "About", "What becomes of it", "Letters"),
        Counter((_monday(london_day(each.at)), about_of(each), each.became) for each in _to_families(rehearsal)),
    )  # fmt: skip
    yield _to_a_head(rehearsal, late)


def _drawn(number: int, late: int, per_week: float) -> str:
    return (
        f"{number} new requests ({per_week:.1f} a week) are drawn, not real: their mail references begin with {NEW}, "
        f"and {late} of the limits that pass are theirs."
    )


def _to_families(rehearsal: Rehearsal) -> Sequence[ToFamily]:
    return [letter for each in rehearsal.walked for letter in each.family]


def _families(rehearsal: Rehearsal) -> str:
    became = Counter(each.became for each in _to_families(rehearsal))
    return (
        f"Letters to families: {became[BY_ITSELF]} go by themselves, {became[BY_HAND]} an officer prints and posts, "
        f"{became[LOOKED_AT]} wait for an officer to approve them, {became[NO_LONGER]} are dropped again."
    )


def _counted(name: str, title: str, note: str, columns: tuple[str, ...], counts: Counter[tuple[Cell, ...]]) -> Table:
    return Table(name, title, note, columns, tuple((*key, number) for key, number in sorted(counts.items(), key=str)))


def _people(mails: Sequence[Mail]) -> Table:
    """Whoever gets most mail first: how much comes on their worst day."""
    said, most = Counter(mail.to for mail in mails), defaultdict[str, Counter[date]](Counter[date])
    services = {mail.to: mail.service for mail in mails}
    for mail in mails:
        most[mail.to][_day(mail)] += 1
    letters = Counter(to for _, to, _ in _letters(mails))
    worst = {to: max(days.items(), key=lambda each: (each[1], -each[0].toordinal())) for to, days in most.items()}
    rows = tuple(
        (to, services[to], letters[to], number, worst[to][1], worst[to][0]) for to, number in said.most_common()
    )
    columns = ("To", "Service", "Letters", "Messages", "Most in one day", "On")
    return Table("people", "Who is written to", "A day's messages to one person are one letter.", columns, rows)


def _busiest(mails: Sequence[Mail]) -> Table:
    letters, said = Counter(day for day, *_ in _letters(mails)), Counter(map(_day, mails))
    rows = tuple((day, number, said[day]) for day, number in letters.most_common(_MOST_DAYS))
    return Table("days", "Busiest days", "", ("Day", "Letters", "Messages"), rows)


def _to_a_head(rehearsal: Rehearsal, late: Iterable[tuple[Walked, Deadline, date]]) -> Table:
    """The cases of which most has to be said above the officer's head."""
    passed: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for walked, row, day in late:
        passed[walked.case.process.mail_ref].append((day, row.limit))
    found = [
        (sum(mail.kind in UP for mail in each.mails), each.case.process, sorted(passed[each.case.process.mail_ref]))
        for each in rehearsal.walked
    ]
    heads = sorted((each for each in found if each[0]), key=lambda each: (-each[0], each[1].mail_ref))
    rows = tuple(
        (process.mail_ref, process.team or "", number, len(limits), limits[0][0] if limits else "")
        for number, process, limits in islice(heads, _MOST_CASES)
    )
    columns = ("Mail reference", "Team", "Messages that climb", "Limits that pass", "First on")
    return Table(
        "cases",
        "Cases that come to a head",
        f"At most {_MOST_CASES}. Those that begin with {NEW} were drawn.",
        columns,
        rows,
    )


def _late(rehearsal: Rehearsal) -> Iterator[tuple[Walked, Deadline, date]]:
    """Every limit of law whose day passes within the rehearsal, and the day after it."""
    first, last = rehearsal.asked.first, rehearsal.asked.last
    for walked in rehearsal.walked:
        for row in walked.deadlines:
            if row.state in LATE and row.legal_due and first <= row.legal_due + _DAY <= last:
                yield walked, row, row.legal_due + _DAY


def _letters(mails: Sequence[Mail]) -> Sequence[tuple[date, str, str]]:
    """Each letter: its day, to whom, and what makes it one of its own."""
    return list(dict.fromkeys((_day(mail), mail.to, mail.key if mail.urgent else "") for mail in mails))


def _day(mail: Mail) -> date:
    return london_day(mail.at)


def _rung(mail: Mail) -> str:
    """Without the day that some rungs carry in their name."""
    return mail.rung.partition("@")[0]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
