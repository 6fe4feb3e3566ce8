"""``binglian import areas``: bring the outlines of sub-districts in from a GeoJSON file."""

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
    from binglian.domain.places.imports import AreaPlan
    from binglian.geography.findings import Finding

NAME = "import areas"
HELP = gettext_noop("从 GeoJSON 导入街道、社区的界线")
_LISTED = 40  # findings printed; --json has all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("GeoJSON 文件"))
    parser.add_argument("--alliance", required=True, metavar="SLUG", help=_("哪个联盟（网址名）"))
    parser.add_argument(
        "--crs",
        choices=("auto", "wgs84", "gcj02", "bd09"),
        default="auto",
        help=_("坐标系：高德、腾讯写 gcj02，百度写 bd09（默认对照已知位置自动辨认）"),
    )
    parser.add_argument("--source", default="", metavar="TEXT", help=_("界线的来源"))
    parser.add_argument("--licence", default="", metavar="TEXT", help=_("使用许可"))
    parser.add_argument("--attribution", default="", metavar="TEXT", help=_("地图上的署名"))
    parser.add_argument("--dry-run", action="store_true", help=_("只核对，不写入"))
    parser.add_argument("--good-rows", action="store_true", help=_("有错误时只导入无误的"))
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    parser.add_argument("--by", metavar="USERNAME", help=_("以谁的名义（默认：第一个平台管理员）"))


def run(args: argparse.Namespace) -> int:
    """Exit status 2 when an area is wrong, unless only the good ones were asked for."""
    django_setup.prepare(args.lang)
    from django.core.exceptions import PermissionDenied

    from binglian.domain.places.actions import draw_areas

    alliance, by = alliance_named(args.alliance), acting(args.by)
    plan = _plan(args, alliance.area)
    is_stopped = bool(plan.errors) and not args.good_rows
    is_written = not args.dry_run and not is_stopped
    if is_written:
        try:
            draw_areas(plan=plan, by=by, only_good=args.good_rows, within=alliance)
        except PermissionDenied as error:
            raise CommandRefused(str(error)) from error
    if args.json:
        print(json.dumps(_report(plan, is_written), ensure_ascii=False, indent=2))
    else:
        for finding in plan.findings[:_LISTED]:
            print(_line(finding), file=sys.stderr)
        if len(plan.findings) > _LISTED:
            more = {"count": len(plan.findings) - _LISTED}
            print(_("……另有 %(count)s 条，用 --json 看全部。") % more, file=sys.stderr)
        print(_told(plan, is_written))
    return 2 if is_stopped else 0


def _plan(args: argparse.Namespace, area: Any) -> "AreaPlan":
    from binglian.domain.places.imports import plan_areas
    from binglian.domain.places.queries import district_of
    from binglian.geography.coordinates import System
    from binglian.geography.findings import BadAreaFile

    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise CommandRefused(f"{args.file}: {error.strerror}") from error
    try:
        return plan_areas(
            content,
            home=district_of(area),
            system=None if args.crs == "auto" else System(args.crs),
            source=args.source,
            licence=args.licence,
            attribution=args.attribution,
        )
    except BadAreaFile as error:
        raise CommandRefused(f"{args.file}: {error}") from error


def _line(finding: "Finding") -> str:
    """One finding: how grave, which feature, what, where, and the remedy."""
    mark = {"error": _("错误"), "warning": _("注意"), "note": _("说明")}[finding.severity.value]
    place = _("第 %(position)s 个要素") % {"position": finding.position} if finding.position else ""
    at = f"[{finding.at[0]}, {finding.at[1]}]" if finding.at else ""
    parts = (mark, place, finding.name, finding.message, at, finding.remedy)
    return " ".join(part for part in parts if part)


def _told(plan: "AreaPlan", is_written: bool) -> str:
    counts = {verdict.value: count for verdict, count in plan.counts.items()}
    facts = {**counts, "wrong": len(plan.errors)}
    told = _("新增 %(create)s，重画 %(change)s，不变 %(same)s，有误 %(wrong)s") % facts
    return (_("已导入：") if is_written else _("没有写入：")) + told


def _report(plan: "AreaPlan", is_written: bool) -> dict[str, Any]:
    file = plan.file
    metres = file.recognition.metres if file.recognition else {}
    return {
        "is_written": is_written,
        "system": file.system.value,
        "is_recognised": bool(file.recognition and file.recognition.system),
        "metres_off": {system.value: round(shift, 1) for system, shift in metres.items()},
        "district": plan.home.name if plan.home else None,
        "source": plan.source,
        "licence": plan.licence,
        "attribution": plan.attribution,
        "counts": {verdict.value: count for verdict, count in plan.counts.items()},
        "areas": [
            {
                "position": line.outline.position,
                "name": line.outline.name,
                "code": line.outline.code,
                "kind": line.outline.kind,
                "verdict": line.verdict.value,
                "is_retired": line.is_retired,
            }
            for line in plan.lines
        ],
        "findings": [
            {
                "severity": finding.severity.value,
                "kind": finding.kind,
                "position": finding.position,
                "name": finding.name,
                "message": finding.message,
                "remedy": finding.remedy,
                "at": finding.at,
                "square_metres": finding.square_metres and round(finding.square_metres),
            }
            for finding in plan.findings
        ],
    }
