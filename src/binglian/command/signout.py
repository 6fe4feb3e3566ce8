"""``binglian signout``: end sign-ins of somebody; for a lost phone, remove the second factor."""

import argparse

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "signout"
HELP = gettext_noop("让某人在所有设备上退出登录；丢了手机的，另移除第二重核验")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help=_("用户名"))
    parser.add_argument(
        "--lost-second-factor",
        action="store_true",
        help=_("移除动态验证码和通行密钥；须先当面核实本人"),
    )


def run(args: argparse.Namespace) -> int:
    """Says how many sign-ins ended, or how many factors went; 2 where nobody has that name."""
    django_setup.prepare(args.lang)
    from binglian.domain.accounts.models import User
    from binglian.domain.alliance.actions import end_sign_ins, remove_second_factor

    user = User.objects.filter(username__iexact=args.username).first()
    if user is None:
        raise CommandRefused(_("没有用户名为“%(name)s”的账号。") % {"name": args.username})
    if args.lost_second_factor:
        removed = remove_second_factor(user=user)
        print(_("已移除 %(count)s 种第二重核验，各处登录已结束。") % {"count": removed})
    else:
        print(_("已结束 %(count)s 处登录。") % {"count": end_sign_ins(user=user)})
    return 0
