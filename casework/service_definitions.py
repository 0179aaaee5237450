"""What each figure of a service means, in words, with its source: the same on the page and in the report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: its name, what it counts and what is left out, and where that comes from."""

    name: str
    words: str
    source: str


REGULATIONS = "Special Educational Needs and Disability Regulations 2014 (SI 2014/1530)"
CODE = "SEND Code of Practice 2015"
OUR_OWN = "Definition of EHCP Clock"

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "Due",
        "Requests for advice whose last day fell in the month and is over, whatever became of them: what never came is "
        "counted. The last day is six weeks from the day on which the service had the whole request.",
        f"{REGULATIONS}, regulation 8(1) for health and other bodies under section 31 of the Children and Families "
        f"Act 2014; {CODE}, 9.41 for all others",
    ),
    Definition("On time", "An answer that stands came by the last day; the last day itself is in time.",
               "Regulation 8(1); Code 9.41"),
    Definition("Late", "An answer that stands came after the last day. Advice that was sent back as insufficient and "
               "given again counts by the day on which it was given again.", "Regulation 8(1); Code 9.41"),
    Definition("Still out", "The last day is over and there is no answer that stands, as of the day of this report.",
               "Regulation 8(1); Code 9.41"),
    Definition("Never came", "The last day was over when the request or the case was closed, and nothing had come.",
               "Regulation 8(1); Code 9.41"),
    Definition("On-time rate", "On time, as a share of all that was due: late, still out and never came are in it.",
               OUR_OWN),
    Definition("Breaches", "Late, still out and never came, together.", "Regulation 8(1); Code 9.41"),
    Definition("Under an exception", "The last day is over and one of the exceptions of the law applies to the request "
               "(for example an appointment that the child did not keep). It is neither due nor late here.",
               f"{REGULATIONS}, regulation 8(2)"),
    Definition("Median days", "Half of the answers that stand came within so many calendar days of the day on which "
               "the service had the request.", OUR_OWN),
    Definition("Nil rate", "Of the requests that were answered, the share whose last answer was that there is nothing "
               "to say.", OUR_OWN),
    Definition("Sent back", "Of the requests that were answered, the share whose advice was found insufficient at "
               "least once. The clock is not stopped by it.", f"{REGULATIONS}, regulation 6(1); d{OUR_OWN[1:]}"),
    Definition("Declined", "The service declined the request, with reasons in writing.",
               "Children and Families Act 2014, section 31(2)"),
    Definition("Passed on", "The request was passed on at least once: within the service, where its day stays, or to "
               "another service, which has its own six weeks.", OUR_OWN),
    Definition("Oldest open", "Calendar days since the last day of the open request that is latest.", OUR_OWN),
)  # fmt: skip

LEFT_OUT: tuple[str, ...] = (
    "Advice of schools and settings: only services of the directory are counted.",
    "Requests that were declined, passed on to another service, cancelled or closed by their last day: nothing was "
    "owed any more when it came. Declined and passed on are counted in columns of their own.",
    "Earlier advice that was used again (regulation 6(4)) and advice that had been asked for before.",
    "Children whose records are restricted, unless whoever asks for the figures is named for them.",
    "Requests whose papers had not been sent: their six weeks have not begun.",
    "What people wrote as their reasons: it may name a child, and is kept with the case.",
)
