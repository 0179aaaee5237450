"""When advice was asked for and came back."""

from datetime import date

from scorecard.synthetic.assessment_days import Year
from scorecard.synthetic.days import after

TAKES = {
    "educational_psychology_received": (58, 0.97),
    "health_received": (45, 0.95),
    "social_care_received": (34, 0.96),
    "education_received": (27, 0.98),
}
"""Days until each advice comes in the mean, and how many of a hundred ever come."""


def advice(decided: date, last: date, year: Year) -> dict[str, object]:
    """The days of asking and of what came back by the last day, by the columns of the file."""
    rng, days = year.days.rng, year.days
    asked = after(decided, rng.randint(1, 7))
    if not days.within(asked, min(after(asked, 6), last)):
        return {}
    asked = days.near(asked, asked, min(after(asked, 6), last))
    found: dict[str, object] = {"advice_requested": asked}
    for column, (mean, comes) in TAKES.items():
        took, comes_back = int(rng.gammavariate(6, mean / 6)), rng.random() < comes
        back = after(asked, max(took, 5))
        if comes_back and back <= last and days.within(back, min(after(back, 4), last)):
            found[column] = days.near(back, back, min(after(back, 4), last))
    return found
