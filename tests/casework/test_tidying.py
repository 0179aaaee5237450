"""What is kept for a while only."""

from datetime import timedelta

from sqlmodel import Session

from casework.drafts import keep_draft, read_draft
from casework.nightly import check
from casework.once import ByKey, done_once
from casework.tidying import ANSWERS, DRAFTS, throw_away
from tests.casework.support import NOW, Council


def _answered(council: Council, key: str) -> None:
    once: ByKey[int] = ByKey("a.marsh", key, b"request", NOW, 200, lambda done: {"done": done})
    done_once(council.db, once, lambda: 1)


def test_an_answer_is_kept_for_two_days_and_a_draft_for_a_week(council: Council) -> None:
    _answered(council, "key")
    draft = str(keep_draft(council.db, "a.marsh", "open", {"surname": "Doe"}, NOW))
    assert throw_away(council.db, NOW + ANSWERS) == 0
    assert throw_away(council.db, NOW + ANSWERS + timedelta(seconds=1)) == 1
    assert read_draft(council.db, "a.marsh", "open", draft)
    assert throw_away(council.db, NOW + DRAFTS + timedelta(seconds=1)) == 1


def test_the_nightly_check_throws_it_away(council: Council) -> None:
    _answered(council, "key")
    check(council.db, set(), NOW + timedelta(days=3))
    assert council.rows("SELECT * FROM kept_answer") == []


def test_a_write_that_failed_leaves_its_key_free(council: Council) -> None:
    once: ByKey[int] = ByKey("a.marsh", "key", b"request", NOW, 200, lambda done: {"done": done})
    with Session(council.db) as session:  # killed before it could commit
        once.claim(session)
    assert done_once(council.db, once, lambda: 2) == 2
