"""The daily sweep over 100,000 plans, of which a thousand reviews are to be opened: several days' worth."""

from collections.abc import Iterator
from datetime import timedelta

from benchmarks.measure import Figure, timed
from benchmarks.place import town
from benchmarks.plans import plans_with_reviews
from casework.sweep import open_due
from config.clock import london_day, utc_now

PLANS, DUE = 100_000, 1_000


def measure() -> Iterator[Figure]:
    """Seconds of a sweep that finds a thousand, and of the next morning's, which finds its own few hundred."""
    now = utc_now()
    with town() as place:
        plans_with_reviews(place, PLANS, DUE, london_day(now))
        opened: list[int] = []
        first = timed(lambda: opened.append(open_due(place.db, now).count))
        next_day = timed(lambda: opened.append(open_due(place.db, now + timedelta(days=1)).count))
    assert opened[0] == DUE, f"{opened[0]} reviews opened instead of {DUE}"
    assert opened[1], "nothing fell due on the next day"
    yield Figure(f"sweep over 100,000 plans, {opened[0]:,} reviews opened", first, 5, "s")
    yield Figure(f"the next day's sweep, {opened[1]:,} reviews opened", next_day, 5, "s")
