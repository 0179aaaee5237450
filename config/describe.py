"""The settings as a table: for the documentation and for `ehcp doctor`."""

from dataclasses import dataclass

from pydantic import SecretStr

from config.settings import Settings, example, variable

HIDDEN = frozenset(
    {
        "database_url",
        "migration_url",
        "smtp_url",
        "signing_key",
        "metrics_token",
        "temporal_api_key",
        "oidc_client_secret",
        "returns_url",
        "notify_api_key",
        "documents_access_key",
        "documents_secret_key",
        "document_keys",
    }
)
"""Fields whose value is a secret or carries one."""
_COMPUTED = {"reply_to": "EHCP_MAIL_FROM", "actor": "the operating-system user"}


@dataclass(frozen=True, slots=True)
class SettingDescription:
    """One setting: the variable's name, its default in words, what it means, a value to copy."""

    name: str
    default: str
    meaning: str
    example: str
    secret: bool


@dataclass(frozen=True, slots=True)
class SettingInUse:
    """One setting as it is now: its value (hidden when secret) and where it came from."""

    name: str
    value: str
    source: str


def describe_settings() -> tuple[SettingDescription, ...]:
    """Every setting, in the order of the class."""
    return tuple(_describe(field) for field in Settings.model_fields)


def settings_in_use(settings: Settings) -> tuple[SettingInUse, ...]:
    """Every setting's value with its source, `environment` or `default`; secrets only as set or not set."""
    return tuple(
        SettingInUse(
            name=variable(field),
            value=_shown(field, getattr(settings, field)),
            source="environment" if field in settings.model_fields_set else "default",
        )
        for field in Settings.model_fields
    )


def _describe(field: str) -> SettingDescription:
    info = Settings.model_fields[field]
    default = _COMPUTED.get(field) or _plain(info.default)
    return SettingDescription(variable(field), default, info.description or "", example(field), field in HIDDEN)


def _shown(field: str, value: object) -> str:
    plain = _plain(value)
    if field in HIDDEN:
        return "(set)" if plain else ""
    return plain


def _plain(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
