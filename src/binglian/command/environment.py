"""``binglian environment``: a file of settings for a new site, with secrets of its own."""

import argparse
import secrets
from urllib.parse import urlsplit

from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "environment"
HELP = gettext_noop("为新站点生成一份配置，密钥都是新的")

#: Read by systemd, by Docker and by a shell: no blanks, no quotes, nothing to be escaped.
_FILE = """\
# Settings of one site. Every variable: docs/guides/operator.md. Keep a copy apart from the backups.
BINGLIAN_URL={url}
BINGLIAN_HOSTS={host}
BINGLIAN_PROXIES=1
BINGLIAN_DATA={data}
DATABASE_URL={database}
BINGLIAN_SECRET_KEY={session}
BINGLIAN_KEY_ENCRYPTION_KEY={encryption}
BINGLIAN_LEDGER_KEY={data}/ledger-key.pem
BINGLIAN_LEDGER_KEY_PASSPHRASE={passphrase}
BINGLIAN_METRICS_TOKEN={metrics}
# BINGLIAN_MAIL_HOST=
# BINGLIAN_MAIL_USER=
# BINGLIAN_MAIL_PASSWORD=
# BINGLIAN_MAIL_FROM=
"""
_FOR_CONTAINERS = """\
# Read by compose.yaml alone.
COMPOSE_PROJECT_NAME=binglian
BINGLIAN_SITE={host}
POSTGRES_PASSWORD={password}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", required=True, help=_("用户看到的网址，如 https://alliance.example")
    )
    parser.add_argument("--data", default="/var/lib/binglian", help=_("数据目录"))
    parser.add_argument("--containers", action="store_true", help=_("用于 deploy/container"))


def run(args: argparse.Namespace) -> int:
    """Prints; asks for no settings, writes no file."""
    url = urlsplit(args.url)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise CommandRefused(_("%(url)s 不是网址，请写成 https://alliance.example。") % vars(args))
    password = secrets.token_urlsafe(24)
    # Beside it, PostgreSQL knows its system users by their names.
    local = "postgres://%2Frun%2Fpostgresql/binglian"
    facts = {
        "url": args.url.rstrip("/"),
        "host": url.hostname,
        "data": "/data" if args.containers else args.data,
        "database": f"postgres://binglian:{password}@database/binglian"
        if args.containers
        else local,
        "session": secrets.token_urlsafe(48),
        "encryption": secrets.token_urlsafe(48),
        "passphrase": secrets.token_urlsafe(24),
        "metrics": secrets.token_urlsafe(24),
        "password": password,
    }
    print(_FILE.format(**facts), end="")
    if args.containers:
        print(_FOR_CONTAINERS.format(**facts), end="")
    return 0
