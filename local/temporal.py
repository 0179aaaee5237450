"""Temporal's development server: its command line, and whether it answers.

Its state is one SQLite file. Everything in it can be lost and rebuilt from the ledger (`ehcp rebuild`).
"""

import os
import subprocess
from pathlib import Path

from config.files import private_dir
from local.binaries import temporal_program
from local.ports import LOOPBACK, Ports


def command(data_dir: Path, ports: Ports, namespace: str) -> tuple[str, ...]:
    """The server's command line: loopback only, and a journal that lets readers and the writer work at once."""
    return (
        temporal_program(), "server", "start-dev", "--db-filename", str(data_dir / "temporal.db"),
        "--ip", LOOPBACK, "--port", str(ports.temporal), "--ui-ip", LOOPBACK, "--ui-port", str(ports.temporal_ui),
        "--namespace", namespace, "--log-level", "error",
        "--dynamic-config-value", "frontend.enableServerVersionCheck=false",  # asks nobody on the internet
        "--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal",
    )  # fmt: skip


def environment(data_dir: Path) -> dict[str, str]:
    """The server's environment: none of the user's TEMPORAL_* settings, which would change what it does."""
    # It notes in its home which release it last heard of.
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(private_dir(data_dir / "run" / "temporal"))}


def answers(data_dir: Path, ports: Ports) -> bool:
    """Whether the server serves. Takes at most a few seconds."""
    address = f"{LOOPBACK}:{ports.temporal}"
    asked = [temporal_program(), "operator", "cluster", "health", "--address", address, "--command-timeout", "3s"]
    try:
        said = subprocess.run(asked, env=environment(data_dir), capture_output=True, check=False, timeout=5)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return said.returncode == 0
