"""What the house is made of on one machine: its programs, their environment and their addresses."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from config.keys import document_keys, signing_key
from config.settings import Settings
from local import temporal
from local.addresses import DEMO, Addresses
from local.child import PYTHON, Command
from local.ports import LOOPBACK, USUAL, Ports, free_ports, ports_from
from local.postgres import Urls

WORKER_PATIENCE_SECONDS = 20.0
"""How long a worker may take to finish the activities it has begun."""
WEB_PATIENCE_SECONDS = 15.0
"""How long the pages may take to finish what somebody is sending."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs of the other rooms, which this room runs but never imports.

    `migrate` runs to its end before the workers start. `web` serves the pages on the `--port` that it is given.
    `chores` run once each, in order, behind the first answer.
    """

    migrate: Command | None
    workers: tuple[Command, ...]
    chores: tuple[Command, ...] = ()
    web: Command | None = None


def usual_programs(demo: bool) -> Programs:
    """What `ehcp up` runs; with `demo` the synthetic caseload is loaded as well, then a council for the scorecard."""
    loading = ("load-demo", "load-council") if demo else ()
    load = tuple(Command(name, (*PYTHON, "cli.main", name)) for name in loading)
    return Programs(
        migrate=Command("migrate", (*PYTHON, "cli.main", "migrate")),
        workers=(Command("worker", (*PYTHON, "worker"), patience_seconds=WORKER_PATIENCE_SECONDS),),
        chores=(Command("schedules", (*PYTHON, "cli.main", "schedules", "apply")), *load),
        web=Command("web", (*PYTHON, "cli.main", "web", "--host", LOOPBACK), patience_seconds=WEB_PATIENCE_SECONDS),
    )


DEMO_SENDER = {
    "authority_name": "Exampleshire Council",
    "mail_from": "ehc-clock@council.example",
    "reply_to": "send-team@council.example",
    "contact_phone": "01632 960123",
    "council": "Hartlepool",
}
"""In whose name a demonstration writes: nobody's address, and a number kept free for drama. And beside which published
figures it is laid: those of the authority that its synthetic council is like."""

_PUBLIC_URL = "EHCP_PUBLIC_URL"


@dataclass(frozen=True, slots=True)
class House:
    """Which parts run here: those that no setting names elsewhere. A demonstration never uses a real mail server."""

    settings: Settings
    demo: bool
    ports: Ports

    @property
    def data_dir(self) -> Path:
        """The folder that holds everything."""
        return self.settings.data_dir

    @property
    def has_postgres(self) -> bool:
        """Whether Postgres is the embedded one."""
        return not self.settings.database_url

    @property
    def has_temporal(self) -> bool:
        """Whether Temporal is the development server."""
        return "temporal_address" not in self.settings.model_fields_set

    @property
    def has_catcher(self) -> bool:
        """Whether mail is caught."""
        return self.demo or not self.settings.smtp_url

    def temporal(self) -> Command:
        """Temporal's development server."""
        line = temporal.command(self.data_dir, self.ports, self.settings.temporal_namespace)
        return Command("temporal", line, temporal.environment(self.data_dir))

    def catcher(self) -> Command:
        """The mail catcher."""
        ports = ("--smtp-port", str(self.ports.smtp), "--page-port", str(self.ports.mail_page))
        return Command("catcher", (*PYTHON, "local.catcher", "--folder", str(self.data_dir / "mail"), *ports))

    def pages(self, web: Command) -> Command:
        """What serves the pages, on its port."""
        return replace(web, line=(*web.line, "--port", str(self.ports.web)))

    def of_the_pages(self, told: Mapping[str, str]) -> Mapping[str, str]:
        """The environment of what serves the pages; they stand where they are found, unless somebody has said where."""
        others = {name: value for name, value in told.items() if name != _PUBLIC_URL}
        return others if self.settings.public_url else {**others, _PUBLIC_URL: self._pages_url}

    @property
    def _pages_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports.web}"

    def environment(self, urls: Urls | None) -> Mapping[str, str]:
        """What the programs are told by environment, which only this user can read; never by command line."""
        told = {"EHCP_DATA_DIR": str(self.data_dir), "PYTHONUNBUFFERED": "1"}
        if urls:
            told["EHCP_DATABASE_URL"] = urls.app_url
            told["EHCP_SIGNING_KEY"] = signing_key(self.settings).decode()
            told["EHCP_DOCUMENT_KEYS"] = ",".join(key.hex() for key in document_keys(self.settings))
        if self.has_temporal:
            told["EHCP_TEMPORAL_ADDRESS"] = f"{LOOPBACK}:{self.ports.temporal}"
        return told | self.mail() | {f"EHCP_{name.upper()}": value for name, value in self.sender().items()}

    def mail(self) -> dict[str, str]:
        """What whoever writes a letter here is told of mail that is caught; empty where a mail server takes it."""
        if not self.has_catcher:
            return {}
        # A letter with a link asks for advice, and starts its clock. Caught mail reaches nobody: only in a
        # demonstration does it count.
        links = (self.settings.public_url or self._pages_url) if self.demo else ""
        caught = {"EHCP_SMTP_URL": f"smtp://{LOOPBACK}:{self.ports.smtp}", _PUBLIC_URL: links}
        return caught | ({DEMO: "true"} if self.demo else {})

    def sender(self) -> dict[str, str]:
        """What a demonstration sets because nobody has: in whose name it writes, and what it is compared with."""
        given = self.settings.model_fields_set
        return {name: value for name, value in DEMO_SENDER.items() if self.demo and name not in given}

    def addresses(self, urls: Urls | None, *, pages: bool = False) -> Addresses:
        """Where everything is."""
        return Addresses(
            database_url=urls.app_url if urls else "",
            migration_url=urls.owner_url if urls else "",
            temporal_address=f"{LOOPBACK}:{self.ports.temporal}" if self.has_temporal else "",
            temporal_ui=f"http://{LOOPBACK}:{self.ports.temporal_ui}" if self.has_temporal else "",
            smtp_url=f"smtp://{LOOPBACK}:{self.ports.smtp}" if self.has_catcher else "",
            mail_page=f"http://{LOOPBACK}:{self.ports.mail_page}" if self.has_catcher else "",
            mail_folder=str(self.data_dir / "mail") if self.has_catcher else "",
            data_dir=str(self.data_dir),
            pid=os.getpid(),
            web=self._pages_url if pages else "",
            sender=self.sender(),
            mail=self.mail(),
        )


def choose_ports(first: int | None) -> Ports:
    """The usual ports, or five in a row from `first`; others where those are taken."""
    return free_ports(_wanted(first))


def accepts(port: int) -> bool:
    """Whether something on this machine takes connections on `port`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def moved(first: int | None, chosen: Ports) -> str:
    """What to say where the pages could not be served on their port, and so stand elsewhere; empty where they could."""
    wanted = _wanted(first).web
    if chosen.web == wanted:
        return ""
    return f"Port {wanted} is taken by another program: the pages are on port {chosen.web} this time (--port chooses)."


def _wanted(first: int | None) -> Ports:
    return USUAL if first is None else ports_from(first)
