"""What a killed `ehcp up` left running: found by its records and by the mark in the environment, then ended.

Postgres is not among them: it is adopted as it runs (`local.postgres`).
"""

from pathlib import Path

import psutil

from local.processes import end, marked, remembered

_PATIENCE_SECONDS = 15.0


def end_orphans(data_dir: Path) -> int:
    """End every process that an earlier `ehcp up` on `data_dir` left behind; how many there were.

    A record is only believed for a process that started when the record says. The mark finds what was started
    in the instant before a record could be written.
    """
    found: set[psutil.Process] = set(marked(str(data_dir)))
    for record in (data_dir / "run" / "children").glob("*.json"):
        identity = remembered(record)
        process = identity.process() if identity else None
        if process:
            found.add(process)
        record.unlink(missing_ok=True)
    end(found, _PATIENCE_SECONDS)
    return len(found)
