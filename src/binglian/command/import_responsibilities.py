"""``binglian import responsibilities``: who answers for what, from a spreadsheet."""

import argparse
import sys
from pathlib import Path

from . import django_setup
from .acting import acting, alliance_named
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "import responsibilities"
HELP = gettext_noop("从表格导入诉求类别和责任清单")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_(".xlsx 或 .csv 文件"))
    parser.add_argument("--alliance", required=True, metavar="SLUG", help=_("哪个联盟（网址名）"))
    parser.add_argument("--dry-run", action="store_true", help=_("只核对，不写入"))
    parser.add_argument("--by", metavar="USERNAME", help=_("以谁的名义（默认：第一个平台管理员）"))


def run(args: argparse.Namespace) -> int:
    """All or nothing: exit status 2, and nothing written, when a row is wrong."""
    django_setup.prepare(args.lang)
    from django.core.exceptions import PermissionDenied

    from binglian.domain.matters.actions import import_catalogue
    from binglian.domain.matters.imports import plan_catalogue
    from binglian.sheets.reading import BadFile

    alliance, by = alliance_named(args.alliance), acting(args.by)
    try:
        plan = plan_catalogue(alliance, args.file.read_bytes(), args.file.name)
    except (OSError, BadFile) as error:
        raise CommandRefused(f"{args.file}: {error}") from error
    for problem in plan.problems:
        print(problem, file=sys.stderr)
    is_written = not args.dry_run and not plan.problems
    if is_written:
        try:
            import_catalogue(plan=plan, by=by)
        except PermissionDenied as error:
            raise CommandRefused(str(error)) from error
    facts = {"good": len(plan.lines), "wrong": len(plan.problems)}
    told = _("%(good)d 行无误，%(wrong)d 处有误。") % facts
    print((_("已导入：") if is_written else _("没有写入：")) + told)
    return 2 if plan.problems else 0
