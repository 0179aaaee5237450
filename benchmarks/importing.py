"""`ehcp import` into an empty database, of 600 assessments and of 20,000 plans, as it is typed: programs that have to
start are included."""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import Figure, timed

CASELOAD = Path(__file__).parents[1] / "demo"
DIRECTORIES = ("services", "settings", "officers")
AS_OF = "2026-11-20"
PLANS = 20_000


def _typed(folder: Path, *words: str) -> None:
    program = Path(sys.executable).with_name("ehcp")
    environment = {**os.environ, "EHCP_DATA_DIR": str(folder / "data")}
    subprocess.run([program, *words], check=True, env=environment, capture_output=True)


def _plans(path: Path) -> Path:
    """Every plan of another child; one in six is under review, one in ten has a phase transfer before it."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "plan_ref",
                "surname",
                "forename",
                "date_of_birth",
                "setting_urn",
                "plan_made",
                "last_review_decision",
                "last_review_meeting",
                "report_received",
                "recommends",
                "phase_transfer",
                "transfer_date",
                "caseworker",
                "team",
            ]
        )
        writer.writerows(_plan(number) for number in range(PLANS))
    return path


def _plan(number: int) -> list[object]:
    as_of = date.fromisoformat(AS_OF)
    decided = as_of - timedelta(days=number * 7 % 400 + 1)
    made = decided - timedelta(days=number % 5 * 365 + 300)
    under_review = number % 6 == 0
    meeting = as_of - timedelta(days=number % 60) if under_review else decided - timedelta(days=20)
    under_review = meeting > decided
    moves = number % 10 == 0
    return [
        f"P-{number:05}",
        f"Surname {number % 4999}",
        f"Forename {number}",
        made - timedelta(days=1500),
        117_000 + number % 600,
        made,
        decided,
        meeting,
        as_of if under_review else "",
        "maintain" if under_review else "",
        "school" if moves else "",
        "2027-09-01" if moves else "",
        ("a.marsh", "p.singh", "t.brook")[number % 3],
        "",
    ]


def measure() -> Iterator[Figure]:
    """Seconds."""
    with tempfile.TemporaryDirectory(prefix="ehcp-bench-") as name:
        folder = Path(name)
        for each in (*DIRECTORIES, "assessments"):  # copied, for the rejects are written beside the file
            shutil.copy(CASELOAD / f"{each}.csv", folder)
        for each in DIRECTORIES:
            _typed(folder, each, "import", str(folder / f"{each}.csv"))
        taken = timed(lambda: _typed(folder, "import", str(folder / "assessments.csv"), "--as-of", AS_OF))
        yield Figure("ehcp import of 600 rows", taken, 20, "s")
        plans = str(_plans(folder / "plans.csv"))
        taken = timed(lambda: _typed(folder, "import", plans, "--as-of", AS_OF))
        yield Figure(f"ehcp import of {PLANS:,} plans", taken, 180, "s")
