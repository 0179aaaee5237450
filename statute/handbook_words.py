"""What the handbook says besides the data: what each fact does, what each state means, what each ground needs."""

from collections.abc import Mapping
from types import MappingProxyType

from statute.timeline import State

STATES: Mapping[State, str] = MappingProxyType(
    {
        State.NOT_STARTED: "What starts the clock has not happened, so there is no day.",
        State.RUNNING: "The clock runs and its last day is more than 14 days away (the local policy says how many).",
        State.DUE_SOON: "The last day is 14 days away or less.",
        State.DUE_TODAY: "Today is the last day; it is not late before midnight.",
        State.OVERDUE: "The last day is past and it has not been done. It is still owed as soon as practicable.",
        State.CONDITIONAL: "It binds only if the authority refuses, or decides to amend, which it has not done. It is "
        "never overdue.",
        State.MET: "It was done on or before its last day.",
        State.MET_LATE: "It was done after its last day.",
        State.MET_UNDER_RELIEF: "It was done after its last day, but the law had lifted the limit. Published figures "
        "that include exceptions still count it as late.",
        State.LIFTED: "A relief lifts the limit. No new day takes its place: as soon as practicable still holds.",
        State.REPLACED: "A mediation agreement, a notice to the tribunal, an order or another limit put other days in "
        "its place. The day on which it was done is still shown.",
        State.ENDED_OVERDUE: "It was past its last day and not done when the process or the request ended.",
        State.NOT_APPLICABLE: "It is not owed: the process ended before its last day, or it never came to apply.",
        State.WINDOW_OPEN: "The family still has time: to answer the draft or the proposed amendments, or to appeal. "
        "The final plan, or ceasing the plan, must wait.",
        State.WINDOW_CLOSED: "The family's time is over.",
    }
)

COUNTING: tuple[str, ...] = (
    "Every day counts: weekends, bank holidays and school holidays. SI 2014/1530 has no rule that moves a day.",
    "A limit that falls on a day when nobody works stays where it is. Beside it stands the last working day on or "
    "before it, because that is the last day on which an office can still act.",
    "A limit runs out at the end of its last day: due today is not late.",
    "A request is received on the day on which it reaches the authority, by any channel, also at a weekend.",
    "A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England. The SEND "
    "Regulations 2014 do not say so themselves; school holidays are working days.",
    "Where a request and becoming responsible are both recorded, the earlier starts the clock.",
    "A decision counts on the day on which it was sent. One that was sent in time and arrived late is met, with a "
    "warning, because it is unsettled whether sending is enough to notify.",
)

OF_A_REVIEW: tuple[str, ...] = (
    "One process is one review of one plan. It begins with the making of the plan or the decision of the review "
    "before, and ends with the decision to keep the plan, with the final amended plan or with the end of the plan; the "
    "next review begins with the decision, so that there is never a day without one.",
    "A review is complete when its decision is sent, not when the meeting is held.",
    "A decision to amend meets the four weeks only together with the amendment notice: R (L, M and P) v Devon CC "
    "[2022] EWHC 493 (Admin).",
    "Of `s44_review`, `reg27_review` and `reg15_review` one gives the day: the last after a transfer from another "
    "authority, the second after a re-assessment, else the first.",
    "Where the authority arranges the review (`review_arranged_by:authority`) regulation 21 takes the place of "
    "regulation 20: 21(3) of 20(3), 21(4) of 20(4), 21(7)-(8) of 20(9) and 21(9) of 20(10).",
    "A notice without a review is an amendment under regulation 28: the 15 days and the eight weeks bind, the twelve "
    "weeks do not, and the review is still to be done.",
    '"Two weeks\' notice" is read as two clear weeks, "before 15 February" as 14 February at the latest and "at '
    'least five months before" as the earlier of its two readings. The customary day stands beside each.',
    "An invitation that names another day gives no notice of the meeting that was held. The first meeting counts, if "
    "there were several.",
    "Nothing meets a phase transfer but an amended plan that is recorded to name the receiving school, institution or "
    "type. One that is unmet when its review ends goes on with the next.",
    "The two months to appeal against ceasing are those of the tribunal's rules, which do move a last day: to the next "
    "working day, and past Christmas and August. A mediation certificate, which may add a month, is not recorded; "
    "an appeal that is registered keeps the plan until it is determined, whenever it came.",
    "No limit of a review has an exception in permanent law: not the school holidays, not the family's circumstances.",
)

# What the law says in its own words (Crown copyright, Open Government Licence v3), and when it is applied here.
GROUNDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "closed_school": (
            'the authority "has requested advice from the head teacher or principal of a school or post-16 '
            "institution during a period beginning one week before any date on which that school or institution was "
            "closed for a continuous period of not less than 4 weeks from that date and ending one week before the "
            'date on which it re-opens"',
            "Needs `first_closed`, `reopens` and the day advice was asked for, on or before the limit's last day; for "
            "reg 5 also before the decision. Within three days of an edge of the window a person confirms it.",
        ),
        "closed_early_years": (
            "the same, for the person responsible for special educational needs, or for the child's education, at a "
            "provider of early years education",
            "As for a school.",
        ),
        "personal": (
            "\"exceptional personal circumstances affect the child, the child's parent, or the young person during "
            'the time period"',
            "Needs days (`from`, `to`) that touch the period of the limit, or the limit by name. Days that fall "
            "wholly in weeks 17 to 20 of reg 13 need a person's confirmation.",
        ),
        "absent_4w": (
            'the child, the parent or the young person is "absent from the area of the authority for a continuous '
            'period of not less than 4 weeks during the time period"',
            "Needs 28 days in a row, both ends counted, within the period of the limit.",
        ),
        "coronavirus": (
            'compliance is impractical "because of a reason relating to the incidence or transmission of coronavirus"',
            "Only for a limit whose last day lies between 1 May and 25 September 2020 (SI 2020/471).",
        ),
        "exceptional": (
            '"exceptional circumstances" (not only personal ones) during the six weeks',
            "For advice only: the limit must be named. Days that touch the six weeks.",
        ),
        "missed_appointment": (
            'the child or young person "fails to keep an appointment for an examination or a test made by the body" '
            "during the six weeks",
            "For advice only: the limit must be named.",
        ),
    }
)
