"""Children and young people who do not exist."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scorecard.synthetic.names import FORENAMES, SURNAMES

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters that a unique pupil number can begin with (DfE, "Unique pupil numbers": no I, O or S)."""

NO_AUTHORITY = "999"
"""No authority has this number, so nobody has a pupil number with it."""

OLDEST = 24
"""The age above which nobody is given a plan here: at 25 it ends (s.46 of the Act)."""

_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Child:
    """A name, a pupil number with the right check letter, a day of birth."""

    upn: str
    surname: str
    forename: str
    date_of_birth: date


@dataclass(slots=True)
class Children:
    """Makes children, each with a number of its own."""

    rng: Random
    made: int = 0

    def assessed(self, on: date) -> Child:
        """A child as those of whom an assessment is requested: most of them start school or are about to change it."""
        return self._child(on - timedelta(days=int(self.rng.triangular(2, 19, 6) * _YEAR)))

    def with_plan(self, made: date, now: date) -> Child:
        """A child with a plan that was made so long ago, and who is not yet 25."""
        held = (now - made).days / _YEAR
        age = self.rng.triangular(2, max(2.5, min(18, OLDEST - held)), 5)
        return self._child(made - timedelta(days=int(age * _YEAR)))

    def _child(self, born: date) -> Child:
        self.made += 1
        rng = self.rng
        return Child(upn(self.made), rng.choice(SURNAMES), rng.choice(FORENAMES), born)


def upn(number: int) -> str:
    """The unique pupil number of nobody, with its check letter."""
    digits = f"{NO_AUTHORITY}{number:09d}"
    return _LETTERS[sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True)) % 23] + digits
