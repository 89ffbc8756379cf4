#!/bin/sh
# Creates Temporal's two databases, or brings them to this version of the server. A repeat changes nothing.
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
