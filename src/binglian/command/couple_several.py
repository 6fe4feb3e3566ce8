"""``binglian couple several``: clear several alliances at once, each in its own process."""

import argparse
from pathlib import Path

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "couple several"
HELP = gettext_noop("同时为几个联盟求解，每个联盟一个进程；共享的资源按共同价格分配，不重复使用")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help=_("每个联盟一个文件（.json 或 .xlsx）；文件名就是联盟的名称"),
    )
    parser.add_argument(
        "--shared",
        nargs="+",
        default=[],
        metavar="REF",
        help=_("几个文件中都列出、但实际只有一份的资源的编号"),
    )
    parser.add_argument("--workers", type=int, default=2, help=_("进程数（默认 2）"))
    parser.add_argument("--seconds", type=float, default=600, help=_("时限，秒（默认 600）"))
    parser.add_argument("--seed", type=int, default=0, help=_("种子：相同种子，相同结果"))
    parser.add_argument("--json", type=Path, metavar="OUT.json", help=_("结果写入此 JSON 文件"))
    parser.add_argument(
        "--results",
        type=Path,
        metavar="FOLDER",
        help=_("每个联盟的结果和价格另存于此文件夹，可用 binglian couple check 核对"),
    )


def run(args: argparse.Namespace) -> int:
    """Read every file, clear all, have the answers judged, print and write them."""
    django_setup.prepare_words(args.lang)
    if not 0 < args.seconds <= 86_400:
        raise CommandRefused(_("--seconds 须大于 0 且不超过一天。"))
    if not 1 <= args.workers <= 256:
        raise CommandRefused(_("--workers 须在 1 与 256 之间。"))
    try:
        from .coupling import several
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        remedy = "pip install 'binglian[cluster]'"
        raise CommandRefused(
            _("同时为几个联盟求解需要另装 Dask：%(remedy)s") % {"remedy": remedy}
        ) from error
    asked = several.read_alliances(args.files, args.lang)
    shared = several.shared_offers(asked, args.shared)
    answer = several.clear(
        asked, shared, workers=args.workers, seconds=args.seconds, seed=args.seed
    )
    several.show(answer)
    if args.json:
        several.write_joint(args.json, answer)
    if args.results:
        several.write_each(args.results, answer)
    return 0
