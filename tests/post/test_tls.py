"""Encryption: required off this machine, and a certificate that is not for the host is no certificate."""

import ssl
from pathlib import Path

import pytest

from post.courier import Outcome
from post.errors import CourierSettingError
from post.letters import compose
from post.servers import is_loopback, server_from_url
from post.smtp import SmtpCourier
from tests.post.examples import DAY, HOUSE, TO, item
from tests.post.mailserver import Mailbox, certificate, smtp_server

LETTER = compose(TO, [item()], HOUSE, "key", DAY)


@pytest.fixture(scope="module")
def localhost(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"), "mail.elsewhere.example")


def courier(scheme: str, port: int, ca: Path | None) -> SmtpCourier:
    query = f"?ca={ca}" if ca else ""
    return SmtpCourier(server_from_url(f"{scheme}://localhost:{port}{query}"), timeout=5)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
async def test_letters_travel_encrypted_to_a_server_whose_certificate_is_trusted(
    scheme: str, localhost: tuple[Path, ssl.SSLContext]
) -> None:
    ca, context = localhost
    mailbox = Mailbox()
    tls, starttls = (context, None) if scheme == "smtps" else (None, context)
    async with smtp_server(mailbox, tls=tls, starttls=starttls) as port:
        delivery = await courier(scheme, port, ca).deliver(LETTER)
    assert delivery.accepted, delivery
    assert mailbox.encrypted == [True]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
@pytest.mark.parametrize("trusted", [False, True])
async def test_an_unknown_certificate_and_one_for_another_host_stop_every_letter(
    scheme: str, trusted: bool, localhost: tuple[Path, ssl.SSLContext], elsewhere: tuple[Path, ssl.SSLContext]
) -> None:
    ca, context = elsewhere if trusted else localhost
    mailbox = Mailbox()
    tls, starttls = (context, None) if scheme == "smtps" else (None, context)
    async with smtp_server(mailbox, tls=tls, starttls=starttls) as port:
        delivery = await courier(scheme, port, ca if trusted else None).deliver(LETTER)
    assert delivery.outcome is Outcome.TEMPORARY
    assert "certificate could not be verified" in delivery.detail
    assert mailbox.raw == []


async def test_a_server_that_does_not_offer_encryption_gets_no_letter() -> None:
    mailbox = Mailbox()
    async with smtp_server(mailbox) as port:
        stripped = await courier("smtp+starttls", port, None).deliver(LETTER)
        plain = await courier("smtps", port, None).deliver(LETTER)
    assert stripped.outcome is plain.outcome is Outcome.TEMPORARY
    assert "does not offer what EHCP_SMTP_URL asks for" in stripped.detail
    assert "no encrypted connection" in plain.detail
    assert mailbox.raw == []


@pytest.mark.parametrize("host", ["mail.council.example", "10.0.0.5", "[2001:db8::1]", "localhost.example", "0.0.0.0"])
def test_a_server_off_this_machine_is_never_used_without_encryption(host: str) -> None:
    with pytest.raises(CourierSettingError, match="without encryption: write smtps://"):
        SmtpCourier.from_url(f"smtp://{host}:25")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    ("url", "port"),
    [("smtp://localhost", 25), ("smtps://mail.council.example", 465), ("smtp+starttls://mail.council.example", 587)],
)
def test_a_url_without_a_port_means_the_usual_one(url: str, port: int) -> None:
    assert server_from_url(url).port == port


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.council.example",
        "http://mail.council.example",
        "smtps://",
        "smtps://u:hidden@mail.council.example:port",
        "smtps://u:hid/den@mail.council.example:465",
        "smtps://u:hidden@mail.council.example:0",
        "smtps://u@mail.council.example",
        "smtps://:hidden@mail.council.example",
        "smtps://u:hidden@mail.council.example/path",
        "smtps://u:hidden%0D%0A@mail.council.example",
        "smtps://u:hidden@mail.council.example?verify=no",
        "smtps://u:hidden@mail.council.example?ca=/does/not/exist",
    ],
)
def test_a_wrong_url_is_refused_with_its_remedy_and_without_its_password(url: str) -> None:
    with pytest.raises(CourierSettingError, match="EHCP_SMTP_URL") as refused:
        SmtpCourier.from_url(url)
    assert "hid" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    with pytest.raises(CourierSettingError, match=r"ca\.pem in EHCP_SMTP_URL cannot be used"):
        server_from_url(f"smtps://mail.council.example?ca={tmp_path / 'ca.pem'}")


def test_a_courier_that_is_printed_shows_no_password() -> None:
    assert "hidden" not in repr(SmtpCourier.from_url("smtps://u:hidden@mail.council.example"))
