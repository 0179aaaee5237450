"""Whatever the store: what was put there is there, whole, and nothing of the user's is in its names."""

import os
import socket
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from config.settings import Settings
from documents.bucket import Bucket
from documents.errors import Gone, StoreAway
from documents.folder import Folder
from documents.house import archive_of
from documents.store import Store
from tests.documents.conftest import s3_settings


def now() -> datetime:
    return datetime.now(UTC)


def test_it_gives_back_what_was_put_there_until_it_is_removed(store: Store) -> None:
    key, other = str(uuid4()), str(uuid4())
    store.put(key, b"first")
    store.put(key, b"second")
    store.put(other, b"\0" * 70_000)
    assert (store.get(key), len(store.get(other))) == (b"second", 70_000)
    kept = dict(store.keys())
    assert set(kept) == {key, other}
    assert all(abs(since - now()) < timedelta(minutes=1) for since in kept.values())
    store.remove(key)
    store.remove(key)
    with pytest.raises(Gone):
        store.get(key)
    assert list(dict(store.keys())) == [other]


def test_an_empty_store_has_no_keys(store: Store) -> None:
    assert list(store.keys()) == []
    store.tidy(now())


A_KEY = "3FB6B8F6-1198-4166-AB20-EF946F40952F"


@pytest.mark.parametrize("key", ["../../etc/passwd", "Jo Smith.pdf", A_KEY, A_KEY.lower().replace("-", ""), ""])
def test_only_the_id_of_a_document_is_a_key(store: Store, key: str) -> None:
    for use in (lambda: store.put(key, b"x"), lambda: store.get(key), lambda: store.remove(key)):
        with pytest.raises(ValueError):
            use()


def test_the_house_can_try_its_store_out(settings: Settings) -> None:
    archive = archive_of(settings)
    for _ in range(3):
        archive.try_out()
    assert list(archive.ids()) == []
    folders = list(settings.data_dir.glob("documents/*"))
    assert len(folders) <= 1, "it is tried out every minute, and leaves no heap of folders"


def test_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    key = str(uuid4())
    Folder(tmp_path / "documents").put(key, b"x")
    path = tmp_path / "documents" / key[:2] / key[2:4] / key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parents[:3]} == {0o700}


def test_what_a_killed_process_left_half_written_is_no_document_and_is_thrown_away(tmp_path: Path) -> None:
    folder, key = Folder(tmp_path), str(uuid4())
    folder.put(key, b"x")
    half = tmp_path / key[:2] / key[2:4] / f".{uuid4()}.abcd.new"
    half.write_bytes(b"ha")
    assert list(dict(folder.keys())) == [key]
    folder.tidy(now() - timedelta(days=1))
    assert half.exists(), "somebody may still be writing it"
    yesterday = (now() - timedelta(days=2)).timestamp()
    os.utime(half, (yesterday, yesterday))
    folder.tidy(now() - timedelta(days=1))
    assert not half.exists()
    assert folder.get(key) == b"x"


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file where the folder should be")
    with pytest.raises(StoreAway, match="EHCP_DATA_DIR"):
        Folder(tmp_path / "documents").put(str(uuid4()), b"x")


def test_a_folder_without_room_keeps_nothing_by_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    folder, key = Folder(tmp_path), str(uuid4())
    folder.put(key, b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreAway, match="No space left"):
        folder.put(key, b"after")
    assert folder.get(key) == b"before"
    assert len(list((tmp_path / key[:2] / key[2:4]).iterdir())) == 1


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("s3://bucket?endpoint=http://store.example", "https://"),
        ("s3://bucket?endpoint=store", "https://"),
        ("s3://bucket?regio=x", "regio"),
        ("s3://key:secret@bucket", "without user or password"),
        ("https://bucket.example", "must be s3://"),
    ],
)
def test_an_address_of_a_bucket_that_would_not_work_is_refused_at_once(url: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong) as refused:
        Settings(documents_url=url)
    assert "secret@" not in str(refused.value)


def test_a_bucket_that_is_not_there_is_said(s3_server: str, tmp_path: Path) -> None:
    archive = archive_of(s3_settings(s3_server, tmp_path, bucket="no-such-bucket"))
    with pytest.raises(StoreAway, match="no such bucket"):
        archive.try_out()
    with pytest.raises(StoreAway, match="no such bucket"):
        list(archive.ids())


def test_two_houses_in_one_bucket_see_nothing_of_each_other(s3_server: str, tmp_path: Path) -> None:
    first, second = (archive_of(s3_settings(s3_server, tmp_path, prefix=name)) for name in ("one", "on"))
    document = uuid4()
    first.keep(document, b"x")
    assert [each for each, _ in first.ids()] == [document]
    assert list(second.ids()) == []


def test_more_documents_than_one_answer_lists_are_all_found() -> None:
    class Pages:
        """A server that lists two objects at a time."""

        def __init__(self) -> None:
            self.keys = [str(uuid4()) for _ in range(5)]

        def list_objects_v2(self, *, ContinuationToken: str = "0", **_: str) -> object:
            at = int(ContinuationToken)
            found = [{"Key": f"a/{key}", "LastModified": now()} for key in (*self.keys, "readme.txt")[at : at + 2]]
            return {"Contents": found, "IsTruncated": at + 2 < 6, "NextContinuationToken": str(at + 2)}

    pages = Pages()
    assert list(dict(Bucket(pages, "b", "a").keys())) == pages.keys


REFUSALS = {
    "InvalidAccessKeyId": "EHCP_DOCUMENTS_ACCESS_KEY",
    "SignatureDoesNotMatch": "EHCP_DOCUMENTS_SECRET_KEY",
    "AccessDenied": "get, put and delete",
    "SlowDown": "refuses",
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_store_that_refuses_is_explained(code: str) -> None:
    from botocore.exceptions import ClientError

    class Refusing:
        """A server that refuses everything."""

        def put_object(self, **_: object) -> object:
            raise ClientError({"Error": {"Code": code, "Message": "secret words"}}, "PutObject")

    with pytest.raises(StoreAway, match=REFUSALS[code]) as refused:
        Bucket(Refusing(), "b", "").put(str(uuid4()), b"x")
    assert "secret words" not in str(refused.value)


def test_a_store_that_does_not_answer_is_said_without_its_address(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    key = str(uuid4())
    with pytest.raises(StoreAway, match="does not answer") as away:
        archive_of(s3_settings(f"http://127.0.0.1:{port}", tmp_path)).store.get(key)
    assert key not in str(away.value)
