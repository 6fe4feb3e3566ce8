"""Database triggers that refuse to change or delete a ledger row or checkpoint, whoever asks."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_ledgerentry", "ledger_checkpoint")
_SQLITE = """CREATE TRIGGER ledger_no_{verb}_{table} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END"""
_BODY = " BEGIN RAISE EXCEPTION 'The ledger is append-only.'; END "
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"""
_POSTGRES = """CREATE TRIGGER ledger_no_{verb}_{table} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place; does nothing where they already stand."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def are_in_place(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database itself would refuse an update and a deletion now."""
    if connection.vendor == "postgresql":
        # Neither removed nor disabled, what they call still refuses, and they stand on the tables
        # in use: a restore may have left those of before in a schema aside.
        find = """SELECT tgname, '' FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE tgname LIKE %s AND tgenabled <> 'D' AND prosrc = %s
            AND pg_table_is_visible(tgrelid)"""
        expected = {name.lower(): "" for name in _triggers(connection)}
        arguments = ["ledger_no_%", _BODY]
    else:
        find = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        expected, arguments = _triggers(connection), ["ledger_no_%"]
    with connection.cursor() as cursor:
        cursor.execute(find, arguments)
        return dict(cursor.fetchall()) == expected


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: for tests, and for a migration that reshapes the tables."""
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in TABLES:
            on_table = f" ON {table}" if is_postgres else ""
            for verb in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS ledger_no_{verb}_{table}{on_table}")
                # as they were called before there were two tables
                cursor.execute(f"DROP TRIGGER IF EXISTS ledger_no_{verb}{on_table}")


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The statement that makes each trigger, by its name."""
    is_postgres = connection.vendor == "postgresql"
    verbs = ("UPDATE", "DELETE", "TRUNCATE") if is_postgres else ("UPDATE", "DELETE")
    template = _POSTGRES if is_postgres else _SQLITE
    return {
        f"ledger_no_{verb}_{table}": template.format(verb=verb, table=table)
        for table in TABLES
        for verb in verbs
    }
