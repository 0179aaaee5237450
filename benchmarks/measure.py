"""What a benchmark says, and how figures are taken."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside its budget. `ratio` is figure to budget; `more_is_better` says which side is good."""

    what: str
    figure: float
    budget: float
    unit: str
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        """The figure as a multiple of the budget."""
        return self.figure / self.budget

    @property
    def kept(self) -> bool:
        """Whether the budget is kept."""
        return self.ratio >= 1 if self.more_is_better else self.ratio <= 1

    def row(self) -> str:
        """A row of the table in docs/performance.md."""
        sign = "at least" if self.more_is_better else "at most"
        return (
            f"| {self.what} | {self.figure:,.4g} {self.unit} | {sign} {self.budget:,.4g} {self.unit} "
            f"| {self.ratio:.2f} | {'kept' if self.kept else '**lost**'} |"
        )


def percentile(times: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the times lie."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
