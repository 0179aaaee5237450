"""The mailbox itself: a real IMAP server, with and without TLS, and a Maildir."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from post.returns import imap
from post.returns import maildir as maildir_
from post.returns.mailbox import DONE, MailboxAway, mailbox_at
from tests.post.mailserver import certificate
from tests.post.returns.mails import dsn, note
from tests.support.imap_server import Imap, imap_server


@pytest.fixture(scope="module")
def server() -> Iterator[Imap]:
    with imap_server() as server:
        yield server


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def deliver(maildir: Path, *mails: bytes) -> None:
    for number, mail in enumerate(mails):
        (maildir / "new" / f"176{number}.M1P1.mail").write_bytes(mail)


def read(url: str, most: int = 10) -> list[bytes]:
    """Every mail that waits, put aside."""
    found: list[bytes] = []
    with mailbox_at(url) as box:
        for waiting in box.waiting(most):
            found.append(waiting.raw)
            box.put_aside(waiting.name)
    return found


def test_mails_of_an_imap_folder_are_read_in_order_and_moved_never_deleted(server: Imap) -> None:
    server.deliver(dsn(), note("One.\n"), note("Two.\n"))
    assert len(read(server.url(), most=1)) == 1
    assert server.holds() == {"INBOX": 2, DONE: 1}
    assert [b"One." in raw or b"Two." in raw for raw in read(server.url())] == [True, True]
    assert server.holds() == {"INBOX": 0, DONE: 3}
    assert read(server.url()) == []


def test_what_was_looked_at_and_not_put_aside_waits_as_it_was(server: Imap) -> None:
    server.deliver(note("Unread."))
    with mailbox_at(server.url()) as box:
        assert len(list(box.waiting(5))) == 1
    with server.box() as box:
        assert box.uids("UNSEEN") == box.uids("ALL") != []
    assert len(read(server.url())) == 1


def test_of_a_mail_that_is_too_large_only_the_beginning_is_fetched(
    server: Imap, maildir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (imap, maildir_):
        monkeypatch.setattr(each, "LARGEST", 100_000)
    large = note("Large.") + b"x" * 200_000
    server.deliver(large)
    deliver(maildir, large)
    for url in (server.url(), f"maildir://{maildir}"):
        with mailbox_at(url) as box:
            (waiting,) = box.waiting(5)
            assert (waiting.whole, len(waiting.raw)) == (False, 64 * 1024)
            box.put_aside(waiting.name)


@pytest.mark.parametrize("trusted", [True, False])
def test_over_tls_only_a_server_whose_certificate_is_trusted_is_read(tmp_path: Path, trusted: bool) -> None:
    ca, context = certificate(tmp_path, "localhost")
    with imap_server(serve=context, trust=_trusting(ca)) as server:
        server.deliver(note("Secret."))
        if trusted:
            assert len(read(server.url(query=f"?ca={ca}"))) == 1
            return
        with pytest.raises(MailboxAway, match="no encrypted connection"):
            read(server.url())


def _trusting(ca: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca)


@pytest.mark.parametrize(("password", "folder"), [("wrong-secret", "INBOX"), (None, "Nowhere")])
def test_a_refusal_is_said_without_the_password_or_the_address(server: Imap, password: str | None, folder: str) -> None:
    url = server.url(folder, password) if password else server.url(folder)
    with pytest.raises(MailboxAway, match="refused our sign-in, or has no such folder") as raised:
        read(url)
    assert "wrong-secret" not in str(raised.value)
    assert raised.value.__suppress_context__


def test_a_mailbox_that_is_away_or_silent_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(MailboxAway, match="did not answer in time"):
            read(f"imap://a:b@127.0.0.1:{silent.getsockname()[1]}/INBOX")
        gone = silent.getsockname()[1]
    with pytest.raises(MailboxAway, match="could not be reached"):
        read(f"imap://a:b@127.0.0.1:{gone}/INBOX")


def test_mails_of_a_maildir_are_read_in_order_and_moved_to_cur(maildir: Path) -> None:
    deliver(maildir, note("One."), note("Two."))
    (maildir / "new" / ".hidden").write_bytes(b"no mail")
    (maildir / "new" / "link").symlink_to("/etc/hostname")
    assert [b"One." in raw for raw in read(f"maildir://{maildir}")] == [True, False]
    assert sorted(each.name for each in (maildir / "cur").iterdir()) == ["1760.M1P1.mail:2,S", "1761.M1P1.mail:2,S"]
    assert read(f"maildir://{maildir}") == []


def test_a_mail_that_somebody_else_takes_meanwhile_stops_nothing(maildir: Path) -> None:
    deliver(maildir, note("One."), note("Two."))
    with mailbox_at(f"maildir://{maildir}") as box:
        waiting = box.waiting(5)
        first = next(waiting)
        for file in (maildir / "new").iterdir():
            file.unlink()
        box.put_aside(first.name)
        assert list(waiting) == []


def test_what_is_no_maildir_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(MailboxAway, match="no folder `new`"):
        read(f"maildir://{tmp_path}")
