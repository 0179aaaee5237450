"""What can be chosen behind the link of a request, in the order in which it is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from casework.answering.asked import Asked


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: `slug` in the address, what it is called, and its hint."""

    slug: str
    label: str
    hint: str
    button: str
    intro: str = ""
    documents: bool = False


GIVE, PART, NOTHING, SOMEBODY_ELSE, DECLINE, LATER, MISSED, BEFORE = (
    "give",
    "part",
    "nothing",
    "somebody-else",
    "decline",
    "later",
    "missed",
    "already-given",
)

CHOICES: Sequence[Choice] = (
    Choice(
        GIVE,
        "Send the advice",
        "A file, or a photograph of each page, and a few questions.",
        "Send the advice",
        documents=True,
    ),
    Choice(
        PART,
        "Send a part of it now",
        "The rest is still needed, by the same day.",
        "Send this part",
        "The rest is still needed, and its day stays the same.",
        documents=True,
    ),
    Choice(
        NOTHING,
        "Nothing to say",
        "You do not know the child, or see no needs in your field.",
        "Send this answer",
        "The plan is then written without advice from you, and says so.",
    ),
    Choice(
        SOMEBODY_ELSE,
        "Not the right person",
        "A colleague of yours, or another service, should be asked.",
        "Send this answer",
    ),
    Choice(
        LATER,
        "I cannot by then",
        "Tell us why, and the day on which it will come.",
        "Send this answer",
        "We will not remind you before the day that you name. It does not move the legal day, and the advice still "
        "counts as late when it comes after it.",
    ),
    Choice(
        MISSED,
        "An appointment was missed",
        "The child or young person did not come to an examination or test.",
        "Send this answer",
        "Where the advice needs an examination or test, and the child or young person did not keep the appointment, "
        "the law lets the six weeks be exceeded. A caseworker decides whether that is so here, and writes to you. "
        "Until then the day stays the same.",
    ),
    Choice(
        BEFORE,
        "Already given",
        "Advice that you gave earlier is still right, and enough.",
        "Send this answer",
        "If you, the family and the council all agree that earlier advice is enough, nobody asks for it again. With "
        "this answer you agree. A caseworker asks the family. Until then the day stays the same.",
    ),
    Choice(
        DECLINE,
        "We decline",
        "The law gives some bodies two grounds, with reasons in writing.",
        "Decline",
        "Section 31(2) of the Children and Families Act 2014 lets your body decline on one of two grounds, with "
        "reasons in writing.",
    ),
)
BY_SLUG: Mapping[str, Choice] = MappingProxyType({each.slug: each for each in CHOICES})


def offered(asked: Asked) -> Sequence[Choice]:
    """The answers that can be given to a request: only health can say that an appointment was missed (reg 8(2)(c))."""
    return [each for each in CHOICES if each.slug != MISSED or asked.category == "health"]
