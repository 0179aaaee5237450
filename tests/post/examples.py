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
    return item(kind, limit=limit, category="", **changes)


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


def one_of(kind: Kind) -> Item:
    """A plausible item of any kind."""
    if kind is Kind.WEEKLY:
        return weekly()
    if kind in (Kind.WARN, Kind.DANGER):
        return own_limit(kind, "reg13_final_plan", what="the final plan" if kind is Kind.WARN else "health advice")
    if kind is Kind.BREACH:
        return own_limit(kind, "reg5_decide", due=date(2026, 11, 19))
    if kind is Kind.ESCALATE:
        return item(kind, due=date(2026, 11, 6), service="Speech and Language Therapy")
    return item(kind)
