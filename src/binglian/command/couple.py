"""``binglian couple``: clear two lists, or a problem in its JSON form, without a database."""

import argparse
from pathlib import Path

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "couple"
HELP = gettext_noop("读入资源和需求两张清单，给出匹配、上界和未满足原因；不需要数据库")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _(
        "另见 binglian couple check（核对结果）和 binglian couple schema（JSON 格式）。"
    )
    parser.add_argument(
        "file",
        type=Path,
        help=_("含资源清单和需求清单两个工作表的 .xlsx 文件，或 .json 格式的问题"),
    )
    parser.add_argument("--out", type=Path, metavar="RESULT.xlsx", help=_("结果写入此工作簿"))
    parser.add_argument("--json", type=Path, metavar="RESULT.json", help=_("结果写入此 JSON 文件"))
    parser.add_argument(
        "--prices", type=Path, metavar="PRICES.json", help=_("价格另写入此 JSON 文件")
    )
    parser.add_argument("--seconds", type=float, default=10, help=_("求解时限，秒（默认 10）"))
    parser.add_argument("--seed", type=int, default=0, help=_("种子：相同种子，相同结果"))
    parser.add_argument("--threads", type=int, default=2, help=_("使用的处理器核数（默认 2）"))
    parser.add_argument(
        "--warm",
        type=Path,
        action="append",
        default=[],
        metavar="RESULT.json",
        help=_("从以前的结果及其价格出发；可再给一次，改用另一份价格"),
    )
    parser.add_argument(
        "--reasons",
        type=int,
        metavar="N",
        help=_("为多少项匹配和未满足需求写明理由（默认全部；JSON 超过 2000 行时为 100）"),
    )
    parser.add_argument(
        "--most",
        type=int,
        metavar="N",
        help=_("每张清单最多显示多少项（表格默认全部，JSON 默认 20）"),
    )
    parser.add_argument("--quiet", action="store_true", help=_("只显示数字，不列清单"))


def run(args: argparse.Namespace) -> int:
    """Read, solve, have the answer judged, print it, write the files asked for."""
    django_setup.prepare_words(args.lang)
    from .coupling import answers, documents, results

    _check_arguments(args)
    asked = documents.read_asked(args.file, args.lang)
    supplies, prices, gone = documents.read_warm(args.warm, asked, args.lang)
    if gone:
        print(_("以前的结果中有 %(count)s 条供给已不在候选之中，略过。") % {"count": gone})
    answer = answers.solve(
        asked,
        seconds=args.seconds,
        seed=args.seed,
        language=args.lang,
        threads=args.threads,
        reasons=args.reasons,
        warm_start=supplies,
        warm_prices=prices,
    )
    results.show(answer, 0 if args.quiet else args.most)
    if args.json:
        documents.write(args.json, results.json_text(answer.as_json()))
    if args.prices:
        documents.write(args.prices, results.json_text(answer.prices_as_json()))
    if args.out:
        documents.write(args.out, [results.workbook(answer, args.lang)])
    return 0


def _check_arguments(args: argparse.Namespace) -> None:
    if not 0 < args.seconds <= 86_400:
        raise CommandRefused(_("--seconds 须大于 0 且不超过一天。"))
    if not 1 <= args.threads <= 256:
        raise CommandRefused(_("--threads 须在 1 与 256 之间。"))
    for name in ("most", "reasons"):
        value = getattr(args, name)
        if value is not None and value < 0:
            raise CommandRefused(_("--%(name)s 不能小于 0。") % {"name": name})
