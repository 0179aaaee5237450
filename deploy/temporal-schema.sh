#!/bin/sh
# Create and upgrade Temporal's own two databases, once, before the server starts. Safe to run again.
set -eu
base=/etc/temporal/schema/postgresql/v12
for name in temporal temporal_visibility; do
  folder=$base/temporal/versioned
  [ "$name" = temporal_visibility ] && folder=$base/visibility/versioned
  temporal-sql-tool --db "$name" create-database 2>/dev/null || true
  temporal-sql-tool --db "$name" setup-schema -v 0.0 2>/dev/null || true
  temporal-sql-tool --db "$name" update-schema -d "$folder"
done
