"""What every chart is drawn with: a sheet, a scale, lines, marks and words.

No style attributes (our pages forbid them): colours are attributes of the drawing, so that it looks the same in a
page, in a pack and on paper; it lies on white, so that it can be read on a dark screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

INK, QUIET, FAINT, PAPER = "#0b0c0c", "#484949", "#c8ccce", "#ffffff"
BLUE, GREEN, RED, ORANGE = "#1d70b8", "#00703c", "#942514", "#b5520d"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of a drawing, and the margins round the field in which values are drawn."""

    width: float = 760
    height: float = 320
    left: float = 56
    right: float = 20
    top: float = 28
    bottom: float = 48

    @property
    def floor(self) -> float:
        """Where nought is."""
        return self.height - self.bottom

    @property
    def field(self) -> float:
        """How wide the field is."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on the height of a sheet."""

    sheet: Sheet
    low: float
    high: float

    def y(self, value: float) -> float:
        """Where a value is."""
        share = (value - self.low) / (self.high - self.low)
        return self.sheet.floor - share * (self.sheet.floor - self.sheet.top)

    @property
    def ticks(self) -> list[float]:
        """Round values, the lowest and the highest among them."""
        step = _step(self.high - self.low)
        return [self.low + step * number for number in range(round((self.high - self.low) / step) + 1)]


def scale_of(sheet: Sheet, values: Iterable[float], *, whole: bool = False) -> Scale:
    """A scale from nought (or below, where values are) to a round value above them all; `whole`: to a hundred."""
    known = [*values, 0.0]
    high, low = 100.0 if whole else max(known), min(known)
    step = _step(max(high - low, 1.0))
    return Scale(sheet, -step * -(low // step), step * max(1, -(-high // step)))


def _step(reach: float) -> float:
    """A round step of which at most six make up the reach."""
    size = 1.0
    while True:
        for each in (1, 2, 5):
            if reach <= 6 * each * size:
                return each * size
        size *= 10


def image(sheet: Sheet, name: str, title: str, says: str, inside: Iterable[Markup]) -> Markup:
    """A drawing with a title and a description; `name` keeps its ids apart from others in the page."""
    return Markup(
        '<svg class="app-chart__picture" viewBox="0 0 {0} {1}" role="img" aria-labelledby="{2}-t" '
        'aria-describedby="{2}-d" xmlns="http://www.w3.org/2000/svg"><title id="{2}-t">{3}</title>'
        '<desc id="{2}-d">{4}</desc><rect width="{0}" height="{1}" fill="{5}"/>{6}</svg>'
    ).format(number(sheet.width), number(sheet.height), name, title, says, PAPER, Markup("").join(inside))


def line(x1: float, y1: float, x2: float, y2: float, colour: str = INK, width: float = 1, dashes: str = "") -> Markup:
    """A straight line."""
    dashed = Markup(' stroke-dasharray="{}"').format(dashes) if dashes else Markup()
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>').format(
        number(x1), number(y1), number(x2), number(y2), colour, number(width), dashed
    )


def path(points: Iterable[tuple[float, float]], colour: str = BLUE, width: float = 2) -> Markup:
    """A line through points."""
    through = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"/>').format(
        through, colour, number(width)
    )


def shape(points: Iterable[tuple[float, float]], fill: str, edge: str) -> Markup:
    """A closed shape."""
    round_it = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return Markup('<polygon points="{}" fill="{}" stroke="{}" stroke-width="2"/>').format(round_it, fill, edge)


def circle(x: float, y: float, radius: float, fill: str = INK, edge: str = INK) -> Markup:
    """A dot."""
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1.5"/>').format(
        number(x), number(y), number(radius), fill, edge
    )


def box(x: float, y: float, width: float, height: float, fill: str, edge: str) -> Markup:
    """A bar."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>').format(
        number(x), number(y), number(width), number(height), fill, edge
    )


def words(x: float, y: float, said: str, anchor: str = "start", colour: str = INK, size: float = 13) -> Markup:
    """A line of words, legible over lines."""
    return Markup(
        '<text x="{}" y="{}" font-size="{}" font-family="system-ui, Arial, sans-serif" text-anchor="{}" fill="{}" '
        'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{}</text>'
    ).format(number(x), number(y), number(size), anchor, colour, said)


def axis(scale: Scale, unit: str) -> list[Markup]:
    """The lines across the field with their values, and what they are in."""
    sheet = scale.sheet
    drawn = [words(4, 16, unit, colour=QUIET)]
    for value in scale.ticks:
        y = scale.y(value)
        drawn.append(line(sheet.left, y, sheet.width - sheet.right, y, FAINT))
        drawn.append(words(sheet.left - 8, y + 4, f"{value:,.0f}", "end", QUIET))
    return drawn


def every(number_of: int, most: int = 12) -> int:
    """Every how many columns one is named, so that at most `most` are."""
    return -(-number_of // most)


def number(value: float) -> str:
    """A number as drawings have it: one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")
