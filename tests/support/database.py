"""The `database` fixture: an empty, migrated database of one's own for every test that asks for one."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import Engine

from records.database import connect
from records.migrate import migrate
from tests.support.postgres import Server

OWNER, APP, TEMPLATE = "ehcp_owner", "ehcp_app", "ehcp_template"


@dataclass(frozen=True)
class Database:
    """One database. `engine` is the application's role, as in production; `owner_url` is for tampering."""

    name: str
    owner_url: str
    app_url: str
    engine: Engine


class Cluster:
    """A server with both roles and a migrated template, from which databases are copied in milliseconds."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.password = secrets.token_urlsafe(12)
        self._numbers = count(1)
        for role in (OWNER, APP):
            server.run(f"CREATE ROLE {{role}} LOGIN PASSWORD '{self.password}'", role=role)
        self.create_empty(TEMPLATE)
        migrate(self.url(TEMPLATE, OWNER), APP)

    def url(self, database: str, role: str) -> str:
        """The address of `database` for OWNER or APP."""
        return self.server.url(database, role, self.password)

    def create_empty(self, name: str) -> str:
        """A database without tables, for tests of the migrations; returns the owner's address."""
        self.server.run("CREATE DATABASE {name} OWNER {owner}", name=name, owner=OWNER)
        return self.url(name, OWNER)

    def create(self, template: str = TEMPLATE) -> Database:
        """A fresh copy of the template, or of another database to which nobody is connected."""
        name = f"test_{next(self._numbers)}"
        self.server.run(
            "CREATE DATABASE {name} OWNER {owner} TEMPLATE {template} STRATEGY file_copy",
            name=name, owner=OWNER, template=template,
        )  # fmt: skip
        app_url = self.url(name, APP)
        return Database(name, self.url(name, OWNER), app_url, connect(app_url))

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.server.run("DROP DATABASE {name} WITH (FORCE)", name=name)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One Postgres for this test process (with xdist: one for each worker), started when first asked for."""
    server = Server()
    try:
        server.start()
        yield Cluster(server)
    finally:
        server.stop()


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """A migrated, empty database of this test's own, gone afterwards.

    `database.engine` is a SQLAlchemy engine for the application's role (`with Session(database.engine) as session`),
    `database.app_url` and `database.owner_url` are addresses for the two roles, to be given as EHCP_DATABASE_URL and
    EHCP_MIGRATION_URL. Postgres runs on a Unix socket and asks for the passwords in the addresses. Engines that a
    test makes for itself it must also dispose of: warnings are errors.
    """
    fresh = cluster.create()
    try:
        yield fresh
    finally:
        fresh.engine.dispose()
        cluster.drop(fresh.name)
