"""Every EHCP_* setting: its meaning, its default, an example, and the checks that refuse a wrong one.

Settings come from environment variables and nowhere else, so that one machine, a container and a managed
cluster run the same code. `get_settings()` is the way to read them.
"""

import os
import pwd
import re
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import checks
from config.errors import SettingsError

PREFIX = "EHCP_"
NO_MAILBOX = "ehcp-clock@ehcp.invalid"

# Said of a default that depends on a field that is wrong itself: that one is named already.
_NO_FACTORY = "default_factory_not_called"

Example = dict[str, Any]


def _example(value: str) -> Example:
    return {"example": value}


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _optional(check: Any) -> AfterValidator:
    return AfterValidator(lambda value: check(value) if value else value)


def _one_line(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise ValueError("must be one line of visible text")
    return text.strip()


def _three_digits(code: str) -> str:
    if not (len(code) == 3 and code.isascii() and code.isdigit()):
        raise ValueError("must be three digits")
    return code


def _long_enough(key: SecretStr) -> SecretStr:
    if 0 < len(key.get_secret_value()) < 32:
        raise ValueError("must have at least 32 characters")
    return key


def _hex_keys(keys: SecretStr) -> SecretStr:
    for key in filter(None, keys.get_secret_value().split(",")):
        if not re.fullmatch(r"[0-9a-fA-F]{64}", key.strip()):
            raise ValueError("each key must be 64 hexadecimal figures")
    return keys


def operating_system_user() -> str:
    """The user name behind this process's user id; not $USER, which anybody can set to anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


Database = Annotated[str, _optional(checks.database)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]


class Settings(BaseSettings):
    """All settings, read once and never changed. Read it with `get_settings()`, which explains faults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    data_dir: Annotated[Path, AfterValidator(_absolute)] = Field(
        default=Path(".ehcp"),
        validate_default=True,
        description="Folder for everything that is kept on this machine; created with mode 0700.",
        json_schema_extra=_example("/srv/ehcp"),
    )
    database_url: Database = Field(
        default="",
        repr=False,
        description="Postgres as the application sees it (a role that owns no table). "
        "Empty: the embedded Postgres in the data folder.",
        json_schema_extra=_example("postgresql://ehcp_app:PASSWORD@db.example.org/ehcp"),
    )
    migration_url: Database = Field(
        default="",
        repr=False,
        description="Postgres as the owner of the tables sees it; only `ehcp migrate` and `ehcp setup` use it.",
        json_schema_extra=_example("postgresql://ehcp_owner:PASSWORD@db.example.org/ehcp"),
    )
    temporal_address: Annotated[str, AfterValidator(checks.host_and_port)] = Field(
        default="127.0.0.1:7233",
        description="Where Temporal's frontend listens.",
        json_schema_extra=_example("temporal.example.org:7233"),
    )
    temporal_namespace: Line = Field(
        default="default",
        description="Temporal namespace that holds this authority's processes.",
        json_schema_extra=_example("ehcp"),
    )
    temporal_tls: bool = Field(
        default=False,
        description="Whether Temporal is reached over TLS.",
        json_schema_extra=_example("true"),
    )
    temporal_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key for a managed Temporal cluster; needs EHCP_TEMPORAL_TLS.",
        json_schema_extra=_example("the key as the cluster's console shows it"),
    )
    task_queue: Line = Field(
        default="ehcp",
        description="Temporal task queue that the workers poll.",
        json_schema_extra=_example("ehcp"),
    )
    smtp_url: Annotated[str, _optional(checks.mail_server)] = Field(
        default="",
        repr=False,
        description="Mail server; TLS is required unless it is this machine. "
        "Empty: nothing leaves this machine (the catcher of `ehcp up`, otherwise a dry run).",
        json_schema_extra=_example("smtp+starttls://user:PASSWORD@mail.example.org:587"),
    )
    mail_from: Annotated[str, AfterValidator(checks.mailbox)] = Field(
        default=NO_MAILBOX,
        description="Address that mail is sent from; must be set for a mail server on another machine.",
        json_schema_extra=_example("ehc-clock@council.example"),
    )
    reply_to: Annotated[str, AfterValidator(checks.mailbox)] = Field(
        default_factory=lambda earlier: str(earlier.get("mail_from", NO_MAILBOX)),
        description="Box that a person reads and answers go to. Default: the same as EHCP_MAIL_FROM.",
        json_schema_extra=_example("send-team@council.example"),
    )
    mails_per_second: Annotated[float, Field(gt=0, le=1000)] = Field(
        default=10,
        description="Letters a second at most that one worker hands to the mail server.",
        json_schema_extra=_example("4"),
    )
    returns_url: Annotated[str, _optional(checks.mailbox_folder)] = Field(
        default="",
        repr=False,
        description="Mailbox that bounces and replies come back to, read every few minutes: imaps:// or a Maildir. "
        "Empty: none is read.",
        json_schema_extra=_example("imaps://user:PASSWORD@mail.example.org/INBOX"),
    )
    notify_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="API key of GOV.UK Notify, which then carries the mail in the place of EHCP_SMTP_URL.",
        json_schema_extra=_example("the key as Notify's settings show it"),
    )
    notify_url: Annotated[str, AfterValidator(checks.web_page)] = Field(
        default="https://api.notifications.service.gov.uk",
        description="Where GOV.UK Notify answers.",
        json_schema_extra=_example("https://api.notifications.service.gov.uk"),
    )
    notify_email_template: Annotated[str, _optional(checks.uuid)] = Field(
        default="",
        description="Id of the Notify template for mail (`ehcp notify templates` shows it); with EHCP_NOTIFY_API_KEY.",
        json_schema_extra=_example("f33517ff-2a88-4f6e-b855-c550268ce08a"),
    )
    notify_letter_template: Annotated[str, _optional(checks.uuid)] = Field(
        default="",
        description="Id of the Notify template for letters on paper. Empty: officers print and post them.",
        json_schema_extra=_example("1d6b2e4c-0a3f-4a5e-9d1c-6a2f2b7c9e10"),
    )
    notify_per_day: Annotated[int, Field(ge=1)] = Field(
        default=250_000,
        description="Mails a day that the Notify service may send; what is over waits for the next day.",
        json_schema_extra=_example("250000"),
    )
    documents_url: Annotated[str, _optional(checks.document_store)] = Field(
        default="",
        description="Where documents are kept, sealed: s3://bucket/prefix, with ?endpoint= for a server of your own. "
        "Empty: the folder `documents` in the data folder.",
        json_schema_extra=_example("s3://ehcp-documents?region=eu-west-2"),
    )
    documents_access_key: str = Field(
        default="",
        repr=False,
        description="Access key of the S3 store. Empty: as the machine's own role has it.",
        json_schema_extra=_example("AKIAEXAMPLE"),
    )
    documents_secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Secret key of the S3 store.",
        json_schema_extra=_example("the key as the store's console shows it"),
    )
    document_keys: Annotated[SecretStr, AfterValidator(_hex_keys)] = Field(
        default=SecretStr(""),
        description="Keys that documents are sealed with, each 64 hexadecimal figures, with commas between them: the "
        "first seals, all open. Embedded Postgres: generated into the data folder when empty.",
        json_schema_extra=_example("the output of: openssl rand -hex 32"),
    )
    authority: Annotated[str, AfterValidator(_three_digits)] = Field(
        default="000",
        description="The local authority's three-digit code in the Department for Education's lists.",
        json_schema_extra=_example("330"),
    )
    authority_name: Line = Field(
        default="Your local authority",
        description="The authority's name as mail shows it.",
        json_schema_extra=_example("Exampleshire County Council"),
    )
    council: Annotated[str, _optional(_one_line)] = Field(
        default="",
        max_length=200,
        description="The authority's name or code (Office for National Statistics) in the department's published "
        "tables, to compare with. Empty: the one that EHCP_AUTHORITY names.",
        json_schema_extra=_example("Kingston upon Hull, City of"),
    )
    scorecard_amber: Annotated[Decimal, Field(ge=0, le=100)] = Field(
        default=Decimal(10),
        description="Points by which a measure of the scorecard may miss its target and be amber, not red.",
        json_schema_extra=_example("5"),
    )
    scorecard_hide_below: Annotated[int, Field(ge=1, le=100)] = Field(
        default=5,
        description="Counts from one up to below this are hidden in the public version of a pack.",
        json_schema_extra=_example("10"),
    )
    contact_phone: Line = Field(
        default="your usual contact in the SEND team",
        description="Whom to ring when a case has no officer; shown in every mail.",
        json_schema_extra=_example("01632 960123"),
    )
    public_url: Annotated[str, _optional(checks.web_page)] = Field(
        default="",
        description="Where people reach the pages, for links in mail. Empty: mail has no links.",
        json_schema_extra=_example("https://ehcp.council.example"),
    )
    web_host: Line = Field(
        default="127.0.0.1",
        description="Address that `ehcp web` listens on; 0.0.0.0 in a container, behind a proxy that speaks TLS.",
        json_schema_extra=_example("0.0.0.0"),  # noqa: S104
    )
    web_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8000,
        description="Port that `ehcp web` listens on.",
        json_schema_extra=_example("8000"),
    )
    trusted_proxies: Line = Field(
        default="none",
        description="Addresses or networks of the proxies in front of `ehcp web`, with commas between them, that may "
        "say who asks; * where only a proxy that replaces X-Forwarded-For can reach it, none where there is none.",
        json_schema_extra=_example("10.0.0.5"),
    )
    session_hours: Annotated[int, Field(ge=1, le=24)] = Field(
        default=12,
        description="Hours after which everybody signs in again, however busy.",
        json_schema_extra=_example("10"),
    )
    session_idle_minutes: Annotated[int, Field(ge=5, le=480)] = Field(
        default=60,
        description="Minutes without a page after which a session ends.",
        json_schema_extra=_example("30"),
    )
    oidc_issuer: Annotated[str, _optional(checks.web_page)] = Field(
        default="",
        description="OpenID Connect provider that staff sign in with. Empty: they sign in by a code sent by mail.",
        json_schema_extra=_example("https://login.council.example/realms/staff"),
    )
    oidc_client_id: str = Field(
        default="",
        description="This application's client id at the provider; must be set with EHCP_OIDC_ISSUER.",
        json_schema_extra=_example("ehcp-clock"),
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""),
        description="This application's secret at the provider.",
        json_schema_extra=_example("the secret as the provider's console shows it"),
    )
    metrics_token: Annotated[SecretStr, AfterValidator(_long_enough)] = Field(
        default=SecretStr(""),
        description="Bearer token with which Prometheus reads /metrics, at least 32 characters. Empty: only the "
        "personal tokens of auditors and administrators open it.",
        json_schema_extra=_example("the output of: openssl rand -hex 32"),
    )
    signing_key: Annotated[SecretStr, AfterValidator(_long_enough)] = Field(
        default=SecretStr(""),
        description="Secret that signs the daily digest of the ledger, at least 32 characters. "
        "Embedded Postgres: generated into the data folder when empty.",
        json_schema_extra=_example("the output of: openssl rand -hex 32"),
    )
    demo: bool = Field(
        default=False,
        description="Set by `ehcp up --demo`: the engine records that papers were sent "
        "and no real mail server is used.",
        json_schema_extra=_example("true"),
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO",
        description="The least serious line that is logged.",
        json_schema_extra=_example("WARNING"),
    )
    log_format: Literal["plain", "json"] = Field(
        default="plain",
        description="Log lines for a person (plain) or for a collector (json); one line each.",
        json_schema_extra=_example("json"),
    )
    actor: Annotated[str, Field(max_length=100), AfterValidator(_one_line)] = Field(
        default_factory=operating_system_user,
        description="Who acts, as recorded on every fact. Default: the operating-system user.",
        json_schema_extra=_example("j.officer"),
    )

    @model_validator(mode="after")
    def _agree(self) -> "Settings":
        host = checks.host_of(self.smtp_url)
        if host and not checks.is_loopback(host):
            if self.demo:
                raise ValueError("EHCP_DEMO: a demonstration never uses a real mail server; unset EHCP_SMTP_URL")
            if self.mail_from == NO_MAILBOX:
                raise ValueError("EHCP_MAIL_FROM: must be set when EHCP_SMTP_URL names another machine, "
                                 "for example EHCP_MAIL_FROM=ehc-clock@council.example")  # fmt: skip
        if self.notify_api_key.get_secret_value() and not self.notify_email_template:
            raise ValueError("EHCP_NOTIFY_API_KEY: needs EHCP_NOTIFY_EMAIL_TEMPLATE, the id of the template for mail")
        if self.oidc_issuer and not (self.oidc_client_id and self.public_url):
            raise ValueError("EHCP_OIDC_ISSUER: needs EHCP_OIDC_CLIENT_ID, and EHCP_PUBLIC_URL to come back to")
        if self.oidc_issuer.startswith("http://") and not checks.is_loopback(checks.host_of(self.oidc_issuer)):
            raise ValueError("EHCP_OIDC_ISSUER: must begin with https://, or others on the way could sign in")
        if self.temporal_api_key.get_secret_value() and not self.temporal_tls:
            raise ValueError("EHCP_TEMPORAL_API_KEY: would travel unencrypted; set EHCP_TEMPORAL_TLS=true")
        return self


def variable(field: str) -> str:
    """The environment variable of a field: `data_dir` -> `EHCP_DATA_DIR`."""
    return PREFIX + field.upper()


def get_settings() -> Settings:
    """The settings of this process's environment.

    Raises:
        SettingsError: naming every unknown variable and every wrong value at once, with an example.
    """
    problems = _unknown_variables()
    settings: Settings | None = None
    try:
        settings = Settings()
    except ValidationError as error:
        problems += [_problem(each["loc"], each["msg"]) for each in error.errors() if each["type"] != _NO_FACTORY]
    if problems or settings is None:
        # Raised outside the handler: the library's error, in a traceback, could show what was typed.
        raise SettingsError(problems)
    return settings


def _unknown_variables() -> list[str]:
    known = {variable(field) for field in Settings.model_fields}
    given = {name for name in os.environ if name.upper().startswith(PREFIX)}
    return [_unknown(name, known) for name in sorted(given) if name.upper() not in known]


def _unknown(name: str, known: set[str]) -> str:
    nearest = get_close_matches(name.upper(), sorted(known), n=1, cutoff=0.6)
    hint = f"did you mean {nearest[0]}?" if nearest else "`ehcp doctor` lists the settings"
    return f"{name}: there is no such setting; {hint}"


def _problem(place: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    if not place:
        return said
    field = str(place[0]).lower()
    return f"{variable(field)}: {said[:1].lower()}{said[1:]}. Example: {variable(field)}={example(field)}"


def example(field: str) -> str:
    """A value that would be accepted for `field`, or where to get one."""
    return str(cast("Example", Settings.model_fields[field].json_schema_extra)["example"])
