"""Providers to sign in with: a real one from PyPI as a process of its own, and one that lies as it is told."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.web.door import free_port

PEOPLE: Mapping[str, Mapping[str, object]] = {
    "by-address": {"email": "A.Marsh@council.example", "email_verified": True},
    "by-unverified-address": {"email": "a.marsh@council.example", "email_verified": False},
    "by-address-alone": {"email": "a.marsh@council.example"},
    "by-username": {"preferred_username": "m.east"},
    "by-two": {"preferred_username": "m.east", "email": "a.marsh@council.example", "email_verified": True},
    "unknown": {"preferred_username": "n.body", "email": "n.body@council.example", "email_verified": True},
    "odd": {"preferred_username": "m.east\u0000", "email": ["a.marsh@council.example"], "email_verified": True},
}


@contextmanager
def mock_provider() -> Iterator[str]:
    """`oidc-provider-mock` with PEOPLE; its issuer."""
    port = free_port()
    known = [f"--user-claims={json.dumps({'sub': sub, **claims})}" for sub, claims in PEOPLE.items()]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--require-nonce",
        "true",
    ]
    quiet = {**os.environ, "NO_COLOR": "1"}
    process = subprocess.Popen([*command, *known], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=quiet)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, "the provider did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the provider does not answer")


def authorised(url: str, sub: str = "", **form: str) -> str:
    """Sign in at the mock as `sub`, or press another of its buttons: the path to which it sends the browser back."""
    answer = httpx2.post(url, data={"sub": sub, **form} if sub else form, timeout=10)
    assert answer.status_code in (302, 303), answer.text
    back = urlsplit(answer.headers["location"])
    assert f"{back.scheme}://{back.netloc}" == "http://testserver"
    return f"{back.path}?{back.query}"


KEYS = [RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2)]
"""The key of every liar, and one that calls itself by the same name."""


@dataclass
class Liar:
    """A provider that says whatever a test wants: `claims` over what is right, `metadata` over what is published."""

    claims: dict[str, object] = field(default_factory=dict[str, object])
    metadata: dict[str, object] = field(default_factory=dict[str, object])
    header: dict[str, object] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    token: dict[str, object] | None = None
    status: int = 200
    delay: float = 0
    user_info: dict[str, object] = field(default_factory=dict[str, object])
    signed_with: Any = None
    issuer: str = ""
    nonce: str = ""
    posted: str = ""
    key: RSAKey = field(default_factory=lambda: KEYS[0])

    def answer(self, path: str) -> object:
        if path == "/.well-known/openid-configuration":
            return self.published()
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        return self.user_info if path == "/userinfo" else self.tokens()

    def published(self) -> object:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.metadata,
        }

    def tokens(self) -> object:
        now = int(time.time())
        right = {"iss": self.issuer, "sub": "1", "aud": "ehcp", "iat": now, "exp": now + 60, "nonce": self.nonce}
        said = {name: value for name, value in {**right, **self.claims}.items() if value is not None}
        algorithms = ["RS256", "HS256"]
        signed = self.header["alg"] != "none"
        token = jwt.encode(self.header, said, self.signed_with or self.key, algorithms=algorithms) if signed else said
        whole = {"access_token": "a", "token_type": "Bearer", "id_token": token if signed else _unsigned(said)}
        return whole if self.token is None else self.token


def _unsigned(claims: object) -> str:
    from base64 import urlsafe_b64encode

    parts = [urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in ({"alg": "none"}, claims)]
    return f"{parts[0]}.{parts[1]}."


def secret_key(secret: str) -> OctKey:
    """The client's secret as a key to sign with."""
    return OctKey.import_key(secret, {"kid": "one"})


@contextmanager
def serving(liar: Liar) -> Iterator[Liar]:
    """The liar on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(liar.delay)
            body = json.dumps(liar.answer(self.path)).encode()
            self.send_response(liar.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            liar.posted = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
