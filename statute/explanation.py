"""Why a day is what it is: the sentences that a parent, a judge and an auditor can follow.

Written only when somebody asks, from the row the deadline was made of.
"""

from collections.abc import Iterator
from datetime import date

from statute.attributes import day_of
from statute.calendar import Calendar
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.kinds import STARTS_OF
from statute.norms import norm_due
from statute.outcome import happened, outcome
from statute.row import Row
from statute.timeline import Deadline, State
from statute.words import capital, count, day_words, plain

_WINDOW = frozenset({State.WINDOW_OPEN, State.WINDOW_CLOSED})
_TRIGGERS = frozenset(STARTS_OF[ASSESSMENT])
_OF_A_DAY = {
    "phase_transfer": "The day of transfer is",
    "review_invited": "The review meeting is planned for",
    "review_papers_sent": "The review meeting is planned for",
    "term": "The term starts on",
}
_TOLD = {
    "advice_part": "Part of the advice came on {day}; the rest is still owed.",
    "advice_insufficient": "On {day} the advice was found insufficient, so it is still owed from the first day.",
    "advice_expected": "On {day} it was said when it is expected; that moves no day.",
    "advice_reassigned": "On {day} it was passed on within the body; that moves no day.",
    "proceeding_without": "On {day} the authority went on without it; it still counts as owed.",
}
_SHORT = (
    ("SI 2014/1530 regs ", "the SEND Regulations 2014, regulations "),
    ("SI 2014/1530 reg ", "the SEND Regulations 2014, regulation "),
    ("SI 2014/1530", "the SEND Regulations 2014"),
    (" para ", ", paragraph "),
    (" ss.", ", sections "),
    (" s.", ", section "),
    (" reg ", " regulation "),
)


def explain(row: Row, deadline: Deadline) -> str:
    """The explanation of one deadline: event, rule, source, last day, and what came of it."""
    return " ".join(_sentences(row, deadline))


def cited(citation: str) -> str:
    """A citation in words: `SI 2014/1530 reg 5(1)` -> `the SEND Regulations 2014, regulation 5(1)`."""
    for short, words in _SHORT:
        citation = citation.replace(short, words)
    return citation


def _sentences(row: Row, deadline: Deadline) -> Iterator[str]:
    yield from _began(row)
    yield _rule(row)
    yield from _not_a_working_day(row, deadline)
    if row.practice is not None:
        yield row.limit.practice.format(due=day_words(row.practice))
    yield from _told(row)
    yield from outcome(row)
    yield from _norm(row)
    yield from row.notes
    if row.breach:
        yield row.breach


def _began(row: Row) -> Iterator[str]:
    if row.event is None or row.start is None:
        return
    start, subject = day_words(row.start), row.subject
    to_come = row.start > row.case.today
    if row.request is not None:
        receives = "receives" if to_come else "received"
        yield f"{_body(subject)} was asked for advice and {receives} the request on {start}."
    elif row.event.kind == "draft_plan_sent":
        yield f"The draft plan {'is' if to_come else 'was'} served on {start}."
    elif row.event.kind == "amendment_notice_sent":
        yield f"The amendment notice was {'served' if row.limit.met_by == '' else 'sent'} on {start}."
    elif row.event.kind == "consulted":
        yield f"The provider {subject} was consulted on {start}."
    elif row.event.kind in _OF_A_DAY:
        yield f"{_OF_A_DAY[row.event.kind]} {start}."
    else:
        yield from _began_with(row, row.event)


def _began_with(row: Row, event: Fact) -> Iterator[str]:
    after = ", after a re-assessment" if event.attributes.get("after") == "reassessment" else ""
    yield f"{happened(event)}{after}."
    if row.also is not None:
        yield f"{happened(row.also)}."
    if event.kind not in _TRIGGERS:
        return
    other = next(iter(_TRIGGERS - {event.kind}))
    if (also := row.case.first(other)) is not None:
        yield f"({happened(also)}; the earlier day counts.)"


def _body(subject: str) -> str:
    category, _, body = subject.partition("/")
    return plain(category).capitalize() + (f" ({body})" if body else "")


def _rule(row: Row) -> str:
    limit, source = row.limit, f"({cited(row.limit.citation)})"
    if limit.sentence:
        return f"{limit.sentence} {source}{_last_day(row)}."
    if row.state in _WINDOW or limit.met_by == "":
        what = "the proposed amendments" if limit.id == "reg22_representations" else "it"
        return (
            f"The family has at least {limit.rule.words} the day of service to answer {what} {source}{_last_day(row)}."
        )
    must = "must" if limit.law else "should"
    if limit.id == "local_draft_plan":
        return f"No law gives a day on which {limit.owed_by} {must} {limit.duty}."
    what = f"{limit.owed_by} {must} {limit.duty} {source}"
    if limit.within:
        day = f"the day on which {limit.starts_with}," if row.start is None else "that day"
        return f"{limit.within.format(day=day)} {what}{_last_day(row)}."
    if row.due is None:
        return f"{capital(limit.rule.words)} the day on which {limit.starts_with}, {what}."
    return f"{capital(limit.rule.words)} that day {what}{_last_day(row)}."


def _last_day(row: Row) -> str:
    if row.due is None:
        return ""
    if row.event is not None and row.event.attributes.get("reps_until") and day_of(row.event, "reps_until") == row.due:
        return f"; the notice gives until {day_words(row.due)}"
    return f"; the last day{' to appeal' if row.limit.id == 's45_hold' else ''} is {day_words(row.due)}"


def _not_a_working_day(row: Row, deadline: Deadline) -> Iterator[str]:
    due, operational = row.due, deadline.operational_due
    if due is None or operational is None or operational == due or row.limit.met_by == "":
        return
    calendar = row.case.calendar
    closed = any(operational < day <= due for day in calendar.closures)
    last = "the last day on which the offices work" if closed else "the last working day"
    yield f"That day falls {_fell(calendar, due)} and nothing moves it later, so {last} is {day_words(operational)}."


def _fell(calendar: Calendar, due: date) -> str:
    if calendar.is_working_day(due):
        return "on a day on which the authority's offices are closed"
    return "at the weekend" if due.weekday() > 4 else "on a bank holiday"


def _told(row: Row) -> Iterator[str]:
    if row.request is None:
        return
    for fact in row.request.told:
        if fact.kind in _TOLD:
            yield _TOLD[fact.kind].format(day=day_words(fact.day))


def _norm(row: Row) -> Iterator[str]:
    due = norm_due(row.case.norms, row.limit.id, row.start)
    if due is not None:
        yield f"The authority's own norm, beside the law, is {day_words(due)}."
    elif row.norm is not None:
        due = row.norm
        yield row.limit.norm.format(due=day_words(due))
    else:
        return
    if row.met is not None and row.met.day > due:
        yield f"That norm was missed by {count((row.met.day - due).days, 'day')}."
    elif row.met is None and row.end is None and row.case.today > due:
        yield f"That norm passed {count((row.case.today - due).days, 'day')} ago."
