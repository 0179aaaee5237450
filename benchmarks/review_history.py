"""The history of one full review: every reminder up to each answer, a decision to amend and the amended plan.

Time is skipped; the sweep, the law, the records, the activities and the letters are the real ones.
"""

import asyncio
from collections.abc import Iterator

from benchmarks.measure import Figure
from benchmarks.place import Town, town
from tests.support.database import Database
from tests.support.review_journey import ReviewJourney, review_journey
from tests.support.temporal import most_timers_open, skipping_server


async def _through(plan: ReviewJourney) -> None:
    """From the sweep to the amended plan: late papers, a late report, everything else on its last lawful day."""
    await plan.open()
    await plan.until(35)
    await plan.say("review_invited={35};meeting={56}")
    await plan.until(45)
    await plan.say("review_papers_sent={45};meeting={56}")
    await plan.until(58)
    await plan.say("review_meeting={56}")
    await plan.until(80)
    await plan.say("review_report_received={80};recommends=amend;changed_needs=yes")
    await plan.until(84)
    await plan.say("decision_amend={84}")
    await plan.say("amendment_notice_sent={84};served={84}")
    await plan.until(140)
    await plan.say("amended_plan_sent={140};names_setting=117222")


async def _measured(place: Town) -> tuple[int, int, int]:
    database = Database("benchmark", place.urls.owner_url, place.urls.app_url, place.db)
    async with skipping_server() as env, review_journey(env, database) as plan:
        await _through(plan)
        assert (await plan.ended()).outcome == "amended_plan_sent"
        kinds = await plan.events()
        return len(kinds), most_timers_open(kinds), sum(map(len, plan.mail().values()))


def measure() -> Iterator[Figure]:
    """Events of the whole history, and timers open at once."""
    with town() as place:
        events, timers, messages = asyncio.run(_measured(place))
    assert messages >= 30, f"{messages} messages: this is not the review it claims to be"
    what = f"a full review with {messages} messages"
    yield Figure(f"history of {what}", events, 300, "events")
    yield Figure(f"timers open at once in {what}", timers, 1, "")
