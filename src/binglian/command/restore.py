"""``binglian restore``: a backup back in its place."""

import argparse
from pathlib import Path

from . import django_setup
from .backup_files import key_in, refusing_files
from .migrate import bring_up_to_date
from .words import gettext as _
from .words import gettext_noop

NAME = "restore"
HELP = gettext_noop("从备份恢复整个平台；先停下服务")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("备份文件"))
    parser.add_argument("--key", type=Path, required=True, help=_("私钥文件"))
    parser.add_argument("--replace", action="store_true", help=_("替换现有数据库；原来的留在一旁"))
    parser.add_argument(
        "--erasures", type=Path, metavar="FILE",
        help=_("备份以后应要求删除的清单（默认数据目录下的 erasures.jsonl）"),
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Exit status 0 restored, 1 restored but not as it was, 2 refused and nothing changed."""
    django_setup.prepare(args.lang)
    from binglian.domain.ledger import erasures
    from binglian.domain.operations.backups.restoring import restore

    key = key_in(args.key)
    with refusing_files():
        done = restore(
            file=args.file,
            key=key,
            replace=args.replace,
            bring_up_to_date=bring_up_to_date,
            erasures=args.erasures or erasures.file(),
        )
    proof = done.proof
    for fault in proof.faults:
        print(fault)
    facts = {"at": proof.manifest["made_at"], "rows": proof.rows, "entries": proof.entries}
    print(_("已恢复 %(at)s 的备份：%(rows)s 行，台账 %(entries)s 行完好。") % facts)
    print(_("重新删除了 %(count)s 项应删除的内容；所有人须重新登录。") % {"count": done.erased})
    if done.aside:
        told = _("原来的数据库还在 %(place)s，确认无误后请删除：里面有已删除的个人信息。")
        print(told % {"place": done.aside})
    return 0 if proof.is_sound else 1
