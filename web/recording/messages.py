"""What the law says about an entry, put beside the field that it is about and in the words of the form."""

import re
from collections.abc import Iterable, Sequence

from web.faults import Faults
from web.names import LIMITS, limit_words
from web.recording.fields import Field

# A sentence about an attribute begins with its name, as it is written on the command line.
_ABOUT = re.compile(r"([a-z_]+[0-9]?)(?=:| cannot | is |, )")
_OF_THE_DAY = re.compile(
    "is in the future|^The day,|is recorded already|cannot be reopened before|would then lie before"
    "|cannot have happened"
)
_OF_THE_SUBJECT = re.compile(
    r"^Several requests are meant|needs a category|needs the provider|is not the code of a body"
)
_LIMIT = re.compile(rf"\b({'|'.join(LIMITS)})\b")
# What only the command line needs to be told, and what the form says in its place.
_WORDS: Sequence[tuple[re.Pattern[str], str]] = (
    (
        re.compile(r": add without=\S+ and because=\."),
        ". Tick what is missing and write down why it is not waited for.",
    ),
    (re.compile(r", correct it: corrected:\S+?\.( |$)"), ", correct it: choose the entry in the chronology.\\1"),
    (re.compile(r" Put words into because=\."), " Put words into the note."),
    (re.compile(r" ?It reaches only the authority's own limits; for an adviser's add limit=\S+ or \S+?\."), ""),
    (
        re.compile(r"( ?)Add confirmed=yes once a person has decided that it counts\."),
        "\\1A person must decide that it counts.",
    ),
    (re.compile(r" Add from= and to=(, the first and last day away)?\."), " Give the first and the last day."),
    (
        re.compile(
            r"It needs first_closed= and reopens=, and the day the head was asked for advice \(advice_requested=\)\."
        ),
        "It needs the first day closed, the day of re-opening and the day the head was asked for advice.",
    ),
    (re.compile(r" Add it with 'ehcp \w+ import', or "), " Have it added to the directory, or "),
    (re.compile(r": add to=family,setting\."), ". If they were, correct this entry and tick who was told."),
    (re.compile(r": add meeting=DAY\."), ". Correct this entry and give that day."),
    (
        re.compile(r": add names_setting=yes, type or its URN\."),
        ". If it does name it, correct this entry and say so.",
    ),
    (re.compile(r": add agreed=giver,family,authority\."), ". If they are, correct this entry and tick who agreed."),
    (
        re.compile(r"review_arranged_by needs by=school, institution or authority\."),
        "Say who arranges the review: the school, the institution or the authority.",
    ),
    (re.compile(r"review_arranged_by names both "), "Two are named as arranging the review, "),
    (re.compile(r" Use further_request\."), " Record it as a further request."),
    (re.compile(r"record request_received"), "record that the request was received"),
    (re.compile(r"record became_responsible"), "record that the authority became responsible"),
    (re.compile(r"record decided_not_to_amend"), "record that it was decided not to amend"),
    (re.compile(r"record refusal_changed with its day"), "record that the refusal was changed, with its day"),
    (re.compile(r"record advice_insufficient instead"), "record that the advice is not enough instead"),
    (re.compile(r"^decided_on, "), "The day of the decision, "),
    (re.compile(r"^meeting, "), "The day of the meeting, "),
    (re.compile(r"^family_told_on, "), "The day on which the family was told, "),
    (re.compile(r"record opened_in_error"), "record that the case was opened in error"),
    (re.compile(r"Name the body: "), "Choose the service: "),
)


def place(messages: Iterable[str], fields: Sequence[Field], faults: Faults) -> None:
    """Say each message beside the field that it is most likely about; else of the form as a whole."""
    labels = {field.name: field.label for field in fields}
    for message in messages:
        found = _ABOUT.match(message)
        name = found.group(1) if found else ""
        if name in labels:
            faults.say(name, f"{labels[name].rstrip('?')}: {in_words(message[len(name) :].lstrip(':, '))}")
        else:
            faults.say(_field(message, labels), in_words(message))


def in_words(message: str) -> str:
    """A message without what only the command line needs, and with the names of limits."""
    for pattern, words in _WORDS:
        message = pattern.sub(words, message)
    return _LIMIT.sub(lambda found: limit_words(found[0]), message).strip()


def _field(message: str, known: Iterable[str]) -> str:
    if _OF_THE_SUBJECT.search(message) and "subject" in known:
        return "subject"
    return "on" if _OF_THE_DAY.search(message) and "on" in known else ""
