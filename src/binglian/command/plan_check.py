"""``binglian plan check``: does a plan keep the rules, and is it worth what it claims?"""

import argparse
from pathlib import Path

from .words import gettext as _
from .words import gettext_noop

NAME = "plan check"
HELP = gettext_noop("不用求解器，重新核对一份计划：全部规则、硬期限和各项数字")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from .plan import FORMATS

    parser.add_argument("problem", type=Path, help=_("排计划时所用的文件，任何格式"))
    parser.add_argument("plan", type=Path, help=_("binglian plan --json 写出的计划"))
    parser.add_argument("--format", choices=FORMATS, help=_("文件的格式（默认按内容和后缀辨认）"))
    parser.add_argument(
        "--start", metavar="DATE", help=_("计划开始日期，例如 2026-03-02（默认看文件）")
    )


def run(args: argparse.Namespace) -> int:
    """Print what agrees and what does not. Returns 1 if anything is wrong with the plan."""
    from binglian.engine.planning.formats import FormatError
    from binglian.engine.planning.formats.form import read_plan

    from .planning import checking, documents

    content = documents.read_bytes(args.problem)
    start = documents.date_of(args.start)
    asked = documents.read_asked(args.problem, content, args.lang, format=args.format, start=start)
    try:
        claimed = read_plan(documents.read_bytes(args.plan), asked.problem)
    except FormatError as error:
        print(f"✗ {args.plan}: {error.in_words(args.lang)}")
        print(_("计划有误。"))
        return 1
    verdict = checking.check(asked, claimed, documents.fingerprint_of(content), args.lang)
    for sign, sentences in (("✓", verdict.agrees), ("·", verdict.notes), ("✗", verdict.wrong)):
        for sentence in sentences:
            print(f"{sign} {sentence}")
    print(_("计划有误。") if verdict.wrong else _("核对无误。"))
    return 1 if verdict.wrong else 0
