"""Which courier and which house the settings ask for."""

from functools import partial

from sqlalchemy import Engine

from casework.fates import sent_today
from config.settings import Settings
from post.dryrun import DryRun
from post.house import House
from post.notify import NotifyCourier
from post.smtp import SmtpCourier


def courier_of(settings: Settings, db: Engine | None = None) -> NotifyCourier | SmtpCourier | DryRun:
    """GOV.UK Notify, or the mail server of the settings; without either letters only become files (mode 0600).

    A demonstration never uses Notify. With `db` the mails that Notify may still send today are counted. Raises
    CourierSettingError.
    """
    if by_notify(settings):
        return _notify(settings, db)
    if settings.smtp_url:
        return SmtpCourier.from_url(settings.smtp_url, per_second=settings.mails_per_second)
    return DryRun(settings.data_dir / "dry-run")


def by_notify(settings: Settings) -> bool:
    """Whether GOV.UK Notify carries the mail."""
    return bool(settings.notify_api_key.get_secret_value()) and not settings.demo


def posts_paper(settings: Settings) -> bool:
    """Whether letters on paper are printed and posted for us; else officers do it themselves."""
    return by_notify(settings) and bool(settings.notify_letter_template)


def paper_of(settings: Settings) -> NotifyCourier | None:
    """Who prints and posts letters (`deliver_paper`); None where officers do it themselves."""
    return _notify(settings) if posts_paper(settings) else None


def _notify(settings: Settings, db: Engine | None = None) -> NotifyCourier:
    courier = NotifyCourier(
        url=settings.notify_url,
        key=settings.notify_api_key.get_secret_value(),
        mail_template=settings.notify_email_template,
        paper_template=settings.notify_letter_template,
        per_day=settings.notify_per_day,
        sent_today=(lambda: 0) if db is None else partial(sent_today, db),
    )
    courier.api().close()  # a key or an address that cannot be right is said now, not with the first letter
    return courier


def house_of(settings: Settings) -> House:
    """The authority as it signs its letters."""
    return House(
        authority_name=settings.authority_name,
        mail_from=settings.mail_from,
        reply_to=settings.reply_to,
        contact_phone=settings.contact_phone,
        public_url=settings.public_url,
    )
