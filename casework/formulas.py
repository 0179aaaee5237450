"""Cells that a spreadsheet would run as a formula: made harmless in every list that leaves, and put back again."""

# A cell that begins so is run as a formula by Excel and its relatives (OWASP, "CSV injection").
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_SIGNS) else text


def restored(text: str) -> str:
    """The text as it was before `neutral`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_SIGNS) else text
