"""Settings of what carries and keeps: mail out and back, GOV.UK Notify, documents."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from config import checks
from config.fields import example_of, hex_keys, optional

NO_MAILBOX = "ehcp-clock@ehcp.invalid"
"""The sender while nobody has set one: good enough for a catcher, and for no mail server."""


class Carriers(BaseSettings):
    """How letters travel, and where documents lie."""

    smtp_url: Annotated[str, optional(checks.mail_server)] = Field(
        default="",
        repr=False,
        description="Mail server; TLS is required unless it is this machine. "
        "Empty: nothing leaves this machine (the catcher of `ehcp up`, otherwise a dry run).",
        json_schema_extra=example_of("smtp+starttls://user:PASSWORD@mail.example.org:587"),
    )
    mail_from: Annotated[str, AfterValidator(checks.mailbox)] = Field(
        default=NO_MAILBOX,
        description="Address that mail is sent from; must be set for a mail server on another machine.",
        json_schema_extra=example_of("ehc-clock@council.example"),
    )
    reply_to: Annotated[str, AfterValidator(checks.mailbox)] = Field(
        default_factory=lambda earlier: str(earlier.get("mail_from", NO_MAILBOX)),
        description="Box that a person reads and answers go to. Default: the same as EHCP_MAIL_FROM.",
        json_schema_extra=example_of("send-team@council.example"),
    )
    mails_per_second: Annotated[float, Field(gt=0, le=1000)] = Field(
        default=10,
        description="Letters a second at most that one worker hands to the mail server.",
        json_schema_extra=example_of("4"),
    )
    returns_url: Annotated[str, optional(checks.mailbox_folder)] = Field(
        default="",
        repr=False,
        description="Mailbox that bounces and replies come back to, read every few minutes: imaps:// or a Maildir. "
        "Empty: none is read.",
        json_schema_extra=example_of("imaps://user:PASSWORD@mail.example.org/INBOX"),
    )
    notify_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="API key of GOV.UK Notify, which then carries the mail in the place of EHCP_SMTP_URL.",
        json_schema_extra=example_of("the key as Notify's settings show it"),
    )
    notify_url: Annotated[str, AfterValidator(checks.web_page)] = Field(
        default="https://api.notifications.service.gov.uk",
        description="Where GOV.UK Notify answers.",
        json_schema_extra=example_of("https://api.notifications.service.gov.uk"),
    )
    notify_email_template: Annotated[str, optional(checks.uuid)] = Field(
        default="",
        description="Id of the Notify template for mail (`ehcp notify templates` shows it); with EHCP_NOTIFY_API_KEY.",
        json_schema_extra=example_of("f33517ff-2a88-4f6e-b855-c550268ce08a"),
    )
    notify_letter_template: Annotated[str, optional(checks.uuid)] = Field(
        default="",
        description="Id of the Notify template for letters on paper. Empty: officers print and post them.",
        json_schema_extra=example_of("1d6b2e4c-0a3f-4a5e-9d1c-6a2f2b7c9e10"),
    )
    notify_per_day: Annotated[int, Field(ge=1)] = Field(
        default=250_000,
        description="Mails a day that the Notify service may send; what is over waits for the next day.",
        json_schema_extra=example_of("250000"),
    )
    documents_url: Annotated[str, optional(checks.document_store)] = Field(
        default="",
        description="Where documents are kept, sealed: s3://bucket/prefix, with ?endpoint= for a server of your own. "
        "Empty: the folder `documents` in the data folder.",
        json_schema_extra=example_of("s3://ehcp-documents?region=eu-west-2"),
    )
    documents_access_key: str = Field(
        default="",
        repr=False,
        description="Access key of the S3 store. Empty: as the machine's own role has it.",
        json_schema_extra=example_of("AKIAEXAMPLE"),
    )
    documents_secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Secret key of the S3 store.",
        json_schema_extra=example_of("the key as the store's console shows it"),
    )
    document_keys: Annotated[SecretStr, AfterValidator(hex_keys)] = Field(
        default=SecretStr(""),
        description="Keys that documents are sealed with, each 64 hexadecimal figures, with commas between them: the "
        "first seals, all open. Embedded Postgres: generated into the data folder when empty.",
        json_schema_extra=example_of("the output of: openssl rand -hex 32"),
    )
