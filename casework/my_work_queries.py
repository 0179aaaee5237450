"""The questions behind 'my work': what the officers' cases owe, wait for, have heard, and what is odd in them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text

from casework.cases import authority
from casework.list_queries import NOW, Query
from casework.listing.stages import ADVICE
from casework.notices import SCHOOL_HOLIDAYS
from statute.review_case import DECISIONS

ANSWERED_FOR = timedelta(days=7)
"""How long an answer is new."""
FAILED_FOR = timedelta(days=30)
"""How long a letter that could not be delivered is shown."""

OTHERS = (*ADVICE, "code_consultation")
# Owed by the setting, unless the authority arranges the review itself: then the citation is of regulation 21.
_OF_THE_SETTING = "d.limit_id IN ('reg20_notice', 'reg20_papers', 'reg20_report') AND d.citation LIKE '%reg 20%'"
THEIRS = f"(d.limit_id = ANY(:others) OR {_OF_THE_SETTING})"
_FINAL = "o.officer = ANY(:officers) AND o.to_day IS NULL AND o.limit_id IN ('reg13_final_plan', 'reg22_final')"

ANSWERS = (
    "advice_received",
    "advice_part",
    "advice_nil",
    "advice_declined",
    "consultation_reply",
    "review_report_received",
    "family_views",
)
# Once one of these was recorded after it, an answer has been taken up.
_TAKEN_UP = (
    *DECISIONS,
    "draft_plan_sent",
    "final_plan_sent",
    "decision_to_issue",
    "decision_not_to_issue",
    "advice_insufficient",
    "amendment_notice_sent",
    "amended_plan_sent",
)
_SEEN = "(n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to))"
_ANSWERED = text(
    "SELECT f.process_id, p.case_ref, f.sequence, f.kind, f.subject, f.day "  # noqa: S608 - nothing in it was typed
    "FROM process p JOIN person n ON n.id = p.person_id JOIN fact f ON f.process_id = p.id "
    "WHERE p.authority = :authority AND p.ended_on IS NULL "
    f"AND p.officer = ANY(:officers) AND {_SEEN} AND f.day BETWEEN :since AND :day AND f.kind = ANY(:answers) "
    "AND NOT EXISTS (SELECT FROM fact l WHERE l.process_id = f.process_id AND l.sequence > f.sequence "
    "AND l.kind = ANY(:taken_up)) ORDER BY f.day DESC, p.mail_ref, f.sequence LIMIT :most"
)
_ODD = text(
    "SELECT m.process_id, p.case_ref, m.status, m.reason, m.subject, max(m.due_at) AS due_at "  # noqa: S608 - as above
    "FROM message m JOIN process p ON p.id = m.process_id JOIN person n ON n.id = p.person_id "
    "WHERE p.authority = :authority AND p.ended_on IS NULL AND p.officer = ANY(:officers) "
    f"AND {_SEEN} AND (m.status = 'held' AND m.reason <> :holidays OR m.status = 'failed' AND m.due_at > :since) "
    "GROUP BY 1, 2, 3, 4, 5 ORDER BY due_at DESC, m.process_id LIMIT :most"
)


def own_query(officers: Sequence[str], today: date, until: date) -> Query:
    """What the authority itself owes up to and with `until`, of these officers' cases."""
    bound = {"day": today, "officers": list(officers), "until": until, "others": list(OTHERS)}
    return Query((NOW, "d.officer = ANY(:officers)", "d.legal_due <= :until", f"NOT {THEIRS}"), bound)


def waiting_query(officers: Sequence[str], today: date) -> Query:
    """What services, settings and providers owe in these officers' cases, due or not."""
    bound = {"day": today, "officers": list(officers), "others": list(OTHERS)}
    # Said to be true, it is no condition for an index: the officer's few open limits are looked through, and not what
    # was ever overdue.
    return Query((NOW, "d.officer = ANY(:officers)", f"{THEIRS} IS TRUE"), bound)


def windows_query(officers: Sequence[str], today: date) -> Query:
    """The families' fifteen days that run, in cases whose final plan is owed (that is how they are found quickly)."""
    owed = " UNION ".join(
        f"SELECT o.process_id FROM deadline o WHERE o.standing = '{standing}' AND {_FINAL}"  # noqa: S608 - as above
        for standing in ("open", "lifted")
    )
    conditions = ("d.to_day IS NULL", "d.standing = 'window'", "d.legal_due >= :day", f"d.process_id IN ({owed})")
    return Query(conditions, {"day": today, "officers": list(officers)})


def answered(connection: Connection, officers: Sequence[str], viewer: str, today: date, most: int) -> Sequence[Any]:
    """Facts of the last days that tell of an answer nobody has taken up, the newest first."""
    bound = {"answers": list(ANSWERS), "taken_up": list(_TAKEN_UP), "day": today, "since": today - ANSWERED_FOR}
    return connection.execute(_ANSWERED, {**bound, **_bound(officers, viewer, most)}).all()


def odd(connection: Connection, officers: Sequence[str], viewer: str, today: date, most: int) -> Sequence[Any]:
    """Letters that are held back, holidays aside, and those that could not be delivered, the newest first."""
    bound = {"holidays": SCHOOL_HOLIDAYS, "since": today - FAILED_FOR}
    return connection.execute(_ODD, {**bound, **_bound(officers, viewer, most)}).all()


def _bound(officers: Sequence[str], viewer: str, most: int) -> dict[str, Any]:
    return {"authority": authority(), "officers": list(officers), "viewer": viewer, "most": most}
