"""``binglian import calendar``: the days off of a year, once they are announced."""

import argparse
import csv
import io
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

from . import django_setup
from .acting import acting
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "import calendar"
HELP = gettext_noop("从 CSV 或 JSON 导入某年的放假和调休安排，重算未到期的期限")
#: How a cell says that offices work on the day, or do not.
_WORKS = {"班": True, "上班": True, "调休": True, "work": True, "1": True, "true": True,
          "休": False, "放假": False, "off": False, "0": False, "false": False}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=_('CSV：日期（2027-01-01），休或班；或 JSON：{"2027-01-01": "休"}'),
    )
    parser.add_argument("--source", required=True, metavar="TEXT", help=_("放假通知的文号或网址"))
    parser.add_argument("--by", metavar="USERNAME", help=_("以谁的名义（默认：第一个平台管理员）"))


def run(args: argparse.Namespace) -> int:
    """Import every year in the file, then work running deadlines out again."""
    years: dict[int, dict[date, bool]] = defaultdict(dict)
    for day, works in _days(args.file).items():
        years[day.year][day] = works
    if not years:
        raise CommandRefused(_("%(file)s 里没有一天。") % {"file": args.file})
    django_setup.prepare(args.lang)
    from django.db import transaction

    from binglian.domain.alliance.actions import import_official_year
    from binglian.domain.matters.actions import recount_deadlines

    by = acting(args.by)
    with transaction.atomic():
        for year, days in sorted(years.items()):
            import_official_year(year=year, days=days, source=args.source, by=by)
        moved = recount_deadlines(by=by)
    facts = {"years": "、".join(map(str, sorted(years))), "moved": moved}
    print(
        _("已导入 %(years)s 年的办公日历，%(moved)d 件诉求的期限有变动，已告知承办单位。") % facts
    )
    return 0


def _days(path: Path) -> dict[date, bool]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(f"{path}: {error}") from error
    if path.suffix.lower() == ".json":
        try:
            cells = [(f"{at}", *pair) for at, pair in enumerate(json.loads(text).items(), 1)]
        except (ValueError, AttributeError) as error:
            raise CommandRefused(_("%(file)s 不是 JSON 对象。") % {"file": path}) from error
    else:
        lines = enumerate(csv.reader(io.StringIO(text)), 1)
        cells = [(f"{at}", *row[:2]) for at, row in lines if any(map(str.strip, row))]
        if cells and not cells[0][1][:1].isdigit():
            cells = cells[1:]  # the headings
    return dict(_read(path, cell) for cell in cells)


def _read(path: Path, cell: tuple[str, ...]) -> tuple[date, bool]:
    at, day, works = (*cell, "")[:3]
    facts = {"file": path, "at": at, "value": day}
    try:
        found = date.fromisoformat(str(day).strip())
    except ValueError as error:
        raise CommandRefused(
            _("%(file)s 第 %(at)s 行：“%(value)s”不是日期，请写成 2027-01-01。") % facts
        ) from error
    meant = _WORKS.get(str(works).strip().lower())
    if meant is None:
        facts["value"] = works
        raise CommandRefused(_("%(file)s 第 %(at)s 行：“%(value)s”请写“休”或“班”。") % facts)
    return found, meant
