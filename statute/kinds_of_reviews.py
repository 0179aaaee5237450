"""What can be recorded of a plan and its annual review: regulations 15, 18, 20 to 22, 28 and 31, sections 44 and 45."""

from statute.kind import (
    ANNUAL_REVIEW,
    ARRIVAL,
    CODE,
    DAY,
    METHODS,
    OLD,
    PAST,
    RECIPIENTS,
    YES_NO,
    About,
    Allowed,
    Kind,
)

TRANSFERS = ("school", "post16", "post16_move")
ARRANGERS = ("school", "institution", "authority")
ALIGNED = ("looked_after", "continuing_care", "personal_education")
"""Other reviews of the child with which a review meeting is held as one: of the care plan (Code 10.20), of continuing
care, of the personal education plan."""
OUTCOMES = ("dismissed", "allowed", "withdrawn", "conceded")

_DECISION: dict[str, Allowed] = {"decided_on": PAST, "method": METHODS, "to": RECIPIENTS, "arrived_on": ARRIVAL}
_MADE: dict[str, Allowed] = {"from_authority": CODE, "after": ("assessment", "reassessment"), "early_years": YES_NO}
_AMENDED: dict[str, Allowed] = {"after": ("review", "reassessment", "tribunal_order"), "names_setting": CODE}
_REPORT: dict[str, Allowed] = {
    "report_date": PAST,
    "recommends": ("maintain", "amend", "cease"),
    "changed_needs": YES_NO,
    "no_place": YES_NO,
}
_HELD: dict[str, Allowed] = {"aligned": tuple(f"{each}*" for each in ALIGNED)}
_NOTICE: dict[str, Allowed] = {"served": ARRIVAL, "method": METHODS, "reps_until": DAY, "to": RECIPIENTS}
_FINAL: dict[str, Allowed] = {
    "names_setting": CODE,
    "to": RECIPIENTS,
    "method": METHODS,
    "plan_date": DAY,
    "arrived_on": ARRIVAL,
}


def _kind(
    name: str,
    words: str,
    attributes: dict[str, Allowed],
    about: About = About.NOTHING,
    *,
    required: tuple[str, ...] = (),
    starts: bool = False,
    ends: bool = False,
    ahead: bool = False,
) -> Kind:
    return Kind(name, words, about, attributes, required, starts, ends, ahead, frozenset({ANNUAL_REVIEW}))


KINDS_OF_REVIEWS = (
    # The plan: when it was made, when last reviewed, where it came from and went. s.44(1), regs 15 and 27
    _kind("plan_made", "the plan was made", _MADE, starts=True),
    _kind(
        "last_review",
        "the decision of the last review was sent",
        {"meeting": OLD, "early_years": YES_NO},
        starts=True,
    ),
    _kind(
        "transferred_in",
        "the plan was transferred to the authority",
        {"from_authority": CODE, "family_told_on": PAST},
        starts=True,
    ),
    _kind("plan_amended", "the plan was amended", _AMENDED),
    _kind("transferred_out", "the plan was transferred to another authority", {"to_authority": CODE}, ends=True),
    _kind(
        "phase_transfer",
        "a phase transfer is planned",
        {"transfer": DAY, "receiving": CODE},
        About.TRANSFER,
        ahead=True,
    ),
    # The review: regs 20 and 21
    _kind("review_arranged_by", "it was recorded who arranges the review", {"by": ARRANGERS}, About.ARRANGER),
    _kind("review_invited", "the invitations to the review meeting were sent", {"meeting": DAY, "to": CODE}),
    _kind("review_papers_sent", "the papers for the review meeting were sent", {"meeting": DAY, "to": CODE}),
    _kind("review_meeting", "the review meeting was held", _HELD),
    _kind("review_report_received", "the report of the review meeting was received", _REPORT),
    # Decisions: regs 20(10), 21(9), 22(4). The day is the day the decision was sent.
    _kind("decision_maintain", "the decision to keep the plan as it is was sent", _DECISION, ends=True),
    _kind("decision_amend", "the decision to amend the plan was sent", _DECISION),
    _kind("decision_cease", "the decision to cease the plan was sent", {**_DECISION, "reason": CODE}),
    _kind("amendment_notice_sent", "the amendment notice was sent", _NOTICE),
    _kind("amended_plan_sent", "the amended plan was sent", _FINAL, ends=True),
    _kind("decided_not_to_amend", "the decision not to amend after all was sent", _DECISION, ends=True),
    # The end of the plan: s.45, reg 31
    _kind("plan_ceased", "the plan ceased", {"reason": CODE}, ends=True),
    _kind("appeal_registered", "an appeal was registered", {"sections": CODE}),
    _kind(
        "appeal_determined",
        "the appeal was determined",
        {"outcome": OUTCOMES, "sections": CODE},
        required=("outcome",),
        ends=True,
    ),
)
