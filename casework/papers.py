"""In a demonstration the engine itself says that the papers were sent, so that the six weeks begin.

In earnest an officer records it: a mail without the child's papers only announces the request.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.errors import CaseworkError
from casework.recording import record
from config.clock import london_day
from config.settings import get_settings
from records.tables import Process
from statute.facts import Fact

log = logging.getLogger(__name__)

ENGINE = Actor("demo", "engine")


def record_papers(db: Engine, announced: Iterable[tuple[UUID, str]], now: datetime) -> None:
    """Record `advice_requested` for requests just announced, if this is a demonstration (`EHCP_DEMO`)."""
    if not get_settings().demo:
        return
    for process_id, subject in announced:
        with Session(db) as session:
            reference = session.get_one(Process, process_id).case_ref
        # A demonstration's letter goes only to the catcher, whose acceptance counts as the body's receipt.
        fact = Fact("advice_requested", london_day(now), subject)
        try:
            record(db, reference, [fact], ENGINE, now, confirm=True)
        except CaseworkError:
            # The letter has gone; what the case has become meanwhile is an officer's to look at.
            log.warning("the papers of a request could not be recorded as sent")
