"""The schedules of this house, as data."""

from dataclasses import dataclass
from datetime import time, timedelta

from temporalio.client import (
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

# Every schedule whose id begins so is ours: declared here, or removed.
PREFIX = "ehcp-"
LONDON = "Europe/London"

EVERY_DAY = (0, 6)
MONDAY_TO_FRIDAY = (1, 5)
ANY_DATE = (1, 31)
FIRST = (1, 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that happens again and again at a time of day in London, or where `every` is given, each time so long
    has passed, by day and by night.

    `days` are the first and last day of the week, Sunday = 0; `dates` the first and last day of the month: both
    must fit. `catch_up`: if Temporal was down at the time, the run is made up for when it returns within so long,
    and left out after that.
    """

    id: str
    workflow: str
    catch_up: timedelta
    note: str
    at: time = time()
    every: timedelta | None = None
    days: tuple[int, int] = EVERY_DAY
    dates: tuple[int, int] = ANY_DATE


def declared(post_round_at: time = time(8, 30)) -> tuple[Standing, ...]:
    """The schedules that should exist; the post round's time comes from the policy."""
    return (
        Standing(
            id=f"{PREFIX}post-round",
            workflow="PostRoundWorkflow",
            at=post_round_at,
            # Bank holidays are told apart in the activity, by the calendar that the law uses.
            days=MONDAY_TO_FRIDAY,
            catch_up=timedelta(hours=6),
            note="The post round: one digest for each person, on working days",
        ),
        Standing(
            id=f"{PREFIX}nightly-check",
            workflow="NightlyCheckWorkflow",
            at=time(2, 15),
            catch_up=timedelta(hours=12),
            note="The nightly check: every open process has its clock, every wake is delivered",
        ),
        Standing(
            id=f"{PREFIX}reviews-due",
            workflow="ReviewsDueWorkflow",
            at=time(5),
            # A morning that was missed altogether is made up for by the next: it takes every review whose day has come.
            catch_up=timedelta(hours=18),
            note="Reviews falling due: each gets its clock, well before the day",
        ),
        Standing(
            id=f"{PREFIX}term-lists",
            workflow="TermListsWorkflow",
            at=time(6),
            # As with the reviews, the next morning prepares what this one did not.
            catch_up=timedelta(hours=18),
            note="Lists of reviews before each term, for settings, health and social care",
        ),
        Standing(
            id=f"{PREFIX}month-end",
            workflow="MonthEndWorkflow",
            at=time(1, 30),
            dates=FIRST,
            # There is no next morning that would make up for it: any day of the month will do.
            catch_up=timedelta(days=25),
            note="The end of the month: how annual reviews stand is put down",
        ),
        Standing(
            id=f"{PREFIX}returns",
            workflow="ReturnsWorkflow",
            every=timedelta(minutes=5),
            # What one reading missed is there for the next.
            catch_up=timedelta(minutes=1),
            note="Mail that came back: bounces, absences and replies, and what GOV.UK Notify says of letters",
        ),
    )


def schedule_of(standing: Standing, task_queue: str) -> Schedule:
    """The same in Temporal's words. Calendar times follow London through both clock changes."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            standing.workflow,
            id=standing.id,
            task_queue=task_queue,
            static_summary=standing.note,
        ),
        spec=_when(standing),
        # A round that is still going is never overtaken by the next.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=standing.catch_up),
    )


def _when(standing: Standing) -> ScheduleSpec:
    if standing.every:
        return ScheduleSpec(intervals=[ScheduleIntervalSpec(every=standing.every)], time_zone_name=LONDON)
    # Tuples, as the server answers them: a list would differ from itself at every comparison.
    calendar = ScheduleCalendarSpec(
        hour=(ScheduleRange(standing.at.hour),),
        minute=(ScheduleRange(standing.at.minute),),
        day_of_week=(ScheduleRange(*standing.days),),
        day_of_month=(ScheduleRange(*standing.dates),),
    )
    return ScheduleSpec(calendars=[calendar], time_zone_name=LONDON)
