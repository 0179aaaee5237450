"""How high a row of a workbook must be for its texts. Not every program that opens or prints one works that out."""

from collections.abc import Sequence
from textwrap import wrap

LINE_POINTS = 15


def points_for(cells: Sequence[object], widths: Sequence[float]) -> float:
    """The height in points for the longest text of a row, in columns so many characters wide; one line at least."""
    texts = ((cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str))
    return LINE_POINTS * max((_lines(text, width) for text, width in texts), default=1)


def _lines(text: str, width: float) -> int:
    return max(1, len(wrap(text, max(1, int(width) - 1))))
