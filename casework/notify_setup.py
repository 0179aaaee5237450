"""The templates that GOV.UK Notify holds for us, compared with those that we need."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.mailing import by_notify, courier_of
from config.settings import Settings
from post.errors import ServerAway
from post.notify import NotifyCourier
from post.notify_answers import answered
from post.notify_api import NotifyApi, NotifyError
from post.notify_templates import MAIL, PAPER, Template


@dataclass(frozen=True, slots=True)
class Compared:
    """A template of ours, the id that the settings give it, and how Notify's differs (when it was looked at)."""

    template: Template
    id: str
    looked_at: bool = False
    differs: Sequence[str] = ()


def compared(settings: Settings) -> Sequence[Compared]:
    """Each template; with a key, and its id in the settings, compared with what Notify holds.

    Raises CourierSettingError, and ServerAway when Notify cannot be asked.
    """
    ours = [(MAIL, settings.notify_email_template), (PAPER, settings.notify_letter_template)]
    if not by_notify(settings):
        return [Compared(template, template_id) for template, template_id in ours]
    courier = courier_of(settings)
    assert isinstance(courier, NotifyCourier)
    api = courier.api()
    try:
        return [_compared(api, courier, *each) if each[1] else Compared(*each) for each in ours]
    finally:
        api.close()


def _compared(api: NotifyApi, courier: NotifyCourier, template: Template, template_id: str) -> Compared:
    try:
        return Compared(template, template_id, True, template.differences(api.template(template_id)))
    except NotifyError as error:
        if error.code != 404:
            raise ServerAway(answered(error, courier.now()).detail) from None
    return Compared(template, template_id, True, [f"Notify has no template with the id of {template.setting}"])
