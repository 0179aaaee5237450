"""The mail that brings the code of a link: the code, what it opens, how long it is good for, and no link."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from post.house import House
from post.letters import Letter
from post.sign_in import Words, letter_with


def link_code_letter(
    to: str, code: str, opens: str, ref: str, minutes: int, house: House, key: str, now: datetime
) -> Letter:
    """The letter with a code of six figures, good for `minutes`, for a link of ours to this address.

    `opens` is request, notice or list, `ref` the mail reference of the case (empty for a list): never anything of a
    child. `key` names the letter; `now` is aware. Raises AddressError for an address that cannot be written to.
    """
    words = wordings()[opens].filled(ref=ref, minutes=minutes, house=house.authority_name)
    return letter_with(code, words, to, house, key, now)


@cache
def wordings() -> Mapping[str, Words]:
    """The words of `link_code.toml` by what the link opens."""
    read = tomllib.loads((files("post") / "wording" / "link_code.toml").read_text(encoding="utf-8"))
    return {opens: Words(read["subject"], opening, tuple(read["then"])) for opens, opening in read["opening"].items()}
