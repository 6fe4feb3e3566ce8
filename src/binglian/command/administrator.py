"""``binglian administrator``: the account that founds alliances and opens other accounts."""

import argparse
import getpass
import os

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "administrator"
HELP = gettext_noop("建立平台管理员（或审计员）账号")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help=_("用户名"))
    parser.add_argument("--email", default="", help=_("用于登录和找回密码"))
    parser.add_argument("--auditor", action="store_true", help=_("建立审计员账号"))


def run(args: argparse.Namespace) -> int:
    """The password comes from ``BINGLIAN_PASSWORD`` or is asked for."""
    django_setup.prepare(args.lang)
    from django.core.exceptions import ValidationError

    from binglian.domain.accounts.roles import Role
    from binglian.domain.alliance.actions import open_platform_account

    password = os.environ.get("BINGLIAN_PASSWORD") or _asked_for()
    role = Role.AUDITOR if args.auditor else Role.ADMINISTRATOR
    try:
        user = open_platform_account(
            username=args.username,
            email=args.email,
            password=password,
            platform_role=role.value,
        )
    except ValidationError as error:
        raise CommandRefused(" ".join(error.messages)) from error
    print(_("已建立账号：%(name)s（%(role)s）") % {"name": user.username, "role": role.label})
    return 0


def _asked_for() -> str:
    try:
        return getpass.getpass(_("密码：") + " ")
    except EOFError as error:
        raise CommandRefused(_("没有终端可以输入密码。请设置 BINGLIAN_PASSWORD。")) from error
