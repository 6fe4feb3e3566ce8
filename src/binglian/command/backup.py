"""``binglian backup``: the whole platform in one file that only the holders of a key can read."""

import argparse
from pathlib import Path

from . import django_setup
from .backup_files import refusing_files
from .words import gettext as _
from .words import gettext_noop

NAME = "backup"
HELP = gettext_noop("备份整个平台：加密、压缩，并试恢复一遍以核验")
_KEEP = (7, 5, 12)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, metavar="PLACE",
        help=_("写到这个文件，或以时间为名写进这个目录（默认数据目录下的 backups）"),
    )  # fmt: skip
    parser.add_argument(
        "--keep", type=int, nargs=3, default=_KEEP, metavar=("DAYS", "WEEKS", "MONTHS"),
        help=_("目录里每天、每周、每月各留最新一份，留多少天、周、月（默认 7 5 12）"),
    )  # fmt: skip
    parser.add_argument("--no-rotation", action="store_true", help=_("不删目录里的旧备份"))
    parser.add_argument("--no-verify", action="store_true", help=_("不试恢复；不算已核验的备份"))


def run(args: argparse.Namespace) -> int:
    """Exit status 0 made, and proved unless ``--no-verify``; 2 not made, with the reason."""
    django_setup.prepare(args.lang)
    from django.conf import settings

    from binglian.backups.rotation import Rotation
    from binglian.domain.operations.backups.taking import take_backup

    with refusing_files():
        taken = take_backup(
            out=args.out or settings.DATA / "backups",
            is_proved=not args.no_verify,
            rotation=None if args.no_rotation else Rotation(*args.keep),
        )
    facts = {
        "file": taken.file,
        "bytes": taken.file.stat().st_size,
        "rows": sum(taken.manifest["rows"].values()),
    }
    print(_("已备份到 %(file)s：%(rows)s 行，%(bytes)s 字节。") % facts)
    if taken.proof:
        print(_("已试恢复并核验：台账 %(entries)s 行完好。") % {"entries": taken.proof.entries})
    for path in taken.removed:
        print(_("已删旧备份 %(file)s") % {"file": path})
    return 0
