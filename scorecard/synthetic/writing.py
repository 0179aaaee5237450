"""A council's files: the two that the import takes, and what is to be known of them."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from config.files import private_dir, write_private
from scorecard.synthetic.bridges_told import as_markdown
from scorecard.synthetic.council import Council

ASSESSMENTS, PLANS, BRIDGES, BRIDGES_JSON = NAMES = ("assessments.csv", "plans.csv", "bridges.md", "bridges.json")
"""The files of a council."""


def write(council: Council, folder: Path) -> tuple[Path, ...]:
    """Write the four files into a folder, which is made where it is missing. The same council makes the same bytes.

    Raises OSError when it cannot be written.
    """
    private_dir(folder)
    texts = (
        as_csv(council.assessment_rows()),
        as_csv(council.plan_rows()),
        as_markdown(council),
        json.dumps(told(council), ensure_ascii=False, indent=2, default=str) + "\n",
    )
    return tuple(write_private(folder / name, text) for name, text in zip(NAMES, texts, strict=True))


def as_csv(rows: Sequence[dict[str, str]]) -> str:
    """Rows as a CSV file with a heading; of no rows, nothing."""
    if not rows:
        return ""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def told(council: Council) -> dict[str, object]:
    """All that is to be known of a council besides its rows, for programs."""
    return {
        "authority": council.name,
        "area": council.area,
        "year": council.year,
        "seed": council.seed,
        "as_of": council.as_of.isoformat(),
        "moved_days": council.moved_days,
        "rows": {"assessments": len(council.assessments), "plans": len(council.plans)},
        "figures": council.figures,
        **asdict(council.bridges),
    }
