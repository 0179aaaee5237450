"""What to do next about a limit, in one sentence for each way a case can stand."""

from datetime import date

import pytest

from casework.listing.actions import Here, Owed, next_action
from casework.listing.stages import Stage

DAY = date(2026, 11, 20)
HEALTH = Owed("health", "Community Paediatrics", date(2026, 8, 12), 4, frozenset({"adviser", "service_lead"}))


def here(stage: Stage, **said: object) -> Here:
    """A case at that stage on the day."""
    return Here(day=DAY, stage=stage, school="Oak School", **said)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("limit", "subject", "case", "said"),
    [
        (
            "reg8_advice",
            "health",
            here(Stage.AWAITING_ADVICE, owed=(HEALTH,)),
            "Chase Community Paediatrics: asked 12 Aug 2026, chased 4 times, now with the service's lead.",
        ),
        (
            "reg8_advice",
            "health",
            here(Stage.AWAITING_ADVICE, owed=(Owed("health", "Community Paediatrics", date(2026, 8, 12), 1),)),
            "Chase Community Paediatrics: asked 12 Aug 2026, chased once.",
        ),
        ("reg8_advice", "health", here(Stage.AWAITING_ADVICE), "Chase health."),
        (
            "code_consultation",
            "117222",
            here(Stage.AFTER_DRAFT),
            "Chase 117222 for its answer to the consultation.",
        ),
        ("reg15_inform", "", here(Stage.ARRANGING), "Write to the family about the plan that came to us."),
        ("s44_review", "", here(Stage.ARRANGING), "Ask Oak School to hold the review meeting: no day is known for it."),
        (
            "s44_review",
            "",
            here(Stage.ARRANGING, by_authority=True),
            "Arrange the review meeting: no day is known for it.",
        ),
        (
            "s44_review",
            "",
            here(Stage.ARRANGING, planned=date(2026, 12, 1)),
            "The review meeting is planned for 1 Dec 2026. Decide within four weeks of it.",
        ),
        (
            "s44_review",
            "",
            here(Stage.ARRANGING, planned=date(2026, 11, 1)),
            "The review meeting was planned for 1 Nov 2026: find out whether it was held.",
        ),
        ("reg20_report", "", here(Stage.AWAITING_REPORT), "Chase Oak School for the report of the review meeting."),
        (
            "reg20_report",
            "",
            here(Stage.AWAITING_REPORT, by_authority=True),
            "Write the report of the review meeting and send it.",
        ),
        (
            "reg20_decision",
            "",
            here(Stage.AWAITING_REPORT),
            "Chase Oak School for the report of the review meeting, then decide and tell the family.",
        ),
        (
            "reg20_decision",
            "",
            here(Stage.REVIEW_DECISION),
            "Decide to keep, amend or cease the plan and tell the family.",
        ),
        (
            "reg20_decision",
            "",
            here(Stage.REVIEW_DECISION, decided="decision_amend"),
            "Send the amendment notice with the proposed amendments.",
        ),
        (
            "devon_final",
            "",
            here(Stage.AMENDING, window=date(2026, 11, 25)),
            "The family can answer until 25 Nov 2026. Send the amended plan after that.",
        ),
        (
            "reg22_final",
            "",
            here(Stage.AMENDING, window=date(2026, 11, 19)),
            "Send the final amended plan, or the decision not to amend.",
        ),
        (
            "reg18_phase_transfer",
            "school",
            here(Stage.AMENDING),
            "Send the final amended plan that names the place for the move.",
        ),
        (
            "reg18_phase_transfer",
            "school",
            here(Stage.REVIEW_DECISION),
            "Decide to keep, amend or cease the plan and tell the family. The plan must name the place for the move.",
        ),
        ("reg18_phase_transfer", "school", here(Stage.REVIEWED), "Finish what follows from the decision. "
         "The plan must name the place for the move."),
    ],
)  # fmt: skip
def test_what_is_next_is_said_in_one_sentence(limit: str, subject: str, case: Here, said: str) -> None:
    assert next_action(limit, subject, case) == said
