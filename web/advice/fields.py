"""The short form of each answer: what is asked, in which words, and in which order."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from casework.answering.asked import Asked
from statute.words import day_words
from web.advice.choices import BEFORE, DECLINE, GIVE, LATER, MISSED, NOTHING, PART, SOMEBODY_ELSE
from web.advice.words import GROUND_WORDS, NOTHING_WORDS, SECTION_WORDS
from web.recording.fields import DAY_HINT, Field

MISSED_DAYS = ("missed", "missed_again", "missed_third")
_NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "health": "What health needs do you see?",
        "educational_psychology": "What special educational needs do you see?",
        "social_care": "What social care needs do you see?",
        "education": "What special educational needs do you see at school?",
    }
)
_SHORT = "A sentence or two, or the pages of the report where it stands."


def fields_for(slug: str, asked: Asked) -> Sequence[Field]:
    """The fields of an answer to this request."""
    return _FORMS[slug](asked)


def _give(asked: Asked) -> Sequence[Field]:
    oldest = f" It must not be older than {asked.oldest_report} days." if asked.oldest_report else ""
    sections = [(each, SECTION_WORDS[each]) for each in asked.sections]
    return [
        Field("report_date", "What is the date of the report?", f"{DAY_HINT}{oldest}", "day", needed=True),
        Field("needs", _NEEDS.get(asked.category, "What needs do you see?"), _SHORT, "text"),
        Field("outcomes", "What outcomes do you recommend?", _SHORT, "text"),
        Field("provision", "What provision do you recommend?", f"{_SHORT} If none is needed, write that.", "text"),
        Field(
            "sections", "Which sections of the plan is it for?", "Choose all that it is for.", "checkboxes", sections
        ),
    ]


def _part(asked: Asked) -> Sequence[Field]:
    return [
        Field("words", "What is still to come?", "You can leave this blank.", "text"),
        Field("by", "When will it come?", f"You can leave this blank. {DAY_HINT}", "day"),
    ]


def _nothing(asked: Asked) -> Sequence[Field]:
    reasons = list(NOTHING_WORDS.items())
    return [
        Field("reason", "Why is there nothing to say?", "", "radios", reasons, needed=True),
        Field("words", "Anything else", "Needed for ‘something else’.", "text"),
    ]


def _somebody_else(asked: Asked) -> Sequence[Field]:
    bodies = [("", "Choose, or write it above"), *asked.bodies.items()]
    return [
        Field("who", "Who should be asked?", "", "radios", _WHO, needed=True),
        Field("name", "Name of the colleague, or of the service", "", "code"),
        Field("address", "Their email address", "For a colleague it is needed.", "email"),
        *([Field("body", "The other service", "Only where another service should be asked.", "select", bodies)]
          if asked.bodies else []),
        Field("words", "Anything else that helps us to ask the right one", "You can leave this blank.", "text"),
    ]  # fmt: skip


def _later(asked: Asked) -> Sequence[Field]:
    legal = f" The legal day stays {day_words(asked.due)}." if asked.due else ""
    return [
        Field("by", "On which day will the advice come?", f"{DAY_HINT}{legal}", "day", needed=True),
        Field("words", "Why can it not come earlier?", "", "text", needed=True),
    ]


def _missed(asked: Asked) -> Sequence[Field]:
    return [
        Field(MISSED_DAYS[0], "On which day was an appointment missed?", DAY_HINT, "day", needed=True),
        Field(MISSED_DAYS[1], "And another?", "You can leave this blank.", "day"),
        Field(MISSED_DAYS[2], "And a third?", "You can leave this blank.", "day"),
        Field("words", "What was it for, and is there a new one?", "", "text", needed=True),
    ]


def _before(asked: Asked) -> Sequence[Field]:
    return [
        Field("report_date", "What is the date of that report?", DAY_HINT, "day", needed=True),
        Field("words", "To whom did you give it, and when?", "For example: to this council, for the request of last "
              "spring.", "text", needed=True),
        Field("agreed", "Do you agree?", "", "checkboxes", _AGREED, needed=True),
    ]  # fmt: skip


def _decline(asked: Asked) -> Sequence[Field]:
    return [
        Field("reason", "On which ground?", "", "radios", list(GROUND_WORDS.items()), needed=True),
        Field("words", "Your reasons", "The law wants them in writing.", "text", needed=True),
    ]


_WHO = (("colleague", "A colleague in our service"), ("another_body", "Another service"))
_AGREED = (("yes", "That report is still right, and enough for this assessment"),)
_FORMS: Mapping[str, Callable[[Asked], Sequence[Field]]] = MappingProxyType(
    {
        GIVE: _give,
        PART: _part,
        NOTHING: _nothing,
        SOMEBODY_ELSE: _somebody_else,
        LATER: _later,
        MISSED: _missed,
        BEFORE: _before,
        DECLINE: _decline,
    }
)
