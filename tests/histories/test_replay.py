"""Every clock that a released version began can be carried on by this one."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from engine.deployment import RELEASE
from engine.plugin import ehcp_plugin
from tests.support.temporal import WORKFLOWS

HISTORIES = sorted(Path(__file__).parent.glob("*/*.json"))


def replayer(workflows: Sequence[type] = WORKFLOWS) -> Replayer:
    return Replayer(workflows=workflows, plugins=[ehcp_plugin()], build_id=RELEASE)


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"{path.parent.name}/recorded", path.read_text())


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_clock_can_be_carried_on(path: Path) -> None:
    await replayer().replay_workflow(history(path))


def test_every_kind_of_history_was_recorded() -> None:
    scenarios = {path.stem.split("-", 1)[1] for path in HISTORIES}
    assert scenarios >= {
        "clean_case",
        "nothing_planned",
        "database_away",
        "mail_server_away",
        "told_while_working",
        "continued_as_new",
        "maintained",
        "amended",
    }


async def test_a_change_that_would_break_running_clocks_is_noticed() -> None:
    """The gate itself: a workflow that acts otherwise than its history is refused."""
    from tests.support.otherwise import Otherwise

    clean = next(path for path in HISTORIES if path.stem.endswith("clean_case"))
    with pytest.raises(NondeterminismError):
        await replayer([Otherwise]).replay_workflow(history(clean))


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_a_history_holds_ids_days_and_codes_only(path: Path) -> None:
    """Every payload, decoded: no field but those of our messages."""
    from base64 import b64decode

    allowed = {"process_id", "kind", "version", "run", "now", "next_wake", "closed", "outcome", "summary", "urgent",
               "sent", "failed", "held", "skipped", "left"}  # fmt: skip
    found: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("data"), str) and "metadata" in node:
                decoded = json.loads(b64decode(node["data"]))
                found.update(decoded if isinstance(decoded, dict) else ())
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit(json.loads(path.read_text()))
    # What Temporal's own library notes beside each local activity.
    assert found - allowed <= {"seq", "attempt", "activity_id", "activity_type", "complete_time", "backoff",
                               "activation_index",                               "original_schedule_time"}  # fmt: skip
    assert "process_id" in found
