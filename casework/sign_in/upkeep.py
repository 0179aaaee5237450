"""Throwing away what signing in has left behind."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from casework.cases import authority

KEPT = timedelta(days=2)
BEGUN = "sign-in begun"
"""The kind of draft that is kept while somebody is away at the provider."""

_OLD = (
    text("DELETE FROM sign_in_attempt WHERE authority = :authority AND at < :before"),
    text("DELETE FROM login_code WHERE authority = :authority AND expires_at < :before"),
    text("DELETE FROM draft WHERE authority = :authority AND changed_at < :before AND kind = :begun"),
)


def tidy(db: Engine, now: datetime) -> int:
    """Remove tries, codes and beginnings that nothing asks about any more; returns how many. Safe at any time."""
    asked = {"authority": authority(), "before": now - KEPT, "begun": BEGUN}
    with db.begin() as connection:
        return sum(connection.execute(each, asked).rowcount for each in _OLD)
