"""What the pages of reviews are narrowed to, in the address: officer, team, setting, pile, duty, page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from casework.backlog_queries import Whose
from casework.listing.choices import Choices
from casework.piles import Pile
from web.place import Desk

PILES: Mapping[str, str] = {
    Pile.URGENT: "Cannot wait",
    Pile.TO_DECIDE: "To be decided",
    Pile.MAINTAIN: "To be maintained",
}
DUTIES: Mapping[str, str] = {
    "reg20_decision": "The decision after the meeting",
    "reg22_final": "The final amended plan, 8 weeks",
    "devon_final": "The final amended plan, 12 weeks",
}
REASONS: Mapping[str, str] = {
    "changed_needs": "Needs have changed",
    "no_place": "No school place",
    "phase_transfer": "Phase transfer",
}
TABS = (
    ("/reviews", "Decisions owed"),
    ("/reviews/no-meeting", "No meeting recorded"),
    ("/reviews/progress", "Progress"),
    ("/reviews/term-lists", "Term lists"),
)
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; what it cannot mean is left out."""

    whose: Whose
    pile: str = ""
    limit: str = "reg20_decision"
    page: int = 1

    @property
    def query(self) -> Mapping[str, str]:
        """The parts that narrow, as they stand in an address."""
        limit = self.limit if self.limit != "reg20_decision" else ""
        said = {"pile": self.pile, "limit": limit, "officer": self.whose.officer, "team": self.whose.team}
        return {name: value for name, value in {**said, "setting": self.whose.setting}.items() if value}

    def address(self, path: str, **more: Any) -> str:
        """The path with these parts, changed by `more` (an empty value takes a part away)."""
        parts = {name: value for name, value in {**self.query, **more}.items() if value}
        return f"{path}?{urlencode(parts)}" if parts else path


def read_asked(at: Desk) -> Asked:
    """What the address asks for."""
    said = {name: value.replace("\x00", "").strip()[:LONGEST] for name, value in at.request.query_params.items()}
    pile, limit, page = said.get("pile", ""), said.get("limit", ""), said.get("page", "")
    return Asked(
        whose=Whose(said.get("officer") or None, said.get("team") or None, said.get("setting") or None),
        pile=pile if pile in PILES else "",
        limit=limit if limit in DUTIES else "reg20_decision",
        page=page_number(page),
    )


def page_number(said: str) -> int:
    """The number of a page as an address says it; the first for what is none."""
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) <= 4 else 1


def tabs(at: Desk) -> Sequence[Mapping[str, object]]:
    """The pages about reviews."""
    here = at.request.url.path
    return [{"href": url, "text": text, "current": url == here} for url, text in TABS]


def chips(path: str, asked: Asked, found: Choices) -> Sequence[Mapping[str, str]]:
    """What is chosen, each with the address of the list without it."""
    officers = dict(found.officers)
    words = {
        "pile": f"Pile: {PILES.get(asked.pile, '')}",
        "limit": f"Owed: {DUTIES[asked.limit]}",
        "officer": f"Officer: {officers.get(asked.whose.officer or '', asked.whose.officer)}",
        "team": f"Team: {asked.whose.team}",
        "setting": f"Setting: {asked.whose.setting}",
    }
    return [{"text": words[name], "href": asked.address(path, **{name: ""})} for name in asked.query]
