"""What each fact does, as the handbook says it."""

from collections.abc import Mapping
from types import MappingProxyType

EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "request_received": "Starts the 6, 16 and 20 weeks (sources 1 and 2, the requesters of section 36(1)).",
        "became_responsible": "Starts them too. More than 28 days from a request a person confirms it.",
        "further_request": "Moves nothing; it is kept.",
        "decision_to_assess": "Meets reg 5(1). `seek`, `reuse` and `already_asked` say what is done for each category.",
        "decision_not_to_assess": "Meets reg 5(1), and reg 4(1) unless it was under section 36(9) alone. Ends the "
        "process.",
        "refusal_changed": "Reopens. Of its own accord: the first limits run on. For any other reason reg 10(1) and "
        "13(2) are replaced.",
        "decision_to_issue": "Reg 10(1) no longer applies. No law gives a day for it.",
        "decision_not_to_issue": "Meets or breaks reg 10(1) and ends the process.",
        "advice_requested": "Starts six weeks of its own, from the day on which the body received it.",
        "advice_received": "The advice is complete: meets the limit.",
        "advice_part": "Meets nothing; the rest is still owed.",
        "advice_nil": "Meets the limit: the body has nothing to say.",
        "advice_insufficient": "Reopens the limit, which keeps its first day.",
        "advice_declined": "Closes the request: written reasons of a section 31 body (section 31(2)).",
        "advice_expected": "Quietens the reminders, not the clock.",
        "advice_reassigned": "Within the body the clock stays; passing it to another `body` closes this request, and "
        "asking that body is a new one.",
        "advice_cancelled": "Closes the request.",
        "proceeding_without": "Stops the reminders; the advice still counts as late.",
        "advice_reused": "Nothing is owed: under reg 6(4) it must not be sought again if all three agreed.",
        "family_views": "Moves nothing; the family is never overdue.",
        "draft_plan_sent": "Opens the family's time to answer, from service: the same day, or the second working day "
        "after posting unless another day is recorded. The latest service governs.",
        "consulted": "Starts the 15 days of the Code.",
        "consultation_reply": "Meets them.",
        "final_plan_sent": "Sent to the family it meets reg 13(2) and ends the process; a warning stays until the "
        "school and the health commissioner have it.",
        "relief": "Lifts the limit it names; without one, each of the authority's own limits that lists its ground "
        "and whose period it touches.",
        "withdrawn": "Ends the process.",
        "plan_made": "Starts the first twelve months of section 44(1)(a); `after=reassessment` those of reg 27(4).",
        "last_review": "Starts the twelve months of section 44(1)(b): the day is the day the decision was sent. A norm "
        "of twelve months from its `meeting` stands beside them.",
        "transferred_in": "Starts six weeks for the letter to the family, met by `family_told_on`, and three months in "
        "which the review may yet be done where that is later than the twelve.",
        "plan_amended": "`after=reassessment`: starts the twelve months of reg 27(4). Naming the new school, "
        "institution or type it meets a phase transfer.",
        "transferred_out": "Ends the process and the plan with this authority.",
        "phase_transfer": "Starts the limit of reg 18. Its day is the day of transfer, which may lie ahead; with "
        "`transfer` that is, and its own day is the day on which it was asked.",
        "review_arranged_by": "`authority`: the review is one under reg 21 (educated otherwise or not attending), else "
        "one under reg 20.",
        "review_invited": "Meets the two weeks' notice of the meeting on the day `meeting`.",
        "review_papers_sent": "Meets the two weeks for the papers.",
        "review_meeting": "Starts two weeks for the report, four for the decision and twelve for the final plan.",
        "review_report_received": "Meets the two weeks for the report; the authority's own norm for deciding counts "
        "from it.",
        "decision_maintain": "Meets the four weeks and the twelve months, and ends the review.",
        "decision_amend": "Meets the twelve months; the four weeks only together with the amendment notice.",
        "decision_cease": "Meets the four weeks and the twelve months; the plan is kept until the time to appeal or "
        "the appeal is over.",
        "amendment_notice_sent": "Opens the family's 15 days, from service, and starts eight weeks from the first "
        "sending. Without a review it is an amendment under reg 28.",
        "amended_plan_sent": "Meets the eight and the twelve weeks and ends the review; naming the new school, "
        "institution or type it meets a phase transfer. Under reg 28 it leaves the review to be done.",
        "decided_not_to_amend": "Meets the eight and the twelve weeks and ends the review.",
        "plan_ceased": "Ends the process. Before the time to appeal or the appeal is over a person confirms it and it "
        "is shown as a breach.",
        "appeal_registered": "Keeps the plan until the appeal is determined.",
        "appeal_determined": "Dismissed or withdrawn: the plan may cease. Allowed or conceded against a decision to "
        "cease: the plan goes on and the review is done.",
        "moved_away": "Ends the process.",
        "died": "Ends the process.",
        "attained_26": "Ends the process.",
        "mail_hold": "Nothing is sent; the clocks run.",
        "opened_in_error": "Nothing was ever owed.",
        "merged_into": "Nothing is owed here; the other process carries on.",
        "reopened": "Undoes every closing before it, from its own day on; the clocks run from their first day.",
        "corrected": "Replaces the day and attributes of an entry: the one of the day `was`, else the latest.",
        "retracted": "The entry of that day never happened.",
    }
)
