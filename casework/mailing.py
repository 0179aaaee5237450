"""Which courier and which house the settings ask for."""

from config.settings import Settings
from post.courier import Courier
from post.dryrun import DryRun
from post.house import House
from post.smtp import SmtpCourier


def courier_of(settings: Settings) -> Courier:
    """The mail server of the settings; without one letters are only written to files (mode 0600) in the data folder."""
    if settings.smtp_url:
        return SmtpCourier.from_url(settings.smtp_url)
    return DryRun(settings.data_dir / "dry-run")


def house_of(settings: Settings) -> House:
    """The authority as it signs its letters."""
    return House(
        authority_name=settings.authority_name,
        mail_from=settings.mail_from,
        reply_to=settings.reply_to,
        contact_phone=settings.contact_phone,
        public_url=settings.public_url,
    )
