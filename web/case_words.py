"""The words of a case's pages: letters, to whom they go, why they wait, grounds, what was said with an entry."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from casework.case_letters import Letter
from casework.contacts_log import WAYS
from casework.earlier import in_words
from casework.listing.actions import ABOVE
from casework.story import Event, Sort, Undone
from config.clock import london_day
from statute.errors import FactError
from statute.kinds import KINDS, split_subject
from statute.ladder import BEFORE_ARMED, OVERTAKEN
from statute.notation import parse_day
from statute.timeline import Deadline, State
from statute.words import capital, count, day_words, plain
from web.names import ALIGNED, GROUNDS, SOURCES, fact_words, limit_words, service_words
from web.words import day as long_day
from web.words import moment

_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "announce": "Word that a request for advice is coming",
        "request": "Request for advice, complete behind its link",
        "notify": "Notice that the law wants a service to have",
        "chase": "Reminder that an answer is due",
        "escalate": "Word to the service's manager that advice is late",
        "danger": "Warning that the 20 weeks are in danger",
        "warn": "Warning that one of the authority's own limits is near",
        "breach": "Word that one of the authority's own limits has passed",
        "papers": "Reminder to send the papers to a service",
        "views": "Reminder to ask the family for its views",
        "stop": "Word that advice is no longer needed",
        "resume": "Word that advice is wanted after all",
        "passed_on": "Request passed on to a colleague",
        "receipt": "Receipt for an answer",
        "arrange": "Request to arrange the review meeting",
        "invite": "Invitation to send advice for the review meeting",
        "review_papers": "Reminder to send the papers of the meeting",
        "meeting": "Question whether the meeting was held",
        "report": "Reminder that the report of the meeting is due",
        "notice": "Reminder to send the amendment notice",
        "finalise": "Word that the family's 15 days are over",
        "hold_over": "Word that the time to appeal is over",
        "no_address": "Word that there is no address to write to",
        "undelivered": "Word that a letter was refused",
        "away": "Word that whoever was asked is away",
    }
)
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **ABOVE,
        "adviser": "whoever was asked",
        "caseworker": "the officer",
        "manager": "the officer's manager",
        "told": "whoever the law names",
    }
)
_STATUSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "queued": ("Waiting to go", "blue"),
        "sending": ("Being sent", "blue"),
        "sent": ("Sent", "green"),
        "delivered": ("Delivered", "green"),
        "delayed": ("Delayed on its way", "yellow"),
        "bounced": ("Not delivered", "red"),
        "failed": ("Could not be delivered", "red"),
        "held": ("Held back", "yellow"),
        "skipped": ("Not sent", "grey"),
    }
)
_CASE: Mapping[str, str] = MappingProxyType(
    {
        "armed": "Letters were allowed to go",
        "opened": "The review was opened: its clock runs",
        "given": "The case changed hands",
    }
)
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "to": "Sent to",
        "method": "How it went",
        "served": "Served",
        "reps_until": "Family may answer until",
        "decided_on": "Decided",
        "arrived_on": "Arrived",
        "received_by_body": "Received by the service",
        "report_date": "Date of the report",
        "source": "Who asked",
        "limit": "Limit",
        "ground": "Ground",
        "from": "From",
        "approver": "Approved by",
        "family_told_on": "Family told",
        "target": "Day the authority has set itself",
        "by": "By",
        "names_setting": "Names the place",
        "plan_date": "Date of the plan",
        "was": "Was",
        "section_31": "Bound by section 31",
        "without": "Did not wait for advice from",
        "aligned": "Held together with",
        "documents": "Documents that came with it",
    }
)
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        BEFORE_ARMED: "its day had passed when this case began to send letters",
        OVERTAKEN: "a later letter took its place",
    }
)
_HIDDEN = frozenset({"file", "line", "request"})
_TEXTS = {"because": "Because", "evidence": "Evidence", "note": "Note", "reasons": "Reasons"}


def letter(kind: str) -> str:
    """What a letter is, by its kind."""
    return _LETTERS.get(kind) or capital(plain(kind))


def role(name: str) -> str:
    """To whom a letter goes: `the service's manager`."""
    return _ROLES.get(name) or plain(name)


def status(name: str) -> str:
    """What became of a letter."""
    return _STATUSES[name][0] if name in _STATUSES else capital(plain(name))


def status_colour(name: str) -> str:
    """The colour of its tag."""
    return _STATUSES[name][1] if name in _STATUSES else "grey"


def reason(said: str) -> str:
    """Why a letter waits or did not go."""
    return _REASONS.get(said) or in_words(said)


def when(each: Letter) -> str:
    """When a letter left, to the minute; of one that did not, the day from which it was to go."""
    return moment(each.sent_at) if each.sent_at else long_day(london_day(each.due_at))


def about(limit: str, subject: str) -> str:
    """What a letter is about: the service, or the limit of the authority."""
    if subject and subject != "school":
        return service_words(subject)
    return limit_words(limit) if limit else ""


def ground(name: str) -> str:
    """The ground of an exception."""
    return capital(GROUNDS.get(name) or plain(name))


def way(name: str) -> str:
    """How a contact took place."""
    return WAYS.get(name) or capital(plain(name))


def limit_of(deadline: Deadline) -> str:
    """The name of a limit with whom or what it is about."""
    words = limit_words(deadline.limit)
    if deadline.limit in ("reg8_advice", "code_advice") and deadline.subject:
        return f"Advice: {service_words(deadline.subject)}"
    return f"{words}: {plain(deadline.subject)}" if deadline.subject else words


def days(deadline: Deadline) -> str:
    """`42 days left`, `due today`, `5 days late`; empty where nothing is counted any more."""
    if deadline.days is None or deadline.state in (State.NOT_APPLICABLE, State.REPLACED, State.CONDITIONAL):
        return ""
    if deadline.state in (State.MET, State.WINDOW_CLOSED):
        return ""
    if deadline.days > 0:
        past = "past its day" if deadline.state in (State.LIFTED, State.MET_UNDER_RELIEF) else "late"
        return f"{count(deadline.days, 'day')} {past}"
    return f"{count(deadline.days, 'day')} left" if deadline.days else "today"


def past_norm(deadline: Deadline, day: date) -> str:
    """`41 days past our norm`: of what the law gives no day for, and the authority's own has gone by undone."""
    norm = deadline.norm_due
    if norm is None or deadline.legal_due or deadline.state is not State.RUNNING or norm >= day:
        return ""
    return f"{count((day - norm).days, 'day')} past our norm"


def happened(event: Event) -> str:
    """What an event of the chronology is, as a heading."""
    if event.sort is Sort.LETTER:
        subject = about(event.said.get("limit", ""), event.subject)
        return f"Letter: {_small(letter(event.kind))}" + (f" ({subject})" if subject else "")
    if event.sort is Sort.CONTACT:
        return f"{way(event.kind)} with {plain(event.said.get('with', ''))}"
    if event.sort is Sort.CASE:
        return _CASE.get(event.kind, capital(plain(event.kind)))
    if event.sort is Sort.CALENDAR:
        return capital(event.said.get("what", "The calendar changed"))
    return fact_named(event.kind, event.subject)


def fact_named(kind: str, subject: str) -> str:
    """A fact with whom or what it is about."""
    if kind in ("corrected", "retracted"):
        what = fact_named(*split_subject(subject))
        return f"{'Correction' if kind == 'corrected' else 'Retraction'}: {_small(what)}"
    words = fact_words(kind)
    if not subject:
        return words
    advice = kind in KINDS and KINDS[kind].about.value == "category"
    return f"{words}: {service_words(subject) if advice else plain(subject)}"


def undone(by: Undone) -> str:
    """What took an entry out of the record, or changed it, and who did it."""
    if by.kind == "corrected":
        to = f" to {day_words(by.day)}" if by.day else ""
        return f"Corrected{to} by {by.by}"
    return f"{'Retracted' if by.kind == 'retracted' else 'Undone by a reopening, recorded'} by {by.by}"


def said(event: Event) -> list[tuple[str, str]]:
    """What was said with an event, as pairs of a name and words."""
    if event.sort is Sort.CALENDAR:
        return [("Moved", event.said.get("moved", ""))]
    if event.sort is Sort.LETTER:
        to = event.said.get("to") or "nobody"
        return [("To", f"{to} ({role(event.said.get('role', ''))})")]
    if event.sort is Sort.CONTACT:
        return []
    if event.kind == "given":
        return _given(event)
    return [(_name(name), _answer(name, value)) for name, value in event.said.items() if name not in _HIDDEN and value]


def _answer(name: str, value: str) -> str:
    if name == "aligned":
        return ", ".join(ALIGNED.get(code, plain(code)) for code in value.split(","))
    return SOURCES.get(value, value) if name == "source" else value_words(value)


def texts(event: Event) -> list[tuple[str, str]]:
    """The free text kept with an event."""
    return [(_TEXTS.get(name, capital(plain(name))), words) for name, words in event.texts.items()]


def value_words(value: str) -> str:
    """A code or a day as people read it."""
    if value in GROUNDS:
        return ground(value)
    try:
        return day_words(parse_day(value))
    except FactError:
        return plain(value).replace(",", ", ")


def until(day: date) -> str:
    """`until Friday 4 December 2026`, or until further notice."""
    return "until further notice" if day == date.max else f"until {day_words(day)}"


def _given(event: Event) -> list[tuple[str, str]]:
    to = event.said.get("officer") or "nobody"
    team = event.said.get("team")
    return [("From", event.said.get("was") or "nobody"), ("To", f"{to}{f', {team}' if team else ''}")]


def _name(name: str) -> str:
    return _SAID.get(name) or capital(plain(name))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
