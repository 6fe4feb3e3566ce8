"""``binglian backup verify``: can this file be restored, and is all of it as it was."""

import argparse
import json
from pathlib import Path

from . import django_setup
from .backup_files import key_in, refusing_files
from .words import gettext as _
from .words import gettext_noop

NAME = "backup verify"
HELP = gettext_noop("试恢复一份备份并核验：每个字节、每张表的行数、整条台账")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("备份文件"))
    parser.add_argument("--key", type=Path, required=True, help=_("私钥文件"))
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))


def run(args: argparse.Namespace) -> int:
    """Exit status 0 sound, 1 restored but not as it was, 2 damaged or not to be read."""
    django_setup.prepare(args.lang)
    from binglian.domain.operations.backups.proving import prove

    key = key_in(args.key)
    with refusing_files():
        proof = prove(args.file, key)
    if args.json:
        told = {"is_sound": proof.is_sound, "faults": proof.faults, "entries": proof.entries}
        print(json.dumps(told | {"manifest": proof.manifest}, ensure_ascii=False, indent=2))
        return 0 if proof.is_sound else 1
    for fault in proof.faults:
        print(fault)
    if proof.is_sound:
        facts = {"at": proof.manifest["made_at"], "rows": proof.rows, "entries": proof.entries}
        print(_("完好：%(at)s 的备份，%(rows)s 行，台账 %(entries)s 行。") % facts)
    return 0 if proof.is_sound else 1
