"""The handbook of the scorecard, written from the measures: `python -m scorecard.handbook > docs/scorecard.md`."""

import sys
from collections.abc import Iterator

from scorecard.handbook_words import COMPARING, FROZEN, HEAD, LOOKING, PACKS, READING, STATUS
from scorecard.measure import Group, Measure, Shape, Span
from scorecard.measures import MEASURES
from scorecard.words import BETTER, CADENCES, target_words

_SPANS = {
    Span.MONTH: "the days of the month",
    Span.YEAR: "from 1 January to the end of the month",
    Span.DAY: "as things stand at the end of the month",
}
_SHAPES = {
    Shape.COUNT: "how many",
    Shape.SHARE: "how many of how many, in per cent with one decimal",
    Shape.MEAN: "the mean, in {unit}",
    Shape.MEDIAN: "the median, in {unit}",
    Shape.FED: "entered or imported",
}


def handbook() -> str:
    """The whole handbook as Markdown."""
    parts = [HEAD, LOOKING, READING, FROZEN, STATUS, PACKS, COMPARING, *_measures()]
    return "\n\n".join(parts) + "\n"


def _measures() -> Iterator[str]:
    yield "## The measures"
    verified = sum(each.verified for each in MEASURES)
    yield (
        f"{len(MEASURES)} measures; of {len(MEASURES) - verified} the definition is unverified: what is counted is our "
        "reading, which is given."
    )
    for group in Group:
        yield f"### {group.value}"
        yield from (_measure(each) for each in MEASURES if each.group is group)


def _measure(measure: Measure) -> str:
    lines = [f"- **{name}:** {text}" for name, text in _about(measure) if text]
    return "\n".join([f"#### `{measure.id}`: {measure.name}\n", measure.definition, "", *lines])


def _about(measure: Measure) -> Iterator[tuple[str, str]]:
    yield "Figure", f"{_shape(measure)}; {_SPANS[measure.span]}{_parts(measure)}"
    yield "Source", measure.source.value
    yield "Looked at", f"{CADENCES[measure.cadence].lower()}, by the {measure.owner}"
    yield "Target", target_words(measure, measure.target).lower() if measure.target is not None else "none of its own"
    yield "Direction", BETTER[measure.better]
    yield "The department's columns", _columns(measure)
    yield "Holds", _years(measure)
    yield ("Our reading" if measure.verified else "Definition unverified; our reading"), measure.reading
    yield "Left out", "; ".join(each.why for each in measure.left_out)
    yield "Shown to", "line managers only, never in packs, the API or a frozen month" if measure.for_managers else ""


def _shape(measure: Measure) -> str:
    told = _SHAPES.get(measure.shape, f"the {measure.shape.value}, in {{unit}}").format(unit=measure.unit)
    return f"{told}, in {measure.unit}" if measure.shape is Shape.FED and measure.unit else told


def _parts(measure: Measure) -> str:
    return "; also by its parts" if measure.parts else ""


def _columns(measure: Measure) -> str:
    counted, *of = [f"`{each}`" for each in measure.columns] or [""]
    return f"{counted} of {' + '.join(of)}" if of else counted


def _years(measure: Measure) -> str:
    if measure.since:
        return f"since the calendar year {measure.since - 1} (the department's release of {measure.since})"
    if measure.until < 9999:
        return f"up to the calendar year {measure.until - 1} (the department's release of {measure.until})"
    return ""


if __name__ == "__main__":
    sys.stdout.write(handbook())
