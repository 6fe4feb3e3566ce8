"""``binglian retention``: erase now what may not be kept any longer."""

import argparse

from . import django_setup
from .words import gettext as _
from .words import gettext_noop

NAME = "retention"
HELP = gettext_noop("删除到期的内容：联系方式、会话、草稿、通知等")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help=_("只列出各类内容保留多久"))


def run(args: argparse.Namespace) -> int:
    """Exit status 0 all done, 1 where a kind could not be erased (the log says why)."""
    django_setup.prepare(args.lang)
    from binglian.domain.operations.actions.retaining import KINDS, erase_what_is_due

    if args.list:
        print("\n".join(f"{kind.name}: {kind.how_long}" for kind in KINDS))
        return 0
    erased = erase_what_is_due()
    for kind in KINDS:
        print(f"{kind.name}: {erased.get(kind.name, _('未能删除，见日志'))}")
    return 0 if len(erased) == len(KINDS) else 1
