"""The notices of an annual review: regulations 15, 20 to 22 and 31."""

from statute.sources import REGULATION
from statute.wanted_notice import APPEAL, HELP, WantedNotice, Who

_DECISIONS = ("decision_maintain", "decision_amend", "decision_cease")
_TO_APPEAL = ("the reasons", *APPEAL, *HELP)

NOTICES_OF_REVIEWS = (
    WantedNotice(
        name="transferred",
        what="The letter that the plan was transferred here",
        law="SI 2014/1530 reg 15(4)",
        link=REGULATION + "15",
        to=(Who.FAMILY,),
        kinds=("transferred_in",),
        unless=("plan_made", "last_review"),
        contents=(
            "that the plan was transferred",
            "whether the authority proposes an assessment",
            "when it proposes to review the plan",
        ),
    ),
    WantedNotice(
        name="invitations",
        what="Notice of the date of the review meeting, two clear weeks before it",
        law="SI 2014/1530 reg 20(3) (21(3) where the authority arranges it)",
        link=REGULATION + "20",
        to=(Who.INVITED,),
        kinds=("review_invited",),
        after=("review_meeting",),
    ),
    WantedNotice(
        name="papers",
        what="Advice and information for the meeting, two clear weeks before it",
        law="SI 2014/1530 reg 20(4) (21(4) where the authority arranges it)",
        link=REGULATION + "20",
        to=(Who.INVITED,),
        kinds=("review_papers_sent",),
        after=("review_meeting",),
    ),
    WantedNotice(
        name="report",
        what="The report of the meeting, within two weeks of it",
        law="SI 2014/1530 reg 20(6)-(9) (21(6)-(8) where the authority arranges it)",
        link=REGULATION + "20",
        to=(Who.INVITED,),
        kinds=("review_report_received",),
        after=("review_meeting",),
        contents=(
            "recommendations on any changes to the plan",
            "where views differ, what each of those attending said",
        ),
    ),
    WantedNotice(
        name="decision",
        what="The decision to keep, amend or cease the plan, within four weeks of the meeting",
        law="SI 2014/1530 reg 20(10)-(11) (21(9)-(10) where the authority arranges it)",
        link=REGULATION + "20",
        to=(Who.FAMILY, Who.SETTING),
        kinds=_DECISIONS,
        after=("review_meeting",),
        contents_of={
            "decision_maintain": APPEAL + HELP,
            "decision_cease": APPEAL + HELP,
            "decision_amend": ("the proposed amendments, by the amendment notice below",),
        },
    ),
    WantedNotice(
        name="amendment_notice",
        what="The amendment notice with the plan as it is",
        law="SI 2014/1530 reg 22(2)",
        link=REGULATION + "22",
        to=(Who.FAMILY,),
        kinds=("amendment_notice_sent",),
        after=("decision_amend", "amended_plan_sent"),
        unless=("decision_maintain", "decision_cease"),
        contents=(
            "the proposed amendments, with copies of the evidence for them",
            "the right to make representations and to ask for a particular school or institution",
            "at least 15 days to answer, beginning with the day it was served",
            "that the family may ask for a meeting with an officer",
        ),
    ),
    WantedNotice(
        name="amended_plan",
        what="The final amended plan with its notice, or the decision not to amend after all",
        law="SI 2014/1530 reg 22(3)-(5)",
        link=REGULATION + "22",
        to=(Who.FAMILY, Who.SETTING, Who.HEALTH),
        kinds=("amended_plan_sent", "decided_not_to_amend"),
        unless=("decision_maintain", "decision_cease"),
        contents=APPEAL + HELP,
        contents_of={"decided_not_to_amend": _TO_APPEAL},
    ),
    WantedNotice(
        name="ceasing",
        what="Before it decides to cease: the family and the head or principal are told and consulted",
        law="SI 2014/1530 reg 31(1)-(2)",
        link=REGULATION + "31",
        to=(Who.FAMILY, Who.SETTING),
        after=("decision_cease",),
        unless=("decision_maintain", "decision_amend"),
    ),
    WantedNotice(
        name="ceased",
        what="The plan is to cease: also to the institution and the health commissioner",
        law="SI 2014/1530 reg 31(3)",
        link=REGULATION + "31",
        to=(Who.FAMILY, Who.SETTING, Who.HEALTH),
        kinds=("decision_cease",),
        unless=("decision_maintain", "decision_amend"),
        contents=_TO_APPEAL,
    ),
)
