"""Letters sent in time that arrived late."""

from datetime import date

from statute.attributes import day_of
from statute.facts import Fact
from statute.words import day_words

# The family must be *notified* of these within the limit; a final plan need only be *sent* (reg 13(2)).
_NOTIFIED = frozenset(
    {
        "decision_to_assess",
        "decision_not_to_assess",
        "decision_not_to_issue",
        "decision_maintain",
        "decision_amend",
        "decision_cease",
        "decided_not_to_amend",
    }
)


def arrived_late(met: Fact, due: date | None) -> list[str]:
    """A warning for a decision sent in time that reached the family after the last day."""
    if due is None or met.kind not in _NOTIFIED or "arrived_on" not in met.attributes:
        return []
    arrived = day_of(met, "arrived_on")
    if arrived is None or not met.day <= due < arrived:
        return []
    return [
        f"The letter of {day_words(met.day)} was sent in time but arrived on {day_words(arrived)}, after the last "
        f"day, {day_words(due)}. Whether sending is enough to notify is unsettled."
    ]
