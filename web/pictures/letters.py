"""About how wide words are, so that labels can be kept apart without a browser."""

from collections.abc import Iterator

# Widths in hundredths of the letter's height, of a wide sans-serif face: a narrower one leaves air.
_NARROW = dict.fromkeys("iljI.,:;'|! ", 33) | dict.fromkeys("ftr()-·/", 43)
_WIDE = dict.fromkeys("mwMW%@", 96) | dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&", 74)
_WIDTHS = {**_NARROW, **_WIDE}
_OTHER = 62
_BOLD = 1.1


def width_of(words: str, size: float, bold: bool = False) -> float:
    """How wide a line of words is, in the units of `size`; rather too much than too little."""
    hundredths = sum(_WIDTHS.get(letter, _OTHER) for letter in words)
    return hundredths / 100 * size * (_BOLD if bold else 1)


def wrapped(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The words in lines that fit into `room`; a single word that is longer stands alone."""
    return list(_lines(words.split(), size, room, bold)) or [""]


def _lines(words: list[str], size: float, room: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line
