#!/bin/sh
# Makes Temporal's two databases and brings their schemas up to this server's version. Repeat it at will.
# The environment names server, user and password (SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD, SQL_PLUGIN).
set -eu

prepare() { # prepare DATABASE SCHEMA
  temporal-sql-tool --database "$1" create-database
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-name "$2"
}

prepare temporal postgresql/v12/temporal
prepare temporal_visibility postgresql/v12/visibility
