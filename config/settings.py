"""Every EHCP_* setting: its meaning, its default, an example, and the checks that refuse a wrong one.

Settings come from environment variables and nowhere else, so that one machine, a container and a managed
cluster run the same code. `get_settings()` is the way to read them.
"""

import os
import pwd
from difflib import get_close_matches
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from config import checks
from config.carriers import NO_MAILBOX, Carriers
from config.council import Council
from config.doors import Doors
from config.errors import SettingsError
from config.fields import Example, example_of, one_line
from config.machines import Machines

PREFIX = "EHCP_"

# Said of a default that depends on a field that is wrong itself: that one is named already.
_NO_FACTORY = "default_factory_not_called"


def operating_system_user() -> str:
    """The user name behind this process's user id; not $USER, which anybody can set to anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


# The last base comes first in every list of the settings, and what a field is worked out from stands before it.
class Settings(Doors, Council, Carriers, Machines):
    """All settings, read once and never changed. Read it with `get_settings()`, which explains faults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    demo: bool = Field(
        default=False,
        description="Set by `ehcp up --demo`: the engine records that papers were sent "
        "and no real mail server is used.",
        json_schema_extra=example_of("true"),
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO",
        description="The least serious line that is logged.",
        json_schema_extra=example_of("WARNING"),
    )
    log_format: Literal["plain", "json"] = Field(
        default="plain",
        description="Log lines for a person (plain) or for a collector (json); one line each.",
        json_schema_extra=example_of("json"),
    )
    actor: Annotated[str, Field(max_length=100), AfterValidator(one_line)] = Field(
        default_factory=operating_system_user,
        description="Who acts, as recorded on every fact. Default: the operating-system user.",
        json_schema_extra=example_of("j.officer"),
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
