"""``binglian couple``: clear two lists from a spreadsheet, without a database."""

import argparse
import json
from pathlib import Path

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "couple"
HELP = gettext_noop("读入资源和需求两张清单，给出匹配、上界和未满足原因；不需要数据库")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("含资源清单和需求清单两个工作表的 .xlsx 文件"))
    parser.add_argument("--out", type=Path, metavar="RESULT.xlsx", help=_("结果写入此工作簿"))
    parser.add_argument("--json", type=Path, metavar="RESULT.json", help=_("结果写入此 JSON 文件"))
    parser.add_argument("--seconds", type=float, default=10, help=_("求解时限，秒（默认 10）"))
    parser.add_argument("--seed", type=int, default=0, help=_("种子：相同种子，相同结果"))


def run(args: argparse.Namespace) -> int:
    """Read, solve, have the answer judged, print it, write the files asked for."""
    django_setup.prepare_words(args.lang)
    from .coupling import answers, lists, results

    if not 0 < args.seconds <= 86_400:
        raise CommandRefused(_("--seconds 须大于 0 且不超过一天。"))
    read = lists.read_lists(args.file)
    answer = answers.solve(read, seconds=args.seconds, seed=args.seed, language=args.lang)
    results.show(answer)
    if args.json:
        text = json.dumps(answer.as_json(), ensure_ascii=False, indent=2)
        _write(args.json, (text + "\n").encode())
    if args.out:
        _write(args.out, results.workbook(answer, args.lang))
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = {"file": path, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。请换一个位置。") % reason) from error
