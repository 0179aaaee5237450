"""Which workflow is the clock of which process of the law."""

from dataclasses import dataclass
from uuid import UUID

from engine.messages import ANNUAL_REVIEW, ASSESSMENT


@dataclass(frozen=True, slots=True)
class Clock:
    """`workflow` is the registered name of the workflow's type, `title` what Temporal's own pages call one."""

    workflow: str
    title: str


CLOCKS = {
    ASSESSMENT: Clock("AssessmentWorkflow", "EHC needs assessment"),
    ANNUAL_REVIEW: Clock("AnnualReviewWorkflow", "Annual review"),
}


def clock_of(kind: str) -> Clock:
    """The clock of a kind of process; raises ValueError for a kind that has none."""
    if kind not in CLOCKS:
        raise ValueError(f"no clock for a process of kind {kind!r}; there is one for each of {', '.join(CLOCKS)}")
    return CLOCKS[kind]


def workflow_id(process_id: UUID, kind: str = ASSESSMENT) -> str:
    """The id of a process's workflow. It is the process's own, so that it cannot run twice."""
    return f"{kind}/{process_id}"


def kind_of(workflow: str) -> str:
    """The kind of process that a workflow id of `workflow_id` belongs to."""
    return workflow.partition("/")[0]
