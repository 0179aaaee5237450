"""How each thing that can be said with a fact is asked for: its label, a hint, and words for its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from statute.words import capital
from web.names import ALIGNED, GROUNDS


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, a hint, and the words of its codes where their own will not do."""

    label: str
    hint: str = ""
    words: Mapping[str, str] = field(default_factory=dict[str, str])


_OTHER_AUTHORITY = "Its three-digit code, for example 330."
_URN = "The setting’s URN, for example 117222."
_METHOD = MappingProxyType({"email": "Email (the family agreed to it)", "hand": "By hand", "post": "Post"})
_PEOPLE = MappingProxyType(
    {
        "family": "The family",
        "parent": "Parent or carer",
        "young_person": "Young person",
        "representative": "Representative",
        "setting": "School, nursery or college",
        "health_commissioner": "Health commissioner (integrated care board)",
    }
)
_CHANGED_BY = MappingProxyType(
    {
        "own_accord": "The council changed its own mind",
        "mediation_agreement": "An agreement at mediation",
        "reg45_notice": "The council told the tribunal it does not oppose the appeal",
        "tribunal_order": "An order of the tribunal",
        "consent_order": "An order of the tribunal by consent",
    }
)
GROUNDS_ASKED = MappingProxyType({ground: capital(words) for ground, words in GROUNDS.items()})

ASKED: Mapping[str, Asked] = MappingProxyType(
    {
        "agreed": Asked(
            "Who agrees that the earlier advice is enough?",
            "All three must agree, otherwise new advice has to be sought.",
            MappingProxyType({"giver": "Who gave it", "family": "The family", "authority": "The council"}),
        ),
        "agreed_decision_by": Asked(
            "By which day was a new decision agreed or ordered?", "Leave it blank if none was."
        ),
        "agreed_plan_by": Asked("By which day was the final plan agreed or ordered?", "Leave it blank if none was."),
        "aligned": Asked(
            "Was it held together with another review of the child?",
            "Tick each. Leave all blank if it was about the plan alone.",
            MappingProxyType({code: capital(words) for code, words in ALIGNED.items()}),
        ),
        "already_asked": Asked(
            "Which advice has been asked for already?", "They are not written to again when you record this."
        ),
        "arrived_on": Asked("When did it arrive, if you know?"),
        "body": Asked("Which service?"),
        "changed_needs": Asked("Does the report say that needs have changed?"),
        "channel": Asked("How did the request go?", "One word, for example email, portal or post."),
        "consultation": Asked("Number of the consultation", "Only if your council numbers them."),
        "day": Asked(
            "On which day is the advice expected?", "The service is not chased until then. Its own day stays."
        ),
        "decided_on": Asked("When was it decided?", "Leave it blank if it was the day it was sent."),
        "early_years": Asked("Is the child under five?", "The Code asks for reviews every three to six months then."),
        "family_told_on": Asked("When was the family told?"),
        "from": Asked("From which day?"),
        "from_authority": Asked("From which council?", _OTHER_AUTHORITY),
        "inherited_from": Asked("Which council did the case come from?", _OTHER_AUTHORITY),
        "meeting": Asked("On which day is the meeting?"),
        "method": Asked("How was it sent?", words=_METHOD),
        "names_setting": Asked(
            "Which setting does the plan name?", "Its URN, or a type such as mainstream. A phase transfer needs it."
        ),
        "no_place": Asked("Does the report say that there is no place?"),
        "outcome": Asked("What came of it?"),
        "plan_date": Asked("Which day stands on the plan?", "Leave it blank if it is the day it was sent."),
        "preference": Asked("Whose choice is this provider?", "One word, for example family or council."),
        "process": Asked(
            "Into which case was it merged?", "The mail reference of the case that goes on, like K7F-3QX9."
        ),
        "reason": Asked("What kind of reason was given?", "A short code without spaces. Write words into the note."),
        "received_by_body": Asked(
            "When did the service receive it?", "Its six weeks count from then. Leave it blank if it was the same day."
        ),
        "receiving": Asked("Which setting does the child move to?", _URN),
        "recommends": Asked(
            "What does the report recommend?",
            words=MappingProxyType(
                {"maintain": "Keep the plan as it is", "amend": "Amend the plan", "cease": "Cease the plan"}
            ),
        ),
        "reference": Asked("Number of the order or agreement", "For example EH330/24/00012."),
        "report_date": Asked("Which day stands on the report?"),
        "reps_until": Asked(
            "Until which day was the family told it can answer?",
            "The law gives at least 15 days from when it was served.",
        ),
        "request": Asked("Number of the request", "Only if several requests to one service are open."),
        "reuse": Asked(
            "Which advice will be reused?", "Earlier advice that is still good enough: nobody is asked again."
        ),
        "section_31": Asked(
            "Is the service bound by regulation 8?",
            "NHS bodies, other councils and youth offending teams are. Leave it: the directory of services knows.",
        ),
        "sections": Asked("Which sections does it concern?", "Letters with commas between them, for example B,F,I."),
        "seek": Asked(
            "Which services will be asked?",
            "Leave all blank to ask the usual four: school, health, educational psychology and social care. "
            "A service that you tick takes the place of the usual one for its kind of advice.",
        ),
        "served": Asked(
            "When did the family receive it?",
            "Leave it blank if you do not know. By post the second working day counts.",
        ),
        "source": Asked(
            "Who made the request?",
            words=MappingProxyType(
                {
                    "1": "The family or the young person",
                    "2": "A school, nursery or college",
                    "3": "Health",
                    "4": "Social care",
                    "5": "Somebody else, or the council itself",
                }
            ),
        ),
        "to": Asked("To whom was it sent?", "Tick everybody it went to.", _PEOPLE),
        "to_authority": Asked("To which council?", _OTHER_AUTHORITY),
        "transfer": Asked("On which day does the child start there?", "Leave it blank if it is the day above."),
        "under": Asked(
            "Under which part of the law?",
            words=MappingProxyType(
                {
                    "s36(5)": "Section 36(5)",
                    "s36(9)": "Section 36(9)",
                    "both": "Both",
                }
            ),
        ),
        "without": Asked(
            "Which advice is missing?",
            "Tick it if it has neither come nor been returned as nil. You must then say why below.",
            MappingProxyType({"health": "Health", "social_care": "Social care"}),
        ),
        "who": Asked("Who?", "A user name or one word without spaces. Write other names into the note."),
        "why": Asked("Why?", "A short code without spaces, if you use one. Write words below."),
        # Texts
        "because": Asked("Why was it impractical to keep the day?", "In your own words: what happened, to whom, when."),
        "evidence": Asked(
            "What is the evidence?", "For example a letter of 3 March from the hospital, and where it is kept."
        ),
        "note": Asked("Note", "Anything the next person should know. It is kept with the entry and never sent."),
        "reasons": Asked("Reasons", "The reasons that were given, as far as they help the next person."),
    }
)

# Where one word means different things of different kinds.
ASKED_OF: Mapping[tuple[str, str], Asked] = MappingProxyType(
    {
        ("refusal_changed", "why"): Asked("What changed it?", words=_CHANGED_BY),
        ("family_views", "from"): Asked("Who gave views?", words=_PEOPLE),
        ("relief", "limit"): Asked("Which limit does it lift?"),
        ("relief", "subject"): Asked("Of which request?"),
        ("relief", "ground"): Asked("On which ground?", words=GROUNDS_ASKED),
        ("relief", "from"): Asked("From which day did it last?"),
        ("relief", "to"): Asked("Up to and including which day?", "Leave it blank if it has not ended."),
        ("relief", "approver"): Asked("Who approved it?"),
        ("relief", "family_told_on"): Asked("When was the family told of the exception?"),
        ("relief", "target"): Asked(
            "By which day does the council mean to do it?",
            "The exception sets no new day: it is owed as soon as practicable.",
        ),
        ("relief", "confirmed"): Asked("Has a person decided that it counts where the law is unsettled?"),
        ("relief", "first_closed"): Asked("What was the first day on which it was closed?"),
        ("relief", "reopens"): Asked("On which day does it open again?", "The first day on which it is open."),
        ("relief", "advice_requested"): Asked(
            "When was the head, principal or SENCO asked for advice?", "Leave it blank for the request in this case."
        ),
        ("mail_hold", "from"): Asked("From which day are letters on hold?", "Leave it blank for the day above."),
        ("mail_hold", "to"): Asked(
            "Up to and including which day?", "Leave it blank to hold them until further notice."
        ),
        ("mail_hold", "reason"): Asked(
            "Kind of reason", "One word, for example bereavement. Write words into the note."
        ),
        ("review_invited", "to"): Asked(
            "Who was invited?", "Codes with commas between them, for example parent,setting,health."
        ),
        ("review_papers_sent", "to"): Asked(
            "Who was sent papers?", "Codes with commas between them, for example parent,setting."
        ),
        ("last_review", "meeting"): Asked("When was its meeting?"),
        ("advice_reassigned", "body"): Asked(
            "To which other service?",
            "Leave it blank within one service: the clock stays. Another service is a new request.",
        ),
        ("consultation_reply", "outcome"): Asked(
            "What did the provider say?",
            words=MappingProxyType({"can_meet": "It can meet the needs", "cannot_meet": "It cannot meet the needs"}),
        ),
        ("consultation_reply", "ground"): Asked(
            "On which ground?", "One word, for example unsuitable, others or resources."
        ),
        ("plan_made", "after"): Asked(
            "After what?",
            words=MappingProxyType({"assessment": "An assessment", "reassessment": "A reassessment"}),
        ),
        ("plan_amended", "after"): Asked(
            "After what?",
            words=MappingProxyType(
                {
                    "review": "A review",
                    "reassessment": "A reassessment",
                    "tribunal_order": "An order of the tribunal",
                }
            ),
        ),
        ("appeal_determined", "outcome"): Asked(
            "How did the appeal end?",
            words=MappingProxyType(
                {
                    "dismissed": "It was dismissed: the council was right",
                    "allowed": "It was allowed: the family was right",
                    "withdrawn": "The family withdrew it",
                    "conceded": "The council conceded it",
                }
            ),
        ),
        ("decision_cease", "reason"): Asked("Reason for ceasing", "The code of the SEN2 return, for example 4."),
        ("plan_ceased", "reason"): Asked("Reason for ceasing", "The code of the SEN2 return, for example 4."),
        **dict.fromkeys(
            (("decision_to_issue", "because"), ("draft_plan_sent", "because"), ("final_plan_sent", "because")),
            Asked(
                "Why is it not waited for?",
                "Only if health or social care advice is missing. It is kept with the entry and shown on the case.",
            ),
        ),
        ("advice_declined", "reason"): Asked(
            "Kind of reason", "One word, for example incompatible. Write words below."
        ),
    }
)

# Asked last, under a heading of its own: most entries have none of it.
SELDOM = frozenset(
    {"request", "consultation", "channel", "section_31", "reference", "decided_on", "file", "line", "reason", "who"}
)
# Never asked: whoever is told of it by the form says it in another place.
NOT_ASKED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "advice_requested": frozenset({"body", "documents"}),
        "advice_reused": frozenset({"body"}),
        "review_arranged_by": frozenset({"by"}),
        "corrected": frozenset({"was"}),
        **dict.fromkeys(
            ("advice_received", "advice_part", "advice_nil", "advice_insufficient", "advice_declined"),
            frozenset({"body", "documents"}),
        ),
        **dict.fromkeys(("advice_cancelled", "proceeding_without"), frozenset({"body", "day", "by"})),
        # What it is about stays: another limit is another exception.
        "relief": frozenset({"limit", "subject"}),
        "advice_expected": frozenset({"body", "by", "who", "why"}),
        "advice_reassigned": frozenset({"day", "by"}),
    }
)


def asked(kind: str, name: str) -> Asked:
    """How an attribute is asked for in a form of that kind."""
    return ASKED_OF.get((kind, name)) or ASKED[name]
