"""What can have changed in the read model without a fact: by the date alone, or because the law is read otherwise.

There are as many reviews as children with a plan, so the nightly check computes again those in which a day came, and
all of them only after a new release, policy or calendar.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

import statute
from casework import piles, spells
from casework.cases import authority
from casework.in_force import in_force
from statute.kind import ANNUAL_REVIEW

_BUT_REVIEWS = text("SELECT id FROM process WHERE authority = :authority AND kind <> :kind ORDER BY id")
# A day said with a fact turns what stands on that day or the next; an absence without an end, on its 28th.
_TURNED = text("""
SELECT DISTINCT fact.process_id FROM fact JOIN process ON process.id = fact.process_id
WHERE process.authority = :authority AND process.kind = :kind AND (
    fact.day BETWEEN :first AND :last
    OR EXISTS (SELECT FROM jsonb_each_text(fact.attributes) AS said WHERE said.value = ANY (:days))
) ORDER BY fact.process_id
""")
_SAID_BEFORE = (0, 1, 27)


def reading(session: Session) -> str:
    """A digest of everything that days are worked out with: the law as it is shipped, the policy, the calendar."""
    found = in_force(session)
    whole = "\n".join((_shipped(), found.policy or "", found.days))
    return hashlib.sha256(whole.encode()).hexdigest()


def to_compute(session: Session, since: date, today: date) -> Sequence[UUID]:
    """The processes in which something can have turned after `since` up to `today` by the date alone.

    Every assessment, for they are few, and the reviews whose facts speak of such a day: what they do not speak of
    moves nothing.
    """
    window = [since + timedelta(days=number) for number in range(1, (today - since).days + 1)]
    days = sorted({day - timedelta(days=before) for day in window for before in _SAID_BEFORE})
    bound = {"authority": authority(), "kind": ANNUAL_REVIEW}
    said = {"first": since + timedelta(days=1), "last": today, "days": [day.isoformat() for day in days]}
    connection = session.connection()
    turned = connection.execute(_TURNED, {**bound, **said}).scalars().all()
    return [*connection.execute(_BUT_REVIEWS, bound).scalars().all(), *turned]


@cache
def _shipped() -> str:
    folder = Path(statute.__file__).parent
    files = sorted(path for path in folder.iterdir() if path.suffix in (".py", ".toml"))
    digest = hashlib.sha256()
    for path in (*files, Path(spells.__file__), Path(piles.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
