"""Names and numbers as trackers write them, put right where that is certain."""

import re

from casework.identifiers import upn_is_valid

_NAME = re.compile(r"(?:[^\W\d_]|[ '’.-])+")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)

_LOWEST_AUTHORITY = 201
"""DfE codes of local authorities in England and Wales begin at 201 (City of London)."""


def proper_name(name: str) -> str:
    """A name typed all in capitals (or all small) with a capital for each part; any other name as it is written."""
    if len(name) < 2 or not _NAME.fullmatch(name) or not (name.isupper() or name.islower()):
        return name
    return _WORD.sub(lambda word: word.group().capitalize(), name)


def upn_doubt(upn: str) -> str:
    """Why a tidied unique pupil number cannot be right, empty when it may be or is blank.

    A number is a check letter, the code of the authority that gave it, a school number, a year and a serial number
    (DfE, "Unique pupil numbers"). It is not repeated: reports are read on screens and kept in logs.
    """
    if not upn:
        return ""
    if not upn_is_valid(upn):
        return "the check letter of the UPN is wrong"
    if int(upn[1:4]) < _LOWEST_AUTHORITY:
        return f"the UPN is wrong: no authority has the code {upn[1:4]}"
    return ""
