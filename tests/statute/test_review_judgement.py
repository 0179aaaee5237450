"""What the judge says of a fact of a plan and its review: never recorded, to be confirmed, or only odd."""

import pytest

from statute.errors import ProcessError
from statute.form import kinds_of
from statute.judgement import Judgement, judge, judge_all
from statute.kinds import KINDS
from tests.statute.saying import day, facts
from tests.statute.saying_reviews import AMEND, AMENDED, CEASE, MADE, MAINTAIN, MET, NOTICE, TODAY, judged

LAST = "last_review=2024-09-10;meeting=2024-08-15"
REPORT = "review_report_received=2024-11-12"
SCHOOL = "phase_transfer:school=2027-09-01"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        # out of its place
        ((MADE, "request_received=2024-05-01"), "request_received belongs to an assessment, not to a plan and its review"),
        ((MADE, "withdrawn=2024-05-01"), "withdrawn belongs to an assessment"),
        ((MADE, "corrected:draft_plan_sent=2024-05-01"), "draft_plan_sent belongs to an assessment"),
        ((MADE, "review_meting=2024-05-01"), "Did you mean review_meeting?"),
        ((MADE, "decision_keep=2024-05-01"), "Did you mean decision_cease, decision_amend or decision_maintain?"),
        ((MADE, "decision_ceased=2024-05-01"), "Did you mean decision_cease?"),
        # unreadable
        ((MADE, "phase_transfer=2025-09-01"), "needs what it is a transfer to: phase_transfer:school=DAY"),
        ((MADE, "phase_transfer:post-16=2025-09-01"), "Did you mean post16?"),
        ((MADE, "phase_transfer:school=2025-09-01;transfer=soon"), "'soon' is not a day"),
        ((MADE, "review_arranged_by=2024-09-01"), "needs by=school, institution or authority"),
        ((MADE, "review_arranged_by:home=2024-09-01"), "takes who arranges it"),
        ((MADE, "review_arranged_by:school=2024-09-01;by=authority"), "names both authority and school"),
        ((MADE, "review_invited=2024-09-01;meeting=2024-02-30"), "The day 2024-02-30 does not exist"),
        ((MADE, "review_report_received=2024-09-01;recommends=nothing"), "recommends cannot be 'nothing'"),
        ((MADE, "review_meeting=2024-09-01;aligned=looked_after,dentist"), "aligned cannot be 'dentist'"),
        ((MADE, "appeal_determined=2025-09-01"), "appeal_determined needs outcome=dismissed"),
        ((MADE, "decision_maintain=2024-09-01;to=neighbour"), "to cannot be 'neighbour'"),
        (("plan_made=2024-03-01;after=birthday",), "after cannot be 'birthday'"),
        ((MADE, "review_meeting:school=2024-09-01"), "review_meeting takes no subject"),
        # days
        ((MADE, "review_meeting=2026-06-02"), "is in the future: today is Monday 1 June 2026"),
        ((MADE, "review_meeting=2024-02-29"), "is before the plan was made on Friday 1 March 2024"),
        ((MADE, "decision_maintain=2024-05-01;decided_on=2024-02-01"), "decided_on, Thursday 1 February 2024, is before"),
        (("transferred_in=2024-05-01;family_told_on=2026-06-10",), "family_told_on: Wednesday 10 June 2026 is in the future"),
        # beginnings
        ((MET,), "A case begins with plan_made, last_review or transferred_in"),
        ((MADE, "plan_made=2024-03-04"), "on Friday 1 March 2024. If that day is wrong, correct it: corrected:plan_made"),
        ((MADE, "plan_made=2024-02-04"), "If that day is wrong, correct it"),
        ((MADE, LAST, "last_review=2025-09-01"), "The next review begins by itself"),
        ((MADE, "transferred_in=2024-05-01", "transferred_in=2024-06-01"), "correct it: corrected:transferred_in"),
        ((MADE, "last_review=2024-02-01"), "before the plan was made on Friday 1 March 2024: one of the two days is wrong"),
        ((MADE, "transferred_in=2024-02-01"), "The plan was transferred to the authority on Thursday 1 February 2024, before"),
        ((LAST, "plan_made=2024-09-11"), "one of the two days is wrong"),
        ((MADE, MET, "corrected:plan_made=2024-12-01"), "would then lie before the case began"),
        ((MADE, MET, "retracted:plan_made=2024-03-01"), "Without it the case has no beginning"),
        # about nothing
        ((MADE, "corrected:review_meeting=2024-11-05"), "There is no such review meeting to correct"),
        ((MADE, MET, "reopened=2024-12-01"), "not closed"),
        ((MADE, MET, AMEND, "reopened=2025-01-10"), "not closed"),
        ((MADE, MET, MAINTAIN, "reopened=2024-12-01"), "cannot be reopened before that"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(said: tuple[str, ...], why: str) -> None:
    assert any(why in sentence for sentence in judged(*said).refusals), judged(*said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((MADE, MET, CEASE, "plan_ceased=2025-02-03"), "inside the family's time to appeal"),
        ((MADE, MET, CEASE, "appeal_registered=2025-01-10", "plan_ceased=2025-05-03"), "while an appeal was undetermined"),
        ((MADE, MET, CEASE, "plan_ceased=2025-05-03", "appeal_registered=2025-01-10"), "while an appeal was undetermined"),
        ((MADE, MET, "plan_ceased=2024-12-20", CEASE), "inside the family's time to appeal"),
        ((MADE, MET, AMEND, NOTICE, "amended_plan_sent=2024-12-17"), "inside the family's time to answer the notice"),
        ((MADE, MET, AMEND, "amended_plan_sent=2024-12-17", NOTICE), "inside the family's time to answer the notice"),
        (
            (MADE, MET, AMEND, NOTICE, AMENDED, "corrected:amended_plan_sent=2024-12-17"),
            "inside the family's time to answer the notice",
        ),
        ((MADE, MET, AMEND, "amendment_notice_sent=2024-12-03;reps_until=2024-12-10"), "at least 15 days beginning with"),
        ((MADE, MET, AMEND, NOTICE, AMENDED, "reopened=2025-02-03"), "This undoes amended plan sent"),
        ((MADE, MET, CEASE, "plan_ceased=2025-02-05", "reopened=2025-03-03"), "This undoes plan ceased"),
        ((MADE, "died=2025-02-05", "reopened=2025-03-03"), "This undoes died"),
    ],
)  # fmt: skip
def test_what_breaks_the_familys_time_or_undoes_an_end_is_confirmed(said: tuple[str, ...], why: str) -> None:
    found = judged(*said)
    assert not found.refusals
    assert any(why in sentence for sentence in found.confirmations), found


@pytest.mark.parametrize(
    "said",
    [
        (MADE, MET, CEASE, "plan_ceased=2025-02-04"),
        (MADE, MET, AMEND, NOTICE, "amended_plan_sent=2024-12-18"),
        (MADE, MET, AMEND, NOTICE, "amended_plan_sent=2024-12-10;to=setting"),
        (MADE, MET, MAINTAIN, "reopened=2025-02-03"),
        (MADE, "decision_maintain=2024-09-01"),
        (MADE, "corrected:plan_made=2024-03-04", "corrected:plan_made=2024-03-05"),
    ],
)
def test_what_is_lawful_or_only_odd_needs_no_confirmation(said: tuple[str, ...]) -> None:
    assert (judged(*said).refusals, judged(*said).confirmations) == ((), ())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((MADE, REPORT), "No review meeting is recorded on or before Tuesday 12 November 2024"),
        ((MADE, MAINTAIN), "No review meeting is recorded on or before Tuesday 3 December 2024"),
        ((MADE, MET, MET), "is recorded already"),
        ((MADE, MET, "review_meeting=2024-11-20"), "the first counts"),
        ((MADE, "review_invited=2024-10-01;meeting=2024-11-04", MET), "was planned for Monday 4 November 2024"),
        ((MADE, "review_invited=2024-10-22;meeting=2024-11-05"), "less than two clear weeks before the meeting"),
        ((MADE, "review_papers_sent=2024-10-22;meeting=2024-11-05"), "less than two clear weeks before the meeting"),
        ((MADE, "review_invited=2024-11-22;meeting=2024-11-05"), "is before the day it was sent"),
        ((MADE, MET, NOTICE), "No decision to amend is recorded on or before Tuesday 3 December 2024"),
        ((MADE, NOTICE), "taken as an amendment without a review (regulation 28)"),
        ((MADE, NOTICE, AMENDED), "the review is still to be done"),
        ((MADE, MET, AMEND, AMENDED), "No amendment notice is recorded on or before"),
        ((MADE, MET, AMEND, NOTICE, "amended_plan_sent=2025-01-20;to=setting"), "It was not sent to the family"),
        ((MADE, SCHOOL, MET, AMEND, NOTICE, "amended_plan_sent=2025-01-20"), "does not meet the phase transfer (school)"),
        ((MADE, MET, "decision_maintain=2024-12-03"), "It is not recorded that the head or principal was told"),
        ((MADE, MET, "decision_maintain=2024-12-03;to=family"), "It is not recorded that the head or principal was told"),
        ((MADE, MET, "decision_maintain=2024-12-02;to=family,setting;arrived_on=2024-12-05"), "arrived on Thursday"),
        ((MADE, MET, "decision_cease=2024-12-03;to=setting"), "It is not recorded that the family was told"),
        ((MADE, MET, "decision_maintain=2024-12-03;to=family,setting;decided_on=2024-12-05"), "is after the day the decision was sent"),
        ((MADE, MET, AMEND, NOTICE, "decision_maintain=2025-01-10;to=family,setting"), "record decided_not_to_amend"),
        ((MADE, MET, AMEND, MAINTAIN), "A decision was sent on Tuesday 3 December 2024 already (decision amend)"),
        ((MADE, MET, MAINTAIN, "review_meeting=2025-10-01"), "If it belongs to the next review, record it there"),
        ((MADE, MET, MAINTAIN, "died=2025-10-01"), "The case ended on Tuesday 3 December 2024"),
        ((MADE, LAST, "review_meeting=2024-08-15"), "it belongs to that review and does not count here"),
        ((MADE, LAST, "decision_amend=2024-09-10"), "it belongs to that review and does not count here"),
        ((MADE, "review_meeting=2024-08-15", LAST), "then belongs to that review: it does not count"),
        ((MADE, "last_review=2024-09-10;meeting=2024-09-15"), "is after the decision of that review"),
        ((MADE, "transferred_in=2024-09-10;family_told_on=2024-09-01"), "is before the transfer"),
        (("plan_made=2014-08-31",), "came into force on Monday 1 September 2014"),
        ((MADE, "plan_ceased=2024-12-03"), "No decision to cease the plan is recorded"),
        ((MADE, "appeal_registered=2024-12-03"), "that could be appealed against"),
        ((MADE, "appeal_determined=2024-12-03;outcome=dismissed"), "No appeal is recorded"),
        ((MADE, SCHOOL, "phase_transfer:school=2026-09-01"), "both stand, and each must be met"),
        ((MADE, MET, "relief=2024-12-10;ground=personal;limit=reg20_decision"), "This relief lifts nothing"),
        ((MADE, MET, "relief=2024-12-10;ground=personal"), "personal is no ground for any limit of a review, none of which"),
        (
            (MADE, MET, "relief=2024-12-10;ground=absent_4w;limit=reg20_decision"),
            "absent 4w is not a ground for SI 2014/1530 reg 20(10); the only ground is coronavirus.",
        ),
        ((MADE, "review_invited=2024-10-01"), "add meeting=DAY"),
        ((MADE, MET, "relief=2024-12-10;ground=coronavirus"), "when SI 2020/471 was in force"),
        ((MADE, MET, "relief=2024-12-10;ground=coronavirus;limit=reg5_decide"), "There is no limit 'reg5_decide'"),
        ((MADE, "review_meeting=2024-11-05;to=family"), "to has no effect on review_meeting"),
    ],
)  # fmt: skip
def test_what_is_odd_is_recorded_with_a_warning(said: tuple[str, ...], why: str) -> None:
    found = judged(*said)
    assert not found.refusals
    assert any(why in sentence for sentence in found.warnings), found


def test_a_review_as_it_should_be_has_nothing_against_it() -> None:
    said = (
        MADE,
        SCHOOL,
        "review_arranged_by:school=2024-09-01",
        "review_invited=2024-10-01;meeting=2024-11-05",
        "review_papers_sent=2024-10-10;meeting=2024-11-05",
        MET,
        "review_report_received=2024-11-12;recommends=amend;changed_needs=yes;no_place=no;report_date=2024-11-11",
        AMEND,
        NOTICE,
        AMENDED,
    )
    assert {judgement for _, judgement in judge_all(facts(*said), TODAY, "annual-review")} == {Judgement()}


def test_a_meeting_says_with_which_other_reviews_it_was_held() -> None:
    together = "review_meeting=2024-11-05;aligned=looked_after,personal_education"
    assert judged(MADE, together) == judged(MADE, "review_meeting=2024-11-05;aligned=continuing_care") == Judgement()
    assert judged(MADE, f"{REPORT};aligned=looked_after").warnings[0].startswith("aligned has no effect on")


@pytest.mark.parametrize("voids", ["opened_in_error", "merged_into"])
def test_what_makes_a_process_void_is_not_said_to_change_nothing(voids: str) -> None:
    assert judged(MADE, MET, MAINTAIN, f"{voids}=2025-02-03").warnings == ()


def test_under_regulation_21_nobody_asks_whether_the_head_was_told() -> None:
    said = (MADE, "review_arranged_by:authority=2024-09-01", MET, "decision_maintain=2024-12-03;to=parent")
    assert judged(*said).warnings == ()


def test_facts_are_judged_in_the_order_in_which_they_happened() -> None:
    said = (SCHOOL, MAINTAIN, "corrected:plan_made=2024-03-04", MET, MADE)
    assert not any(judgement.refusals for _, judgement in judge_all(facts(*said), TODAY, "annual-review"))


NEEDS = {"relief": ";ground=coronavirus", "appeal_determined": ";outcome=dismissed", "review_arranged_by": ";by=school"}
SUBJECTS = {"transfer": ":post16", "kind": ":plan_made", "nothing": "", "arranger": ""}


@pytest.mark.parametrize("kind", sorted(kinds_of("annual-review")))
def test_every_kind_of_fact_can_be_recorded(kind: str) -> None:
    held = KINDS[kind]
    new = f"{kind}{SUBJECTS[held.about.value]}=2024-12-02{NEEDS.get(kind, '')}"
    before = ["plan_made=2024-12-02"] if kind in ("retracted", "plan_made") else [MADE]
    ended = ["died=2024-12-01"] if kind == "reopened" else []
    assert judged(*before, *ended, new).refusals == ()


def test_a_process_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(ProcessError, match="Did you mean annual-review"):
        judge([], facts(MADE)[0], day("2025-01-01"), "annual-reviews")
