"""Postgres through SQLModel: the ledger, people, messages, the read model and the migrations."""
