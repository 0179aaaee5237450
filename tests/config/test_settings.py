"""Settings: what is accepted, and how what is not accepted is explained."""

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.describe import HIDDEN, SettingDescription, describe_settings, settings_in_use
from config.errors import SettingsError
from config.settings import Settings, get_settings, operating_system_user, variable
from tests.config.conftest import Environment

SECRET = "correct-horse-battery"


def refusal(environment: Environment, **variables: str) -> str:
    environment(**variables)
    with pytest.raises(SettingsError) as caught:
        get_settings()
    return str(caught.value)


def test_with_nothing_set_everything_stays_on_this_machine(environment: Environment) -> None:
    settings = get_settings()
    assert settings.data_dir == Path.cwd() / ".ehcp"
    assert (settings.database_url, settings.smtp_url) == ("", "")
    assert settings.temporal_address == "127.0.0.1:7233"
    assert settings.actor == operating_system_user()


def test_an_empty_variable_counts_as_not_set(environment: Environment) -> None:
    environment(EHCP_AUTHORITY="", EHCP_PUBLIC_URL="")
    assert (get_settings().authority, get_settings().public_url) == ("000", "")


def test_settings_cannot_be_changed_once_read(environment: Environment) -> None:
    with pytest.raises(ValidationError):
        get_settings().authority = "330"  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("EHCP_DATABSE_URL", "EHCP_DATABASE_URL"), ("EHCP_SMPT_URL", "EHCP_SMTP_URL"), ("EHCP_DATADIR", "EHCP_DATA_DIR")],
)
def test_a_misspelt_setting_is_refused_with_the_nearest_name(environment: Environment, name: str, nearest: str) -> None:
    assert refusal(environment, **{name: "x"}) == f"{name}: there is no such setting; did you mean {nearest}?"


def test_a_setting_like_no_other_is_refused_too(environment: Environment) -> None:
    assert refusal(environment, EHCP_QQQ="x").startswith("EHCP_QQQ: there is no such setting")


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("EHCP_AUTHORITY", "33", "must be three digits"),
        ("EHCP_AUTHORITY", "٣٣٠", "must be three digits"),
        ("EHCP_LOG_LEVEL", "loud", "input should be"),
        ("EHCP_TEMPORAL_ADDRESS", "temporal", "must be host:port"),
        ("EHCP_TEMPORAL_ADDRESS", "temporal:99999", "must be host:port"),
        ("EHCP_DATABASE_URL", "mysql://db/ehcp", "must be postgresql://"),
        ("EHCP_DATABASE_URL", "postgresql://db", "must be postgresql://"),
        ("EHCP_SMTP_URL", "mail.council.example", "must be smtps://"),
        ("EHCP_SMTP_URL", "smtp://mail.council.example:25", "sends mail unencrypted to another machine"),
        ("EHCP_SMTP_URL", "smtps://mail.council.example:46x", "cannot be read as an address"),
        ("EHCP_MAIL_FROM", "Clock <clock@council.example>", "must be one mail address"),
        ("EHCP_MAIL_FROM", "a@b\nBcc: c@d", "must be one mail address"),
        ("EHCP_PUBLIC_URL", "ehcp.council.example", "must begin with https://"),
        ("EHCP_SIGNING_KEY", "short", "must have at least 32 characters"),
        ("EHCP_ACTOR", "j\nofficer", "must be one line"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_an_example(
    environment: Environment, name: str, value: str, wrong: str
) -> None:
    said = refusal(environment, **{name: value})
    assert said.startswith(f"{name}: {wrong}")
    assert f"Example: {name}=" in said


def test_everything_wrong_is_said_at_once(environment: Environment) -> None:
    said = refusal(environment, EHCP_AUTHORITY="x", EHCP_LOG_LEVEL="y", EHCP_ACTR="z")
    assert [line.split(":")[0] for line in said.splitlines()] == ["EHCP_ACTR", "EHCP_AUTHORITY", "EHCP_LOG_LEVEL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EHCP_SMTP_URL", f"smtp://u:{SECRET}@mail.council.example"),
        ("EHCP_SMTP_URL", f"smtps://u:{SECRET}@mail:port"),
        ("EHCP_DATABASE_URL", f"mysql://u:{SECRET}@db/ehcp"),
        ("EHCP_SIGNING_KEY", SECRET),
    ],
)
def test_a_refusal_never_repeats_a_secret(environment: Environment, name: str, value: str) -> None:
    environment(**{name: value})
    with pytest.raises(SettingsError) as caught:
        get_settings()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_settings_never_show_their_secrets(environment: Environment) -> None:
    environment(
        EHCP_DATABASE_URL=f"postgresql://u:{SECRET}@db/ehcp", EHCP_MIGRATION_URL=f"postgresql://o:{SECRET}@db/ehcp",
        EHCP_SMTP_URL=f"smtps://u:{SECRET}@mail.council.example", EHCP_MAIL_FROM="clock@council.example",
        EHCP_SIGNING_KEY=SECRET * 2, EHCP_TEMPORAL_API_KEY=SECRET, EHCP_TEMPORAL_TLS="true",
    )  # fmt: skip
    settings = get_settings()
    assert SECRET not in repr(settings) + str(settings)
    assert SECRET not in repr(settings_in_use(settings))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.3.2.1"])
def test_mail_may_travel_unencrypted_within_this_machine(environment: Environment, host: str) -> None:
    environment(EHCP_SMTP_URL=f"smtp://{host}:2525")
    assert get_settings().smtp_url == f"smtp://{host}:2525"


def test_a_real_mail_server_needs_a_real_sender(environment: Environment) -> None:
    environment(EHCP_SMTP_URL="smtp+starttls://mail.council.example:587")
    with pytest.raises(SettingsError, match="EHCP_MAIL_FROM: must be set"):
        get_settings()
    environment(EHCP_MAIL_FROM="clock@council.example")
    assert get_settings().reply_to == "clock@council.example"


def test_a_demonstration_refuses_a_real_mail_server(environment: Environment) -> None:
    said = refusal(environment, EHCP_DEMO="true", EHCP_SMTP_URL="smtps://mail.council.example")
    assert said.startswith("EHCP_DEMO")


def test_a_key_for_temporal_is_not_sent_unencrypted(environment: Environment) -> None:
    assert refusal(environment, EHCP_TEMPORAL_API_KEY="k").startswith("EHCP_TEMPORAL_API_KEY")


def test_a_provider_that_is_reached_unencrypted_is_refused_unless_it_is_this_machine(environment: Environment) -> None:
    rest = {"EHCP_OIDC_CLIENT_ID": "ehcp", "EHCP_PUBLIC_URL": "https://ehcp.council.example"}
    assert "must begin with https://" in refusal(environment, EHCP_OIDC_ISSUER="http://login.council.example", **rest)
    environment(EHCP_OIDC_ISSUER="http://127.0.0.1:9400", **rest)
    assert get_settings().oidc_issuer == "http://127.0.0.1:9400"


def test_a_provider_needs_a_client_and_an_address_to_come_back_to(environment: Environment) -> None:
    issuer = {"EHCP_OIDC_ISSUER": "https://login.council.example"}
    assert refusal(environment, **issuer).startswith("EHCP_OIDC_ISSUER")
    environment(**issuer, EHCP_OIDC_CLIENT_ID="ehcp", EHCP_PUBLIC_URL="https://ehcp.council.example")
    assert get_settings().oidc_client_id == "ehcp"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_way_to_write_a_database_address_is_understood(environment: Environment, scheme: str) -> None:
    environment(EHCP_DATABASE_URL=f"{scheme}://u@db:5432/ehcp")
    assert get_settings().database_url == "postgresql+psycopg://u@db:5432/ehcp"


def test_notify_needs_its_template_for_mail(environment: Environment) -> None:
    assert refusal(environment, EHCP_NOTIFY_API_KEY="k" * 90).startswith("EHCP_NOTIFY_API_KEY: needs")
    environment(EHCP_NOTIFY_API_KEY="k" * 90, EHCP_NOTIFY_EMAIL_TEMPLATE="f33517ff-2a88-4f6e-b855-c550268ce08a")
    assert get_settings().notify_email_template


@pytest.mark.parametrize("keys", ["0" * 63, "g" * 64, f"{'0' * 64};{'1' * 64}"])
def test_a_key_of_documents_that_is_none_is_refused_and_not_shown(environment: Environment, keys: str) -> None:
    said = refusal(environment, EHCP_DOCUMENT_KEYS=keys)
    assert said.startswith("EHCP_DOCUMENT_KEYS: each key must be 64 hexadecimal figures")
    assert keys not in said
    environment(EHCP_DOCUMENT_KEYS=f"{'0' * 64}, {'aB' * 32}")
    assert get_settings().document_keys


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EHCP_RETURNS_URL", "imap://u:p@mail.council.example"),
        ("EHCP_RETURNS_URL", "imaps://mail.council.example"),
        ("EHCP_RETURNS_URL", "maildir://relative"),
        ("EHCP_DOCUMENTS_URL", "s3://key:secret@bucket"),
        ("EHCP_DOCUMENTS_URL", "https://bucket"),
        ("EHCP_NOTIFY_EMAIL_TEMPLATE", "the mail one"),
    ],
)
def test_a_mailbox_store_or_template_that_cannot_be_used_is_refused(
    environment: Environment, name: str, value: str
) -> None:
    assert refusal(environment, **{name: value}).startswith(name)


def test_every_setting_is_described_with_an_example_that_is_accepted() -> None:
    described = describe_settings()
    assert [each.name for each in described] == [variable(field) for field in Settings.model_fields]
    assert all(each.meaning.endswith(".") and each.example for each in described)


NEEDS_OTHERS = {"EHCP_TEMPORAL_API_KEY", "EHCP_OIDC_ISSUER", "EHCP_NOTIFY_API_KEY", "EHCP_DOCUMENT_KEYS"}


@pytest.mark.parametrize("each", [each for each in describe_settings() if each.name not in NEEDS_OTHERS])
def test_the_example_of_a_setting_is_accepted(environment: Environment, each: SettingDescription) -> None:
    name, example = each.name, each.example
    environment(**{"EHCP_MAIL_FROM": "clock@council.example", name: example})
    assert name.removeprefix("EHCP_").lower() in get_settings().model_fields_set


def test_whatever_is_kept_as_a_secret_is_also_hidden_in_the_list_of_settings() -> None:
    secret = {name for name, info in Settings.model_fields.items() if not info.repr or "Secret" in str(info.annotation)}
    assert secret == HIDDEN


def test_the_list_of_settings_says_where_a_value_came_from(environment: Environment) -> None:
    environment(EHCP_AUTHORITY="330")
    used = {each.name: (each.value, each.source) for each in settings_in_use(get_settings())}
    assert used["EHCP_AUTHORITY"] == ("330", "environment")
    assert used["EHCP_TASK_QUEUE"] == ("ehcp", "default")
