"""A few of the letters word for word: the first of each kind of message, written as the post would write it."""

from collections.abc import Iterator, Mapping

from casework.letter_items import item_of
from casework.recipients import Directory, Recipients
from config.clock import london_day
from post.errors import PostError
from post.house import House
from post.letters import compose
from records.tables import Message
from scorecard.rehearsal.held import Held
from scorecard.rehearsal.rehearsing import Rehearsal
from scorecard.rehearsal.walked import Mail

SHOWN = ("chase", "escalate", "danger", "warn", "breach", "arrange", "notify")
"""Kinds of which one letter is shown."""
_HOUSE = House("Your local authority", "nobody@localhost", "nobody@localhost", "your usual contact")


def examples(rehearsal: Rehearsal) -> tuple[tuple[str, str], ...]:
    """What each letter is about, and its text."""
    cases = {each.case.process.mail_ref: each.case for each in rehearsal.walked}
    return tuple(_written(rehearsal, cases))


def _written(rehearsal: Rehearsal, cases: Mapping[str, Held]) -> Iterator[tuple[str, str]]:
    for kind in SHOWN:
        mail = next((each for each in rehearsal.mails if each.kind == kind), None)
        if mail is None:
            continue
        try:
            yield kind, _letter(mail, cases[mail.mail_ref], rehearsal.directory)
        except PostError as error:
            yield kind, f"This letter cannot be written: {error}"


def _letter(mail: Mail, case: Held, directory: Directory) -> str:
    message = Message(
        authority=case.process.authority,
        step_key=mail.key,
        mail_ref=mail.mail_ref,
        limit_id=mail.limit,
        subject=mail.subject,
        rung=mail.rung,
        kind=mail.kind,
        role=mail.role,
        about=dict(mail.about),
        due_at=mail.at,
        created_at=mail.at,
    )
    item = item_of(message, case.process, Recipients(directory, case.process, case.person, case.requests))
    letter = compose(mail.to, [item], _HOUSE, mail.key, london_day(mail.at))
    return f"To: {letter.to}\nSubject: {letter.subject}\n\n{letter.text}"
