#!/bin/sh
# Creates Temporal's two databases, or upgrades them to this version of the server. Running it again changes nothing.
set -eu
for name in temporal:temporal temporal_visibility:visibility; do
  database=${name%%:*}
  tool() {
    temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db "$database" "$@"
  }
  tool create || true
  tool setup-schema -v 0.0 || true
  tool update-schema -d "/etc/temporal/schema/postgresql/v12/${name##*:}/versioned"
done
