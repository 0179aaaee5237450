"""What a review's limits say to a parent, a judge and an auditor: event, rule, source, last day, and what came of it."""

import pytest

from statute.annual_review import LIMITS
from tests.statute.saying import day
from tests.statute.saying_reviews import AMEND, AMENDED, CEASE, MADE, MAINTAIN, MET, NOTICE, at, one

SCHOOL = "phase_transfer:school=2025-09-01"
INVITED = "review_invited=2024-10-01;meeting=2024-11-05"
REPORT = "review_report_received=2024-11-12"
BY_AUTHORITY = "review_arranged_by:authority=2024-09-01"


@pytest.mark.parametrize(
    ("as_of", "limit", "said", "told"),
    [
        (
            "2025-03-10",
            "s44_review",
            (MADE,),
            "The plan was made on Friday 1 March 2024. In the 12 months starting with that day the authority must review "
            "the plan, which is done only when its decision has been sent (Children and Families Act 2014, section "
            "44(1)); the last day is Friday 28 February 2025. It has not been done and is 10 days late; it is owed as "
            "soon as practicable.",
        ),
        (
            "2025-02-20",
            "reg27_review",
            ("plan_made=2024-03-01;after=reassessment",),
            "The plan was made on Friday 1 March 2024, after a re-assessment. Within 12 months of that day the authority "
            "must review the plan that followed a re-assessment (the SEND Regulations 2014, regulation 27(4)); the last "
            "day is Saturday 1 March 2025. That day falls at the weekend and nothing moves it later, so the last working "
            "day is Friday 28 February 2025. 9 days are left.",
        ),
        (
            "2025-03-10",
            "reg15_review",
            (MADE, "transferred_in=2024-12-10"),
            "The plan was transferred to the authority on Tuesday 10 December 2024. The plan was made on Friday 1 March "
            "2024. Within the later of 12 months beginning with the making or the last review of the plan, and 3 months "
            "beginning with the transfer, the authority must review the plan (the SEND Regulations 2014, regulation "
            "15(5)); the last day is Sunday 9 March 2025. That day falls at the weekend and nothing moves it later, so "
            "the last working day is Friday 7 March 2025. It has not been done and is 1 day late; it is owed as soon as "
            "practicable.",
        ),
        (
            "2024-12-20",
            "reg20_decision",
            (MADE, BY_AUTHORITY, MET, AMEND, "amendment_notice_sent=2024-12-10"),
            "The review meeting was held on Tuesday 5 November 2024. Within 4 weeks of that day the authority must tell "
            "the family whether it will keep, amend or cease the plan, and if it will amend it also send the notice with "
            "the proposed amendments (the SEND Regulations 2014, regulation 21(9)); the last day is Tuesday 3 December "
            "2024. The decision to amend and the amendment notice had both been sent on Tuesday 10 December 2024: 7 days "
            "late.",
        ),
        (
            "2025-02-20",
            "reg22_final",
            (MADE, NOTICE),
            "The amendment notice was sent on Tuesday 3 December 2024. Within 8 weeks of that day the authority must send "
            "the final amended plan, or its decision not to amend after all (the SEND Regulations 2014, regulation 28, "
            "as if after a review under regulation 22(3)-(4)); the last day is Tuesday 28 January 2025. It has not been "
            "done and is 23 days late; it is owed as soon as practicable.",
        ),
        (
            "2024-12-20",
            "devon_final",
            (MADE, MET),
            "The review meeting was held on Tuesday 5 November 2024. Within 12 weeks of that day the authority must send "
            "the final amended plan, or its decision not to amend after all (the SEND Regulations 2014, regulations "
            "20(10) and 22(3), as read in R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)); the last day is Tuesday 28 "
            "January 2025. It binds only if the authority decides to amend the plan, which it has not done.",
        ),
        (
            "2025-03-20",
            "s45_hold",
            (MADE, MET, CEASE),
            "The decision to cease the plan was sent on Tuesday 3 December 2024. The authority must keep the plan until "
            "the family's two months to appeal, or the appeal, are over; a mediation certificate can give the family a "
            "month more (Children and Families Act 2014, section 45(4)); the last day to appeal is Monday 3 February "
            "2025. That time is over and no appeal is undetermined, so the plan may cease, unless a mediation certificate "
            "was issued less than a month ago.",
        ),
        (
            "2024-10-02",
            "reg20_papers",
            (MADE, INVITED),
            "The review meeting is planned for Tuesday 5 November 2024. At least two clear weeks before that day whoever "
            "arranges the review must obtain advice and send it to everyone invited (the SEND Regulations 2014, "
            "regulation 20(4)); the last day is Monday 21 October 2024. Common practice counts two weeks from day to "
            "day, to Tuesday 22 October 2024; clear days are the safe reading. 19 days are left.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_the_whole_explanation(as_of: str, limit: str, said: tuple[str, ...], told: str) -> None:
    assert one(as_of, limit, *said).explain() == told


@pytest.mark.parametrize(
    ("as_of", "limit", "said", "told"),
    [
        ("2025-03-10", "s44_review", (MADE, "transferred_in=2024-12-10"), "regulation 15(5) gives the day in the place"),
        ("2025-03-10", "reg27_review", (MADE,), "No re-assessment has followed"),
        ("2025-03-10", "reg15_inform", (MADE,), "has not come from another authority"),
        ("2025-03-10", "reg15_inform", (MADE, "transferred_in=2024-06-10;family_told_on=2024-07-30"), "The family was told on"),
        ("2025-03-10", "reg18_phase_transfer", (MADE,), "No move to another phase of education is recorded"),
        ("2025-03-10", "reg20_notice", (MADE, MET), "without the invitations, 15 days after that last day"),
        ("2025-03-10", "reg20_papers", (MADE, INVITED, MET), "without the papers, 15 days after that last day"),
        ("2025-03-10", "reg20_report", (MADE, MET, MAINTAIN), "The decision was sent on Tuesday 3 December 2024 without the report"),
        ("2025-03-10", "reg20_decision", (MADE, MET, AMEND), "sent without the amendment notice, so it does not meet the four weeks"),
        ("2025-03-10", "reg22_final", (MADE, MET, AMEND), "no amendment notice has been sent yet"),
        ("2025-03-10", "reg22_final", (MADE, "amended_plan_sent=2025-01-28"), "so its eight weeks never began"),
        ("2025-03-10", "reg22_final", (MADE, MET, MAINTAIN), "decided to keep the plan as it is, so nothing is amended"),
        ("2025-03-10", "devon_final", (MADE, MET, CEASE), "decided to cease the plan, so nothing is amended"),
        ("2025-03-10", "devon_final", (MADE, NOTICE), "no meeting to count from"),
        ("2025-03-10", "reg22_representations", (MADE, MET, AMEND, NOTICE), "the amended plan could be sent from Wednesday 18"),
        ("2024-12-04", "reg22_representations", (MADE, MET, AMEND, NOTICE), "The amended plan may be sent from Wednesday 18"),
        ("2025-03-10", "s45_hold", (MADE, MET), "has not decided to cease the plan"),
        ("2025-03-10", "s45_hold", (MADE, MET, CEASE, "decision_amend=2025-01-09"), "A later decision keeps the plan"),
        ("2025-03-10", "s45_hold", (MADE, MET, CEASE, "appeal_registered=2025-01-10"), "An appeal is registered and not determined"),
        ("2025-03-10", "code_early_years", (MADE,), "It is not recorded that the child was under five"),
        ("2025-03-10", "local_report_decision", (MADE, MET, "review_report_received=2024-11-12"), "The authority's own day for that is Tuesday 26 November"),
        ("2024-12-10", "local_report_decision", (MADE, MET, REPORT, AMEND), "but not yet the amendment notice that belongs"),
        ("2025-03-10", "local_report_decision", (MADE, MET, REPORT, "died=2024-12-01"), "died on Sunday 1 December 2024."),
        ("2025-03-10", "reg20_decision", (MADE, MET, "decision_maintain=2024-12-02;to=setting"), "is not recorded as sent to the family, so it meets nothing"),
        ("2025-03-10", "reg20_notice", (MADE, MET, "opened_in_error=2025-02-03"), "Nothing is owed: the case was found to have been opened"),
    ],
)  # fmt: skip
def test_what_a_state_means_is_said_in_words(as_of: str, limit: str, said: tuple[str, ...], told: str) -> None:
    assert told in one(as_of, limit, *said).explain()


@pytest.mark.parametrize(
    "said",
    [
        (),
        (MADE,),
        (MADE, SCHOOL, INVITED, MET, AMEND, NOTICE, AMENDED),
        (MADE, BY_AUTHORITY, MET, CEASE),
        (MADE, "transferred_in=2024-06-10", NOTICE),
        (MADE, MET, "died=2024-12-20"),
    ],
)
def test_every_limit_explains_itself_with_its_source_and_its_last_day(said: tuple[str, ...]) -> None:
    for row in at("2025-03-10", *said, terms=[day("2025-04-28")]).deadlines:
        told = row.explain()
        assert told.endswith(".") and ".." not in told and "  " not in told
        assert any(word in told for word in ("regulation", "section", "paragraph", "norm")), row.limit
        if row.legal_due is not None:
            assert f"{row.legal_due.day} {row.legal_due:%B %Y}" in told, row.limit


def test_the_limits_are_those_of_the_issue_and_say_where_they_come_from() -> None:
    assert len(LIMITS) == 16
    for limit in LIMITS.values():
        assert limit.citation and limit.link.startswith("https://") and limit.owed_by and limit.owed_to
        assert limit.law is not (limit.citation.startswith(("SEND Code", "Local norm")))
