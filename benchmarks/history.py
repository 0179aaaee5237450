"""The history of one clean case: twenty weeks, eight advice requests, every answer after its last reminder.

Time is skipped; the law, the records, the activities and the letters are the real ones.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from benchmarks.measure import Figure
from benchmarks.place import Town, town
from casework.cases import authority
from records.tables import Body
from tests.support.database import Database
from tests.support.journey import Journey, journey
from tests.support.temporal import most_timers_open, skipping_server

# Beside the four that are always asked, bodies by name.
NAMED = ("health/paeds", "health/slt", "health/ot", "other/camhs", "other/hearing")
SUBJECTS = ("education", "educational_psychology", "social_care", *NAMED)
# Six weeks from the asking on day 36, less one day: the reminders 14, 7 and 2 days before have all gone out.
ANSWERED = 77


@dataclass(frozen=True, slots=True)
class _Run:
    events: int
    timers: int
    reminders: int


async def _through(case: Journey) -> None:
    """From the request to the final plan on the last lawful day, the hundred and fortieth."""
    await case.open()
    await case.until(36)
    await case.say(f"decision_to_assess={{36}};seek={','.join(NAMED)}")
    # As they are asked, one after another: every request wakes the clock.
    for subject in SUBJECTS:
        await case.say(f"advice_requested:{subject}={{36}}")
    await case.until(ANSWERED)
    for subject in SUBJECTS:
        await case.say(f"advice_received:{subject}={{{ANSWERED}}}")
    await case.until(98)
    await case.say("decision_to_issue={98}", "draft_plan_sent={98};served={98}", "consulted:117222={98}")
    await case.until(113)
    await case.say("consultation_reply:117222={113};outcome=can_meet")
    await case.until(140)
    await case.say("final_plan_sent={140}")


def _directory(place: Town) -> None:
    """The bodies that the council of the tests does not have."""
    with Session(place.db) as session, session.begin():
        for category, code in (named.split("/") for named in NAMED[1:]):
            email = f"{code}@nhs.example"
            session.add(Body(authority=authority(), category=category, code=code, name=code, email=email))


async def _measured(place: Town) -> _Run:
    database = Database("benchmark", place.urls.owner_url, place.urls.app_url, place.db)
    async with skipping_server() as env, journey(env, database) as case:
        _directory(place)
        await _through(case)
        assert (await case.ended()).outcome == "final_plan_sent"
        kinds = await case.events()
        return _Run(len(kinds), most_timers_open(kinds), len(case.rungs("chase", "adviser")))


def measure() -> Iterator[Figure]:
    """Events of the whole history, and timers open at once."""
    with town() as place:
        run = asyncio.run(_measured(place))
    assert run.reminders == 3 * len(SUBJECTS), f"{run.reminders} reminders: this is not the case it claims to be"
    what = f"a 20-week case, {len(SUBJECTS)} requests and {run.reminders} reminders"
    yield Figure(f"history of {what}", run.events, 300, "events")
    yield Figure(f"timers open at once in {what}", run.timers, 1, "")
