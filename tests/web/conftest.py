"""A council with the demonstration's caseload, as at its own day, and its site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from casework.actor import ENGINE
from casework.caseload.demo import load_demo
from casework.opening import Opened
from tests.support.database import Cluster, Database
from tests.web.linked import Linked, asked, linked
from tests.web.site import NOW, Site


@pytest.fixture(scope="session")
def council_template(cluster: Cluster) -> str:
    """A database with officers, services, settings, 601 assessments and 410 plans: loaded once, then copied."""
    made = cluster.create()
    load_demo(made.engine, ENGINE, NOW)
    made.engine.dispose()
    # As autovacuum does where people work: without it Postgres plans every list for empty tables, in every copy.
    owner = create_engine(made.owner_url, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    owner.dispose()
    return made.name


@pytest.fixture
def council(cluster: Cluster, council_template: str) -> Iterator[Database]:
    """A council of the test's own, to change as it likes."""
    made = cluster.create(council_template)
    try:
        yield made
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture(scope="module")
def site_of_the_file(cluster: Cluster, council_template: str) -> Iterator[Site]:
    """The site of one council for all tests of a file, where each opens the cases that it changes."""
    made = cluster.create(council_template)
    try:
        yield Site(made.engine)
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture(scope="session")
def read_only_council(cluster: Cluster, council_template: str) -> Iterator[Database]:
    """One council for all tests that only look."""
    made = cluster.create(council_template)
    try:
        yield made
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture
def site(council: Database) -> Site:
    """The site of a council of the test's own."""
    return Site(council.engine)


@pytest.fixture(scope="session")
def looked_at(read_only_council: Database) -> Site:
    """One application for all tests that only look: to build its routes takes longer than most pages."""
    return Site(read_only_council.engine)


@pytest.fixture
def looking(looked_at: Site) -> Site:
    """The site of the council that nobody changes, at its own day."""
    looked_at.now = NOW
    return looked_at


@pytest.fixture(scope="session")
def linked_template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Opened]:
    """A database in which advice was asked for about one child, and that child's case."""
    made = cluster.create()
    case = asked(made.engine, tmp_path_factory.mktemp("linked"))
    made.engine.dispose()
    return made.name, case


@pytest.fixture
def here(cluster: Cluster, linked_template: tuple[str, Opened], tmp_path: Path) -> Iterator[Linked]:
    """A small council of the test's own, whose services can be sent links."""
    name, case = linked_template
    made = cluster.create(name)
    try:
        yield linked(made.engine, tmp_path, case)
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


@pytest.fixture(scope="module")
def here_of_the_file(
    cluster: Cluster, linked_template: tuple[str, Opened], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Linked]:
    """The same for all tests of a file, where each opens the cases that it changes."""
    name, case = linked_template
    made = cluster.create(name)
    try:
        yield linked(made.engine, tmp_path_factory.mktemp("here"), case)
    finally:
        made.engine.dispose()
        cluster.drop(made.name)
