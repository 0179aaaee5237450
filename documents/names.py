"""The name of a document as it is shown and given out: what its sender called it, without what could harm."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

LONGEST = 120
_NOT_IN_FILES = str.maketrans(dict.fromkeys('<>:"|?*', "-"))
# Windows opens a device when a file is called so, whatever follows the dot.
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{each}{n}" for each in ("COM", "LPT") for n in range(10))})


def called(name: str) -> str:
    """What a file was called, on one line: no folders, nothing invisible, nothing that turns the way of writing."""
    last = PureWindowsPath(PurePosixPath(name.replace("\x00", "")).name).name
    visible = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", last) if _shows(sign))
    return " ".join(visible.translate(_NOT_IN_FILES).split()).strip(" .")


def name_for(name: str, ending: str) -> str:
    """The name under which a document is kept: its own, with the ending that its content has, and not too long."""
    own = called(name)
    stem, dot, said = own.rpartition(".")
    if not dot or said.lower() not in _SAME.get(ending, (ending,)):
        stem, said = own, ending
    if stem.upper() in _DEVICES or not stem.strip(" ."):
        stem = f"document {stem}".strip(" .")
    return f"{_cut(stem, LONGEST - len(said) - 1)}.{said}"


_SAME = {"jpg": ("jpg", "jpeg", "jpe", "jfif")}


def _shows(sign: str) -> bool:
    # Control signs, marks that reverse the line, halves of characters, what has no meaning yet. Spaces are dealt with.
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def _cut(stem: str, most: int) -> str:
    # In bytes too: most file systems take 255, and signs can be four.
    return stem[:most].encode()[:200].decode(errors="ignore").rstrip(" .")
