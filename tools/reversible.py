"""Takes the tables back and forward again, with a small city in them, and counts its rows.

Run by `./dev migrations` on either database: the newest step of each subject down and up, then all
of it to nothing and up again. Environment as for `binglian`; the database must be empty.
"""

import os
import sys
import time
from collections.abc import Collection
from typing import Any

import django
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from binglian.command.main import main as binglian

CITY = {"alliances": 2, "organisations": 20, "matters": 60, "offers": 20, "needs": 20}
#: Cannot be taken back: step 0013 of the job queue, a package of others, has no way back. So it
#: stays while ours go; nothing of ours refers to it.
NOT_OURS = "django_tasks_database"
Step = tuple[str, str | None]


def main() -> int:
    """Exit status 0 where everything was there again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binglian.config.settings")
    words = [word for name, count in CITY.items() for word in (f"--{name}", str(count))]
    if binglian(["generate", *words]):
        return 1
    django.setup()
    lost = lost_on_the_way(newest_steps())
    status = 1 if lost else binglian(["ledger", "verify"])
    _go("everything to nothing", [(subject, None) for subject in sorted(_subjects())])
    left = {table: count for table, count in rows().items() if count}
    print(f"tables of ours that are left: {left or 'none'}; {NOT_OURS} stays, see tools/reversible")
    _go("and up", MigrationExecutor(connection).loader.graph.leaf_nodes())
    return 1 if left else status


def newest_steps(of: Collection[str] | None = None) -> list[tuple[str, str]]:
    """The newest step of each subject (of those in ``of``) that has an older one."""
    graph = MigrationExecutor(connection).loader.graph
    return [
        key
        for key in graph.leaf_nodes()
        if key[0] in (of or _subjects())
        and any(parent.key[0] == key[0] for parent in graph.node_map[key].parents)
    ]


def lost_on_the_way(steps: list[tuple[str, str]]) -> dict[str, int]:
    """Undo ``steps``, go up again; the rows missing from tables that were there all the time."""
    before = rows()
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    undone = {key for step in steps for key in graph.backwards_plan(step)}
    whole = executor.migration_plan(graph.leaf_nodes(), clean_start=True)
    plan = [
        (step, True) for step, _back in reversed(whole) if (step.app_label, step.name) in undone
    ]
    _go(f"{len(plan)} steps down, the newest of {len(steps)} subjects", None, plan)
    stayed = rows()
    _go("and up", graph.leaf_nodes())
    after = rows()
    missing = {table: n - after[table] for table, n in before.items() if table in stayed}
    lost = {table: n for table, n in missing.items() if n}
    print(f"{sum(before.values())} rows in {len(before)} tables; not there again: {lost or 'none'}")
    return lost


def rows() -> dict[str, int]:
    """How many rows each table of ours has."""
    ours = {model._meta.db_table for model in apps.get_models() if "binglian" in model.__module__}
    counted = {}
    with connection.cursor() as cursor:
        for table in sorted(ours & set(connection.introspection.table_names(cursor))):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counted[table] = cursor.fetchone()[0]
    return counted


def _subjects() -> set[str]:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("binglian.domain")}
    return ours & MigrationExecutor(connection).loader.migrated_apps


def _go(told: str, targets: list[Step] | None, plan: list[Any] | None = None) -> None:
    began = time.process_time()
    MigrationExecutor(connection).migrate(targets, plan)
    seconds = time.process_time() - began
    print(f"{connection.vendor}: {told}: {seconds:.1f} s of processor time", flush=True)


if __name__ == "__main__":
    sys.exit(main())
