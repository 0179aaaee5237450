"""The law without a database: a timeline from typed facts, and the school-closure window."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cli import output
from config.clock import london_day, utc_now

if TYPE_CHECKING:
    from statute.facts import Fact
    from statute.timeline import Deadline, Timeline

COLUMNS = {"limit": "Limit", "legal_due": "Legal day", "state": "State", "days": "Days past it"}


def print_timeline(timeline: "Timeline", as_json: bool) -> None:
    """Every limit of a process, as JSON or as a table with the explanations below it."""
    from statute.report import as_json as report

    answer = report(timeline)
    if as_json:
        output.print_json(answer)
        return
    output.print_table(f"{timeline.process} as at {output.day_words(timeline.as_of)}", COLUMNS, rows_of(timeline))
    output.say("")
    for deadline in timeline.deadlines:
        print_explanation(deadline)


def rows_of(timeline: "Timeline") -> list[dict[str, object]]:
    """What the table shows of each limit."""
    return [
        {"limit": named(d), "legal_due": d.legal_due, "state": d.state.value, "days": d.days}
        for d in timeline.deadlines
    ]


def named(deadline: "Deadline") -> str:
    """The limit with its subject, as `ehcp explain` takes them."""
    return f"{deadline.limit} {deadline.subject}".strip()


def print_explanation(deadline: "Deadline") -> None:
    """Why a date is what it is, with the paragraph it comes from."""
    output.out().print(f"[bold]{named(deadline)}[/] ({deadline.citation})")
    output.say(f"{deadline.explain()}\n")


def judged(process: str, facts: Sequence["Fact"], today: date) -> tuple[list["Fact"], list[str]]:
    """The facts in the order they happened, with every confirmation and warning; ends the command on a refusal."""
    from statute.judgement import judge_all

    accepted: list[Fact] = []
    notes: list[str] = []
    for fact, judgement in judge_all(facts, today, process):
        if judgement.refusals:
            output.fail(judgement.refusals)
        notes += [*judgement.confirmations, *judgement.warnings]
        accepted.append(fact)
    return accepted, notes


def typed_timeline(
    process: str, texts: Sequence[str], as_of: date | None, as_json: bool, terms: Sequence[date] = ()
) -> None:
    """Parse, judge and show; the reason of a refused fact goes to stderr with a non-zero exit code.

    `terms` are the first days of school terms, for a review alone.
    """
    from statute.errors import FactError
    from statute.notation import parse_fact

    today = london_day(utc_now())
    try:
        facts = [parse_fact(text) for text in texts]
    except FactError as error:
        output.fail(str(error), output.USAGE)
    accepted, notes = judged(process, facts, today)
    timeline = _timeline(process, accepted, as_of or today, terms)
    output.warn(list(dict.fromkeys([*notes, *timeline.warnings])))
    print_timeline(timeline, as_json)


def _timeline(process: str, facts: Sequence["Fact"], day: date, terms: Sequence[date]) -> "Timeline":
    from statute import annual_review
    from statute.kind import ANNUAL_REVIEW
    from statute.processes import timeline_of

    if process == ANNUAL_REVIEW:
        return annual_review.timeline(facts, day, terms=terms)
    return timeline_of(process, facts, day)


def closure(first_closed: date, reopens: date, advice_requested: date, as_json: bool) -> None:
    """Whether the school-closure exception can be used (reg 5(4)(a), 10(4)(a))."""
    from statute.closure import closure as test

    result = test(first_closed, reopens, advice_requested)
    answer = {
        name: getattr(result, name)
        for name in ("closed_days", "qualifies", "window_start", "window_end", "in_window", "available")
    }
    if as_json:
        output.print_json(answer)
        return
    output.print_table(
        "School closure (regulations 5(4)(a) and 10(4)(a))",
        {"what": "What", "is": ""},
        [{"what": name.replace("_", " "), "is": value} for name, value in answer.items()],
    )
    if result.needs_confirmation:
        output.warn(["A day lies within three days of an edge of the window: a person must confirm the closure days."])
