"""The mail that brings a sign-in code to a member of staff: the code, how long it is good for, and no link."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files

from post.addresses import normalised
from post.house import House
from post.letters import HEADERS, Letter, message_id, templates


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a mail that brings a code."""

    subject: str
    opening: str
    then: tuple[str, ...]

    def filled(self, **places: object) -> "Words":
        """The same with what belongs in the places."""
        then = tuple(text.format_map(places) for text in self.then)
        return replace(self, opening=self.opening.format_map(places), then=then)


def code_letter(to: str, code: str, minutes: int, house: House, key: str, now: datetime) -> Letter:
    """The letter with a code of six figures, good for `minutes`. `key` names the letter; `now` is aware.

    The code stands in no header: those are what servers on the way write into their logs. Raises AddressError for an
    address that cannot be written to.
    """
    words = _words().filled(minutes=minutes, house=house.authority_name)
    return letter_with(code, words, to, house, key, now)


def letter_with(code: str, words: Words, to: str, house: House, key: str, now: datetime) -> Letter:
    """The letter that brings a code in these words. Raises AddressError."""
    shown = {"words": words, "code": f"{code[:3]} {code[3:]}", "house": house}
    return Letter(
        to=normalised(to),
        subject=words.subject,
        text=templates().get_template("sign_in.txt").render(shown),
        html=templates().get_template("sign_in.html").render(shown),
        message_id=message_id(key, house),
        reply_to=normalised(house.reply_to),
        sender=normalised(house.mail_from),
        sender_name=house.authority_name,
        written_at=now,
        headers=HEADERS,
    )


@cache
def _words() -> Words:
    read = tomllib.loads((files("post") / "wording" / "sign_in.toml").read_text(encoding="utf-8"))
    return Words(read["subject"], read["opening"], tuple(read["then"]))
