"""Where everything is: what the settings say and, for what they leave open, what `ehcp up` has started."""

import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from config.files import write_private
from config.keys import signing_key
from config.settings import Settings
from local.locks import FileLock

DEMO = "EHCP_DEMO"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The parts of the house that run on one machine. Empty: not started, because a setting names another."""

    database_url: str = field(repr=False)
    migration_url: str = field(repr=False)
    temporal_address: str
    temporal_ui: str
    smtp_url: str
    mail_page: str
    mail_folder: str
    data_dir: str
    pid: int
    web: str = ""
    sender: dict[str, str] = field(default_factory=dict[str, str])
    """In whose name a demonstration writes, by setting; empty otherwise."""
    mail: dict[str, str] = field(default_factory=dict[str, str])
    """What its programs are told of mail that is caught, by environment variable."""

    def for_people(self) -> dict[str, str]:
        """What is where, for the terminal: no address that carries a password."""
        known = {
            "Pages": self.web,
            "Mail that was caught": self.mail_page,
            "Mail server (catches everything)": self.smtp_url,
            "Temporal's pages": self.temporal_ui,
            "Temporal": self.temporal_address,
            "Postgres": f"embedded, in {self.data_dir}/postgres" if self.migration_url else "as EHCP_DATABASE_URL says",
            "Data and logs": self.data_dir,
        }
        return {what: where for what, where in known.items() if where}


def addresses_path(data_dir: Path) -> Path:
    """The private file in which `ehcp up` says where everything is."""
    return data_dir / "run" / "addresses.json"


def up_lock(data_dir: Path) -> FileLock:
    """The lock that `ehcp up` holds alone while it runs."""
    return FileLock(data_dir / "run" / "up.lock")


def write(addresses: Addresses) -> None:
    """Tell other commands where everything is."""
    write_private(addresses_path(Path(addresses.data_dir)), json.dumps(asdict(addresses)))


def read(settings: Settings) -> Addresses | None:
    """What `ehcp up` has started on this data folder; None when it does not run (or is still starting)."""
    if not is_up(settings.data_dir):
        return None
    try:
        return Addresses(**json.loads(addresses_path(settings.data_dir).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def is_up(data_dir: Path) -> bool:
    """Whether an `ehcp up` runs on `data_dir`."""
    if not (data_dir / "run").is_dir():
        return False
    lock = up_lock(data_dir)
    free = lock.share()
    lock.drop()
    return not free


def resolve(settings: Settings) -> Settings:
    """`settings` with every address that was left open filled in from a running `ehcp up`.

    What the environment sets wins. Without a running `ehcp up` nothing changes: the database is then to be
    borrowed (`local.postgres.borrow`).
    """
    found = read(settings)
    if found is None:
        return settings
    offered = {name: getattr(found, name) for name in ("database_url", "migration_url", "smtp_url")}
    filled: dict[str, object] = {name: url for name, url in offered.items() if url and not getattr(settings, name)}
    if found.temporal_address and "temporal_address" not in settings.model_fields_set:
        filled["temporal_address"] = found.temporal_address
    filled |= {name: value for name, value in found.sender.items() if name not in settings.model_fields_set}
    if "database_url" in filled:
        filled["signing_key"] = _key(settings)
    return settings.model_copy(update=filled)


@contextmanager
def written_as_there(settings: Settings) -> Generator[None]:
    """While this lasts, this process writes letters as the programs of a running `ehcp up` do that catches its mail.

    Without that a round would write without links, and give up what waits to go with one. Whoever names a mail server
    of their own keeps it; a demonstration never uses one.
    """
    found = read(settings)
    told = found.mail if found and (DEMO in found.mail or not settings.smtp_url) else {}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ.update({name: value} if value is not None else {})


def _key(settings: Settings) -> object:
    from pydantic import SecretStr

    return SecretStr(signing_key(settings).decode())
