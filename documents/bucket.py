"""A bucket of S3, or of a server that speaks as S3 does, as the store of documents."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from documents.errors import Gone, StoreAway

T = TypeVar("T")

CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 5, 30, 3
_MISSING = frozenset({"NoSuchKey", "404"})
_REMEDIES = {
    "NoSuchBucket": "there is no such bucket: make it, or correct EHCP_DOCUMENTS_URL",
    "PermanentRedirect": "the bucket is in another region: say which in EHCP_DOCUMENTS_URL (?region=)",
    "AuthorizationHeaderMalformed": "the bucket is in another region: say which in EHCP_DOCUMENTS_URL (?region=)",
    "InvalidAccessKeyId": "the store does not know the key: correct EHCP_DOCUMENTS_ACCESS_KEY",
    "SignatureDoesNotMatch": "the secret key is not that of the access key: correct EHCP_DOCUMENTS_SECRET_KEY",
    "RequestTimeTooSkewed": "this machine's clock is wrong, and the store therefore refuses it",
    "AccessDenied": "the key may not do this: allow it to list the bucket and to get, put and delete its objects",
    "403": "the key is wrong or may not do this: correct EHCP_DOCUMENTS_ACCESS_KEY and EHCP_DOCUMENTS_SECRET_KEY",
}

_NO_KEY = "no key is set: set EHCP_DOCUMENTS_ACCESS_KEY and EHCP_DOCUMENTS_SECRET_KEY, or give this machine a role"
_ASK = "correct EHCP_DOCUMENTS_URL, or ask whoever runs it"


class Bucket:
    """Each document an object called after its id, behind the prefix of the address."""

    def __init__(self, client: Any, name: str, prefix: str) -> None:
        self._client, self._name = client, name
        self._prefix = f"{prefix}/" if prefix else ""

    @classmethod
    def from_url(cls, url: str, access_key: str, secret_key: str) -> "Bucket":
        """The bucket of s3://bucket/prefix?region=eu-west-2&endpoint=https://... ; nothing is asked of it yet."""
        parts = urlsplit(url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        endpoint = asked.get("endpoint")
        client = cast(
            "Any",
            boto3.client(  # pyright: ignore[reportUnknownMemberType]
                "s3",
                # Without any region nothing can be signed; servers of one's own take whichever.
                region_name=asked.get("region", "eu-west-2"),
                endpoint_url=endpoint,
                aws_access_key_id=access_key or None,
                aws_secret_access_key=secret_key or None,
                config=_config(own_server=endpoint is not None),
            ),
        )
        return cls(client, parts.netloc, parts.path.strip("/"))

    def put(self, key: str, sealed: bytes) -> None:
        """One request, which is carried out whole or not at all."""
        self._ask(lambda: self._client.put_object(Bucket=self._name, Key=self._path(key), Body=sealed))

    def get(self, key: str) -> bytes:
        """The object's content. Raises Gone."""
        return self._ask(lambda: self._content(key))

    def remove(self, key: str) -> None:
        """Remove the object, if it is there."""
        self._ask(lambda: self._client.delete_object(Bucket=self._name, Key=self._path(key)))

    def keys(self) -> Iterator[tuple[str, datetime]]:
        """Every object that is called after a document, a thousand a request."""
        more: dict[str, str] = {}
        while True:
            page = self._ask(
                lambda more=more: self._client.list_objects_v2(Bucket=self._name, Prefix=self._prefix, **more)
            )
            for each in page.get("Contents", ()):
                key = each["Key"].removeprefix(self._prefix)
                if _is_id(key):
                    yield key, each["LastModified"]
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def tidy(self, before: datetime) -> None:
        """Nothing is ever half written."""

    def _content(self, key: str) -> bytes:
        return self._client.get_object(Bucket=self._name, Key=self._path(key))["Body"].read()

    def _path(self, key: str) -> str:
        if not _is_id(key):
            raise ValueError("a key is the id of a document")
        return self._prefix + key

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            return question()
        except ClientError as error:
            answer = cast("dict[str, dict[str, str]]", error.response)
            raise _said(answer.get("Error", {}).get("Code", "")) from None
        except NoCredentialsError:
            raise StoreAway(_NO_KEY) from None
        except BotoCoreError as error:
            # Its own words repeat the address, which holds the id of a document.
            raise StoreAway(f"the store does not answer ({type(error).__name__}): {_ASK}") from None


def _config(*, own_server: bool) -> Config:
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        retries={"total_max_attempts": TRIES, "mode": "standard"},
        signature_version="s3v4",
        # A server of one's own seldom has a name for each bucket, nor the newest checksums.
        s3={"addressing_style": "path" if own_server else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _said(code: str) -> Gone | StoreAway:
    if code in _MISSING:
        return Gone("there is no such document in the store")
    return StoreAway(_REMEDIES.get(code, f"the store refuses ({code}): ask whoever runs it"))


def _is_id(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False
