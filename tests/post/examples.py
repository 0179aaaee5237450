"""A house, a day, and items to write about."""

from datetime import date
from typing import Any

from post.house import House
from post.items import Item, Kind, Late

DAY = date(2026, 11, 20)  # a Friday
TO = "slt.send@nhs.example"
HOUSE = House(
    authority_name="Kingston upon Hull City Council",
    mail_from="ehc-clock@council.example",
    reply_to="ehc@council.example",
    contact_phone="01482 300 300",
    contact_email="ehc@council.example",
)


def item(kind: Kind = Kind.CHASE, mail_ref: str = "K7F-3QX9", **changes: Any) -> Item:
    """Health advice asked for on 23 October 2026 and due on 4 December 2026, or what the changes make of it."""
    usual: dict[str, Any] = {
        "limit": "reg8_advice",
        "category": "health",
        "start": date(2026, 10, 23),
        "due": date(2026, 12, 4),
    }
    return Item(kind=kind, mail_ref=mail_ref, **{**usual, **changes})


def own_limit(kind: Kind, limit: str, **changes: Any) -> Item:
    """One of the authority's own limits."""
    return item(kind, **{"limit": limit, "category": "", **changes})


def weekly(count: int = 23, service: str = "Community Paediatrics") -> Item:
    """A weekly summary with two oldest."""
    return Item(
        kind=Kind.WEEKLY,
        limit="reg8_advice",
        service=service,
        count=count,
        oldest=(
            Late(mail_ref="K7F-3QX9", due=date(2026, 9, 1), what="health advice"),
            Late(mail_ref="B2C-4DX7", due=date(2026, 11, 19), what="health advice"),
        ),
    )


def term_list(kind: Kind = Kind.TERM_LIST, count: int = 14, **changes: Any) -> Item:
    """A list of reviews before the term that begins on 5 January 2027, or a word about such lists."""
    usual: dict[str, Any] = {
        "limit": "code_term_list",
        "what": f"{count} annual reviews" if kind is Kind.TERM_LIST else f"{count} term lists",
        "start": date(2027, 1, 5),
        "due": date(2026, 12, 21),
    }
    return Item(kind=kind, count=count, **{**usual, **changes})


# What is asked in a review, by kind: a plan last reviewed on 20 December 2025, a meeting on 8 December 2026 (or held on
# 12 November), a decision to amend on 19 November.
OF_A_REVIEW: dict[Kind, dict[str, Any]] = {
    Kind.ARRANGE: {
        "limit": "s44_review",
        "start": date(2025, 12, 20),
        "due": date(2026, 11, 21),
        "working_due": date(2026, 11, 20),
        "legal_due": date(2026, 12, 19),
    },
    Kind.INVITE: {"limit": "reg20_papers", "start": date(2026, 12, 8), "due": date(2026, 11, 23), "category": "health"},
    Kind.REVIEW_PAPERS: {"limit": "reg20_papers", "start": date(2026, 12, 8), "due": date(2026, 11, 23)},
    Kind.MEETING: {"limit": "review_meeting", "start": date(2026, 11, 12), "due": date(2026, 11, 12)},
    Kind.REPORT: {"limit": "reg20_report", "start": date(2026, 11, 12), "due": date(2026, 11, 26)},
    Kind.NOTICE: {
        "limit": "amendment_notice",
        "category": "",
        "start": date(2026, 11, 12),
        "due": date(2026, 11, 19),
        "legal_due": date(2026, 12, 10),
    },
    Kind.FINALISE: {
        "limit": "reg22_representations",
        "category": "",
        "start": date(2026, 11, 5),
        "due": date(2026, 11, 19),
        "final": date(2026, 12, 31),
    },
    Kind.HOLD_OVER: {"limit": "s45_hold", "category": "", "start": date(2026, 9, 18), "due": date(2026, 11, 19)},
}


def of_a_review(kind: Kind, **changes: Any) -> Item:
    """What is asked in a review, of a setting where one is asked."""
    return item(kind, **{"category": "education", **OF_A_REVIEW[kind], **changes})


def one_of(kind: Kind) -> Item:
    """A plausible item of any kind."""
    if kind in OF_A_REVIEW:
        return of_a_review(kind)
    if kind in (Kind.WARN, Kind.DANGER):
        return own_limit(kind, "reg13_final_plan", what="the final plan" if kind is Kind.WARN else "health advice")
    special = {
        Kind.WEEKLY: weekly(),
        Kind.TERM_LIST: term_list(),
        Kind.TERM_LISTS: term_list(Kind.TERM_LISTS),
        Kind.BREACH: own_limit(Kind.BREACH, "reg5_decide", due=date(2026, 11, 19)),
        Kind.ESCALATE: item(Kind.ESCALATE, due=date(2026, 11, 6), service="Speech and Language Therapy"),
    }
    return special.get(kind) or item(kind)
