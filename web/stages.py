"""How far a case has come, as people say it."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.listing.stages import Stage

STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.DECIDING: "Deciding whether to assess",
        Stage.AWAITING_ADVICE: "Waiting for advice",
        Stage.DRAFTING: "Writing the draft plan",
        Stage.AFTER_DRAFT: "Draft plan sent",
        Stage.ARRANGING: "Review to be arranged",
        Stage.AWAITING_REPORT: "Waiting for the review report",
        Stage.REVIEW_DECISION: "Review decision to be made",
        Stage.AMENDING: "Amending the plan",
        Stage.REVIEWED: "Review decided",
    }
)


def stage_words(stage: Stage) -> str:
    """`awaiting_advice` -> `Waiting for advice`."""
    return STAGES[stage]
