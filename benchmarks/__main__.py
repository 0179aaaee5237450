"""`make bench [ONLY=name]`: measure against the budgets and print the table that docs/performance.md keeps."""

import os
import sys
from importlib import import_module

from benchmarks.measure import Figure

BENCHMARKS = (
    "timelines",
    "overdue",
    "opening",
    "importing",
    "history",
    "review_history",
    "sweep",
    "reviews",
    "startup",
    "memory",
    "storm",
    "scorecard",
    "api",
    "pages",
)
HEADING = "| what | measured | budget | ratio | |\n| --- | --- | --- | --- | --- |"


def main() -> int:
    """Print every figure; the exit code says whether a budget was lost."""
    figures: list[Figure] = []
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"measuring {name} ...", flush=True)
        figures += import_module(f"benchmarks.{name}").measure()
    print(f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}\n\n{HEADING}")
    for figure in figures:
        print(figure.row())
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
