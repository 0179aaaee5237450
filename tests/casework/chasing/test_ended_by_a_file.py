"""A file says that a family moved away or that a child died: nobody is chased about the child any more."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session, select

from casework.arming import All, arm
from casework.caseload.importing import import_caseload
from records.tables import Process
from tests.casework.caseload.files import child, write
from tests.casework.chasing.council import ACTOR, Council, at

ASKED = {"decision": "assess", "decision_notified": "2026-10-06", "advice_requested": "2026-10-07"}


@pytest.mark.parametrize("column", ["moved_away", "died"])
def test_nobody_is_chased_about_a_child_who_left(council: Council, tmp_path: Path, column: str):
    path, blank = tmp_path / "tracker.csv", {column: ""}
    made = child("A-3", **ASKED, final_sent="2026-10-20")
    write(path, [child("A-1", **ASKED) | blank, child("A-2", **ASKED) | blank, made | blank])
    import_caseload(council.db, path, ACTOR, at("2026-11-16"))
    arm(council.db, All(), ACTOR, at("2026-11-16"))
    left = {column: "2026-11-17"}
    write(path, [child("A-1", **ASKED) | left, child("A-2", **ASKED) | blank, made | left, child("A-4") | left])
    import_caseload(council.db, path, ACTOR, at("2026-11-17"))
    arm(council.db, All(), ACTOR, at("2026-11-17"))
    # The last day of the advice, 18 November 2026, and long after it; the review that would fall due.
    names = cases(council)
    for day in ("2026-11-18", "2026-12-02", "2027-10-05"):
        for process in names:
            council.wake(process, at(day))
        council.round(at(day, "08:30"))
    sent = {(names[each.process_id], each.kind) for each in council.messages(None, "sent") if each.process_id}
    # A service that was asked and armed for is told to stop, as ever: nobody should work on. Nothing else goes.
    assert {each for each in sent if each[0] != "A-2"} <= {("A-1", "stop")}
    assert any(ref == "A-2" for ref, _ in sent)  # silence is told from a post that is dead


def cases(council: Council) -> dict[UUID, str]:
    """Every process and what the council calls it."""
    with Session(council.db) as session:
        return {process.id: process.case_ref for process in session.exec(select(Process))}
