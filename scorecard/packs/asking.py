"""A pack as the command line and the pages ask for it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy import Engine

from config.clock import london_day
from config.settings import Settings
from scorecard.packs.compared import published
from scorecard.packs.content import Pack
from scorecard.packs.kinds import Kind
from scorecard.packs.making import Asked, make
from scorecard.packs.page import page
from scorecard.packs.paper import paper
from scorecard.packs.workbook import workbook

WRITERS: Mapping[str, Callable[[Pack], bytes]] = {"xlsx": workbook, "html": page, "pdf": paper}
"""What makes a file of a pack, by its ending."""


def pack_of(db: Engine, settings: Settings, kind: Kind, day: date, now: datetime, *, public: bool) -> Pack:
    """The pack of the month in which `day` lies, which must have begun, by the authority's own settings."""
    asked = Asked(kind, day, settings.authority_name, settings.scorecard_amber, public, settings.scorecard_hide_below)
    return make(db, asked, now, compare=published(db, settings, london_day(now)))
