"""The council's own case references, where it brings none: EHC-2026-0001, one after another in the year."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

from casework.cases import authority
from casework.errors import Refused
from casework.in_force import COLUMNS, keep
from casework.locks import HOLD

# One after the last number in use: by the index as long as all have four digits, then by looking at all of the year.
# Tried, never waited for: a number that somebody else is about to use is passed over, so that openings do not
# queue behind one another. Gaps do not matter. CASE, so that Postgres looks at one number after another and
# stops at the first that is free, for every number tried stays held until the transaction ends. MATERIALIZED, and
# in the bounds of the index, so that a prepared plan is as good as one made for these values: planning took six
# times as long as finding. The numbers come one by one; in FROM all 500 would be made first. Not EXISTS, for which
# Postgres may first read every reference there is. What is in force comes along: every opening needs it, and a
# question of its own takes longer than its answer.
# The identity of the child is held in the same question, for one more journey would cost more than all of it.
_NEXT = text(f"""
WITH held AS MATERIALIZED (
    {HOLD}
), short AS MATERIALIZED (
    SELECT max(case_ref) AS last FROM process
    WHERE authority = :authority AND case_ref BETWEEN :low AND :high AND case_ref ~ :four_digits
), used AS MATERIALIZED (
    SELECT CASE WHEN last = :high THEN (
        SELECT max(CAST(substring(case_ref from '[0-9]+$') AS int)) FROM process
        WHERE authority = :authority AND case_ref BETWEEN :low AND :longest AND case_ref ~ :any_length
    ) ELSE coalesce(CAST(right(last, 4) AS int), 0) END AS number FROM short
), names AS (
    SELECT :prefix || CASE WHEN n < 10000 THEN lpad(CAST(n AS text), 4, '0') ELSE CAST(n AS text) END AS ref
    FROM (SELECT number + generate_series(1, 500) AS n FROM used) AS numbers
)
SELECT ref, {COLUMNS} FROM (SELECT count(*) FROM held) AS identity, names
WHERE CASE WHEN pg_try_advisory_xact_lock(hashtextextended(:authority || ref, 5301531))
           THEN (SELECT true FROM process WHERE authority = :authority AND case_ref = ref LIMIT 1) IS NULL END
LIMIT 1
""")  # noqa: S608 - nothing in it was typed

_TAKEN = text(
    "SELECT 'case' FROM process WHERE upper(case_ref) = :folded AND authority = :authority "
    "UNION ALL SELECT 'plan' FROM plan WHERE upper(plan_ref) = :folded AND authority = :authority LIMIT 1"
)


def next_case_ref(session: Session, year: int, who: Sequence[str] = ()) -> str:
    """A reference that no case has and nobody else is about to take; holds the keys of an identity besides.

    Raises Refused when the next 500 are being taken at this moment.
    """
    prefix = f"EHC-{year}-"
    asked = {
        "authority": authority(),
        "who": list(who),
        "prefix": prefix,
        "low": f"{prefix}0000",
        "high": f"{prefix}9999",
        "longest": f"{prefix}999999999",
        "four_digits": f"^{prefix}[0-9]{{4}}$",
        "any_length": f"^{prefix}[0-9]{{4,9}}$",
    }
    found = session.connection().execute(_NEXT, asked).first()
    if found is None:
        raise Refused("Hundreds of cases are being opened at this moment. Open this one again in a minute.")
    reference, toml, days = found
    keep(session, toml, days)
    return reference


def refuse_if_taken(session: Session, reference: str) -> None:
    """Raise Refused when a case or a plan has that reference, in whatever capitals."""
    taken = session.connection().execute(_TAKEN, {"authority": authority(), "folded": reference.upper()}).scalar()
    if taken is not None:
        raise Refused(
            f"A {taken} with the reference {reference} exists already. Record on it with 'ehcp record', "
            "or give the new case another reference."
        )
