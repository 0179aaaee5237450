"""How often anybody may try to sign in: counted in the database, so that several servers count together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Connection, Engine, text

from casework.cases import authority
from casework.locks import HOLD
from casework.sign_in.keys import keyed
from config.log import get_log
from config.settings import Settings

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within a time."""

    most: int
    within: timedelta


ASK, GUESS, BEGIN = "ask", "guess", "begin"
LINK_ASK, LINK_GUESS, LINK_FEED = "link_ask", "link_guess", "link_feed"
WHO, ADDRESS, EVERYBODY = "who", "address", "everybody"

# All staff of a council may come from one address, its own or that of the proxy before us, all of them on Monday at
# nine: the limits of an address stop floods, those of a person stop guessing.
LIMITS: Mapping[str, Mapping[str, Limit]] = {
    ASK: {
        WHO: Limit(5, timedelta(minutes=15)),
        ADDRESS: Limit(150, timedelta(minutes=15)),
        EVERYBODY: Limit(300, timedelta(minutes=15)),
    },
    GUESS: {
        WHO: Limit(15, timedelta(hours=1)),
        ADDRESS: Limit(300, timedelta(hours=1)),
    },
    BEGIN: {
        WHO: Limit(20, timedelta(minutes=15)),
        ADDRESS: Limit(600, timedelta(minutes=15)),
    },
    # A hospital trust is one address with hundreds of professionals, and a digest reaches all of them on Monday. Wrong
    # guesses at the code of a link are counted apart: see casework/secure_links/guessing.py.
    LINK_ASK: {
        WHO: Limit(5, timedelta(minutes=15)),
        ADDRESS: Limit(300, timedelta(minutes=15)),
        EVERYBODY: Limit(1500, timedelta(minutes=15)),
    },
    LINK_GUESS: {
        ADDRESS: Limit(600, timedelta(hours=1)),
        EVERYBODY: Limit(6000, timedelta(hours=1)),
    },
    # Calendars on the web ask for the feeds of many people from one address, each of them several times a day.
    LINK_FEED: {
        WHO: Limit(60, timedelta(hours=1)),
        ADDRESS: Limit(3000, timedelta(hours=1)),
    },
}

_LOCK = text(HOLD)
_REACHED = text("""
SELECT at FROM sign_in_attempt WHERE authority = :authority AND key = :key AND at > :since
ORDER BY at DESC OFFSET :before LIMIT 1
""")
_TRIED = text("""
INSERT INTO sign_in_attempt (authority, at, key, what, outcome) VALUES (:authority, :now, :key, :what, 'tried')
""")


class TooOften(Exception):
    """Too many tries: `again_at` (aware) is when the next will be let through."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__("too many tries to sign in")
        self.again_at = again_at


def admit(db: Engine, settings: Settings, what: str, who: str, address: str, now: datetime) -> None:
    """Count one try of `what`: ASK for a code, GUESS at one, BEGIN with the provider, LINK_ASK and LINK_GUESS by link.

    Raises TooOften, and then it was not counted.

    `who` is what was typed or is known of the person, `address` that of the browser or of the proxy before us. Both
    are kept as keyed hashes. The same name counts the same whether or not anybody is called that.
    """
    values = {WHO: who.lower(), ADDRESS: network_of(address), EVERYBODY: ""}
    keys = {scope: keyed(settings, "limit", what, scope, values[scope]).hex() for scope in LIMITS[what]}
    with db.begin() as connection:
        # Held until the try is counted: any number of requests at once get no more through than one after another.
        connection.execute(_LOCK, {"who": list(keys.values())})
        reached = [_again(connection, keys[scope], limit, now) for scope, limit in LIMITS[what].items()]
        again = max((at for at in reached if at is not None), default=None)
        if again is None:
            asked = [{"authority": authority(), "now": now, "key": key, "what": what} for key in keys.values()]
            connection.execute(_TRIED, asked)
    if again is not None:
        log.warning("sign_in_too_often", what=what, again_at=again)
        raise TooOften(again)


def network_of(address: str) -> str:
    """Whom an address stands for: of IPv6 the network of 64 bits, which is what one household or office is given."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return f"{int(parsed) >> 64:x}/64" if isinstance(parsed, IPv6Address) else str(parsed)


def _again(connection: Connection, key: str, limit: Limit, now: datetime) -> datetime | None:
    """When the limit lets another try through; None when it does now."""
    asked = {"authority": authority(), "key": key, "since": now - limit.within, "before": limit.most - 1}
    at: datetime | None = connection.execute(_REACHED, asked).scalar()
    return at + limit.within if at else None
