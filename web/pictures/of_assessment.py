"""The picture of an assessment: its twenty weeks, and beside them the weeks of everybody who was asked."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from casework.case_advice import Advice
from statute.facts import Fact
from statute.timeline import Deadline, State, Timeline
from statute.words import count, day_words
from web.names import service_words
from web.pictures.headline import DECIDE, FINAL, WINDOW, ended_words, headline
from web.pictures.relief import relief_lane
from web.pictures.said import in_time, late_look, looks_of, short
from web.pictures.shapes import Lane, Line, Look, Mark, Note, Picture, Span, Tick, Tone, spans_until

_WEEKS = timedelta(weeks=20)
_AIR = timedelta(weeks=2)
_ANSWERS = {
    "advice_received": "returned",
    "advice_nil": "nothing to say, returned",
    "advice_declined": "declined",
    "advice_cancelled": "no longer wanted since",
    "advice_reused": "earlier advice reused",
    "advice_reassigned": "passed to another body",
}


def of_assessment(timeline: Timeline, facts: Sequence[Fact], advice: Sequence[Advice], reference: str) -> Picture:
    """The picture of an assessment. `facts` are those that stand; `reference` names the case in its title."""
    start = timeline.started_on or timeline.as_of
    lanes = tuple(_lanes(timeline, facts, advice, start))
    last = max(start + _WEEKS, min(timeline.as_of, timeline.ended_on or timeline.as_of), *_ends(lanes)) + _AIR
    says = headline(timeline)
    return Picture(
        title=f"{reference}: {says[0]}",
        sentences=says,
        zero=start,
        axis=f"Weeks since the request, {day_words(start)}",
        first=start,
        last=last,
        today=timeline.as_of,
        marks=tuple(sorted(_marks(timeline, last), key=lambda mark: mark.day)),
        lanes=lanes,
        looks=looks_of(lanes),
    )


def _ends(lanes: Sequence[Lane]) -> Iterator[date]:
    for lane in lanes:
        yield from (span.last for span in lane.spans)
        yield from (tick.day for tick in lane.ticks)


# Marks


def _marks(timeline: Timeline, last: date) -> Iterator[Mark]:
    if (decide := timeline.get(DECIDE)) and decide.legal_due:
        yield Mark(decide.legal_due, "Decide · reg 5", Line.LIMIT)
    if (refuse := timeline.get("reg10_refuse_plan")) and refuse.legal_due and refuse.state is not State.REPLACED:
        line = Line.IF if refuse.state in (State.CONDITIONAL, State.NOT_APPLICABLE) else Line.LIMIT
        yield Mark(refuse.legal_due, "If refusing · reg 10", line)
    if (final := timeline.get(FINAL)) and final.legal_due:
        replaced = final.state is State.REPLACED
        yield Mark(final.legal_due, "Final plan · reg 13", Line.IF if replaced else Line.LIMIT)
    if (draft := timeline.get("local_draft_plan")) and draft.norm_due:
        yield Mark(draft.norm_due, "Draft plan · our norm", Line.NORM)
    if timeline.ended_on is None and timeline.as_of <= last:
        yield Mark(timeline.as_of, f"Today, {short(timeline.as_of)}", Line.TODAY)


# Lanes


def _lanes(timeline: Timeline, facts: Sequence[Fact], advice: Sequence[Advice], start: date) -> Iterator[Lane]:
    yield _authority(timeline, facts, start)
    yield from (_service(each, timeline) for each in advice)
    yield from _family(timeline)
    yield from _consulted(timeline)
    yield from relief_lane(facts)


def _authority(timeline: Timeline, facts: Sequence[Fact], start: date) -> Lane:
    decide, final = timeline.get(DECIDE), timeline.get(FINAL)
    now = timeline.ended_on or timeline.as_of
    decided = decide.met_on if decide and decide.met_on and decide.met_on <= now else None
    spans = list(spans_until(start, decide.legal_due if decide else None, decided, now, late_look(decide)))
    if decided is None:
        spans = [span for span in spans if span.look is not Look.TO_COME]
    if final and final.legal_due:
        spans += _to_the_plan(final, decided or now, now, timeline.ended_on)
    done = [decided] if decided else []
    done += [fact.day for fact in facts if fact.kind in ("draft_plan_sent", "final_plan_sent", "decision_to_issue")]
    ticks = (*_dues(decide, final), *(Tick(day, due=False) for day in done))
    return Lane("The authority", tuple(spans), ticks, tuple(_of_authority(timeline, facts)), strong=True)


def _to_the_plan(final: Deadline, since: date, now: date, ended: date | None) -> Iterator[Span]:
    """From the decision on: the work on the plan, what of it is late, what of the 20 weeks is left."""
    due = final.legal_due or now
    if final.state is State.REPLACED:
        yield Span(since, max(final.met_on or now, since), Look.REPLACED)
        return
    spans = spans_until(since, due, final.met_on, now, late_look(final))
    yield from (span for span in spans if ended is None or span.look is not Look.TO_COME)


def _dues(*limits: Deadline | None) -> Iterator[Tick]:
    for limit in limits:
        if limit and limit.legal_due:
            yield Tick(limit.legal_due)


def _of_authority(timeline: Timeline, facts: Sequence[Fact]) -> Iterator[Note]:
    decide, final = timeline.get(DECIDE), timeline.get(FINAL)
    if decide and decide.met_on:
        refused = any(fact.kind == "decision_not_to_assess" and fact.day == decide.met_on for fact in facts)
        what = "decided not to assess" if refused else "decided to assess"
        yield _done(what, decide)
    elif decide and decide.state is State.OVERDUE and decide.days:
        yield Note(f"decision whether to assess {count(decide.days, 'day')} late", Tone.LATE)
    drafts = [fact for fact in facts if fact.kind == "draft_plan_sent"]
    if drafts:
        yield Note(f"draft plan sent {short(drafts[-1].day)}")
    if final and final.met_on:
        yield _done("final plan sent", final)
    elif timeline.ended_on:
        if not (decide and decide.met_on == timeline.ended_on):
            yield Note(f"{_small(ended_words(timeline.ended_by))} {short(timeline.ended_on)}")
    elif final:
        yield from _left(final)


def _left(final: Deadline) -> Iterator[Note]:
    if final.state is State.LIFTED:
        yield Note("20 weeks lifted by an exception: owed as soon as practicable", Tone.QUIET)
    elif final.state is State.REPLACED:
        yield Note("20 weeks replaced by other days", Tone.QUIET)
    elif final.state is State.OVERDUE and final.days:
        yield Note(f"final plan {count(final.days, 'day')} late", Tone.LATE)
    elif final.days is not None:
        yield Note("final plan due today" if not final.days else f"{count(final.days, 'day')} left for the final plan")


def _done(what: str, limit: Deadline) -> Note:
    words, tone = in_time(limit)
    return Note(f"{what} {short(limit.met_on)}{words}", tone)


# The services


def _service(advice: Advice, timeline: Timeline) -> Lane:
    title = service_words(advice.subject)
    if advice.asked_on is None:
        return Lane(title, notes=(Note(_not_asked(advice), Tone.QUIET),))
    now = timeline.ended_on or timeline.as_of
    limit = timeline.get(advice.limit, advice.shown)
    done = advice.answered_on or (advice.asked_on if now < advice.asked_on else None)
    open_still = timeline.ended_on is None
    spans = spans_until(advice.asked_on, advice.due, done, now, late_look(limit))
    if not open_still:
        spans = tuple(span for span in spans if span.look is not Look.TO_COME)
    ticks = (*_dues(limit), *((Tick(advice.answered_on, due=False),) if advice.answered_on else ()))
    return Lane(title, spans, ticks, tuple(_of_service(advice, limit, open_still)))


def _not_asked(advice: Advice) -> str:
    if advice.mode == "reuse" or advice.answer == "advice_reused":
        return "earlier advice is used again"
    if advice.announced_on:
        return "told that a request is coming; the papers are still to be sent"
    return "not asked yet"


def _of_service(advice: Advice, limit: Deadline | None, open_still: bool) -> Iterator[Note]:
    if advice.answer:
        words, tone = in_time(limit) if limit and limit.met_on else ("", Tone.PLAIN)
        yield Note(f"{_ANSWERS.get(advice.answer, 'settled')} {short(advice.answered_on)}{words}", tone)
        return
    said = [_standing(advice, open_still)]
    if advice.without:
        said.append("going on without it")
    if advice.promised and open_still:
        said.append(f"promised by {short(advice.promised)}")
    if advice.chased:
        said.append(f"asked again {'once' if advice.chased == 1 else f'{advice.chased} times'}")
    late = advice.state is State.OVERDUE
    yield Note(" · ".join(said), Tone.LATE if late else Tone.PLAIN)


def _standing(advice: Advice, open_still: bool) -> str:
    if not open_still:
        return "not returned before the end"
    if advice.state is State.LIFTED:
        return "limit lifted by an exception"
    days = advice.days or 0
    if days > 0:
        return f"{count(days, 'day')} late"
    return f"due {short(advice.due)}" if days else "due today"


# The family and the schools


def _family(timeline: Timeline) -> Iterator[Lane]:
    window = timeline.get(WINDOW)
    if window is None or window.start is None or window.legal_due is None:
        return
    until = f"may answer until {short(window.legal_due)}"
    if window.legal_due < timeline.as_of or timeline.ended_on:
        until = f"could answer until {short(window.legal_due)}"
    notes = [Note(f"draft served {short(window.start)} · {until}")]
    if window.breach:
        notes.append(Note("the final plan was sent inside this time", Tone.LATE))
    span = Span(window.start, window.legal_due + timedelta(days=1), Look.WINDOW)
    yield Lane("The family's 15 days", (span,), notes=tuple(notes))


def _consulted(timeline: Timeline) -> Iterator[Lane]:
    asked = [each for each in timeline.deadlines if each.limit == "code_consultation" and each.start]
    if not asked:
        return
    now = timeline.ended_on or timeline.as_of
    waiting = [each for each in asked if each.met_on is None]
    first = min(each.start for each in asked if each.start)
    due = max(each.legal_due for each in asked if each.legal_due)
    done = None if waiting else max(each.met_on for each in asked if each.met_on)
    notes = f"{count(len(asked), 'school')} asked, {len(asked) - len(waiting)} answered"
    yield Lane("Schools consulted", spans_until(first, due, done, now), (Tick(due),), (Note(notes),))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
