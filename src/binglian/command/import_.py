"""``binglian import``: bring lists in from a spreadsheet."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import django_setup
from .acting import acting, alliance_named
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

if TYPE_CHECKING:
    from binglian.domain.accounts.models import User
    from binglian.domain.alliance.imports import ImportPlan
    from binglian.domain.alliance.models import Alliance

NAME = "import"
HELP = gettext_noop("从表格导入成员、资源、需求、里院或体检问题")
KINDS = ("members", "offers", "needs", "places", "checkup")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help=_("导入什么"))
    parser.add_argument("file", type=Path, metavar="FILE", help=_(".xlsx 或 .csv 文件"))
    parser.add_argument("--alliance", required=True, metavar="SLUG", help=_("哪个联盟（网址名）"))
    parser.add_argument("--dry-run", action="store_true", help=_("只核对，不写入"))
    parser.add_argument("--good-rows", action="store_true", help=_("有错误时只导入无误的行"))
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    parser.add_argument("--by", metavar="USERNAME", help=_("以谁的名义（默认：第一个平台管理员）"))


def run(args: argparse.Namespace) -> int:
    """Exit status 2 when a row is wrong, unless only the good rows were asked for."""
    django_setup.prepare(args.lang)
    from django.core.exceptions import PermissionDenied

    from binglian.domain.coupling.actions import carry_out_import

    alliance, by = alliance_named(args.alliance), acting(args.by)
    plan = _plan(args, alliance, by)
    for problem in plan.problems:
        print(problem, file=sys.stderr)
    is_stopped = bool(plan.errors) and not args.good_rows
    is_written = not args.dry_run and not is_stopped
    if is_written:
        try:
            carry_out_import(plan=plan, by=by, only_good_rows=args.good_rows)
        except PermissionDenied as error:
            raise CommandRefused(str(error)) from error
    if args.json:
        print(json.dumps(_report(plan, is_written), ensure_ascii=False, indent=2))
    else:
        print(_told(plan, is_written))
    return 2 if is_stopped else 0


def _plan(args: argparse.Namespace, alliance: "Alliance", by: "User") -> "ImportPlan":
    from binglian.domain.alliance.imports import read_list
    from binglian.domain.coupling.imports import organisation_by_default, plan_import
    from binglian.sheets.reading import BadFile

    try:
        reading = read_list(
            alliance=alliance,
            kind=args.kind,
            content=args.file.read_bytes(),
            filename=args.file.name,
            organisation=organisation_by_default(by, alliance),
        )
    except (OSError, BadFile) as error:
        raise CommandRefused(f"{args.file}: {error}") from error
    return plan_import(alliance, args.kind, reading, by=by)


def _told(plan: "ImportPlan", is_written: bool) -> str:
    facts = {
        "created": plan.to_create,
        "changed": plan.to_change,
        "same": plan.unchanged,
        "wrong": plan.bad_rows,
    }
    counts = _("新增 %(created)s，修改 %(changed)s，不变 %(same)s，有误 %(wrong)s") % facts
    return (_("已导入：") if is_written else _("没有写入：")) + counts


def _report(plan: "ImportPlan", is_written: bool) -> dict[str, Any]:
    return {
        "alliance": plan.alliance.slug,
        "kind": plan.kind,
        "is_written": is_written,
        "created": plan.to_create,
        "changed": plan.to_change,
        "same": plan.unchanged,
        "wrong": plan.bad_rows,
        "rows": [
            {
                "sheet": line.sheet,
                "row": line.row,
                "label": line.label,
                "verdict": line.verdict.value,
                "changes": {key: list(texts) for key, texts in line.changes.items()},
            }
            for line in plan.lines
        ],
        "problems": [
            {
                "sheet": problem.sheet,
                "row": problem.row,
                "column": problem.column,
                "heading": problem.heading,
                "value": problem.value,
                "severity": problem.severity,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in plan.problems
        ],
    }
