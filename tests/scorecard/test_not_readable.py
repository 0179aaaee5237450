"""A case that cannot be read is in no figure, and costs nobody else theirs."""

import asyncio
import logging
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from activities.counting import counting_of
from casework.uncounted import UNREADABLE, uncounted
from records.ledger import append
from records.tables import Process
from scorecard.counted.keeping import bring_one_batch, bring_up_to_date, try_unread_again
from statute.facts import Fact
from tests.casework.support import NOW, OFFICER, Council
from tests.support.temporal import until

ODD = Fact("request_received", date(2026, 1, 5), attributes={"source": "many"}, supersedes=1)


def spoil(council: Council, case_ref: str) -> None:
    """Record what no version of ours would."""
    with Session(council.db) as session, session.begin():
        process = session.exec(select(Process).where(Process.case_ref == case_ref)).one()
        append(session, process, ODD, OFFICER.name, "cli", NOW)


def rows(council: Council) -> list[dict[str, Any]]:
    return council.rows(
        "SELECT p.case_ref, p.mail_ref, p.id, a.void, a.ended_as FROM counted_assessment a "
        "JOIN process p ON p.id = a.process_id ORDER BY p.opened_at, p.case_ref"
    )


@pytest.mark.parametrize("batch", [1, 2_000])
def test_the_others_are_counted(council: Council, batch: int, caplog: pytest.LogCaptureFixture) -> None:
    good, bad = council.opens("2026-01-05"), council.opens("2026-01-06")
    spoil(council, bad.case_ref)
    with caplog.at_level(logging.ERROR):
        bring_up_to_date(council.db, batch)
    found = {each["case_ref"]: each for each in rows(council)}
    assert (found[good.case_ref]["void"], found[bad.case_ref]["void"]) == (False, True)
    assert found[bad.case_ref]["ended_as"] == UNREADABLE
    said = [each for each in caplog.records if each.getMessage() == "process_not_counted"]
    assert [getattr(each, "about", None) for each in said] == [{"process": str(found[bad.case_ref]["id"])}]
    finding = uncounted(council.db, NOW)
    assert not finding.well
    assert found[bad.case_ref]["mail_ref"] in finding.found


def test_it_is_tried_again_when_a_worker_starts(council: Council) -> None:
    bad = council.opens("2026-01-06")
    bring_up_to_date(council.db)
    with council.db.begin() as connection:
        connection.execute(text("UPDATE counted_assessment SET void = TRUE, ended_as = :mark"), {"mark": UNREADABLE})
    assert bring_one_batch(council.db) == 0
    try_unread_again(council.db)
    assert bring_one_batch(council.db) == 1
    assert [(each["case_ref"], each["void"]) for each in rows(council)] == [(bad.case_ref, False)]
    assert uncounted(council.db, NOW).well


async def test_what_is_recorded_is_counted_beside_a_worker(council: Council) -> None:
    await asyncio.to_thread(council.opens, "2026-01-05")
    counting = asyncio.create_task(counting_of(council.db, idle=0.05).run())
    await until(lambda: len(rows(council)) == 1)
    await asyncio.to_thread(council.opens, "2026-01-06")
    await until(lambda: len(rows(council)) == 2)
    counting.cancel()
    with suppress(asyncio.CancelledError):
        await counting
