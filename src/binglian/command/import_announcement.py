"""``binglian import announcement``: read a saved news page, propose what it says."""

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
    from binglian.announcements.reading import Announcement
    from binglian.domain.newsroom.models import NewsImport

NAME = "import announcement"
HELP = gettext_noop("读取保存的新闻网页或文字稿，提出公告稿和成员名单")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE_OR_HTML", help=_("保存的网页（.html）或文字稿（.txt）")
    )
    parser.add_argument("--alliance", required=True, metavar="SLUG", help=_("哪个联盟（网址名）"))
    parser.add_argument("--dry-run", action="store_true", help=_("只读取，不保存"))
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    parser.add_argument("--by", metavar="USERNAME", help=_("以谁的名义（默认：第一个平台管理员）"))


def run(args: argparse.Namespace) -> int:
    """Without ``--dry-run`` what was read waits at the desk for a person to confirm it."""
    django_setup.prepare(args.lang)
    alliance = alliance_named(args.alliance)
    announcement = _read(args.file)
    kept = None if args.dry_run else _keep(args, alliance, announcement)
    if args.json:
        print(json.dumps(announcement.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_told(announcement)))
    if kept is not None:
        _say_where(args, kept)
    return 0


def _read(file: Path) -> "Announcement":
    from binglian.announcements.page.decoding import UnreadableFile
    from binglian.announcements.reading import MOST_CHARS, TooLong, read_announcement

    try:
        announcement = read_announcement(file.read_bytes())
    except OSError as error:
        raise CommandRefused(f"{file}: {error.strerror}") from error
    except UnreadableFile as error:
        why = _("这不是网页或文字稿。请在浏览器里“另存为”网页，或把正文粘贴成 .txt 文件。")
        raise CommandRefused(f"{file}: {why}") from error
    except TooLong as error:
        most = {"most": MOST_CHARS}
        why = _("正文超过 %(most)s 字，不像一篇公告。请只留要导入的那一篇。") % most
        raise CommandRefused(f"{file}: {why}") from error
    if not announcement.body:
        why = _("没有读到正文。若网页要打开后才显示内容，请把正文粘贴成 .txt 文件。")
        raise CommandRefused(f"{file}: {why}")
    return announcement


def _keep(args: argparse.Namespace, alliance: Any, announcement: "Announcement") -> "NewsImport":
    from django.core.exceptions import PermissionDenied

    from binglian.domain.newsroom.actions import keep_import

    try:
        return keep_import(
            alliance=alliance,
            filename=args.file.name,
            told=announcement.as_record(),
            by=acting(args.by),
        )
    except PermissionDenied as error:
        raise CommandRefused(str(error)) from error


def _say_where(args: argparse.Namespace, kept: "NewsImport") -> None:
    address = f"/a/{kept.alliance.slug}/news/import/{kept.pk}/"
    print(
        _("已存为待确认的导入稿，请到 %(address)s 核对确认。") % {"address": address},
        file=sys.stderr if args.json else sys.stdout,
    )


def _told(announcement: "Announcement") -> list[str]:
    """What was read, for the eye."""
    comma = _("、")
    lines = [
        announcement.title or _("（没有标题）"),
        str(announcement.published or _("（没有日期）")),
        _("正文 %(chars)s 字，图注 %(captions)s 条")
        % {"chars": len(announcement.body), "captions": len(announcement.captions)},
    ]
    for one in announcement.organisations:
        roles = comma.join(one.roles) or "—"
        also = f"（{comma.join(one.aliases)}）" if one.aliases else ""
        lines.append(f"  {one.name}{also} · {one.kind} · {roles}")
    if announcement.member_count is not None:
        counts = {"claimed": announcement.member_count, "named": announcement.members_named}
        lines.append(_("称有成员 %(claimed)s 家，文中点名 %(named)s 家") % counts)
    for label, names in (
        (_("项目"), announcement.projects),
        (_("队伍"), announcement.teams),
        (_("地点"), announcement.places),
        (_("其他联盟"), announcement.alliances),
    ):
        if names:
            lines.append(f"{label}：{comma.join(names)}")
    return lines
