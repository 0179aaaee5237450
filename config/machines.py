"""Settings of the machines that it runs on: the data folder, Postgres, Temporal."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from config import checks
from config.fields import Database, Line, absolute, example_of


class Machines(BaseSettings):
    """Where things are kept and timed."""

    data_dir: Annotated[Path, AfterValidator(absolute)] = Field(
        default=Path(".ehcp"),
        validate_default=True,
        description="Folder for everything that is kept on this machine; created with mode 0700.",
        json_schema_extra=example_of("/srv/ehcp"),
    )
    database_url: Database = Field(
        default="",
        repr=False,
        description="Postgres as the application sees it (a role that owns no table). "
        "Empty: the embedded Postgres in the data folder.",
        json_schema_extra=example_of("postgresql://ehcp_app:PASSWORD@db.example.org/ehcp"),
    )
    migration_url: Database = Field(
        default="",
        repr=False,
        description="Postgres as the owner of the tables sees it; only `ehcp migrate` and `ehcp setup` use it.",
        json_schema_extra=example_of("postgresql://ehcp_owner:PASSWORD@db.example.org/ehcp"),
    )
    temporal_address: Annotated[str, AfterValidator(checks.host_and_port)] = Field(
        default="127.0.0.1:7233",
        description="Where Temporal's frontend listens.",
        json_schema_extra=example_of("temporal.example.org:7233"),
    )
    temporal_namespace: Line = Field(
        default="default",
        description="Temporal namespace that holds this authority's processes.",
        json_schema_extra=example_of("ehcp"),
    )
    temporal_tls: bool = Field(
        default=False,
        description="Whether Temporal is reached over TLS.",
        json_schema_extra=example_of("true"),
    )
    temporal_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key for a managed Temporal cluster; needs EHCP_TEMPORAL_TLS.",
        json_schema_extra=example_of("the key as the cluster's console shows it"),
    )
    task_queue: Line = Field(
        default="ehcp",
        description="Temporal task queue that the workers poll.",
        json_schema_extra=example_of("ehcp"),
    )
