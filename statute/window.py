"""The family's time to answer a draft plan, reg 13(1)(a) and s.38(4), or an amendment notice, reg 22(2)(c).

"At least 15 days, beginning with the day on which the draft plan was served" is a minimum for the family, never
a limit on it: the authority may finalise from the day after. Where several drafts were served, the latest governs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from statute.attributes import day_of
from statute.calendar import Calendar
from statute.case import Case
from statute.facts import Fact
from statute.limit import Limit
from statute.row import Row
from statute.timeline import State
from statute.words import day_words

# The Regulations are silent; by first-class post a letter comes on the second working day after posting
# (Interpretation Act 1978 s.7 and the Practice Direction of 1985), unless the contrary is shown.
POST_TAKES = 2
# The plan that must wait, and what the family answers.
_NAMES = {"draft_plan_sent": ("final plan", "draft"), "amendment_notice_sent": ("amended plan", "notice")}


@dataclass(frozen=True, slots=True)
class Window:
    """One draft's window: served on `opens`, and `closes` on the last day for representations (inclusive)."""

    draft: Fact
    opens: date
    closes: date
    assumed: bool


def served_on(draft: Fact, calendar: Calendar) -> tuple[date, bool]:
    """The day a draft was served, and whether that day is assumed because it went by post."""
    served = day_of(draft, "served")
    if served is not None:
        return served, False
    if draft.attributes.get("method") == "post":
        return calendar.working_day_after(draft.day, POST_TAKES), True
    return draft.day, False


def latest_window(limit: Limit, drafts: Iterable[Fact], calendar: Calendar) -> Window | None:
    """The window of the draft that was served last, or None before any draft."""
    windows = [_window(limit, draft, calendar) for draft in drafts]
    return max(windows, key=lambda window: (window.opens, window.draft.sequence), default=None)


def representations_row(limit: Limit, case: Case, drafts: Iterable[Fact], final: Fact | None) -> Row:
    """How the family's window on those drafts stands; a plan sent to the family inside it shows as a breach."""
    window = latest_window(limit, drafts, case.calendar)
    if window is None:
        state = State.NOT_APPLICABLE if case.ended else State.NOT_STARTED
        return Row(limit, case, None, None, None, state=state)
    row = Row(limit, case, window.draft, window.opens, window.closes)
    row.state = _state(case, window, final)
    if final is not None and window.draft.day <= final.day <= window.closes and not case.void:
        plan, draft = _NAMES[window.draft.kind]
        row.breach = (
            f"The {plan} was sent on {day_words(final.day)}, inside the family's time to answer the {draft}, "
            f"which ran up to and including {day_words(window.closes)}."
        )
    if window.assumed:
        row.notes.append(
            f"Service on {day_words(window.opens)} is assumed: the {_NAMES[window.draft.kind][1]} went by post on "
            f"{day_words(window.draft.day)} and nobody has recorded the day it arrived."
        )
    return row


def _window(limit: Limit, draft: Fact, calendar: Calendar) -> Window:
    opens, assumed = served_on(draft, calendar)
    closes = limit.rule.last_day(opens)
    return Window(draft, opens, max(closes, day_of(draft, "reps_until") or closes), assumed)


def _state(case: Case, window: Window, final: Fact | None) -> State:
    if case.void:
        return State.NOT_APPLICABLE
    if case.ended is None:
        return State.WINDOW_OPEN if case.today <= window.closes else State.WINDOW_CLOSED
    # A plan that was finalised too early cut the window short; any other end leaves nothing to answer.
    if final is None and case.ended.day <= window.closes:
        return State.NOT_APPLICABLE
    return State.WINDOW_CLOSED
