"""Throwing away what signing in has left behind."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from casework.cases import authority

KEPT = timedelta(days=2)

_OLD = (
    text("DELETE FROM sign_in_attempt WHERE authority = :authority AND at < :before"),
    text("DELETE FROM login_code WHERE authority = :authority AND expires_at < :before"),
)


def tidy(db: Engine, now: datetime) -> int:
    """Remove tries and codes that nothing asks about any more; returns how many rows. Safe to run at any time."""
    asked = {"authority": authority(), "before": now - KEPT}
    with db.begin() as connection:
        return sum(connection.execute(each, asked).rowcount for each in _OLD)
