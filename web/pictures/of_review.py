"""The picture of an annual review: the twelve months, and the weeks round its meeting."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from statute.attributes import day_of
from statute.facts import Fact
from statute.review_standing import held_meeting, planned_meeting
from statute.timeline import Deadline, State, Timeline
from statute.words import count, day_words
from web.pictures.headline import REVIEW_DUE, headline, meeting_wanted
from web.pictures.relief import relief_lane
from web.pictures.said import in_time, late_look, looks_of, short
from web.pictures.shapes import Lane, Line, Look, Mark, Note, Picture, Span, Tick, Tone, spans_until

_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
_BEFORE_MEETING = 5 * _WEEK
_TITLES = {
    "s44_review": "The twelve months",
    "reg27_review": "The twelve months",
    "reg15_review": "Review after the transfer",
    "reg15_inform": "Letter about the transfer",
    "code_early_years": "Child under five",
    "reg20_report": "Report",
    "reg20_decision": "Decision",
    "reg22_final": "Amended plan",
}
_TRANSFERS = {
    "school": "Phase transfer to another school",
    "post16": "Phase transfer to post-16",
    "post16_move": "Move between post-16 places",
}
_DONE = {
    "reg20_report": "received",
    "reg22_final": "sent or decided against",
    "reg15_inform": "sent",
    "reg18_phase_transfer": "plan that names the place sent",
}
_SHOWN = frozenset({State.NOT_STARTED, State.NOT_APPLICABLE})
_ENDLESS = frozenset({State.NOT_APPLICABLE, State.REPLACED})


def of_review(timeline: Timeline, facts: Sequence[Fact], reference: str) -> Picture:
    """The picture of one review of a plan. `facts` are those that stand; `reference` names it in the title."""
    held = held_meeting(facts)
    meeting = held or planned_meeting(facts)
    first = _first(timeline, meeting)
    lanes = tuple(_clipped(lane, first) for lane in _lanes(timeline, facts, held, first))
    now = timeline.ended_on or timeline.as_of
    zero = meeting or timeline.started_on or now
    says = headline(timeline)
    return Picture(
        title=f"{reference}: {says[0]}",
        sentences=says,
        zero=zero,
        axis=_axis(held, meeting, zero),
        first=first,
        last=max(first + 8 * _WEEK, now, zero, *_ends(lanes)) + _WEEK,
        today=timeline.as_of,
        marks=tuple(sorted(_marks(timeline, held, meeting), key=lambda mark: mark.day)),
        lanes=lanes,
        looks=looks_of(lanes),
    )


def _first(timeline: Timeline, meeting: date | None) -> date:
    """Where the axis begins: some weeks before the meeting, else with the twelve months."""
    start = timeline.started_on or timeline.as_of
    now = timeline.ended_on or timeline.as_of
    return max(start, min(meeting - _BEFORE_MEETING, now - _WEEK)) if meeting else min(start, now)


def _axis(held: date | None, meeting: date | None, zero: date) -> str:
    if meeting is None:
        return f"Weeks since the plan was made or last reviewed, {day_words(zero)}"
    return f"Weeks from the meeting {'held' if held else 'planned for'} {day_words(zero)}"


def _clipped(lane: Lane, first: date) -> Lane:
    """The lane without what lies before the axis begins."""
    spans = [replace(span, first=max(span.first, first)) for span in lane.spans if span.last > first]
    return replace(lane, spans=tuple(spans), ticks=tuple(tick for tick in lane.ticks if tick.day >= first))


def _ends(lanes: Sequence[Lane]) -> Iterator[date]:
    for lane in lanes:
        yield from (span.last for span in lane.spans)
        yield from (tick.day for tick in lane.ticks)


def _marks(timeline: Timeline, held: date | None, meeting: date | None) -> Iterator[Mark]:
    if meeting:
        yield Mark(meeting, f"Meeting {'' if held else 'planned '}{short(meeting)}", Line.EVENT)
    elif timeline.ended_on is None and (wanted := meeting_wanted(timeline)):
        yield Mark(wanted, f"Meet by {short(wanted)}", Line.NORM)
    if timeline.ended_on is None:
        yield Mark(timeline.as_of, f"Today, {short(timeline.as_of)}", Line.TODAY)


def _lanes(timeline: Timeline, facts: Sequence[Fact], held: date | None, first: date) -> Iterator[Lane]:
    due = [row for row in timeline.deadlines if row.limit in REVIEW_DUE and _runs(row)]
    for row in sorted(due, key=lambda row: row.legal_due or date.max)[:1]:
        yield replace(_duty(row, timeline), strong=True)
    yield from _single(timeline, "reg15_inform", "code_early_years")
    yield from _prepared(timeline, held is not None)
    yield from _single(timeline, "reg20_report", "reg20_decision")
    yield from _family(timeline)
    yield from _amended(timeline)
    yield from _transfers(timeline, first)
    yield from _kept(timeline, facts)
    yield from relief_lane(facts)


def _runs(row: Deadline | None) -> bool:
    return row is not None and row.start is not None and row.legal_due is not None and row.state not in _SHOWN


def _single(timeline: Timeline, *limits: str) -> Iterator[Lane]:
    for row in (timeline.get(limit) for limit in limits):
        if row is not None and _runs(row):
            yield _duty(row, timeline)


def _duty(row: Deadline, timeline: Timeline, since: date | None = None) -> Lane:
    """One duty from the day that it counts from."""
    now = timeline.ended_on or timeline.as_of
    start = since or row.start or now
    spans = spans_until(start, row.legal_due, row.met_on, now, late_look(row))
    if timeline.ended_on is not None or row.state in _ENDLESS:
        spans = tuple(span for span in spans if span.look is not Look.TO_COME)
    ticks = [Tick(row.legal_due)] if row.legal_due else []
    if row.met_on:
        ticks.append(Tick(row.met_on, due=False))
    title = _TRANSFERS.get(row.subject, "Phase transfer") if row.subject else _TITLES[row.limit]
    return Lane(title, spans, tuple(ticks), (_how(row, timeline),))


def _how(row: Deadline, timeline: Timeline) -> Note:
    if row.met_on:
        words, tone = in_time(row)
        return Note(f"{_DONE.get(row.limit, 'decided')} {short(row.met_on)}{words}", tone)
    due = short(row.legal_due)
    if timeline.ended_on is not None or row.days is None:
        return Note(f"was due {due}, not done before the end", Tone.QUIET)
    if row.state is State.LIFTED:
        return Note(f"was due {due}, lifted by an exception: owed as soon as practicable")
    if row.days > 0:
        return Note(f"due {due}, {count(row.days, 'day')} late", Tone.LATE)
    return Note(f"due {due}, {count(row.days, 'day')} left" if row.days else f"due today, {due}")


def _prepared(timeline: Timeline, held: bool) -> Iterator[Lane]:
    """Invitations and papers: two weeks before the meeting (reg 20(3)-(4))."""
    found = {"Invitations": timeline.get("reg20_notice"), "Papers": timeline.get("reg20_papers")}
    rows = {name: row for name, row in found.items() if row is not None and _runs(row)}
    if not rows:
        return
    ticks = {Tick(row.legal_due) for row in rows.values() if row.legal_due}
    ticks |= {Tick(row.met_on, due=False) for row in rows.values() if row.met_on}
    notes = [_prepared_note(name, row, held) for name, row in rows.items()]
    yield Lane("Before the meeting", (), tuple(sorted(ticks, key=lambda tick: tick.day)), tuple(notes))


def _prepared_note(name: str, row: Deadline, held: bool) -> Note:
    if row.met_on:
        words, tone = in_time(row)
        return Note(f"{name} sent {short(row.met_on)}{words}", tone)
    if held:
        return Note(f"{name} not recorded; last day was {short(row.legal_due)}", Tone.QUIET)
    late = row.days is not None and row.days > 0
    return Note(
        f"{name} {'were' if late else 'are'} to be sent by {short(row.legal_due)}", Tone.LATE if late else Tone.PLAIN
    )


def _family(timeline: Timeline) -> Iterator[Lane]:
    window = timeline.get("reg22_representations")
    if window is None or window.start is None or window.legal_due is None or window.state is State.NOT_APPLICABLE:
        return
    notes = [Note(f"notice served {short(window.start)} · family may answer until {short(window.legal_due)}")]
    if window.breach:
        notes.append(Note("the amended plan was sent inside this time", Tone.LATE))
    yield Lane("The family's 15 days", (Span(window.start, window.legal_due + _DAY, Look.WINDOW),), (), tuple(notes))


def _amended(timeline: Timeline) -> Iterator[Lane]:
    """Eight weeks from the notice (reg 22(3)), and twelve from the meeting: the earlier day counts (Devon)."""
    found = {row.legal_due: row for row in map(timeline.get, ("devon_final", "reg22_final")) if row and _runs(row)}
    days = sorted(day for day in found if day)
    if not days:
        return
    lane = _duty(replace(found[days[0]], limit="reg22_final"), timeline, _since(found.values()))
    for day in days[1:]:
        from_what = "the meeting" if found[day].limit == "devon_final" else "the notice"
        note = Note(f"the other limit, counted from {from_what}, is {short(day)}", Tone.QUIET)
        lane = replace(lane, ticks=(*lane.ticks, Tick(day)), notes=(*lane.notes, note))
    yield lane


def _since(rows: Iterable[Deadline]) -> date | None:
    """From the notice on, once it is out; the meeting alone before."""
    rows = list(rows)
    notice = next((row.start for row in rows if row.limit == "reg22_final"), None)
    return notice or next((row.start for row in rows), None)


def _transfers(timeline: Timeline, first: date) -> Iterator[Lane]:
    since = max(first, timeline.started_on or first)
    for row in timeline.deadlines:
        if row.limit == "reg18_phase_transfer" and _runs(row):
            lane = _duty(row, timeline, since)
            moves = Note(f"moves {short(row.start)}", Tone.QUIET)
            yield replace(lane, notes=(*lane.notes, moves))


def _kept(timeline: Timeline, facts: Sequence[Fact]) -> Iterator[Lane]:
    """The plan that is to cease is kept until nobody can appeal any more (s.45(4))."""
    hold = timeline.get("s45_hold")
    if hold is None or hold.start is None or hold.legal_due is None or hold.state is State.NOT_APPLICABLE:
        return
    appealed = [day_of(fact, "day") or fact.day for fact in facts if fact.kind == "appeal_registered"]
    words = f"family may appeal until {short(hold.legal_due)}"
    notes = [Note(words), *(Note(f"appeal registered {short(day)}") for day in appealed)]
    yield Lane("Plan kept", (Span(hold.start, hold.legal_due, Look.WINDOW),), (), tuple(notes))
