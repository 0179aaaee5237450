"""Numbers that stand for a child."""

import re

# DfE, "Unique pupil numbers (UPNs)": no I, O or S, because they read as 1, 0 and 5.
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_ULN = re.compile(r"[1-9]\d{9}")


def tidy_upn(text: str) -> str:
    """A unique pupil number without spaces, in capitals."""
    return "".join(text.split()).upper()


def upn_is_valid(upn: str) -> bool:
    """Whether the check letter of a tidied pupil number is right; temporary numbers end in a letter."""
    if not _UPN.fullmatch(upn):
        return False
    try:
        values = [_UPN_LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in upn[1:]]
    except ValueError:
        return False
    return _UPN_LETTERS[sum(v * w for v, w in zip(values, range(2, 14), strict=True)) % 23] == upn[0]


def uln_is_valid(uln: str) -> bool:
    """Whether a unique learner number has ten digits and the right check digit (Learning Records Service)."""
    if not _ULN.fullmatch(uln):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(uln[:9], range(10, 1, -1), strict=True)) % 11
    return rest != 0 and 10 - rest == int(uln[9])
