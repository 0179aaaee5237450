"""Sending a code: at once, by the courier that carries everything else."""

import asyncio

from casework.mailing import courier_of, house_of
from casework.sign_in.codes import VALID_MINUTES, Made
from config.log import get_log
from config.settings import Settings
from post.errors import PostError
from post.notify import NotifyCourier
from post.sign_in import code_letter
from post.smtp import SmtpCourier

GREETING_SECONDS = 5.0

log = get_log(__name__)


def mail_is_away(settings: Settings) -> bool:
    """Whether no code could be sent now. Asked whoever is meant: the answer tells nothing about anybody."""
    courier = courier_of(settings)
    if not isinstance(courier, SmtpCourier | NotifyCourier):
        return False
    try:
        asyncio.run(asyncio.wait_for(courier.greet(), GREETING_SECONDS))
    except (PostError, TimeoutError) as error:
        log.error("sign_in_mail_away", error=error)
        return True
    return False


def mail_code(settings: Settings, made: Made) -> bool:
    """Send a code to the officer it was made for; whether the mail server took it. What goes wrong is in the log."""
    if made.staff is None or not made.staff.email:
        return False
    try:
        letter = code_letter(
            made.staff.email, made.code, VALID_MINUTES, house_of(settings), f"sign-in {made.id}", made.at
        )
        delivery = asyncio.run(courier_of(settings).deliver(letter))
    except PostError as error:
        log.error("sign_in_code_not_sent", error=error, username=made.staff.username)
        return False
    if not delivery.accepted:
        log.error("sign_in_code_not_sent", username=made.staff.username, outcome=delivery.outcome, smtp=delivery.code)
    return delivery.accepted
