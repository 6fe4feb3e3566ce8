"""``binglian generate``: a made-up city in an empty database, for measuring."""

import argparse
import sys
import time
from datetime import date

from . import django_setup
from .migrate import bring_up_to_date
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "generate"
HELP = gettext_noop("在空数据库里生成一座虚构的城市，供测量")

_LEAST = 3  # members of an alliance: its two leads and one more


def add_arguments(parser: argparse.ArgumentParser) -> None:
    for name, usual, told in (
        ("alliances", 30, _("联盟数")),
        ("organisations", 3000, _("单位数")),
        ("matters", 1_000_000, _("诉求数")),
        ("offers", 100_000, _("资源数")),
        ("needs", 100_000, _("需求数")),
    ):
        parser.add_argument(f"--{name}", type=_count, default=usual, metavar="N", help=told)
    parser.add_argument("--seed", type=int, default=1, help=_("种子：同一种子、同一天，结果相同"))
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="YYYY-MM-DD",
        help=_("三年中的最后一天（默认今天）"),
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Draw the city and say how many rows it has; refused where the database holds anything."""
    if args.organisations < _LEAST * args.alliances:
        raise CommandRefused(
            _("%(organisations)d 个单位不够 %(alliances)d 个联盟，每个联盟至少要 %(least)d 个。")
            % {**vars(args), "least": _LEAST}
        )
    django_setup.prepare(args.lang)
    from django.utils.timezone import localdate

    bring_up_to_date()
    _refuse_unless_empty()
    from binglian.domain.search.actions import rebuild

    from .generating.city import Size, build

    began = time.monotonic()
    size = Size(args.alliances, args.organisations, args.matters, args.offers, args.needs)
    progress = _Progress(began)
    written = build(size, seed=args.seed, until=args.until or localdate(), tell=progress.tell)
    seconds = time.monotonic() - began
    facts = {"rows": written, "seconds": seconds, "speed": written / seconds}
    rebuild(lambda done: progress.tell("search", done))
    progress.end()
    print(_("已生成 %(rows)d 行，用时 %(seconds).0f 秒，每秒 %(speed).0f 行") % facts)
    print(_("没有人能登录；可用 binglian administrator 建立管理员。"))
    return 0


class _Progress:
    """One line that is written over, on a terminal only."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._words = {
            "bodies": _("单位"),
            "lists": _("清单"),
            "matters": _("诉求"),
            "indices": _("索引"),
            "search": _("搜索"),
        }

    def tell(self, what: str, rows: int) -> None:
        if sys.stderr.isatty():
            seconds = time.monotonic() - self._began
            line = f"\r{self._words[what]}  {rows:>12,}  {seconds:6.0f} s "
            print(line, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if sys.stderr.isatty():
            print(file=sys.stderr)


def _refuse_unless_empty() -> None:
    """Made-up rows never stand beside real ones, in production or elsewhere."""
    from django.conf import settings

    from binglian.domain.accounts.models import User
    from binglian.domain.alliance.models import Alliance, Organisation
    from binglian.domain.ledger.models import LedgerEntry

    for model in (LedgerEntry, User, Alliance, Organisation):
        if model.objects.exists():
            where = settings.DATABASES["default"]["NAME"]
            facts = {"where": where, "what": model._meta.verbose_name}
            raise CommandRefused(
                _(
                    "数据库 %(where)s 里已有%(what)s，只能在空数据库里生成。"
                    "请另设 BINGLIAN_DATA 或 DATABASE_URL。"
                )
                % facts
            )


def _count(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise argparse.ArgumentTypeError(_("须为正整数"))
    return number
