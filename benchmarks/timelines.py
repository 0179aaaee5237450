"""Timelines computed on one core, explanations left lazy: a case in mid-course with eleven deadlines."""

import time
from collections.abc import Iterator
from datetime import date

from benchmarks.measure import Figure
from statute.notation import parse_fact
from statute.processes import timeline_of

FACTS = (
    "request_received=2024-09-02;source=1",
    "decision_to_assess=2024-10-11",
    "advice_requested:education=2024-10-14",
    "advice_requested:health/paediatrics=2024-10-14",
    "advice_requested:health/slt=2024-10-15",
    "advice_requested:educational_psychology=2024-10-14",
    "advice_requested:social_care=2024-10-16",
    "advice_received:education=2024-11-20",
    "advice_received:educational_psychology=2024-11-27",
    "draft_plan_sent=2024-12-16;served=2024-12-18",
    "consulted:123456=2024-12-16",
)
SECONDS = 3.0


def measure() -> Iterator[Figure]:
    """Timelines a second."""
    facts = [parse_fact(text) for text in FACTS]
    today = date(2024, 12, 20)
    assert len(timeline_of("assessment", facts, today).deadlines) == 11
    # One core's own time: whatever else this machine is doing does not count.
    count, begin = 0, time.process_time()
    while time.process_time() - begin < SECONDS:
        for _ in range(200):
            timeline_of("assessment", facts, today)
        count += 200
    yield Figure(
        "timelines a second, one core", count / (time.process_time() - begin), 10_000, "/s", more_is_better=True
    )
