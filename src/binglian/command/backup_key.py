"""``binglian backup key``: the pair of keys of whoever reads backups. Needs no database."""

import argparse
from pathlib import Path

from binglian.backups.keys import make_key, told

from .backup_files import key_in, refusing_files
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "backup key"
HELP = gettext_noop("生成读备份用的一对密钥，或显示公钥；私钥不放在服务器上")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("私钥文件"))
    parser.add_argument("--make", action="store_true", help=_("生成（已有时拒绝）"))


def run(args: argparse.Namespace) -> int:
    with refusing_files():
        key = make_key(args.file) if args.make else key_in(args.file)
    if key is None:
        raise CommandRefused(_("%(file)s 已存在。") % {"file": args.file})
    print(_("公钥（写入 BINGLIAN_BACKUP_READERS）：%(key)s") % {"key": told(key)})
    if args.make:
        print(
            _("私钥 %(file)s 请移出服务器、存两处；丢了它，备份再也打不开。") % {"file": args.file}
        )
    return 0
