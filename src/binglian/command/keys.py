"""``binglian keys``: the certificates with which organisations sign, for the operator."""

import argparse
import json

from . import django_setup
from .refusals import CommandRefused
from .words import LANGUAGES, gettext_noop
from .words import gettext as _

NAME = "keys"
HELP = gettext_noop("列出、更换、吊销单位的签名证书")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="keys_verb", metavar=_("做什么"), required=True)
    listed = verbs.add_parser("list", help=_("列出证书：代码、单位、序列号、期限、状态"))
    listed.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    rotate = verbs.add_parser("rotate", help=_("换发新的密钥和证书；以前的签名仍然有效"))
    rotate.add_argument("code", help=_("单位代码；platform 是平台，root 是根证书"))
    revoke = verbs.add_parser("revoke", help=_("吊销证书并销毁密钥；此后的签名一律无效"))
    revoke.add_argument("serial", help=_("序列号，或能认出它的开头几位"))
    revoke.add_argument("--ended", action="store_true", help=_("单位不再使用，而非密钥可能泄露"))
    roots = verbs.add_parser("roots", help=_("输出平台的根证书（PEM），供他人核验"))
    spoken = _("显示的语言（默认看终端）")
    for verb in (listed, rotate, revoke, roots):
        verb.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=spoken)


def run(args: argparse.Namespace) -> int:
    """Whoever runs it holds the database and the keys anyway; every act enters the ledger."""
    django_setup.prepare(args.lang)
    from django.conf import settings

    if settings.SIGNING != "builtin":
        raise CommandRefused(
            _("签名密钥在外部机构（BINGLIAN_SIGNING=%(where)s），请在那里更换和吊销。")
            % {"where": settings.SIGNING}
        )
    acts = {"list": _list, "rotate": _rotate, "revoke": _revoke, "roots": _roots}
    return acts[args.keys_verb](args)


def _list(args: argparse.Namespace) -> int:
    from binglian.domain.governance.queries import all_certificates, certificate_state

    rows = [
        {
            "code": row.code,
            "organisation": row.organisation.name if row.organisation else "",
            "serial": row.serial,
            "from": row.from_at.date().isoformat(),
            "until": row.until_at.date().isoformat(),
            "state": certificate_state(row),
        }
        for row in all_certificates()
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    if not rows:
        print(_("还没有证书。第一份协议封印时会自动签发。"))
    states = {
        "current": _("使用中"),
        "expired": _("已到期"),
        "replaced": _("已更换"),
        "revoked": _("已吊销"),
    }
    for row in rows:
        state = states[row["state"]]
        print(
            f"{row['code']:<20} {row['serial'][:12]} {row['from']}–{row['until']} {state}", end=""
        )
        print(f"  {row['organisation']}" if row["organisation"] else "")
    return 0


def _rotate(args: argparse.Namespace) -> int:
    from binglian.domain.governance.actions import rotate_certificate

    made = rotate_certificate(code=args.code, by=None)
    print(_("已换发：%(code)s，新序列号 %(serial)s") % {"code": made.code, "serial": made.serial})
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from binglian.domain.governance.actions import revoke_certificate

    gone = revoke_certificate(serial=args.serial, is_compromised=not args.ended, by=None)
    facts = {"code": gone.code, "serial": gone.serial}
    print(_("已吊销：%(code)s，序列号 %(serial)s。") % facts)
    print(_("要继续签名，请换发：binglian keys rotate %(code)s") % facts)
    return 0


def _roots(_args: argparse.Namespace) -> int:
    from binglian.domain.governance.queries import root_certificates_pem

    print(root_certificates_pem(), end="")
    return 0
