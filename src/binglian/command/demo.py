"""``binglian demo``: the demonstration, from nothing to a page in the browser."""

import argparse
import os
import time
from pathlib import Path

from . import django_setup, ports
from .demonstration.files import people
from .migrate import bring_up_to_date
from .refusals import CommandRefused
from .serve import add_address, serve
from .words import gettext as _
from .words import gettext_noop

NAME = "demo"
HELP = gettext_noop("打开演示：三个联盟，每种角色一个账号")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address(parser)
    parser.add_argument("--fresh", action="store_true", help=_("丢弃上次的演示，重新建立"))
    parser.add_argument("--no-serve", action="store_true", help=_("只建立演示，不提供网页"))


def run(args: argparse.Namespace) -> int:
    """Build the demonstration where it is not there yet, say how to sign in, serve it."""
    if not args.no_serve:
        ports.require_free(args.host, args.port)
    os.environ["BINGLIAN_MODE"] = "demo"
    site = f"http://{args.host}:{args.port}"
    os.environ.setdefault("BINGLIAN_URL", site)
    django_setup.prepare(args.lang)
    _refuse_real_data()
    if args.fresh:
        _discard()
    bring_up_to_date()
    from .demonstration import loader

    if not loader.is_loaded():
        print(_("正在建立演示：三个联盟、清单、三轮耦合、三个项目……"), flush=True)
        began = time.monotonic()
        loader.load()
        loader.seal_agreements()
        print(_("演示已建立，用时 %(seconds).0f 秒") % {"seconds": time.monotonic() - began})
    _say_how_to_sign_in(args.lang, site)
    if not args.no_serve:
        serve(args.host, args.port, workers=2, threads=4, with_worker=True)
    return 0


def _refuse_real_data() -> None:
    """The demonstration's people have a known password: never beside real ones."""
    from django.db import connection

    from .demonstration import loader

    is_new = "accounts_user" not in connection.introspection.table_names()
    if not is_new and not loader.is_at_home():
        raise CommandRefused(
            _("这个数据库里不是演示，不能用来演示。请另设 BINGLIAN_DATA 或 DATABASE_URL。")
        )


def _discard() -> None:
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "sqlite":
        raise CommandRefused(_("--fresh 只用于 SQLite。请另建一个空数据库并改 DATABASE_URL。"))
    connection.close()
    database = Path(settings.DATABASES["default"]["NAME"])
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()


def _say_how_to_sign_in(language: str, site: str) -> None:
    from django.conf import settings

    ending = "_en" if language == "en" else ""
    print()
    for person in people():
        print(f"  {person['username']:<22}{person[f'name{ending}']}")
    facts = {"site": site, "password": settings.DEMO_PASSWORD, "key": settings.DEMO_API_KEY}
    print("\n" + _("Open311 接口：%(site)s/open311/discovery.json ，密钥 %(key)s") % facts)
    print(
        "\n"
        + _("打开 %(site)s/ ，用上面任一用户名登录，密码 %(password)s （Ctrl+C 停止）") % facts,
        flush=True,
    )
