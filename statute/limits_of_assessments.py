"""The limits of an EHC needs assessment: regulations 4 to 13 of SI 2014/1530, and two of the Code."""

from collections.abc import Mapping
from types import MappingProxyType

from statute.counting import days_beginning_with, days_of, weeks_of
from statute.limit import Limit
from statute.sources import AUTHORITY, CODE, FAMILY, REGULATION

_REQUEST = "the request is received or the authority becomes responsible, whichever is first"

# Regulations 5(4) and 10(4) list the same four grounds; SI 2020/471 added (e) to both for 2020.
_EXCEPTIONS = ("closed_school", "closed_early_years", "personal", "absent_4w", "coronavirus")


def _grounds(of: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(_EXCEPTIONS, (f"{of}({letter})" for letter in "abcde"), strict=True)))


_ALL = (
    Limit(
        id="reg4_refuse_assessment",
        duty="notify the family, if it decides that an EHC plan is not needed and it will not assess",
        citation="SI 2014/1530 reg 4(1)",
        owed_by=AUTHORITY,
        owed_to=FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(6),
        met_by="the decision not to assess",
        link=REGULATION + "4",
        # No exceptions in permanent law: those of reg 5(4) attach to reg 5(1) alone.
        grounds=MappingProxyType({"coronavirus": "SI 2014/1530 reg 4(3), as in force in 2020"}),
        relief_days=42,
        own=True,
    ),
    Limit(
        id="reg5_decide",
        duty="tell the family whether or not it will assess",
        citation="SI 2014/1530 reg 5(1)",
        owed_by=AUTHORITY,
        owed_to=FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(6),
        met_by="the decision whether to assess",
        link=REGULATION + "5",
        grounds=_grounds("SI 2014/1530 reg 5(4)"),
        relief_days=42,
        own=True,
    ),
    Limit(
        id="reg8_advice",
        duty="give its advice",
        citation="SI 2014/1530 reg 8(1)",
        owed_by="the body that was asked",
        owed_to=AUTHORITY,
        starts_with="the body receives the request",
        rule=weeks_of(6),
        met_by="the advice",
        link=REGULATION + "8",
        grounds=MappingProxyType(
            {
                "exceptional": "SI 2014/1530 reg 8(2)(a)",
                "absent_4w": "SI 2014/1530 reg 8(2)(b)",
                "missed_appointment": "SI 2014/1530 reg 8(2)(c)",
                "coronavirus": "SI 2014/1530 reg 8(2)(d), as in force in 2020",
            }
        ),
        relief_days=42,
        norm="The service's own day, agreed locally beside the law, is {due}.",
    ),
    Limit(
        id="code_advice",
        duty="give their advice",
        citation="SEND Code of Practice 2015 para 9.41, for advice under SI 2014/1530 reg 6(1)",
        owed_by="those who were asked",
        owed_to=AUTHORITY,
        starts_with="they receive the request",
        rule=weeks_of(6),
        met_by="the advice",
        link=CODE,
        # The Code repeats the list of reg 8(2). Its paragraph number is to be checked before it is quoted.
        grounds=MappingProxyType(
            dict.fromkeys(("exceptional", "absent_4w", "missed_appointment"), "SEND Code of Practice 2015 para 9.42")
        ),
        relief_days=42,
        norm="The service's own day, agreed locally beside the law, is {due}.",
        law=False,
    ),
    Limit(
        id="reg10_refuse_plan",
        duty="notify the family, if it decides not to issue a plan",
        citation="SI 2014/1530 reg 10(1)",
        owed_by=AUTHORITY,
        owed_to=FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(16),
        met_by="the decision not to issue a plan",
        link=REGULATION + "10",
        grounds=_grounds("SI 2014/1530 reg 10(4)"),
        relief_days=112,
        own=True,
    ),
    Limit(
        id="reg13_representations",
        duty="give the family at least 15 days to answer the draft plan",
        citation="SI 2014/1530 reg 13(1)(a)",
        owed_by=AUTHORITY,
        owed_to=FAMILY,
        starts_with="the draft plan is served",
        rule=days_beginning_with(15),
        met_by="",
        link=REGULATION + "13",
    ),
    Limit(
        id="reg13_final_plan",
        duty="send the final plan to the family, the school or institution and the health commissioner",
        citation="SI 2014/1530 reg 13(2)",
        owed_by=AUTHORITY,
        owed_to=FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(20),
        met_by="the final plan",
        link=REGULATION + "13",
        grounds=_grounds("SI 2014/1530 reg 13(3) with reg 10(4)"),
        # Reg 13(3) borrows the grounds of reg 10(4), whose "time period" is the first 16 weeks.
        relief_days=112,
        own=True,
    ),
    Limit(
        id="code_consultation",
        duty="answer the consultation",
        citation="SEND Code of Practice 2015 para 9.83, for consultation under the Children and Families Act 2014 "
        "ss.39(2), 40(3)",
        owed_by="the provider",
        owed_to=AUTHORITY,
        starts_with="the provider is consulted",
        rule=days_of(15),
        met_by="the reply",
        link=CODE,
        law=False,
    ),
)

LIMITS: Mapping[str, Limit] = MappingProxyType({limit.id: limit for limit in _ALL})

LOCAL_DRAFT_PLAN = Limit(
    id="local_draft_plan",
    duty="send the draft plan",
    citation="Local norm; no law gives a day for the draft plan",
    owed_by=AUTHORITY,
    owed_to=FAMILY,
    starts_with=_REQUEST,
    rule=weeks_of(20),
    met_by="the draft plan",
    link=REGULATION + "13",
    law=False,
)
