"""`ehcp import` of 600 rows into an empty database, as it is typed: programs that have to start are included."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, timed

CASELOAD = Path(__file__).parents[1] / "demo"
DIRECTORIES = ("services", "settings", "officers")
AS_OF = "2026-11-20"


def _typed(folder: Path, *words: str) -> None:
    program = Path(sys.executable).with_name("ehcp")
    environment = {**os.environ, "EHCP_DATA_DIR": str(folder / "data")}
    subprocess.run([program, *words], check=True, env=environment, capture_output=True)


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
