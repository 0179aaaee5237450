"""Fixtures that every room's tests may ask for."""

from tests.support.database import cluster, database

__all__ = ["cluster", "database"]
