"""Where everything in a picture stands: kept apart by arithmetic, so that no label ever covers another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from web.pictures.letters import width_of, wrapped
from web.pictures.shapes import LOOK_WORDS, Lane, Line, Look, Mark, Picture, Tone

GAP = 8.0
AXIS, MARKS, LEGEND = -1, -2, -3
"""In place of the number of a lane: what stands outside the lanes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: a wide one has the titles beside the bars, a narrow one (`stacked`) above them."""

    name: str
    width: float
    left: float
    right: float
    size: float = 13.0
    bar: float = 20.0
    stacked: bool = False

    @property
    def leading(self) -> float:
        """From one line of words to the next."""
        return self.size + 4


WIDE = Sheet("wide", 960, 200, 946)
NARROW = Sheet("narrow", 360, 8, 352, stacked=True)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words; `x` is its left edge (its right one with `end`), `y` its foot, `lane` where it belongs."""

    x: float
    y: float
    words: str
    size: float
    lane: int
    tone: Tone = Tone.PLAIN
    bold: bool = False
    end: bool = False

    @property
    def width(self) -> float:
        """About how wide it is."""
        return width_of(self.words, self.size, self.bold)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        left = self.x - self.width if self.end else self.x
        return left, self.y - self.size * 0.8, left + self.width, self.y + self.size * 0.22


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of one look."""

    x: float
    y: float
    width: float
    height: float
    look: Look


@dataclass(frozen=True, slots=True)
class Upright:
    """A line from top to bottom; `kind` is that of a mark, "week" for the grid, or "due" for a tick in a lane."""

    x: float
    top: float
    bottom: float
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Where something was done."""

    x: float
    y: float


@dataclass(slots=True)
class Drawing:
    """A picture laid out on a sheet."""

    picture: Picture
    sheet: Sheet
    height: float = 0.0
    words: list[Words] = field(default_factory=list[Words])
    bars: list[Bar] = field(default_factory=list[Bar])
    uprights: list[Upright] = field(default_factory=list[Upright])
    dots: list[Dot] = field(default_factory=list[Dot])

    def x(self, day: date) -> float:
        """Where a day stands; a day outside the axis stands at its edge."""
        picture, sheet = self.picture, self.sheet
        part = (day - picture.first).days / max((picture.last - picture.first).days, 1)
        return sheet.left + min(max(part, 0.0), 1.0) * (sheet.right - sheet.left)


def lay_out(picture: Picture, sheet: Sheet) -> Drawing:
    """The picture on that sheet."""
    drawing = Drawing(picture, sheet)
    starts = list(_marks(drawing))
    top = (max(starts, default=0.0) if starts else 0.0) + 10
    strong, y = top, top
    for number, lane in enumerate(picture.lanes):
        # The lines of the law end with the bar: below it they would run through words.
        strong = y + _head(sheet) + sheet.bar + 4 if lane.strong else strong
        y = _lane(drawing, lane, number, y)
    _lines_of_marks(drawing, starts, strong, y)
    _weeks(drawing, top, y)
    y = _axis(drawing, y)
    drawing.height = _legend(drawing, y) + 6
    return drawing


def _head(sheet: Sheet) -> float:
    """How much of a lane its title takes above the bar."""
    return sheet.leading + 3 if sheet.stacked else 0.0


# Marks: the names of days, above the lanes


def _marks(drawing: Drawing) -> Iterator[float]:
    """Put down the label of each mark, in rows downwards; yields the foot of each, in order of the marks."""
    sheet, rows = drawing.sheet, list[list[Words]]()
    for mark in drawing.picture.marks:
        label, row = _place_mark(drawing, mark, rows)
        if row == len(rows):
            rows.append([])
        rows[row].append(label)
        foot = sheet.leading * (row + 1)
        drawing.words.append(Words(label.x, foot, label.words, label.size, MARKS, label.tone, label.bold))
        yield foot


def _place_mark(drawing: Drawing, mark: Mark, rows: Sequence[Sequence[Words]]) -> tuple[Words, int]:
    """The label at the right of its line, else at the left of it, in the first row in which it covers nothing."""
    sheet, at = drawing.sheet, drawing.x(mark.day)
    bold = mark.line in (Line.LIMIT, Line.EVENT, Line.TODAY)
    size = sheet.size - 1 if sheet.stacked else sheet.size
    width = width_of(mark.label, size, bold)
    places = [x for x in (at + 4, at - 4 - width) if x >= 2 and x + width <= sheet.width - 2]
    places = places or [max(2.0, sheet.width - 2 - width)]
    tone = {Line.TODAY: Tone.LATE, Line.IF: Tone.QUIET, Line.NORM: Tone.QUIET}.get(mark.line, Tone.PLAIN)
    labels = [Words(x, 0, mark.label, size, MARKS, tone, bold) for x in places]
    for number, row in enumerate(rows):
        for label in labels:
            if all(_apart(label, other) for other in row):
                return label, number
    return labels[0], len(rows)


def _apart(one: Words, other: Words) -> bool:
    return one.x > other.x + other.width + GAP or other.x > one.x + one.width + GAP


def _lines_of_marks(drawing: Drawing, starts: Sequence[float], strong: float, bottom: float) -> None:
    for mark, start in zip(drawing.picture.marks, starts, strict=True):
        foot = bottom if mark.line in (Line.TODAY, Line.EVENT) else strong
        drawing.uprights.append(Upright(drawing.x(mark.day), start - drawing.sheet.size + 2, foot, mark.line.value))


# Lanes


def _lane(drawing: Drawing, lane: Lane, number: int, top: float) -> float:
    """Put down one lane and return where the next begins."""
    sheet = drawing.sheet
    y, beside = _title(drawing, lane, number, top)
    if lane.spans or lane.ticks:
        _bars(drawing, lane, y)
        y += sheet.bar
    for note in lane.notes:
        y = _note(drawing, lane, number, note.words, note.tone, y)
    return max(y, beside) + 12


def _title(drawing: Drawing, lane: Lane, number: int, top: float) -> tuple[float, float]:
    """Put down the title; returns where the bar begins and where the title ends."""
    sheet = drawing.sheet
    room = sheet.width - 16 if sheet.stacked else sheet.left - 24
    y = top
    for line in wrapped(lane.title, sheet.size + 1, room, lane.strong or sheet.stacked):
        y += sheet.leading
        bold = lane.strong or sheet.stacked
        x = 8.0 if sheet.stacked else sheet.left - 12
        drawing.words.append(Words(x, y - 3, line, sheet.size + 1, number, bold=bold, end=not sheet.stacked))
    return (y + 3, y) if sheet.stacked else (top, y)


def _bars(drawing: Drawing, lane: Lane, y: float) -> None:
    sheet = drawing.sheet
    for span in lane.spans:
        left, right = drawing.x(span.first), drawing.x(span.last)
        if right > left:
            drawing.bars.append(Bar(left, y, right - left, sheet.bar, span.look))
    for tick in lane.ticks:
        if tick.due:
            drawing.uprights.append(Upright(drawing.x(tick.day), y - 4, y + sheet.bar + 4, "due"))
        else:
            drawing.dots.append(Dot(drawing.x(tick.day), y + sheet.bar / 2))


def _note(drawing: Drawing, lane: Lane, number: int, words: str, tone: Tone, y: float) -> float:
    sheet = drawing.sheet
    begin = sheet.left if sheet.stacked else min((drawing.x(span.first) for span in lane.spans), default=sheet.left)
    for line in wrapped(words, sheet.size, sheet.right - sheet.left):
        y += sheet.leading
        x = max(min(begin, sheet.right - width_of(line, sheet.size)), sheet.left)
        drawing.words.append(Words(x, y, line, sheet.size, number, tone))
    return y


# The axis: weeks, months, what they are counted from


def _weeks(drawing: Drawing, top: float, bottom: float) -> None:
    for day in _week_days(drawing):
        drawing.uprights.append(Upright(drawing.x(day), top, bottom, "week"))


def _week_days(drawing: Drawing) -> Iterator[date]:
    """The days of the grid, at the fewest weeks that leave room for their numbers."""
    picture, sheet = drawing.picture, drawing.sheet
    a_week = (sheet.right - sheet.left) * 7 / max((picture.last - picture.first).days, 1)
    step = next((step for step in (1, 2, 4, 8, 13, 26, 52) if step * a_week >= 34), 104)
    day = picture.zero + timedelta(weeks=step * -((picture.zero - picture.first).days // (7 * step)))
    while day <= picture.last:
        if day >= picture.first:
            yield day
        day += timedelta(weeks=step)


def _axis(drawing: Drawing, y: float) -> float:
    picture, sheet = drawing.picture, drawing.sheet
    y += sheet.leading
    for day in _week_days(drawing):
        number = str((day - picture.zero).days // 7).replace("-", "−")
        _centred(drawing, number, drawing.x(day), y)
    y = _months(drawing, y)
    for line in wrapped(picture.axis, sheet.size, sheet.right - sheet.left):
        y += sheet.leading
        drawing.words.append(Words(sheet.left, y, line, sheet.size, AXIS, Tone.QUIET))
    return y


def _months(drawing: Drawing, y: float) -> float:
    """The names of the months that begin, each where there is room for it."""
    picture, sheet = drawing.picture, drawing.sheet
    y, behind = y + sheet.leading, 0.0
    day = date(picture.first.year, picture.first.month, 1)
    while day <= picture.last:
        name = f"{day:%b %Y}" if day.month == 1 else f"{day:%b}"
        x = drawing.x(day)
        if day >= picture.first and x >= behind and x + width_of(name, sheet.size) <= sheet.width:
            drawing.words.append(Words(x, y, name, sheet.size, AXIS, Tone.QUIET))
            behind = x + width_of(name, sheet.size) + GAP
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return y


def _centred(drawing: Drawing, words: str, at: float, y: float) -> None:
    sheet = drawing.sheet
    width = width_of(words, sheet.size)
    x = min(max(at - width / 2, 1.0), sheet.width - width - 1)
    drawing.words.append(Words(x, y, words, sheet.size, AXIS, Tone.QUIET))


# The legend: which pattern means what


def _legend(drawing: Drawing, y: float) -> float:
    sheet, x = drawing.sheet, drawing.sheet.left
    y += sheet.leading + 8
    for look in drawing.picture.looks:
        width = width_of(LOOK_WORDS[look], sheet.size)
        if x + 28 + width > sheet.right:
            x, y = sheet.left, y + sheet.leading + 2
        drawing.bars.append(Bar(x, y - 11, 22, 13, look))
        drawing.words.append(Words(x + 28, y, LOOK_WORDS[look], sheet.size, LEGEND, Tone.QUIET))
        x += 28 + width + 20
    return y
