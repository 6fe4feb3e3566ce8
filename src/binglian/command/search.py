"""``binglian search``: look through the index of the search, or make it anew."""

import argparse

from . import django_setup
from .words import gettext as _
from .words import gettext_noop

NAME = "search"
HELP = gettext_noop("核对检索索引，或重新生成")
#: Differences printed one by one.
_TOLD = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=["verify", "rebuild"],
        help=_("verify 逐条核对，rebuild 重新生成（期间照常查找；SQLite 上其他写入等候）"),
    )


def run(args: argparse.Namespace) -> int:
    """Exit status 0 in order or made anew, 1 when something differs."""
    django_setup.prepare(args.lang)
    from binglian.domain.search.actions import rebuild, verify

    if args.what == "rebuild":
        print(_("已生成 %(count)s 条。") % {"count": rebuild()})
        return 0
    count = 0
    for count, one in enumerate(verify(), start=1):
        if count <= _TOLD:
            print(f"{one.kind or '–'} {one.object_id or '–'}: {one.what}")
    if count:
        print(_("%(count)s 处不符；运行 binglian search rebuild 即可。") % {"count": count})
        return 1
    print(_("索引与内容一致。"))
    return 0
