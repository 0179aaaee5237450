"""A drawing written as SVG: no style attributes (our pages forbid them), patterns that print in grey."""

from collections.abc import Iterator

from markupsafe import Markup

from web.pictures.layout import NARROW, WIDE, Bar, Dot, Drawing, Upright, Words, lay_out
from web.pictures.shapes import Look, Picture, Tone

_INK, _QUIET = "#0b0c0c", "#484949"
_TONES = {Tone.PLAIN: _INK, Tone.GOOD: "#00572f", Tone.LATE: "#942514", Tone.QUIET: _QUIET}
PATTERNS = {
    Look.DONE: ("#00703c", "", "", "#00703c"),
    Look.UNDER_WAY: ("#1d70b8", "#ffffff", "M0 4H8", "#1d70b8"),
    Look.LATE: ("#ffffff", "#ca3535", "M-2 2L2 -2M0 8L8 0M6 10L10 6", "#ca3535"),
    Look.LIFTED: ("#ffffff", "#54319f", "M2 2h2M6 6h2", "#54319f"),
    Look.TO_COME: ("#eef4fa", "", "", "#1d70b8"),
    Look.WINDOW: ("#ffffff", "#0b3c49", "M2 0V8M6 0V8", "#0b3c49"),
    Look.REPLACED: ("#f4f4f4", "", "", "#484949"),
}
"""Of each look: base colour, colour of the lines on it, their path in a square of 8, colour of the edge."""

_DASHED = {Look.TO_COME, Look.REPLACED}
# Colour, width and dashes of an upright line.
_UPRIGHTS = {
    "limit": (_INK, 2, ""),
    "event": (_INK, 1.5, "8 3"),
    "if": (_INK, 2, "4 4"),
    "norm": (_QUIET, 1.5, "1 3"),
    "today": ("#b5520d", 3, ""),
    "due": (_INK, 2, ""),
    "week": ("#e0e2e3", 1, ""),
}


def both(picture: Picture, name: str) -> Markup:
    """The picture for a desk and for paper, and the one for a telephone; style sheets show one of them."""
    return svg(lay_out(picture, WIDE), name) + svg(lay_out(picture, NARROW), name)


def svg(drawing: Drawing, name: str) -> Markup:
    """The drawing as an image with a title and a description; `name` keeps its ids apart from others in the page."""
    sheet, key = drawing.sheet, f"{name}-{drawing.sheet.name}"
    head = Markup(
        '<svg class="app-case-picture__{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t" '
        'aria-describedby="{}-d" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
    ).format(
        sheet.name,
        _n(sheet.width),
        _n(drawing.height),
        key,
        key,
        key,
        drawing.picture.title,
        key,
        " ".join(drawing.picture.says()),
    )
    return head + Markup("").join(_inside(drawing, key)) + Markup("</svg>")


def _inside(drawing: Drawing, key: str) -> Iterator[Markup]:
    yield _patterns(drawing, key)
    background = [each for each in drawing.uprights if each.kind == "week"]
    yield from map(_upright, background)
    yield from (_bar(bar, key) for bar in drawing.bars)
    # Today lies over the bars, and words over everything.
    yield from (_upright(each) for each in drawing.uprights if each.kind != "week")
    yield from map(_dot, drawing.dots)
    yield from map(_words, drawing.words)


def _patterns(drawing: Drawing, key: str) -> Markup:
    used = [look for look in Look if any(bar.look is look for bar in drawing.bars)]
    made = Markup("").join(_pattern(look, key) for look in used if PATTERNS[look][2])
    return Markup("<defs>{}</defs>").format(made) if made else Markup()


def _pattern(look: Look, key: str) -> Markup:
    base, lines, path, _ = PATTERNS[look]
    return Markup(
        '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{}"/>'
        '<path d="{}" stroke="{}" stroke-width="{}"/></pattern>'
    ).format(key, look.value, base, path, lines, 1.2 if look is Look.UNDER_WAY else 2)


def _bar(bar: Bar, key: str) -> Markup:
    base, _, path, edge = PATTERNS[bar.look]
    fill = f"url(#{key}-{bar.look.value})" if path else base
    dashes = Markup(' stroke-dasharray="4 3"') if bar.look in _DASHED else Markup()
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"{}/>').format(
        _n(bar.x), _n(bar.y), _n(bar.width), _n(bar.height), fill, edge, dashes
    )


def _upright(line: Upright) -> Markup:
    colour, width, dashes = _UPRIGHTS[line.kind]
    dashed = Markup(' stroke-dasharray="{}"').format(dashes) if dashes else Markup()
    return Markup('<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}" stroke-width="{4}"{5}/>').format(
        _n(line.x), _n(line.top), _n(line.bottom), colour, width, dashed
    )


def _dot(dot: Dot) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="5" fill="#ffffff" stroke="#0b0c0c" stroke-width="2"/>').format(
        _n(dot.x), _n(dot.y)
    )


def _words(words: Words) -> Markup:
    bold = Markup(' font-weight="700"') if words.bold else Markup()
    end = Markup(' text-anchor="end"') if words.end else Markup()
    return Markup(
        '<text x="{}" y="{}" font-size="{}" fill="{}"{}{} stroke="#ffffff" stroke-width="4" stroke-linejoin="round" '
        'paint-order="stroke">{}</text>'
    ).format(_n(words.x), _n(words.y), _n(words.size), _TONES[words.tone], bold, end, words.words)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
