"""The words of each form: under which heading its kind is offered, what is asked of its day, and what it will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from statute.kinds import KINDS, Kind
from statute.words import capital

GROUPS: Sequence[str] = (
    "The request",
    "Decisions",
    "Advice and views",
    "The draft plan and consulting providers",
    "The plan",
    "The review meeting",
    "After the review",
    "Exceptions and letters",
    "The end of the case, and mistakes",
)

NO_MORE_LETTERS = "No more letters will go about this case. Services that still owe advice are told to stop."
_CLOSES = "This closes the case. Its clocks stop; what was already past its day is kept as overdue when it ended."
_DIED = "Nobody will be written to about this child again: not the family, the school or any service."
_UNDO = "If it turns out to be wrong, you can reopen the case or retract the entry. Nothing is deleted."


@dataclass(frozen=True, slots=True)
class Shown:
    """How one kind is asked for: its group, the legend of its day with a hint, what recording it does, its texts.

    What has a `will` is always read back before it is recorded.
    """

    group: str
    day: str
    hint: str = ""
    will: Sequence[str] = ()
    texts: Sequence[str] = ("note",)


_REQUEST, _DECISIONS, _ADVICE, _DRAFT, _PLAN, _MEETING, _AFTER, _LETTERS, _END = GROUPS
_SENT = "The day it was sent to the family, not the day it was decided or arrived."
_REASONED = ("reasons", "note")

SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        # Assessments
        "request_received": Shown(
            _REQUEST,
            "When was the request received?",
            "The day it reached anybody in the council, even if it was passed on later.",
        ),
        "became_responsible": Shown(
            _REQUEST,
            "When did the council become responsible?",
            "The day the child was both in the area and brought to the council’s attention.",
        ),
        "further_request": Shown(_REQUEST, "When was the further request received?", "It does not move any day."),
        "decision_to_assess": Shown(_DECISIONS, "When was the decision sent to the family?", _SENT),
        "decision_not_to_assess": Shown(
            _DECISIONS, "When was the decision sent to the family?", _SENT, (_CLOSES, _UNDO), _REASONED
        ),
        "refusal_changed": Shown(_DECISIONS, "When was the refusal changed?", "The case runs again from this day."),
        "decision_to_issue": Shown(
            _DECISIONS, "When was the decision sent to the family?", _SENT, texts=("because", "note")
        ),
        "decision_not_to_issue": Shown(
            _DECISIONS, "When was the decision sent to the family?", _SENT, (_CLOSES, _UNDO), _REASONED
        ),
        "advice_requested": Shown(
            _ADVICE, "When was the advice requested?", "The day the request went with the child’s papers."
        ),
        "advice_received": Shown(_ADVICE, "When was the advice received?"),
        "advice_part": Shown(
            _ADVICE, "When did part of the advice come?", "The rest is still owed: the clock of this request runs on."
        ),
        "advice_nil": Shown(
            _ADVICE,
            "When did the nil return come?",
            "The service says it has nothing to add. That answers the request.",
        ),
        "advice_insufficient": Shown(
            _ADVICE, "When was the advice found insufficient?", "The service owes it again, by the first day."
        ),
        "advice_declined": Shown(
            _ADVICE,
            "When did the service decline?",
            "The law lets an NHS body or another council decline only with written reasons.",
            texts=_REASONED,
        ),
        "advice_expected": Shown(_ADVICE, "When did the service say so?", "The day you were told."),
        "advice_reassigned": Shown(_ADVICE, "When was the request passed on?"),
        "advice_cancelled": Shown(_ADVICE, "When was the request cancelled?", "The service is not chased any more."),
        "proceeding_without": Shown(
            _ADVICE, "When was it decided to go on without it?", "The advice still counts as late."
        ),
        "advice_reused": Shown(_ADVICE, "When was it agreed to reuse the earlier advice?", "Nobody is asked again."),
        "family_views": Shown(_ADVICE, "When did the family give its views?"),
        "draft_plan_sent": Shown(
            _DRAFT,
            "When was the draft plan sent?",
            "The family then has at least 15 days to answer.",
            texts=("because", "note"),
        ),
        "consulted": Shown(_DRAFT, "When was the provider consulted?"),
        "consultation_reply": Shown(_DRAFT, "When did the provider reply?"),
        "final_plan_sent": Shown(
            _PLAN,
            "When was the final plan sent?",
            "This ends the assessment and makes the plan.",
            texts=("because", "note"),
        ),
        "withdrawn": Shown(
            _END, "When was the request withdrawn?", will=(_CLOSES, NO_MORE_LETTERS, _UNDO), texts=_REASONED
        ),
        # Plans and reviews
        "plan_made": Shown(_PLAN, "When was the plan made?"),
        "last_review": Shown(
            _PLAN, "When was the decision of the last review sent?", "The next review counts from it."
        ),
        "transferred_in": Shown(_PLAN, "When was the plan transferred to this council?"),
        "plan_amended": Shown(_PLAN, "When was the plan amended?"),
        "transferred_out": Shown(_END, "When was the plan transferred?", will=(_CLOSES, NO_MORE_LETTERS, _UNDO)),
        "phase_transfer": Shown(
            _PLAN, "On which day does the child move?", "This may lie ahead: it is usually 1 September."
        ),
        "review_arranged_by": Shown(_MEETING, "Since when does this hold?"),
        "review_invited": Shown(_MEETING, "When were the invitations sent?"),
        "review_papers_sent": Shown(_MEETING, "When were the papers sent?"),
        "review_meeting": Shown(_MEETING, "When was the meeting held?"),
        "review_report_received": Shown(_MEETING, "When was the report received?"),
        "decision_maintain": Shown(_DECISIONS, "When was the decision sent to the family?", _SENT, texts=_REASONED),
        "decision_amend": Shown(
            _DECISIONS,
            "When was the decision sent to the family?",
            "It counts as made in time only when the amendment notice goes with it.",
        ),
        "decision_cease": Shown(
            _DECISIONS,
            "When was the decision sent to the family?",
            "The plan itself goes on until the family can no longer appeal.",
            texts=_REASONED,
        ),
        "amendment_notice_sent": Shown(
            _AFTER, "When was the amendment notice sent?", "The family then has at least 15 days to answer."
        ),
        "amended_plan_sent": Shown(_AFTER, "When was the amended plan sent?"),
        "decided_not_to_amend": Shown(_AFTER, "When was the decision sent to the family?", _SENT, texts=_REASONED),
        "plan_ceased": Shown(_END, "When did the plan cease?", will=(_CLOSES, NO_MORE_LETTERS, _UNDO)),
        "appeal_registered": Shown(_AFTER, "When was the appeal registered?"),
        "appeal_determined": Shown(_AFTER, "When was the appeal determined?"),
        # Any case
        "relief": Shown(_LETTERS, "When was the exception approved?", texts=("because", "evidence", "note")),
        "mail_hold": Shown(
            _LETTERS,
            "When was this decided?",
            will=(
                "No letters go while they are on hold: not to the family, schools or services.",
                "The clocks run on.",
            ),
        ),
        "moved_away": Shown(_END, "When did the family move away?", will=(_CLOSES, NO_MORE_LETTERS, _UNDO)),
        "died": Shown(
            _END, "When did the child or young person die?", will=("No more letters will go.", _DIED, _CLOSES, _UNDO)
        ),
        "attained_26": Shown(_END, "When did the young person turn 26?", will=(_CLOSES, NO_MORE_LETTERS, _UNDO)),
        "opened_in_error": Shown(
            _END,
            "When was the mistake found?",
            will=("The case leaves every list and figure, as if nothing had been owed.", NO_MORE_LETTERS, _UNDO),
            texts=_REASONED,
        ),
        "merged_into": Shown(
            _END,
            "When was the case merged?",
            will=("The case leaves every list and figure: the other case goes on.", NO_MORE_LETTERS, _UNDO),
        ),
        "reopened": Shown(
            _END,
            "When was the case reopened?",
            will=("The clocks run on from their first day, and letters go out again.",),
            texts=_REASONED,
        ),
        "corrected": Shown(_END, "What is the right day?", texts=("note",)),
        "retracted": Shown(_END, "On which day does the entry stand?", texts=_REASONED),
    }
)

# These have pages of their own: the entry is chosen first, or the ground.
ELSEWHERE: Mapping[str, str] = MappingProxyType({"relief": "exception", "corrected": "facts", "retracted": "facts"})


def title_of(kind: Kind) -> str:
    """`The decision to assess was sent`."""
    return sentence(words_of(kind))


def words_of(kind: Kind) -> str:
    """`the decision to assess was sent`; people call a relief an exception."""
    return "an exception was recorded" if kind.name == "relief" else kind.words


def grouped(process: str) -> Mapping[str, Sequence[Kind]]:
    """The kinds that can be recorded in a process, under the headings under which they are offered."""
    found: dict[str, list[Kind]] = {group: [] for group in GROUPS}
    for kind in KINDS.values():
        if process in kind.processes:
            found[SHOWN[kind.name].group].append(kind)
    return {group: kinds for group, kinds in found.items() if kinds}


def sentence(words: str) -> str:
    """Words with a capital, as they begin a line."""
    return capital(words)
