"""The EHC needs assessment: every limit from the request to the final plan.

To be read beside the Special Educational Needs and Disability Regulations 2014 (SI 2014/1530), regulations 4 to
13, and Part 3 of the Children and Families Act 2014.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from statute import rows
from statute.calendar import ENGLAND, Calendar
from statute.case import Case, read_case
from statute.counting import days_beginning_with, days_of, weeks_of
from statute.facts import Fact
from statute.finishing import finish
from statute.limit import Limit
from statute.norms import NO_NORMS, check_norms
from statute.row import Row, doubtful
from statute.timeline import Timeline
from statute.warnings import timeline_warnings

PROCESS = "assessment"

_REGULATION = "https://www.legislation.gov.uk/uksi/2014/1530/regulation/"
_CODE = "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"
_REQUEST = "the request is received or the authority becomes responsible, whichever is first"
_FAMILY = "the child's parent or the young person"

# Regulations 5(4) and 10(4) list the same four grounds; SI 2020/471 added (e) to both for 2020.
_EXCEPTIONS = ("closed_school", "closed_early_years", "personal", "absent_4w", "coronavirus")


def _grounds(of: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(_EXCEPTIONS, (f"{of}({letter})" for letter in "abcde"), strict=True)))


_ALL = (
    Limit(
        id="reg4_refuse_assessment",
        duty="notify the family, if it decides that an EHC plan is not needed and it will not assess",
        citation="SI 2014/1530 reg 4(1)",
        owed_by="the authority",
        owed_to=_FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(6),
        met_by="the decision not to assess",
        link=_REGULATION + "4",
        # No exceptions in permanent law: those of reg 5(4) attach to reg 5(1) alone.
        grounds=MappingProxyType({"coronavirus": "SI 2014/1530 reg 4(3), as in force in 2020"}),
        relief_days=42,
        own=True,
    ),
    Limit(
        id="reg5_decide",
        duty="tell the family whether or not it will assess",
        citation="SI 2014/1530 reg 5(1)",
        owed_by="the authority",
        owed_to=_FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(6),
        met_by="the decision whether to assess",
        link=_REGULATION + "5",
        grounds=_grounds("SI 2014/1530 reg 5(4)"),
        relief_days=42,
        own=True,
    ),
    Limit(
        id="reg8_advice",
        duty="give its advice",
        citation="SI 2014/1530 reg 8(1)",
        owed_by="the body that was asked",
        owed_to="the authority",
        starts_with="the body receives the request",
        rule=weeks_of(6),
        met_by="the advice",
        link=_REGULATION + "8",
        grounds=MappingProxyType(
            {
                "exceptional": "SI 2014/1530 reg 8(2)(a)",
                "absent_4w": "SI 2014/1530 reg 8(2)(b)",
                "missed_appointment": "SI 2014/1530 reg 8(2)(c)",
                "coronavirus": "SI 2014/1530 reg 8(2)(d), as in force in 2020",
            }
        ),
        relief_days=42,
    ),
    Limit(
        id="code_advice",
        duty="give their advice",
        citation="SEND Code of Practice 2015 para 9.41, for advice under SI 2014/1530 reg 6(1)",
        owed_by="those who were asked",
        owed_to="the authority",
        starts_with="they receive the request",
        rule=weeks_of(6),
        met_by="the advice",
        link=_CODE,
        # The Code repeats the list of reg 8(2). Its paragraph number is to be checked before it is quoted.
        grounds=MappingProxyType(
            dict.fromkeys(("exceptional", "absent_4w", "missed_appointment"), "SEND Code of Practice 2015 para 9.42")
        ),
        relief_days=42,
        law=False,
    ),
    Limit(
        id="reg10_refuse_plan",
        duty="notify the family, if it decides not to issue a plan",
        citation="SI 2014/1530 reg 10(1)",
        owed_by="the authority",
        owed_to=_FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(16),
        met_by="the decision not to issue a plan",
        link=_REGULATION + "10",
        grounds=_grounds("SI 2014/1530 reg 10(4)"),
        relief_days=112,
        own=True,
    ),
    Limit(
        id="reg13_representations",
        duty="give the family at least 15 days to answer the draft plan",
        citation="SI 2014/1530 reg 13(1)(a)",
        owed_by="the authority",
        owed_to=_FAMILY,
        starts_with="the draft plan is served",
        rule=days_beginning_with(15),
        met_by="",
        link=_REGULATION + "13",
    ),
    Limit(
        id="reg13_final_plan",
        duty="send the final plan to the family, the school or institution and the health commissioner",
        citation="SI 2014/1530 reg 13(2)",
        owed_by="the authority",
        owed_to=_FAMILY,
        starts_with=_REQUEST,
        rule=weeks_of(20),
        met_by="the final plan",
        link=_REGULATION + "13",
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
        owed_to="the authority",
        starts_with="the provider is consulted",
        rule=days_of(15),
        met_by="the reply",
        link=_CODE,
        law=False,
    ),
)

LIMITS: Mapping[str, Limit] = MappingProxyType({limit.id: limit for limit in _ALL})

LOCAL_DRAFT_PLAN = Limit(
    id="local_draft_plan",
    duty="send the draft plan",
    citation="Local norm; no law gives a day for the draft plan",
    owed_by="the authority",
    owed_to=_FAMILY,
    starts_with=_REQUEST,
    rule=weeks_of(20),
    met_by="the draft plan",
    link=_REGULATION + "13",
    law=False,
)

_ROWS: tuple[tuple[Limit, Callable[[Limit, Case], Iterator[Row]]], ...] = (
    (LIMITS["reg4_refuse_assessment"], rows.refuse_assessment),
    (LIMITS["reg5_decide"], rows.decide),
    (LIMITS["reg8_advice"], rows.advice),
    (LIMITS["code_advice"], rows.advice),
    (LIMITS["reg10_refuse_plan"], rows.refuse_plan),
    (LIMITS["reg13_representations"], rows.representations),
    (LIMITS["reg13_final_plan"], rows.final_plan),
    (LIMITS["code_consultation"], rows.consultation),
)


def work_out(case: Case) -> list[Row]:
    """Every limit of a case worked out, before it is made into what the rest of the house reads."""
    made = [row for limit, rows_of in _ROWS for row in rows_of(limit, case)]
    for row in made:
        row.notes.extend(doubtful(row))
    return made


def timeline(
    facts: Sequence[Fact],
    today: date,
    *,
    norms: Mapping[str, int] = NO_NORMS,
    due_soon_days: int = 14,
    calendar: Calendar = ENGLAND,
) -> Timeline:
    """Every limit of an assessment as it stands on `today`.

    Only facts of a day on or before `today` count. `norms` are local norms in weeks from the start of the limit
    (raises NormError when one is looser than the law); `due_soon_days` are calendar days. Raises FactError when
    an attribute that should be a day is none, which `judge` would have refused.
    """
    if norms:
        check_norms(norms, LIMITS, LOCAL_DRAFT_PLAN)
    case = read_case(facts, today, calendar, norms, due_soon_days)
    made = work_out(case)
    if LOCAL_DRAFT_PLAN.id in norms:
        made.extend(rows.local_draft(LOCAL_DRAFT_PLAN, case))
    return Timeline(
        process=PROCESS,
        as_of=today,
        deadlines=tuple([finish(row) for row in made]),
        started_on=case.started.day if case.started else None,
        ended_on=case.ended.day if case.ended else None,
        ended_by=case.ended.kind if case.ended else "",
        warnings=timeline_warnings(case, made),
    )
