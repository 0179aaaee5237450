"""Settings of the pages and of who gets in: addresses, sessions, the provider that staff sign in with, keys."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from config import checks
from config.fields import Line, example_of, long_enough, optional


class Doors(BaseSettings):
    """How people and programs reach it."""

    public_url: Annotated[str, optional(checks.web_page)] = Field(
        default="",
        description="Where people reach the pages, for links in mail. Empty: mail has no links.",
        json_schema_extra=example_of("https://ehcp.council.example"),
    )
    web_host: Line = Field(
        default="127.0.0.1",
        description="Address that `ehcp web` listens on; 0.0.0.0 in a container, behind a proxy that speaks TLS.",
        json_schema_extra=example_of("0.0.0.0"),  # noqa: S104
    )
    web_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8000,
        description="Port that `ehcp web` listens on.",
        json_schema_extra=example_of("8000"),
    )
    trusted_proxies: Line = Field(
        default="none",
        description="Addresses or networks of the proxies in front of `ehcp web`, with commas between them, that may "
        "say who asks; * where only a proxy that replaces X-Forwarded-For can reach it, none where there is none.",
        json_schema_extra=example_of("10.0.0.5"),
    )
    session_hours: Annotated[int, Field(ge=1, le=24)] = Field(
        default=12,
        description="Hours after which everybody signs in again, however busy.",
        json_schema_extra=example_of("10"),
    )
    session_idle_minutes: Annotated[int, Field(ge=5, le=480)] = Field(
        default=60,
        description="Minutes without a page after which a session ends.",
        json_schema_extra=example_of("30"),
    )
    oidc_issuer: Annotated[str, optional(checks.web_page)] = Field(
        default="",
        description="OpenID Connect provider that staff sign in with. Empty: they sign in by a code sent by mail.",
        json_schema_extra=example_of("https://login.council.example/realms/staff"),
    )
    oidc_client_id: str = Field(
        default="",
        description="This application's client id at the provider; must be set with EHCP_OIDC_ISSUER.",
        json_schema_extra=example_of("ehcp-clock"),
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""),
        description="This application's secret at the provider.",
        json_schema_extra=example_of("the secret as the provider's console shows it"),
    )
    metrics_token: Annotated[SecretStr, AfterValidator(long_enough)] = Field(
        default=SecretStr(""),
        description="Bearer token with which Prometheus reads /metrics, at least 32 characters. Empty: only the "
        "personal tokens of auditors and administrators open it.",
        json_schema_extra=example_of("the output of: openssl rand -hex 32"),
    )
    signing_key: Annotated[SecretStr, AfterValidator(long_enough)] = Field(
        default=SecretStr(""),
        description="Secret that signs the daily digest of the ledger, at least 32 characters. "
        "Embedded Postgres: generated into the data folder when empty.",
        json_schema_extra=example_of("the output of: openssl rand -hex 32"),
    )
