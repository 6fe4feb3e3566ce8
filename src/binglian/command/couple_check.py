"""``binglian couple check``: is an answer sound, and does its bound hold?"""

import argparse
from pathlib import Path

from . import django_setup
from .words import gettext as _
from .words import gettext_noop

NAME = "couple check"
HELP = gettext_noop("不用求解器，重新核对一份结果：规则、目标值，以及由价格证明的上界")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", type=Path, help=_("求解时所用的文件"))
    parser.add_argument("result", type=Path, help=_("binglian couple --json 写出的结果"))
    parser.add_argument(
        "--prices",
        type=Path,
        metavar="PRICES.json",
        help=_("改用此文件中的价格重新计算上界（默认用结果中的价格）"),
    )


def run(args: argparse.Namespace) -> int:
    """Print what agrees and what does not. Returns 1 if anything is wrong with the answer."""
    django_setup.prepare_words(args.lang)
    from binglian.engine.coupling.form import FormRefused, read_prices, read_result

    from .coupling import asked, checking, documents

    problem = documents.read_asked(args.problem, args.lang)
    contents = asked.read_bytes(args.result), args.prices and asked.read_bytes(args.prices)
    file = args.result
    try:
        claimed = read_result(contents[0], problem.problem, problem.measures)
        file = args.prices
        prices = claimed.prices
        if contents[1]:
            prices = read_prices(contents[1], problem.problem, problem.measures)
    except FormRefused as refused:
        print(documents.in_file(file, refused, args.lang))
        return 1
    verdict = checking.check(problem, claimed, prices, args.lang)
    for sign, sentences in (("✓", verdict.agrees), ("·", verdict.notes), ("✗", verdict.wrong)):
        for sentence in sentences:
            print(f"{sign} {sentence}")
    print(_("结果有误。") if verdict.wrong else _("核对无误。"))
    return 1 if verdict.wrong else 0
