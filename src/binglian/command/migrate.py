"""``binglian migrate``: bring the database to this version."""

import argparse

from . import django_setup
from .words import gettext as _
from .words import gettext_noop

NAME = "migrate"
HELP = gettext_noop("建立数据库或把它升到这一版本")


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: the environment names the database."""


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say what was done; nothing is lost when run again."""
    django_setup.prepare(args.lang)
    bring_up_to_date()
    return 0


def bring_up_to_date() -> None:
    """Apply missing migrations and make the cache table, saying each step. Needs Django ready."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    where = settings.DATABASES["default"]["NAME"]
    if plan:
        print(_("升级数据库 %(where)s：%(count)s 步") % {"where": where, "count": len(plan)})
        call_command("migrate", verbosity=0, interactive=False)
        _weigh_indices()
    else:
        print(_("数据库已是最新：%(where)s") % {"where": where})
    call_command("createcachetable", verbosity=0)


def _weigh_indices() -> None:
    """Tell SQLite how telling its indices are: of one it knows nothing about it thinks too well."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
