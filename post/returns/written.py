"""What was written, as a text that can be shown and kept: no markup, nothing that no database takes."""

import re
from html import unescape

LONGEST_TEXT = 20_000
_TAG = re.compile(r"<(/?[a-zA-Z!][^\s<>/]{0,20})[^<>]{0,2000}>")
_BREAKING = frozenset({"br", "/p", "/div", "/tr", "/li", "/h1", "/h2", "/h3", "/h4", "/table"})
_UNSEEN = frozenset({"style", "script", "head", "title"})
_MANY_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Printable text with its line ends, at most LONGEST_TEXT signs, without rows of empty lines."""
    lines = text[: 4 * LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = ("".join(sign if sign.isprintable() else " " for sign in line).rstrip() for line in lines)
    return _MANY_LINES.sub("\n\n", "\n".join(seen)).strip()[:LONGEST_TEXT]


def page_text(page: str) -> str:
    """The words of a page of HTML. In one pass: what a hostile page leaves open costs nothing."""
    words: list[str] = []
    unseen, end = "", 0
    for match in _TAG.finditer(page):
        if not unseen:
            words.append(page[end : match.start()])
        end = match.end()
        name = match.group(1).lower()
        if not unseen and name in _UNSEEN:
            unseen = f"/{name}"
        elif name == unseen:
            unseen = ""
        if name in _BREAKING:
            words.append("\n")
    if not unseen:
        words.append(page[end:])
    return unescape("".join(words))
