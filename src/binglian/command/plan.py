"""``binglian plan``: when every task of a plan file starts, without a database."""

import argparse
from pathlib import Path

from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "plan"
HELP = gettext_noop("读入一份计划（表格、Project、P6 或研究算例），排出并联进度；不需要数据库")

FORMATS = ("psplib", "patterson", "multi-project", "progen-max", "mspdi", "xer", "sheet", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _(
        "另见 binglian plan check（核对计划）、binglian plan schema（JSON 格式）"
        "和 binglian template plan（表格模板）。"
    )
    parser.add_argument(
        "file",
        type=Path,
        help=_("计划：.xlsx、.xml（MS Project）、.xer（P6）、.sm、.mm、.rcp、.sch 或 .json"),
    )
    parser.add_argument("--format", choices=FORMATS, help=_("文件的格式（默认按内容和后缀辨认）"))
    parser.add_argument(
        "--start", metavar="DATE", help=_("计划开始日期，例如 2026-03-02（默认看文件）")
    )
    parser.add_argument("--seconds", type=float, default=10, help=_("求解时限，秒（默认 10）"))
    parser.add_argument("--seed", type=int, default=0, help=_("种子：相同种子，相同结果"))
    parser.add_argument("--workers", type=int, default=2, help=_("使用的处理器核数（默认 2）"))
    parser.add_argument("--json", type=Path, metavar="OUT.json", help=_("结果写入此 JSON 文件"))
    parser.add_argument(
        "--out",
        type=Path,
        action="append",
        default=[],
        metavar="PLAN.xlsx|PLAN.xml",
        help=_("计划写入此工作簿或 MS Project 文件；可给几次"),
    )
    parser.add_argument(
        "--problem", type=Path, metavar="PROBLEM.json", help=_("读入的问题另存为 JSON 格式")
    )
    parser.add_argument("--most", type=int, metavar="N", help=_("最多显示多少项任务"))


def run(args: argparse.Namespace) -> int:
    """Read, solve, explain, print, write the files asked for."""
    _check_arguments(args)
    from .planning import documents

    start = documents.date_of(args.start)
    content = documents.read_bytes(args.file)
    asked = documents.read_asked(args.file, content, args.lang, format=args.format, start=start)
    if args.problem:
        from binglian.engine.planning.formats.form import problem_lines

        documents.write(args.problem, (line.encode() for line in problem_lines(asked)))
    from .planning import answers, showing, writing

    writing.require_dates(args.out, asked)
    answer = answers.solve(
        asked,
        seconds=args.seconds,
        seed=args.seed,
        workers=args.workers,
        fingerprint=documents.fingerprint_of(content),
        language=args.lang,
    )
    showing.refuse_circle(answer, args.file, args.lang)
    try:  # files first: who reads but the top of what is said still gets them whole
        if args.json:
            documents.write(args.json, writing.json_text(answer))
        for out in args.out if answer.plan is not None else ():
            documents.write(out, [writing.plan_file(answer, out, args.lang)])
    finally:
        showing.show(answer, args.lang, args.most)
    return 0 if answer.plan is not None else 1


def _check_arguments(args: argparse.Namespace) -> None:
    if not 0 < args.seconds <= 86_400:
        raise CommandRefused(_("--seconds 须大于 0 且不超过一天。"))
    if not 1 <= args.workers <= 256:
        raise CommandRefused(_("--workers 须在 1 与 256 之间。"))
    if args.most is not None and args.most < 0:
        raise CommandRefused(_("--%(name)s 不能小于 0。") % {"name": "most"})
    for out in args.out:
        if out.suffix.lower() not in (".xlsx", ".xml"):
            raise CommandRefused(_("--out 的文件名应以 .xlsx 或 .xml 结尾。"))
