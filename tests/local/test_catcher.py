"""The mail catcher: takes mail over SMTP, keeps it privately, and shows it without trusting it."""

import http.client
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from local.house import accepts
from local.ports import LOOPBACK, free_ports, ports_from
from tests.local.conftest import until

HOSTILE = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Catcher:
    folder: Path
    smtp_port: int
    page_port: int

    async def send(self, message: EmailMessage) -> None:
        await aiosmtplib.send(message, hostname=LOOPBACK, port=self.smtp_port, start_tls=False, timeout=30)

    def get(self, path: str, host: str = "localhost") -> tuple[int, str, str]:
        """Status, content security policy and body of a page, asked for under the name `host`."""
        connection = http.client.HTTPConnection(LOOPBACK, self.page_port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": f"{host}:{self.page_port}"})
            answer = connection.getresponse()
            policy = answer.getheader("Content-Security-Policy", "")
            return answer.status, policy, answer.read().decode()
        finally:
            connection.close()

    def only_mail(self) -> Path:
        (path,) = self.folder.glob("*.eml")
        return path


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catcher]:
    ports = free_ports(ports_from(41025))
    made = Catcher(tmp_path / "mail", ports.smtp, ports.mail_page)
    line = [
        sys.executable, "-m", "local.catcher", "--folder", str(made.folder),
        "--smtp-port", str(made.smtp_port), "--page-port", str(made.page_port),
    ]  # fmt: skip
    with subprocess.Popen(line) as process:
        try:
            until(lambda: accepts(made.smtp_port) and accepts(made.page_port))
            yield made
            process.terminate()
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()


def letter(subject: str = "Advice is due", *, text: str = "By 20 November.", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "clock@council.example", "ep@nhs.example", subject
    message["Message-ID"] = "<step-1@council.example>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


async def test_a_mail_is_kept_privately_and_shown_in_the_list_and_on_its_page(catcher: Catcher) -> None:
    assert "No mail yet" in catcher.get("/")[2]
    await catcher.send(letter(html="<p>By <b>20 November</b>.</p>"))
    path = catcher.only_mail()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"Message-ID: <step-1@council.example>" in path.read_bytes()

    status, _, listed = catcher.get("/")
    assert status == 200
    assert "ep@nhs.example" in listed
    assert f'<a href="/mail/{path.stem}">Advice is due</a>' in listed
    shown = catcher.get(f"/mail/{path.stem}")[2]
    assert "By 20 November." in shown
    assert f'<iframe sandbox src="/mail/{path.stem}/html"' in shown
    assert "<b>20 November</b>" in catcher.get(f"/mail/{path.stem}/html")[2]
    assert "Message-ID: <step-1@council.example>" in catcher.get(f"/mail/{path.stem}/raw")[2]


async def test_nothing_in_a_mail_becomes_part_of_the_pages(catcher: Catcher) -> None:
    await catcher.send(letter(HOSTILE, text=HOSTILE, html=HOSTILE))
    name = catcher.only_mail().stem
    for path in ("/", f"/mail/{name}"):
        _, policy, body = catcher.get(path)
        assert HOSTILE not in body
        assert "&lt;script&gt;" in body
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
    _, policy, body = catcher.get(f"/mail/{name}/html")
    assert HOSTILE in body
    assert policy.startswith("sandbox; default-src 'none'")


async def test_a_mail_with_broken_headers_does_not_hide_the_others(catcher: Catcher) -> None:
    await catcher.send(letter("The good one"))
    (catcher.folder / "20260101T000000000000-bad.eml").write_bytes(
        b"Date: =?x?q?\xff?=\r\nTo: <<<@@\r\nSubject: =?utf-9?b?!!?=\r\nContent-Type: text/plain; charset=nix\r\n\r\n\xff"
    )
    assert "The good one" in catcher.get("/")[2]
    assert catcher.get("/mail/20260101T000000000000-bad")[0] == 200


def test_a_page_of_another_name_is_refused(catcher: Catcher) -> None:
    assert catcher.get("/", host="evil.example")[0] == 403
    assert catcher.get("/", host="127.0.0.1")[0] == 200


@pytest.mark.parametrize("path", ["/mail/none", "/mail/../postgres.passwords", "/mail/%2e%2e%2fx", "/mail/a/b", "/x"])
def test_there_is_nothing_but_mail_to_be_had(catcher: Catcher, path: str) -> None:
    (catcher.folder.parent / "postgres.passwords").write_text("secret")
    status, _, body = catcher.get(path)
    assert status == 404
    assert "secret" not in body
