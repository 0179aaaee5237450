"""What each documented answer of Notify means for a letter, over a real connection."""

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from post.courier import Delivery, Outcome
from post.errors import CourierSettingError, ServerAway
from post.letters import compose
from post.notify import NotifyCourier
from tests.post.examples import DAY, HOUSE, TO, item
from tests.support import notify_server as served
from tests.support.notify_server import KEY, Mood, Notify, Refusal

LETTER = compose(TO, [item()], HOUSE, "key", DAY)
AGAIN = replace(LETTER, again=True)
OTHER = replace(compose("another@nhs.example", [item()], HOUSE, "other", DAY))
SEND, ASK = "POST /v2/notifications/email", "GET /v2/notifications?"


async def test_a_letter_is_taken_with_its_subject_its_text_and_a_reference_that_is_its_own(
    notify: Notify, courier: NotifyCourier
) -> None:
    delivery = await courier.deliver(LETTER)
    [row] = notify.taken
    assert delivery == Delivery(Outcome.ACCEPTED, 201, "accepted by Notify", "notify", row["id"])
    assert (row["email_address"], row["subject"]) == (TO, LETTER.subject)
    assert LETTER.message_id.startswith(f"<{row['reference']}@")
    assert "K7F-3QX9" in row["body"]
    assert notify.requests == [SEND], "a first attempt costs no question"


@pytest.mark.parametrize(
    ("mood", "outcome", "says"),
    [
        (served.BAD_ADDRESS, Outcome.PERMANENT, "not a mail address"),
        (served.TRIAL, Outcome.TEMPORARY, "trial mode"),
        (served.TEAM_ONLY, Outcome.TEMPORARY, "make a live key"),
        (served.NO_TEMPLATE, Outcome.TEMPORARY, "ehcp notify templates"),
        (Refusal(400, "BadRequestError", "Missing personalisation: body"), Outcome.TEMPORARY, "ehcp notify templates"),
        (Refusal(400, "BadRequestError", "something new"), Outcome.TEMPORARY, "not for the address"),
        (served.NO_KEY, Outcome.TEMPORARY, "EHCP_NOTIFY_API_KEY"),
        (served.CLOCK, Outcome.TEMPORARY, "correct the clock"),
        (served.RATE, Outcome.TEMPORARY, "in this minute"),
        (served.DAILY, Outcome.TEMPORARY, "goes on tomorrow"),
        (served.INTERNAL, Outcome.TEMPORARY, "(500)"),
        (served.AWAY, Outcome.TEMPORARY, "(503)"),
        (served.GATEWAY, Outcome.UNKNOWN, "may have it"),
        (served.HANG, Outcome.UNKNOWN, "may have it"),
        (served.HANG_AFTER, Outcome.UNKNOWN, "may have it"),
        (served.DROP, Outcome.UNKNOWN, "may have it"),
        (served.DROP_AFTER, Outcome.UNKNOWN, "may have it"),
    ],
)
async def test_each_answer_has_its_meaning_and_its_remedy(
    notify: Notify, courier: NotifyCourier, mood: Mood, outcome: Outcome, says: str
) -> None:
    notify.always = mood
    delivery = await courier.deliver(LETTER)
    assert delivery.outcome is outcome
    assert says in delivery.detail
    assert not delivery.carrier_id


async def test_nobody_there_at_all_is_certain_and_quick(courier: NotifyCourier, unused_tcp_port: int) -> None:
    began = time.monotonic()
    delivery = await replace(courier, url=f"http://127.0.0.1:{unused_tcp_port}").deliver(LETTER)
    assert (delivery.outcome, delivery.detail) == (Outcome.TEMPORARY, "Notify could not be reached")
    assert time.monotonic() - began < 1


async def test_a_service_without_encryption_where_some_is_wanted_never_had_the_letter(
    notify: Notify, courier: NotifyCourier
) -> None:
    delivery = await replace(courier, url=notify.url.replace("http://", "https://")).deliver(LETTER)
    assert (delivery.outcome, "encrypted" in delivery.detail) == (Outcome.TEMPORARY, True)


async def test_a_second_attempt_of_a_letter_that_had_arrived_sends_nothing(
    notify: Notify, courier: NotifyCourier
) -> None:
    notify.always = served.DROP_AFTER
    assert (await courier.deliver(LETTER)).outcome is Outcome.UNKNOWN
    notify.always = ""
    delivery = await courier.deliver(AGAIN)
    assert (delivery.outcome, delivery.carrier_id) == (Outcome.ACCEPTED, notify.taken[0]["id"])
    assert (len(notify.taken), notify.asked(ASK)) == (1, 1)


async def test_a_second_attempt_of_a_letter_that_had_not_arrived_sends_it(
    notify: Notify, courier: NotifyCourier
) -> None:
    notify.always = served.DROP
    await courier.deliver(LETTER)
    notify.always = ""
    assert (await courier.deliver(AGAIN)).accepted
    assert (len(notify.taken), notify.asked(ASK)) == (1, 1)


@pytest.mark.parametrize("trouble", [served.HANG, served.DROP, served.NO_KEY, served.INTERNAL])
async def test_what_cannot_be_looked_up_is_not_sent_and_stays_unknown(
    notify: Notify, courier: NotifyCourier, trouble: Mood
) -> None:
    notify.asking = trouble
    assert (await courier.deliver(AGAIN)).outcome is Outcome.UNKNOWN
    assert notify.asked(SEND) == 0


@pytest.mark.parametrize(("status", "copies"), [("delivered", 1), ("sending", 1), ("technical-failure", 2)])
async def test_only_what_notify_itself_never_sent_goes_a_second_time(
    notify: Notify, courier: NotifyCourier, status: str, copies: int
) -> None:
    await courier.deliver(LETTER)
    notify.becomes(status)
    assert (await courier.deliver(AGAIN)).accepted
    assert len(notify.taken) == copies


async def test_an_address_that_turned_out_wrong_meanwhile_is_refused(notify: Notify, courier: NotifyCourier) -> None:
    await courier.deliver(LETTER)
    notify.becomes("permanent-failure")
    assert (await courier.deliver(AGAIN)).outcome is Outcome.PERMANENT


async def test_a_round_rests_as_long_as_it_is_asked_to_and_goes_on_with_the_same_letter(
    notify: Notify, courier: NotifyCourier, rests: list[float]
) -> None:
    notify.always = replace(served.RATE, headers={"Retry-After": "7"})

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        notify.always = ""

    async with replace(courier, sleep=rest).session() as session:
        assert (await session.deliver(LETTER)).accepted
    assert (rests, len(notify.taken)) == ([7.0], 1)


async def test_when_notify_takes_no_more_the_round_stops_asking(notify: Notify, courier: NotifyCourier) -> None:
    notify.always = served.RATE
    async with courier.session() as session:
        outcomes = [(await session.deliver(LETTER)).outcome for _ in range(5)]
    assert set(outcomes) == {Outcome.TEMPORARY}
    assert notify.asked(SEND) == 6, "three letters, twice each"


async def test_a_code_that_somebody_waits_for_does_not_rest(
    notify: Notify, courier: NotifyCourier, rests: list[float]
) -> None:
    notify.always = served.RATE
    assert not (await courier.deliver(LETTER)).accepted
    assert rests == []


async def test_the_daily_limit_closes_the_round_until_tomorrow(notify: Notify, courier: NotifyCourier) -> None:
    notify.moods[TO] = served.DAILY
    async with courier.session() as session:
        first, second = await session.deliver(LETTER), await session.deliver(OTHER)
    assert first == second
    assert first.not_before == datetime(2026, 11, 24, tzinfo=UTC)
    assert notify.asked(SEND) == 1


async def test_our_own_count_of_the_day_is_kept_before_notify_has_to_say_so(
    notify: Notify, courier: NotifyCourier
) -> None:
    async with replace(courier, per_day=10, sent_today=lambda: 9).session() as session:
        first, second = await session.deliver(LETTER), await session.deliver(OTHER)
    assert first.accepted
    assert (second.outcome, second.not_before) == (Outcome.TEMPORARY, datetime(2026, 11, 24, tzinfo=UTC))
    assert "EHCP_NOTIFY_PER_DAY" in second.detail
    assert notify.recipients == [TO]


async def test_a_letter_on_paper_has_its_lines_and_is_looked_up_before_it_is_sent(
    notify: Notify, courier: NotifyCourier
) -> None:
    home = ["The parents of A", "1 High Street", "", "Anytown", "AN1 1AA"]
    delivery = await courier.deliver_paper(home, "About the date", "Dear parents\n\n- one", "letter 1")
    assert delivery.accepted
    [row] = notify.taken
    assert [row[f"line_{number}"] for number in (1, 2, 3, 4, 5)] == [*(line for line in home if line), None]
    assert row["body"] == "Dear parents\n\n* one"
    assert (await courier.deliver_paper(home, "About the date", "Dear parents", "letter 1")).carrier_id == row["id"]
    assert len(notify.taken) == 1


async def test_a_postal_address_that_cannot_be_one_is_refused(notify: Notify, courier: NotifyCourier) -> None:
    short = await courier.deliver_paper(["A", "AN1 1AA"], "s", "b", "1")
    wrong = await courier.deliver_paper(["A", "B", "C"], "s", "b", "2")
    assert [short.outcome, wrong.outcome] == [Outcome.PERMANENT, Outcome.PERMANENT]
    assert notify.taken == []


async def test_greeting_says_what_stands_in_the_way(notify: Notify, courier: NotifyCourier) -> None:
    assert await courier.greet() == "GOV.UK Notify answers and has the template"
    with pytest.raises(ServerAway, match="EHCP_NOTIFY_EMAIL_TEMPLATE"):
        await replace(courier, mail_template="6b2f7a4e-0000-4a5e-9d1c-6a2f2b7c9e10").greet()
    wrong = KEY[:-1] + ("1" if KEY[-1] != "1" else "2")
    with pytest.raises(ServerAway, match="refused our key"):
        await replace(courier, key=wrong).greet()


@pytest.mark.parametrize(
    ("url", "key"), [("https://notify.example", "mistyped-7"), ("http://notify.example", KEY), ("http://10.0.0.5", KEY)]
)
def test_a_setting_that_cannot_be_right_is_said_at_once_and_no_key_repeated(url: str, key: str) -> None:
    with pytest.raises(CourierSettingError) as refusal:
        NotifyCourier(url, key, "").api()
    assert key not in str(refusal.value)


async def test_neither_text_nor_address_nor_key_is_logged_or_kept(
    notify: Notify, courier: NotifyCourier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    quoting = Refusal(400, "BadRequestError", f"{TO} cannot be sent: {LETTER.text}")
    details: list[str] = []
    for mood in (quoting, served.HANG, served.NO_KEY, cast("Mood", "")):
        notify.always = mood
        details.append((await courier.deliver(LETTER)).detail)
    told = "\n".join([*details, caplog.text, repr(courier)])
    assert TO not in told
    assert served.SECRET not in told
    assert "K7F-3QX9" not in told
