"""Subject lines: one piece of news by name, several counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from post.items import Kind
from post.telling import Telling
from post.wording import is_of_reviews

LONGEST = 77
_ADVICE = frozenset(
    {
        *(Kind.STOP, Kind.RESUME, Kind.PASSED_ON, Kind.AWAY, Kind.RECEIPT, Kind.DANGER, Kind.ESCALATE),
        *(Kind.CHASE, Kind.REQUEST, Kind.ANNOUNCE, Kind.WEEKLY),
    }
)
_MOST_URGENT_FIRST = (
    "overdue",
    "at risk",
    "due today",
    "due this week",
    "due later",
    "to look at",
    "lists to send",
    "new",
    "due next term",
    "to know",
)


def subject_of(tellings: Sequence[Telling]) -> str:
    """At most 77 characters:

    `Advice due Friday 4 December 2026: K7F-3QX9`, `EHC advice: 3 overdue, 2 new`.
    """
    if len(tellings) == 1:
        return tellings[0].say(tellings[0].news.subject)
    subject = f"EHC {_about(tellings)}: "
    parts = [f"{number:,} {tally}" for tally, number in _tallies(tellings)]
    while len(subject + ", ".join(parts)) > LONGEST:
        parts.pop()
    return subject + ", ".join(parts)


def _about(tellings: Sequence[Telling]) -> str:
    reviews = [is_of_reviews(t.item) for t in tellings]
    if any(reviews):
        return "reviews" if all(reviews) else "cases"
    asked = all(t.item.kind in _ADVICE and t.item.limit != "code_consultation" for t in tellings)
    return "advice" if asked else "cases"


def _tallies(tellings: Sequence[Telling]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for telling in tellings:
        counts[_tally(telling)] += telling.item.count or 1
    rank = {tally: place for place, tally in enumerate(_MOST_URGENT_FIRST)}
    return sorted(counts.items(), key=lambda tally: rank.get(tally[0], len(rank)))


def _tally(telling: Telling) -> str:
    due, day = telling.item.due, telling.day
    if telling.news.tally != "due" or due is None:
        return telling.news.tally
    if due == day:
        return "due today"
    sunday = day + timedelta(days=6 - day.weekday())
    return "due this week" if due <= sunday else "due later"
