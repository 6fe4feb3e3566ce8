"""A new database is made at once, and is what all steps one after another would have made it."""

from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from binglian.command.migrate import bring_up_to_date
from tests.domain.operations.test_backups import new_place

pytestmark = pytest.mark.django_db(transaction=True)

Shape = Counter[tuple[str, ...]]

#: What each database says of tables, their columns and constraints, indices and triggers. Columns
#: and constraints that came later stand last, so their order is left out; and so is what SQLite
#: has counted.
SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
POSTGRESQL = (
    """SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision,
    numeric_scale, is_nullable, column_default, is_identity, collation_name, generation_expression
    FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def shape() -> Shape:
    """Everything in the database at hand but its rows; those of the steps taken belong to it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE)
            found = [(kind, name, *sorted(parts(sql))) for kind, name, sql in cursor.fetchall()]
        else:
            found = []
            for question in POSTGRESQL:
                cursor.execute(question)
                found += [tuple(map(str, row)) for row in cursor.fetchall()]
    steps = MigrationRecorder(connection).applied_migrations()
    return Counter(found) + Counter(("step", *step) for step in steps)


def parts(sql: str | None) -> list[str]:
    """``CREATE TABLE "t" ("a" integer, CHECK ("a" > 0))`` cut before, between and after these."""
    cut, depth = [""], 0
    for letter in sql or "":
        depth += (letter == "(") - (letter == ")")
        if (depth == 1 and letter in "(,") or (depth == 0 and letter == ")"):
            cut.append("")
        else:
            cut[-1] += letter
    return [part.strip() for part in cut]


def test_an_old_database_that_went_step_by_step_is_what_a_new_one_is(tmp_path: Path) -> None:
    """One that has something in it goes on from where it stands."""
    at_once = shape()
    (tmp_path / "new").mkdir()
    with new_place(tmp_path):
        MigrationExecutor(connection).migrate([("accounts", "0001_initial")])
        bring_up_to_date()
        step_by_step = shape()

    assert sum(at_once.values()) > 800
    assert (at_once - step_by_step, step_by_step - at_once) == (Counter(), Counter())
