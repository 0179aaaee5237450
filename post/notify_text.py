"""A letter's plain text as GOV.UK Notify's Markdown, so that Notify shows what was meant.

Notify reads what is put in a template's fields as Markdown too: a line that begins with a figure and a full stop would
become a list that counts from one, a row of hyphens would make a heading of the line above, text between bars would
vanish as a table. Headings and lists of ours stay what they are; everything else is made to be shown as written.
"""

import re

from post.letters import Letter

_ADDRESS = re.compile(r"https?://\S+")
_CHARACTER = re.compile(r"&(?=#?[^\t\n\f <&#;]{1,32};)")
_UNDERLINE = re.compile(r"[-=]{3,}")
_BULLET = re.compile(r"[-*•] +(?=\S)")
# What begins a block in Notify's Markdown and can be said to be meant with a backslash: headings, rules, lists, fences,
# tables.
_BEGINS = re.compile(r"[-*+#~_`|]|\d+(?=\.)")
# And what cannot: quotations, bullets, underlines. A space without width stands before these.
_BEGINS_BARE = re.compile(r"[\^•=]")
_NO_WIDTH = "\u200b"


def body_of(letter: Letter) -> str:
    """What goes into the field `body`: the text without the title, which is the subject."""
    return as_markdown(letter.text.removeprefix(letter.subject))


def as_markdown(text: str) -> str:
    """Plain text as Notify's Markdown: a line underlined with hyphens is a heading, one after `- ` part of a list."""
    lines = [line.strip() for line in text.replace("\u2028", "\n").splitlines()]
    shaped: list[str] = []
    for place, line in enumerate(lines):
        before, after = (lines[place - 1] if place else ""), (lines[place + 1] if place + 1 < len(lines) else "")
        if _is_heading(line, after):
            shaped += ["", f"# {_inline(line)}", ""]
        elif not (_UNDERLINE.fullmatch(line) and _is_heading(before, line)):
            shaped += _shaped(line, before)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shaped)).strip()


def _is_heading(line: str, below: str) -> bool:
    # Notify takes number signs at the end of a heading for its end.
    return bool(line and _UNDERLINE.fullmatch(below) and len(below) == len(line) and not line.endswith("#"))


def _shaped(line: str, before: str) -> list[str]:
    bullet = _BULLET.match(line)
    if bullet:
        apart = [] if _BULLET.match(before) else [""]
        return [*apart, f"* {_begun(line[bullet.end() :])}"]
    # A list goes on until an empty line.
    apart = [""] if line and _BULLET.match(before) else []
    return [*apart, _begun(line)]


def _begun(line: str) -> str:
    """A line as it stands, whatever it begins with."""
    if _BEGINS_BARE.match(line):
        return _NO_WIDTH + _inline(line)
    begins = _BEGINS.match(line)
    if not begins:
        return _inline(line)
    head, rest = begins.group(), line[begins.end() :]
    # Of a figure it is the full stop behind it that makes the list.
    return f"{head}\\{rest[0]}{_inline(rest[1:])}" if head.isdigit() else f"\\{head}{_inline(rest)}"


def _inline(text: str) -> str:
    """Backslashes, brackets and bars as they stand; addresses of pages untouched, so that they become links."""
    parts: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        parts += [_escaped(text[end : address.start()]), address.group()]
        end = address.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]|])", r"\\\1", _CHARACTER.sub("&amp;", text))
