"""What is never recorded: facts that cannot have happened, or that are about nothing."""

from collections.abc import Iterable, Iterator
from datetime import date

from statute.advice import ABOUT_A_REQUEST, candidates
from statute.attributes import day_of
from statute.docket import Docket
from statute.facts import Fact
from statute.form import days_in
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import KINDS, MAY_LIE_AHEAD, REFUSALS, STARTS, STARTS_OF, Value, split_subject
from statute.review_refusals import review_refusals
from statute.standing import undone_by_reopening
from statute.words import day_words, listed, plain

# A phase transfer is carried from review to review, and may have been asked about before this one began.
_NOT_AFTER_THE_START = STARTS | MAY_LIE_AHEAD


def refusals(docket: Docket) -> Iterator[str]:
    """Why a well-formed fact cannot be recorded, sentence by sentence."""
    yield from _about_nothing(docket)
    if docket.fact is not None:
        yield from _days(docket, docket.fact)
        yield from _periods(docket.fact)
        yield from _first(docket, docket.fact)
        yield from _which_request(docket, docket.fact)
    if docket.process == ANNUAL_REVIEW:
        yield from review_refusals(docket)
    yield from _left_before_the_start(docket)
    yield from _left_without_a_refusal(docket)
    yield from _closed_after_reopening(docket)


def _about_nothing(docket: Docket) -> Iterator[str]:
    new = docket.new
    if new.kind in ("corrected", "retracted") and docket.target is None:
        yield _no_target(docket)
    elif new.kind == "reopened":
        yield from _reopening(docket)
    elif docket.fact is not None and docket.fact.kind == "refusal_changed":
        yield from _changing_nothing(docket.others, docket.fact)


def _changing_nothing(others: Iterable[Fact], change: Fact) -> Iterator[str]:
    if not any(fact.kind in REFUSALS and fact.day <= change.day for fact in others):
        yield f"There is no refusal on or before {day_words(change.day)} to change."


def _no_target(docket: Docket) -> str:
    kind, subject = split_subject(docket.new.subject)
    same = [fact.day for fact in docket.others if fact.kind == kind and fact.subject == subject]
    what = docket.new.subject.replace("_", " ")
    known = f"It stands on {listed(map(day_words, same))}." if same else "None is recorded."
    verb = "correct" if docket.new.kind == "corrected" else "retract"
    return f"There is no such {what} to {verb}. {known}"


def _reopening(docket: Docket) -> Iterator[str]:
    ended = docket.case.ended
    if ended is None:
        yield "The case is not closed: there is nothing to reopen."
    elif docket.new.day < ended.day:
        yield f"The case was closed on {day_words(ended.day)}; it cannot be reopened before that."


def _days(docket: Docket, fact: Fact) -> Iterator[str]:
    today, start = docket.today, docket.start
    if fact.day > today and fact.kind not in MAY_LIE_AHEAD:
        yield f"{day_words(fact.day)} is in the future: today is {day_words(today)}. Record it when it has happened."
    if start is not None and fact.day < start and fact.kind not in _NOT_AFTER_THE_START:
        yield _too_early("The day", fact.day, docket)
    begins = min(start or fact.day, fact.day) if fact.kind in STARTS else start
    for name, value in days_in(fact):
        yield from _attribute_day(docket, name, value, day_of(fact, name), begins)


def _attribute_day(docket: Docket, name: str, value: Value, day: date | None, begins: date | None) -> Iterator[str]:
    if day is None or value is Value.DAY:
        return
    if day > docket.today and value is not Value.ARRIVAL:
        yield f"{name}: {day_words(day)} is in the future: today is {day_words(docket.today)}."
    if begins is not None and day < begins and value is not Value.OLD:
        yield _too_early(name, day, docket, begins)


def _too_early(what: str, day: date, docket: Docket, begins: date | None = None) -> str:
    start = begins or docket.start or day
    started = docket.case.started
    began = "the case began"
    if docket.process == ANNUAL_REVIEW and started is not None and started.day == start:
        began = KINDS[started.kind].words
    return f"{what}, {day_words(day)}, is before {began} on {day_words(start)}."


def _periods(fact: Fact) -> Iterator[str]:
    if fact.kind not in ("relief", "mail_hold"):
        return
    for first, last in (("from", "to"), ("first_closed", "reopens")):
        begins, ends = day_of(fact, first), day_of(fact, last)
        if begins and ends and (ends < begins or (last == "reopens" and ends == begins)):
            yield f"{last}, {day_words(ends)}, must come after {first}, {day_words(begins)}."


def _first(docket: Docket, fact: Fact) -> Iterator[str]:
    if docket.case.started is None and fact.kind not in STARTS and docket.target is None:
        yield f"A case begins with {listed(STARTS_OF[docket.process], 'or')}: record that first."
    if fact.kind in STARTS and docket.target is None and docket.process == ASSESSMENT:
        same = [each.day for each in docket.others if each.kind == fact.kind]
        if same and fact.day < min(same):
            yield (
                f"{plain(fact.kind).capitalize()} is recorded already, on {day_words(min(same))}. "
                f"If that day is wrong, correct it: corrected:{fact.kind}={fact.day}."
            )


def _which_request(docket: Docket, fact: Fact) -> Iterator[str]:
    if fact.kind not in ABOUT_A_REQUEST:
        return
    found = candidates(fact, docket.case.requests)
    if len(found) > 1:
        yield f"Several requests are meant by {fact.subject}. Name the body: {listed([r.key for r in found], 'or')}."


def _left_before_the_start(docket: Docket) -> Iterator[str]:
    """A correction or retraction must not leave facts hanging before the process began."""
    if docket.target is None or docket.target.kind not in STARTS:
        return
    begins = [fact.day for fact in (*docket.others, docket.fact) if fact is not None and fact.kind in STARTS]
    rest = [fact for fact in docket.others if fact.kind not in _NOT_AFTER_THE_START]
    if not begins and rest:
        yield "Without it the case has no beginning. If it should never have been opened, record opened_in_error."
    for fact in rest:
        if begins and fact.day < min(begins):
            yield (
                f"{plain(fact.kind).capitalize()} on {day_words(fact.day)} would then lie before the case "
                f"began, on {day_words(min(begins))}. Correct or retract that first."
            )


def _left_without_a_refusal(docket: Docket) -> Iterator[str]:
    """A correction or retraction of a refusal must not leave the change of it hanging."""
    if docket.target is None or docket.target.kind not in REFUSALS:
        return
    would_stand = [*docket.others, *([docket.fact] if docket.fact else [])]
    for change in docket.others:
        if change.kind == "refusal_changed" and any(_changing_nothing(would_stand, change)):
            yield f"The change of the refusal on {day_words(change.day)} would then be about nothing. Retract it first."


def _closed_after_reopening(docket: Docket) -> Iterator[str]:
    """A closing that was reopened since lay before the reopening, or it was another closing."""
    target, fact = docket.target, docket.fact
    if target is None or fact is None or not undone_by_reopening(target, docket.others):
        return
    reopened = [each.day for each in docket.others if each.kind == "reopened" and target.day <= each.day < fact.day]
    if reopened:
        yield (
            f"The case was reopened on {day_words(min(reopened))}: what that undid cannot have happened on "
            f"{day_words(fact.day)}. If it was closed again, record that."
        )
