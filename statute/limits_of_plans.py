"""The limits of a plan that is kept: its next review, its transfers, and how it may end.

Sections 44 and 45 of the Children and Families Act 2014; regulations 15, 18 and 27 of SI 2014/1530.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from statute.appeal_window import two_months_to_appeal
from statute.counting import (
    before,
    clear_months_before,
    clear_weeks_before,
    months_beginning_with,
    months_of,
    weeks_of,
)
from statute.limit import Limit
from statute.sources import ACT, AUTHORITY, CODE, FAMILY, REGULATION


def in_2020(citation: str) -> Mapping[str, str]:
    """The one ground that any limit of a review has had: the relaxation of 2020 (SI 2020/471)."""
    return MappingProxyType({"coronavirus": f"{citation}, as in force in 2020"})


S44_REVIEW = Limit(
    id="s44_review",
    duty="review the plan, which is done only when its decision has been sent",
    citation="Children and Families Act 2014 s.44(1)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the plan is made or its last review was decided",
    rule=months_beginning_with(12),
    met_by="the decision to keep, amend or cease the plan",
    link=ACT + "44",
    grounds=in_2020("SI 2014/1530 reg 18A"),
    own=True,
    within="In the 12 months starting with {day}",
    norm="Counted from the last review meeting instead it would be {due}; that is a norm beside the law.",
)
REG27_REVIEW = Limit(
    id="reg27_review",
    duty="review the plan that followed a re-assessment",
    citation="SI 2014/1530 reg 27(4)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the plan is sent after a re-assessment",
    rule=months_of(12),
    met_by="the decision to keep, amend or cease the plan",
    link=REGULATION + "27",
    grounds=in_2020("SI 2014/1530 reg 27(4) with reg 2A"),
    own=True,
)
REG15_INFORM = Limit(
    id="reg15_inform",
    duty="tell the family that the plan was transferred, whether it will assess, and when it will review the plan",
    citation="SI 2014/1530 reg 15(4)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the plan is transferred to the authority",
    rule=weeks_of(6),
    met_by="the letter to the family",
    link=REGULATION + "15",
    grounds=in_2020("SI 2014/1530 reg 15(4) with reg 2A"),
    own=True,
)
REG15_REVIEW = Limit(
    id="reg15_review",
    duty="review the plan",
    citation="SI 2014/1530 reg 15(5)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the plan is transferred to the authority",
    rule=months_beginning_with(3),
    met_by="the decision to keep, amend or cease the plan",
    link=REGULATION + "15",
    grounds=in_2020("SI 2014/1530 reg 15(5) with reg 2A"),
    own=True,
    within="Within the later of 12 months beginning with the making or the last review of the plan, and 3 months "
    "beginning with the transfer,",
)
REG18 = Limit(
    id="reg18_phase_transfer",
    duty="review the plan and send an amended one that names the school, institution or type the child or young "
    "person moves to",
    citation="SI 2014/1530 reg 18(1)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the child or young person is to move to another phase of education",
    rule=before(2, 15),
    met_by="an amended plan that names the receiving school, institution or type",
    link=REGULATION + "18",
    own=True,
    within="Before 15 February (31 March for a move from school to post-16 education) of the year of the move",
    practice="Many authorities, and the Code of Practice, work to {due}; the regulation says before it.",
)
# Which half of regulation 18 binds: by what the child or young person moves to.
TRANSFER_LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "school": replace(
            REG18, citation="SI 2014/1530 reg 18(1)(b)", within="Before 15 February of the year of that day"
        ),
        "post16": replace(
            REG18,
            citation="SI 2014/1530 reg 18(1)(a)",
            rule=before(3, 31),
            within="Before 31 March of the year of that day",
        ),
        "post16_move": replace(
            REG18,
            citation="SI 2014/1530 reg 18(2)",
            rule=clear_months_before(5),
            within="At least five months before that day",
            practice="Counted without leaving out both ends it would be {due}; the earlier reading is the safe one.",
        ),
    }
)
CODE_TERM_LIST = Limit(
    id="code_term_list",
    duty="give heads and principals, and health and social care, the list of reviews that are due in the term",
    citation="SEND Code of Practice 2015 para 9.172",
    owed_by=AUTHORITY,
    owed_to="heads and principals",
    starts_with="the term starts",
    rule=clear_weeks_before(2),
    met_by="the list",
    link=CODE,
    law=False,
    within="At least two clear weeks before {day}",
    practice="Common practice counts two weeks from day to day: {due}.",
)
CODE_EARLY_YEARS = Limit(
    id="code_early_years",
    duty="consider a review of the plan of a child under five",
    citation="SEND Code of Practice 2015 para 9.178",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the plan of a child under five is made or its last review was decided",
    rule=months_beginning_with(6),
    met_by="the decision to keep, amend or cease the plan",
    link=CODE,
    law=False,
    within="In the six months starting with {day}",
    norm="The Code says every three to six months; three months end on {due}.",
)
S45_HOLD = Limit(
    id="s45_hold",
    duty="keep the plan until the family's time to appeal, or the appeal, is over",
    citation="Children and Families Act 2014 s.45(4)",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with="the decision to cease the plan is sent",
    rule=two_months_to_appeal(),
    met_by="",
    link=ACT + "45",
    sentence="The authority must keep the plan until the family's two months to appeal, or the appeal, are over; a "
    "mediation certificate can give the family a month more",
)
