"""The forms by which a mail is filed, and how they are read."""

from collections.abc import Sequence
from datetime import date

from casework.answering.kinds import NOTHING
from casework.answering.kinds import Answer as Kind
from casework.contacts_log import WITH_WHOM
from casework.filed_checks import Filing
from casework.unfiled import Mail
from casework.unfiled_filing import ADVICE_BY_MAIL
from web.advice.words import KIND_WORDS, NOTHING_WORDS
from web.faults import Faults
from web.forms import Form, read_day
from web.names import service_words
from web.recording.fields import DAY_HINT, Field

WITH = Field("with_whom", "Who wrote it?", "", "radios", list(WITH_WHOM.items()), needed=True)
REASON = Field(
    "aside", "Why is nothing to be done with it?", "In a few words, and without a child’s name.", "line", needed=True
)
CASE = Field("ref", "Case reference", "The council’s own, or the one in our letters, like K7F-3QX9.", "line")
CONFIRM = "confirm"


def answer_fields(mail: Mail) -> Sequence[Field]:
    """What is asked of a mail that answers a request."""
    kinds = [(each.value, KIND_WORDS[each]) for each in ADVICE_BY_MAIL]
    return (
        Field("kind", "What is it?", "", "radios", kinds, needed=True),
        Field("subject", "Which request does it answer?", "", "radios", _requests(mail), needed=True),
        Field("on", "On which day did it come?", DAY_HINT, "day", needed=True),
        Field("report_date", "Date of the report, if it has one", DAY_HINT, "day"),
        Field("reason", "If there is nothing to say: why?", "", "select", [("", "Not given"), *_reasons()]),
    )


def read_filing(form: Form, mail: Mail, faults: Faults) -> Filing | None:
    """The answer as it was filled in; None with faults where something is missing or cannot be read."""
    kind = next((each for each in ADVICE_BY_MAIL if each.value == form.get("kind")), None)
    if kind is None:
        faults.say("kind", "Say what it is")
    subject = form.get("subject")
    if subject not in mail.asked:
        faults.say("subject", "Say which request it answers")
    day = read_day(form, "on", faults, "The day on which it came")
    report = read_day(form, "report_date", faults, "The date of the report", needed=False)
    if faults or kind is None or day is None:
        return None
    reason = form.get("reason") if kind is Kind.NIL and form.get("reason") in NOTHING else ""
    return Filing(kind, subject, day, report, reason)


def day_of_mail(form: Form, faults: Faults) -> date | None:
    """The day of a contact."""
    return read_day(form, "came", faults, "The day on which it came")


def _requests(mail: Mail) -> list[tuple[str, str]]:
    return [(each, service_words(each)) for each in mail.asked]


def _reasons() -> list[tuple[str, str]]:
    return [(each, NOTHING_WORDS[each]) for each in NOTHING]
