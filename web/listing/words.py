"""What stands in the lists beside days and names, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.listing.ages import Band
from casework.listing.cohorts import Outcome
from statute.reliefs import GROUND_WORDS
from statute.words import capital, plain

BANDS: Mapping[Band, str] = MappingProxyType(
    {
        Band.UNDER_5: "Under 5",
        Band.FROM_5: "5 to 10",
        Band.FROM_11: "11 to 15",
        Band.FROM_16: "16 to 18",
        Band.FROM_19: "19 to 25",
        Band.UNKNOWN: "Date of birth not known",
    }
)

OUTCOMES: Mapping[Outcome, tuple[str, str]] = MappingProxyType(
    {
        Outcome.IN_TIME: ("Finished in time", "green"),
        Outcome.LATE: ("Finished late", "magenta"),
        Outcome.UNDER_RELIEF: ("Finished late under an exception", "teal"),
        Outcome.SAVEABLE: ("Open, can still be in time", "blue"),
        Outcome.LOST: ("Open, can no longer be in time", "orange"),
        Outcome.OPEN_LATE: ("Open and late", "red"),
        Outcome.LIFTED: ("Open, lifted by an exception", "purple"),
        Outcome.ENDED_LATE: ("Ended late without a plan", "grey"),
        Outcome.REPLACED: ("Other days set by an order or agreement", "grey"),
    }
)
"""What became of a plan that was due, and the colour of its tag; the words say all that the colour does."""


def ground_words(ground: str) -> str:
    """`personal` -> `Exceptional personal circumstances affected the child, a parent or the young person`."""
    return capital(GROUND_WORDS.get(ground) or plain(ground))
