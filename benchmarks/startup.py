"""`ehcp up` from nothing to the first answer, after installation."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure

PATIENCE = 120


def measure() -> Iterator[Figure]:
    """Seconds until it says where everything is."""
    with tempfile.TemporaryDirectory(prefix="ehcp-bench-") as folder:
        log = Path(folder) / "up.log"
        begin = time.perf_counter()
        with log.open("wb") as out:
            up = subprocess.Popen(
                [Path(sys.executable).with_name("ehcp"), "up", "--port", "19000"],
                stdout=out,
                stderr=out,
                env={**os.environ, "EHCP_DATA_DIR": folder},
            )
        try:
            while "is up" not in log.read_text():
                assert up.poll() is None and time.perf_counter() - begin < PATIENCE, log.read_text()
                time.sleep(0.02)
            taken = time.perf_counter() - begin
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(timeout=60)
    yield Figure("ehcp up from nothing to the first answer", taken, 20, "s")
