"""What a picture of a case shows, in days and words: lanes of spans, marks on the axis, and what is said of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Look(StrEnum):
    """How a stretch of time stands. Each has a pattern of its own, so that it can be told apart in grey."""

    DONE = "done"
    UNDER_WAY = "under-way"
    LATE = "late"
    LIFTED = "lifted"
    TO_COME = "to-come"
    WINDOW = "window"
    REPLACED = "replaced"


LOOK_WORDS = {
    Look.DONE: "done",
    Look.UNDER_WAY: "under way",
    Look.LATE: "late",
    Look.LIFTED: "limit lifted",
    Look.TO_COME: "still to come",
    Look.WINDOW: "the family's time",
    Look.REPLACED: "other days set",
}


class Tone(StrEnum):
    """In which colour something is said: the words say the same."""

    PLAIN = "plain"
    GOOD = "good"
    LATE = "late"
    QUIET = "quiet"


class Line(StrEnum):
    """What a mark stands for: a day of the law, one that binds on a condition, a norm, something that is, today."""

    LIMIT = "limit"
    EVENT = "event"
    IF = "if"
    NORM = "norm"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a lane from one day up to another."""

    first: date
    last: date
    look: Look


@dataclass(frozen=True, slots=True)
class Tick:
    """A day in one lane: its last lawful day (`due`), or the day on which something was done."""

    day: date
    due: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """One line of words under a lane."""

    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Lane:
    """One duty, service or window: its spans, its ticks, and what came of it in words."""

    title: str
    spans: tuple[Span, ...] = ()
    ticks: tuple[Tick, ...] = ()
    notes: tuple[Note, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that is named above the lanes."""

    day: date
    label: str
    line: Line


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture. Weeks are counted from `zero`; the axis shows from `first` up to `last`."""

    title: str
    sentences: tuple[str, ...]
    zero: date
    axis: str
    first: date
    last: date
    today: date
    marks: tuple[Mark, ...] = ()
    lanes: tuple[Lane, ...] = ()
    looks: tuple[Look, ...] = field(default=())

    def says(self) -> Iterator[str]:
        """Everything that it shows, in sentences, for whoever does not see it."""
        yield from self.sentences
        for lane in self.lanes:
            said = "; ".join(note.words for note in lane.notes)
            yield f"{lane.title}: {said}." if said else f"{lane.title}."


def spans_until(
    start: date, due: date | None, done: date | None, now: date, late: Look = Look.LATE
) -> tuple[Span, ...]:
    """The spans of one duty from its start: in time, then late, then what is left of its time.

    `late` is how the time after the last lawful day looks: it may be lifted. Days after `now` are still to come.
    """
    until = done or now
    bound = until if due is None else min(until, due)
    found = [Span(start, bound, Look.DONE if done else Look.UNDER_WAY)] if bound > start else []
    if due is not None and until > due:
        found.append(Span(max(due, start), until, late))
    if done is None and due is not None and due > now:
        found.append(Span(max(now, start), due, Look.TO_COME))
    return tuple(found)
