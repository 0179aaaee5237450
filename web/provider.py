"""The council's own sign-in service, spoken to in OpenID Connect: authorization code, PKCE, state and nonce.

Authlib does the protocol and checks the token; here stand the waits, which are bounded, and what is believed.
"""

import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OAuthError, OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError

from config.settings import Settings

WAIT_SECONDS = 5.0
METADATA_SECONDS = 3600.0
SCOPE = "openid profile email"
# A token that anybody could have signed (`none`), or whoever knows the client's secret (HS256), proves nothing here.
_SIGNED_BY_THE_PROVIDER = ("RS", "PS", "ES", "Ed")


class ProviderAway(Exception):
    """The provider does not answer, or not as one does."""


class NotBelieved(Exception):
    """What came back is not what the provider would say to us for this sign-in."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun: where the browser goes, and what must be known when it comes back."""

    url: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whom the provider vouches for. An address counts only when the provider says that it has verified it."""

    usernames: tuple[str, ...]
    emails: tuple[str, ...]


class _App(OAuth2Mixin, OpenIDMixin, BaseApp):
    """Authlib's client, with httpx2 and without a web framework: what it keeps meanwhile is kept by us."""

    client_cls = OAuth2Client


class Provider:
    """One provider. Nothing is asked of it before the first sign-in; what it publishes is read again every hour."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait = wait_seconds
        self.issuer, self._client_id, self._client_secret = issuer, client_id, client_secret
        self._app: Any = None
        self._read_at = 0.0

    def begin(self, back_to: str, state: str) -> Begun:
        """Begin a sign-in that comes back to `back_to`. Raises ProviderAway."""
        with _bounded():
            made = self._known().create_authorization_url(back_to, state=state)
        return Begun(made["url"], made["nonce"], made["code_verifier"])

    def finish(self, back_to: str, code: str, begun: Mapping[str, str]) -> Claimed:
        """Whom a code is for, given what was kept of its beginning. Raises ProviderAway, NotBelieved."""
        with _bounded():
            app = self._known()
            token = app.fetch_access_token(redirect_uri=back_to, code=code, code_verifier=begun["verifier"])
            expected = {
                "iss": {"essential": True, "value": app.server_metadata["issuer"]},
                "aud": {"essential": True, "values": [self._client_id]},
            }
            claims = app.parse_id_token(token, nonce=begun["nonce"], claims_options=expected)
            if claims is None:
                raise NotBelieved("no ID token")
            if not _claimed(claims).usernames and not _claimed(claims).emails:
                claims = self._with_user_info(app, token, claims)
        return _claimed(claims)

    def _with_user_info(self, app: Any, token: Any, claims: Mapping[str, Any]) -> Mapping[str, Any]:
        """Some providers say names and addresses only when they are asked again."""
        if "userinfo_endpoint" not in app.server_metadata:
            return claims
        told = app.userinfo(token=token)
        return {**claims, **told} if told.get("sub") == claims["sub"] else claims

    def _known(self) -> Any:
        if self._app is None or time.monotonic() - self._read_at > METADATA_SECONDS:
            app = self._fresh()
            metadata = app.load_server_metadata()
            if str(metadata.get("issuer", "")).rstrip("/") != self.issuer:
                raise ProviderAway("it calls itself by another name than EHCP_OIDC_ISSUER")
            given = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
            metadata["id_token_signing_alg_values_supported"] = [
                each for each in given if str(each).startswith(_SIGNED_BY_THE_PROVIDER)
            ]
            self._app, self._read_at = app, time.monotonic()
        return self._app

    def _fresh(self) -> Any:
        return cast("Any", _App)(
            framework=None,
            client_id=self._client_id,
            client_secret=self._client_secret,
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "timeout": self._wait},
        )


def provider_of(settings: Settings) -> Provider:
    """The provider of the settings; the same for the same settings."""
    return _provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())


@lru_cache(maxsize=8)
def _provider(issuer: str, client_id: str, client_secret: str) -> Provider:
    return Provider(issuer, client_id, client_secret)


def _claimed(claims: Mapping[str, Any]) -> Claimed:
    verified = claims.get("email_verified") in (True, "true")
    return Claimed(_names(claims, "preferred_username", "username"), _names(claims, "email") if verified else ())


def _names(claims: Mapping[str, Any], *called: str) -> tuple[str, ...]:
    found = [claims.get(name) for name in called]
    return tuple(each for each in found if isinstance(each, str) and 0 < len(each) < 255 and each.isprintable())


@contextmanager
def _bounded() -> Generator[None]:
    """Faults of the network are the provider's absence, faults of what it says are not believed."""
    try:
        yield
    except (OAuthError, AuthlibBaseError, JoseError) as error:
        raise NotBelieved(type(error).__name__) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise ProviderAway(type(error).__name__) from error
    except (ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        # It answered, but with something else than the protocol's documents.
        raise ProviderAway(type(error).__name__) from error
