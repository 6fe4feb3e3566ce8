"""``binglian migrate``: bring the database to this version, or back to what it was before."""

import argparse
from pathlib import Path

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "migrate"
HELP = gettext_noop("建立数据库或把它升到这一版本")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help=_("列出数据库到了哪一步，供以后退回"))
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help=_("退回到 --list 所记的那一步；先做备份")
    )


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say what was done; nothing is lost when run again."""
    django_setup.prepare(args.lang)
    if args.list:
        print("\n".join(present_steps()))
    elif args.to:
        _go_to(args.to)
    else:
        bring_up_to_date()
    return 0


def present_steps() -> list[str]:
    """``subject step`` of the last step of each subject that the database has taken."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    taken = set(loader.applied_migrations)
    followed = {
        parent.key
        for key in taken & set(loader.graph.nodes)
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(" ".join(key) for key in taken - followed)


def _go_to(file: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        lines = [line.split() for line in file.read_text().splitlines() if line.strip()]
    except OSError as error:
        raise CommandRefused(f"{file}: {error.strerror}") from None
    executor = MigrationExecutor(connection)
    known = executor.loader.graph.nodes
    for number, line in enumerate(lines, start=1):
        if len(line) != 2 or tuple(line) not in known:
            told = _("%(file)s 第 %(line)d 行：没有这一步。请用 binglian migrate --list 生成。")
            raise CommandRefused(told % {"file": file, "line": number})
    listed = dict(lines)
    present = {subject for subject, _step in executor.loader.applied_migrations}
    executor.migrate([(subject, listed.get(subject)) for subject in sorted(present)])
    print(_("数据库已退回 %(file)s 所记的那一步。") % {"file": file})


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
    _fill_search()


def _weigh_indices() -> None:
    """Tell SQLite how telling its indices are: of one it knows nothing about it thinks too well."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def _fill_search() -> None:
    """Make the index of the search where there is content and none of it can be found yet."""
    from binglian.domain.alliance.models import Alliance
    from binglian.domain.search.actions import rebuild
    from binglian.domain.search.models import Document

    if Alliance.objects.exists() and not Document.objects.exists():
        print(_("生成检索索引：%(count)s 条") % {"count": rebuild()})
