#!/bin/sh
# Create and upgrade Temporal's own two databases before the server starts. Safe to run again.
set -eu
base=/etc/temporal/schema/postgresql/v12
prepare() {
  # A database that is there, and a schema that was begun, are refused: only what follows says whether all is well.
  temporal-sql-tool --db "$1" create-database || echo "$1 exists"
  temporal-sql-tool --db "$1" setup-schema -v 0.0 || echo "$1 has a schema"
  temporal-sql-tool --db "$1" update-schema -d "$base/$2/versioned"
}
prepare temporal temporal
prepare temporal_visibility visibility
