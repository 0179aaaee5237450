"""The days on which an assessment was over and yet went on later: a refusal was changed, or a closing undone.

What ended it in the end is no gap: the counted row has the day of that. A reopening undoes a closing from its own day
on: on the days before the case had ended, and as what it had ended is told here as well.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from statute.endings import closes
from statute.facts import Fact
from statute.kinds import ENDS, REFUSALS, VOIDS
from statute.standing import as_now_known, in_order

_GOES_ON = frozenset({"reopened", "refusal_changed"})


def gaps(facts: Sequence[Fact], ended_on: date | None) -> str | None:
    """The gaps before the day on which the assessment ended (None: it is open), in the words of Postgres.

    Each from the day of the closing up to the day before the case went on. None where there are none.
    """
    if _GOES_ON.isdisjoint(fact.kind for fact in facts):
        return None
    found: list[str] = []
    closings: list[Fact] = []
    since: date | None = None
    for fact in sorted(as_now_known(facts), key=in_order):
        closings = _after(fact, closings)
        if closings and since is None:
            since = fact.day
        elif not closings and since is not None:
            found += _days(since, fact.day)
            since = None
    if since is not None and ended_on is not None:
        found += _days(since, ended_on)
    return f"{{{','.join(found)}}}" if found else None


def undone(facts: Sequence[Fact]) -> Iterator[tuple[Fact, date]]:
    """What had ended the assessment until it was reopened, each with the day of that.

    Not a refusal, which stays one; nor that it was opened in error, which was not so.
    """
    if not any(fact.kind == "reopened" for fact in facts):
        return
    closings: list[Fact] = []
    for fact in sorted(as_now_known(facts), key=in_order):
        if fact.kind == "reopened" and closings and closings[0].kind not in REFUSALS | VOIDS:
            yield closings[0], fact.day
        closings = _after(fact, closings)


def _after(fact: Fact, closings: list[Fact]) -> list[Fact]:
    """What closes the case once the fact has happened: the change of a refusal undoes refusals alone."""
    if fact.kind == "reopened":
        return []
    if fact.kind == "refusal_changed":
        return [each for each in closings if each.kind not in REFUSALS]
    return [*closings, fact] if fact.kind in ENDS and closes(fact) else closings


def _days(first: date, after: date) -> list[str]:
    return [f"[{first},{after})"] if first < after else []
