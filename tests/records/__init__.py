"""The records room: ledger, tables, migrations, against a real Postgres."""
