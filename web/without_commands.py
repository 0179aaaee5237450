"""What casework says names commands for whoever types them; a page says where one clicks instead."""

import re
from collections.abc import Sequence

_CLICKED: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"'ehcp calendar remove working \S+' makes it", "Remove that entry from the calendar: that makes it"),
        (r"'ehcp calendar remove bank-holiday \S+' takes it back", "Remove it from the calendar to take it back"),
        (r"'ehcp calendar' takes term dates", "Add term dates on the page 'Calendar'"),
        (r"'ehcp officers import' adds staff to the directory", "Staff are added on the page 'People'"),
        (r"'ehcp settings import' adds it", "It is added on the page 'People'"),
        (r"'ehcp reviews term-lists' shows those there are", "The page 'Term lists' shows those there are"),
        (r"'ehcp messages --status failed' lists them", "the page 'Mail refused' shows the addresses"),
        (r"'ehcp calendar terms FILE'", "term dates on the page 'Calendar'"),
        (r"[Ii]mport it with 'ehcp settings import'", "add it on the page 'People'"),
        (r"(Add|add) (it|the officer) with 'ehcp [\w|]+ import'", r"\1 \2 on the page 'People'"),
        (r"Record on it with 'ehcp record'", "Find it and record on it"),
        (r", or give it to 'ehcp record-many'", ""),
        (r"rejects files", "the list of what is not timed"),
    )
)


def without_commands(sentence: str) -> str:
    """A sentence with the page on which to do it in the place of the command; others as they are."""
    for pattern, words in _CLICKED:
        sentence = pattern.sub(words, sentence)
    return sentence
