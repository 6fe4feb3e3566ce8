"""Database triggers that refuse to change or delete a ledger row, whoever asks."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """CREATE TRIGGER ledger_no_{verb} BEFORE {verb} ON ledger_ledgerentry
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'The ledger is append-only.'; END $$"""
_POSTGRES = """CREATE TRIGGER ledger_no_{verb} BEFORE {verb} ON ledger_ledgerentry
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place; does nothing where they already stand."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            for verb in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute(_POSTGRES.format(verb=verb))
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(_SQLITE.format(verb=verb))


def are_in_place(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database itself would refuse an update and a deletion now."""
    if connection.vendor == "postgresql":
        count, triggers = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE %s", 3
    else:
        count, triggers = "SELECT count(*) FROM sqlite_master WHERE name LIKE %s", 2
    with connection.cursor() as cursor:
        cursor.execute(count, ["ledger_no_%"])
        return bool(cursor.fetchone() == (triggers,))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: for tests, and for a migration that reshapes the table."""
    on_table = " ON ledger_ledgerentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute(f"DROP TRIGGER IF EXISTS ledger_no_{verb}{on_table}")
