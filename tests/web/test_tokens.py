"""Personal access tokens: whose they are, how long, and what ends them."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.errors import Refused
from casework.tokens import PREFIX, holder_of, make_token, revoke_token, revoke_tokens_of, tokens_of
from tests.web.site import NOW, Site


def test_a_token_is_its_holder_with_the_role_of_today(site: Site) -> None:
    token = make_token(site.db, "a.marsh", "Monday's report", 30, NOW)
    holder = holder_of(site.db, token, NOW)
    assert holder is not None
    assert (holder.username, holder.role) == ("a.marsh", "caseworker")
    with site.db.begin() as connection:
        connection.execute(text("UPDATE officer SET role = 'auditor' WHERE username = 'a.marsh'"))
    assert holder_of(site.db, token, NOW).role == "auditor"  # type: ignore[union-attr]


def test_the_token_itself_is_kept_nowhere(site: Site) -> None:
    token = make_token(site.db, "a.marsh", "report", 30, NOW)
    with site.db.begin() as connection:
        (row,) = connection.execute(text("SELECT api_token::text FROM api_token")).scalars()
    assert token.startswith(PREFIX)
    assert token not in row
    assert token.removeprefix(PREFIX) not in row


@pytest.mark.parametrize("wrong", ["", "ehcp_", "ehcp_no-such-token", "é", "x" * 100_000])
def test_what_is_no_token_of_ours_is_nobody(looking: Site, wrong: str) -> None:
    assert holder_of(looking.db, wrong, NOW) is None


def test_a_token_ends_with_its_days(site: Site) -> None:
    token = make_token(site.db, "a.marsh", "report", 1, NOW)
    assert holder_of(site.db, token, NOW + timedelta(hours=23, minutes=59)) is not None
    assert holder_of(site.db, token, NOW + timedelta(days=1)) is None
    assert tokens_of(site.db, "a.marsh", NOW + timedelta(days=1)) == []


def test_a_token_of_somebody_who_has_left_opens_nothing(site: Site) -> None:
    token = make_token(site.db, "a.marsh", "report", 30, NOW)
    with site.db.begin() as connection:
        connection.execute(text("UPDATE officer SET active = false WHERE username = 'a.marsh'"))
    assert holder_of(site.db, token, NOW) is None


def test_nobody_can_revoke_the_token_of_another(site: Site) -> None:
    token = make_token(site.db, "a.marsh", "report", 30, NOW)
    (mine,) = tokens_of(site.db, "a.marsh", NOW)
    assert not revoke_token(site.db, "m.east", mine.id, NOW)
    assert holder_of(site.db, token, NOW) is not None
    assert revoke_token(site.db, "a.marsh", mine.id, NOW)
    assert holder_of(site.db, token, NOW) is None
    assert not revoke_token(site.db, "a.marsh", mine.id, NOW)


def test_all_tokens_of_somebody_can_be_ended_at_once(site: Site) -> None:
    tokens = [make_token(site.db, "a.marsh", f"report {number}", 30, NOW) for number in range(3)]
    assert revoke_tokens_of(site.db, "a.marsh", NOW) == 3
    assert [holder_of(site.db, token, NOW) for token in tokens] == [None, None, None]


def test_when_a_token_was_last_used_is_put_down_once_a_minute(site: Site) -> None:
    token = make_token(site.db, "a.marsh", "report", 30, NOW)
    assert [shown.last_used_at for shown in tokens_of(site.db, "a.marsh", NOW)] == [None]
    for seconds in (0, 59, 61):
        holder_of(site.db, token, NOW + timedelta(seconds=seconds))
        expected = NOW + timedelta(seconds=61 if seconds == 61 else 0)
        assert [shown.last_used_at for shown in tokens_of(site.db, "a.marsh", NOW)] == [expected]


@pytest.mark.parametrize(("name", "days"), [("", 30), (" ", 30), ("x" * 61, 30), ("two\nlines", 30), ("report", 0)])
def test_a_token_needs_a_name_and_a_number_of_days(looking: Site, name: str, days: int) -> None:
    with pytest.raises(Refused):
        make_token(looking.db, "a.marsh", name, days, NOW)


def test_nobody_has_more_than_twenty_tokens(site: Site) -> None:
    for number in range(20):
        make_token(site.db, "a.marsh", f"report {number}", 366 - 1, NOW)
    with pytest.raises(Refused, match="20 tokens"):
        make_token(site.db, "a.marsh", "one more", 30, NOW)
    with pytest.raises(Refused, match="365"):
        make_token(site.db, "m.east", "for ever", 366, NOW)
