"""Stores to keep documents in: a folder, and a bucket of a real server that speaks as S3 does."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from config.settings import Settings
from documents.house import archive_of
from documents.store import Store

KEY, SECRET, REGION = "AKIAEXAMPLE", "a-secret-key", "eu-west-2"
BUCKET = "ehcp-documents"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server with one bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3", endpoint_url=address, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    yield address
    client.close()
    server.stop()


def s3_settings(address: str, data_dir: Path, *, bucket: str = BUCKET, prefix: str = "house") -> Settings:
    """Settings for a bucket of that server."""
    return Settings(
        data_dir=data_dir,
        documents_url=f"s3://{bucket}/{prefix}?region={REGION}&endpoint={quote(address, safe='')}",
        documents_access_key=KEY,
        documents_secret_key=SecretStr(SECRET),
    )


@pytest.fixture(params=["folder", "bucket"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of either store, empty."""
    if request.param == "folder":
        return Settings(data_dir=tmp_path)
    return s3_settings(request.getfixturevalue("s3_server"), tmp_path, prefix=tmp_path.name)


@pytest.fixture
def store(settings: Settings) -> Store:
    """Either store, empty."""
    return archive_of(settings).store
