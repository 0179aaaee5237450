"""The limits of one annual review and of the amendment that may follow: regulations 20 to 22 and 28 of SI 2014/1530.

None of them has an exception in permanent law; SI 2020/471 relaxed some of them in 2020.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from statute.counting import clear_weeks_before, days_beginning_with, weeks_of
from statute.limit import Limit
from statute.limits_of_plans import in_2020
from statute.sources import AUTHORITY, FAMILY, REGULATION

_INVITED = "the family, the head or principal, health, social care and the authority"
_TWO_WEEKS = "At least two clear weeks before {day}"
_DAY_TO_DAY = "Common practice counts two weeks from day to day, to {due}; clear days are the safe reading."

REG20_NOTICE = Limit(
    id="reg20_notice",
    duty="give everyone who must be invited notice of the meeting",
    citation="SI 2014/1530 reg 20(3)",
    owed_by="whoever arranges the review",
    owed_to=_INVITED,
    starts_with="the review meeting is held",
    rule=clear_weeks_before(2),
    met_by="the invitations",
    link=REGULATION + "20",
    within=_TWO_WEEKS,
    practice=_DAY_TO_DAY,
)
REG20_PAPERS = replace(
    REG20_NOTICE,
    id="reg20_papers",
    duty="obtain advice and send it to everyone invited",
    citation="SI 2014/1530 reg 20(4)",
    met_by="the papers",
)
REG20_REPORT = Limit(
    id="reg20_report",
    duty="write a report of the review and send it to everyone invited",
    citation="SI 2014/1530 reg 20(9)",
    owed_by="the head or principal (the authority where the setting is no listed school or institution)",
    owed_to=_INVITED,
    starts_with="the review meeting is held",
    rule=weeks_of(2),
    met_by="the report",
    link=REGULATION + "20",
    grounds=in_2020("SI 2014/1530 reg 20(9) with reg 2A"),
)
LOCAL_REPORT_DECISION = Limit(
    id="local_report_decision",
    duty="decide soon after the report",
    citation="Local norm; the law counts the decision from the meeting, not from the report",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the report is received",
    rule=weeks_of(2),
    met_by="the decision to keep, amend or cease the plan",
    link=REGULATION + "20",
    law=False,
    sentence="The authority aims to decide within 2 weeks of the report",
    norm="The authority's own day for that is {due}, which is never later than the law allows.",
)
REG20_DECISION = Limit(
    id="reg20_decision",
    duty="tell the family and the head or principal whether it will keep, amend or cease the plan, and if it will "
    "amend it also send the notice with the proposed amendments",
    citation="SI 2014/1530 reg 20(10)",
    owed_by=AUTHORITY,
    owed_to=f"{FAMILY}, and the head or principal",
    starts_with="the review meeting is held",
    rule=weeks_of(4),
    met_by="the decision to keep or cease the plan, or to amend it together with the amendment notice",
    link=REGULATION + "20",
    grounds=in_2020("SI 2014/1530 reg 20(10) with reg 2A"),
    own=True,
)
REG22_REPRESENTATIONS = Limit(
    id="reg22_representations",
    duty="give the family at least 15 days to answer the proposed amendments",
    citation="SI 2014/1530 reg 22(2)(c)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the amendment notice is served",
    rule=days_beginning_with(15),
    met_by="",
    link=REGULATION + "22",
)
REG22_FINAL = Limit(
    id="reg22_final",
    duty="send the final amended plan, or its decision not to amend after all",
    citation="SI 2014/1530 reg 22(3)-(4)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the amendment notice is first sent",
    rule=weeks_of(8),
    met_by="the final amended plan, or the decision not to amend",
    link=REGULATION + "22",
    grounds=in_2020("SI 2014/1530 reg 22(6)"),
    own=True,
)
DEVON_FINAL = replace(
    REG22_FINAL,
    id="devon_final",
    citation="SI 2014/1530 regs 20(10) and 22(3), as read in R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)",
    starts_with="the review meeting is held",
    rule=weeks_of(12),
)
REG28_FINAL = replace(
    REG22_FINAL, citation="SI 2014/1530 reg 28, as if after a review under reg 22(3)-(4)", link=REGULATION + "28"
)
REG28_REPRESENTATIONS = replace(
    REG22_REPRESENTATIONS, citation="SI 2014/1530 reg 28 with reg 22(2)(c)", link=REGULATION + "28"
)

_REG21 = REGULATION + "21"
_INVITED_21 = "everyone whom regulation 21(2) names"

# Where the authority arranges the review because the child or young person does not attend a setting.
REG21: Mapping[str, Limit] = MappingProxyType(
    {
        "reg20_notice": replace(
            REG20_NOTICE, citation="SI 2014/1530 reg 21(3)", owed_by=AUTHORITY, owed_to=_INVITED_21, link=_REG21
        ),
        "reg20_papers": replace(
            REG20_PAPERS, citation="SI 2014/1530 reg 21(4)", owed_by=AUTHORITY, owed_to=_INVITED_21, link=_REG21
        ),
        "reg20_report": replace(
            REG20_REPORT,
            citation="SI 2014/1530 reg 21(7)-(8)",
            owed_by=AUTHORITY,
            owed_to=_INVITED_21,
            link=_REG21,
            grounds=in_2020("SI 2014/1530 reg 21(7)-(8) with reg 2A"),
            own=True,
        ),
        "reg20_decision": replace(
            REG20_DECISION,
            duty="tell the family whether it will keep, amend or cease the plan, and if it will amend it also send "
            "the notice with the proposed amendments",
            citation="SI 2014/1530 reg 21(9)",
            owed_to=FAMILY,
            link=_REG21,
            grounds=in_2020("SI 2014/1530 reg 21(9) with reg 2A"),
        ),
        "devon_final": replace(
            DEVON_FINAL,
            citation="SI 2014/1530 regs 21(9) and 22(3), read as in R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)",
        ),
    }
)
