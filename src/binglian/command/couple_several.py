"""``binglian couple several``: clear several alliances at once, each in its own process."""

import argparse
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

if TYPE_CHECKING:
    from binglian.engine.coupling.joint.fleet import Fleet

    from .coupling.joint_answers import JointAnswer
    from .coupling.keeping import Keeping

NAME = "couple several"
BETWEEN = "="  # two listings of one thing: historic/R-001=harbour/R-014
HELP = gettext_noop("同时为几个联盟求解，每个联盟一个进程；共享的资源按共同价格分配，不重复使用")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="FILE",
        help=_("每个联盟一个文件（.json 或 .xlsx）；文件名就是联盟的名称"),
    )
    parser.add_argument(
        "--from-database",
        nargs="+",
        default=[],
        metavar="SLUG",
        help=_("不读文件，而读数据库中这些联盟的两张清单，每个联盟由为它求解的进程自己读"),
    )
    parser.add_argument(
        "--shared",
        nargs="+",
        default=[],
        metavar="REF",
        help=_(
            "几个文件中都列出、但实际只有一份的资源的编号；读数据库时写作 联盟/编号=联盟/编号，"
            "即同一资源在各联盟清单中的编号"
        ),
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help=_("读数据库时：各联盟的结果写入本联盟，成为待审定的耦合运算"),
    )
    parser.add_argument("--by", metavar="USERNAME", help=_("以谁的名义（默认：第一个平台管理员）"))
    parser.add_argument("--workers", type=int, default=2, help=_("进程数（默认 2）"))
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help=_("已在运行的 Dask 调度器，例如 tcp://10.0.0.5:8786；不写则在本机启动进程"),
    )
    parser.add_argument("--seconds", type=float, default=600, help=_("时限，秒（默认 600）"))
    parser.add_argument("--seed", type=int, default=0, help=_("种子：相同种子，相同结果"))
    parser.add_argument("--json", type=Path, metavar="OUT.json", help=_("结果写入此 JSON 文件"))
    parser.add_argument(
        "--results",
        type=Path,
        metavar="FOLDER",
        help=_("每个联盟的结果和价格（读数据库时连同问题）存于此，可用 binglian couple check 核对"),
    )


def run(args: argparse.Namespace) -> int:
    """Read every alliance, clear all, have the answers judged, print and write them."""
    if args.from_database:
        django_setup.prepare(args.lang)
    else:
        django_setup.prepare_words(args.lang)
    if bool(args.files) == bool(args.from_database):
        raise CommandRefused(_("请写明文件，或用 --from-database 写明联盟，二者取一。"))
    if not 0 < args.seconds <= 86_400:
        raise CommandRefused(_("--seconds 须大于 0 且不超过一天。"))
    if not 1 <= args.workers <= 256:
        raise CommandRefused(_("--workers 须在 1 与 256 之间。"))
    try:
        from .coupling import joint_answers
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        remedy = "pip install 'binglian[cluster]'"
        raise CommandRefused(
            _("同时为几个联盟求解需要另装 Dask：%(remedy)s") % {"remedy": remedy}
        ) from error
    if args.keep and not args.from_database:
        raise CommandRefused(_("--keep 只用于 --from-database。"))
    keeping = _keeping(args) if args.keep else None
    answer = _from_database(args) if args.from_database else _from_files(args)
    joint_answers.show(answer)
    if args.json:
        joint_answers.write_joint(args.json, answer)
    if args.results:
        joint_answers.write_each(args.results, answer)
    if keeping:
        keeping.keep(answer)
    return 0


def _from_files(args: argparse.Namespace) -> "JointAnswer":
    from .coupling import several

    asked = several.read_alliances(args.files, args.lang)
    shared = several.shared_offers(asked, args.shared)
    with _fleet(args) as fleet:
        return several.clear(asked, shared, fleet=fleet, seconds=args.seconds, seed=args.seed)


def _keeping(args: argparse.Namespace) -> "Keeping":
    from .coupling.keeping import Keeping

    return Keeping(_slugs(args), _groups(args), args.by, math.ceil(args.seconds))


def _from_database(args: argparse.Namespace) -> "JointAnswer":
    from binglian.domain.alliance.models import today

    from .coupling.partitions import clear_from_database

    with _fleet(args) as fleet:
        return clear_from_database(
            _slugs(args),
            _groups(args),
            on=today(),
            fleet=fleet,
            seconds=args.seconds,
            seed=args.seed,
            whole=args.results is not None,
            in_words=args.keep,
        )


def _slugs(args: argparse.Namespace) -> list[str]:
    from .acting import alliance_named

    return [alliance_named(slug).slug for slug in dict.fromkeys(args.from_database)]


def _groups(args: argparse.Namespace) -> list[list[str]]:
    """Return what is shared, by the refs of those who list it."""
    return [ref.split(BETWEEN) for ref in dict.fromkeys(args.shared)]


@contextmanager
def _fleet(args: argparse.Namespace) -> Iterator["Fleet"]:
    from binglian.engine.coupling.joint.fleet import Fleet, FleetLost

    try:
        with Fleet(args.workers, scheduler=args.scheduler) as fleet:
            yield fleet
    except FleetLost as error:
        raise CommandRefused(
            _("计算中断，未保存任何结果：%(why)s。请检查调度器和进程后重新运行。") % {"why": error}
        ) from error
