"""``binglian ledger``: prove that the record is untouched."""

import argparse
from pathlib import Path

from binglian.command.words import LANGUAGES, gettext_noop
from binglian.command.words import gettext as _

from . import proving, signing, verifying

NAME = "ledger"
HELP = gettext_noop("核验台账，签发检查点，离线核验检查点和凭证")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="ledger_verb", metavar=_("做什么"), required=True)
    key = _("只承认这把公钥的签名：PEM 文件，或 64 位十六进制")

    verify = verbs.add_parser("verify", help=_("逐行核验每条链，指出第一处不符"))
    verify.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    verify.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
        help=_("再与此检查点文件对照（可多次）；能查出被截短的链"),
    )  # fmt: skip
    verify.add_argument("--key", metavar="KEY", help=key)
    verify.set_defaults(act=verifying.verify)

    sign = verbs.add_parser("checkpoint", help=_("签发检查点：一个任何人都能核验的小文件"))
    sign.add_argument("--alliance", metavar="SLUG", help=_("只签这个联盟的链（默认全部）"))
    sign.add_argument("--out", type=Path, metavar="FILE", help=_("写到文件；多条链时写到目录"))
    sign.set_defaults(act=signing.checkpoint)

    own = verbs.add_parser("key", help=_("显示签名公钥及其指纹，或首次生成密钥"))
    own.add_argument("--make", action="store_true", help=_("生成密钥（已有时拒绝）"))
    own.add_argument("--out", type=Path, metavar="FILE", help=_("把公钥写成 PEM 文件，供公布"))
    own.set_defaults(act=signing.key)

    guard = verbs.add_parser("guard", help=_("重新装上数据库里禁止改动台账的触发器"))
    guard.set_defaults(act=verifying.guard)

    prove = verbs.add_parser("prove", help=_("离线核验一个凭证文件，说明它证明了什么"))
    prove.add_argument("file", type=Path, help=_("凭证文件"))
    prove.add_argument("--key", metavar="KEY", help=key)
    prove.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    prove.set_defaults(act=proving.prove)

    alone = verbs.add_parser("verify-file", help=_("只核验一个检查点文件的签名，不需要数据库"))
    alone.add_argument("file", type=Path, help=_("检查点文件"))
    alone.add_argument("--key", metavar="KEY", help=key)
    alone.set_defaults(act=proving.verify_file)

    spoken = _("显示的语言（默认看终端）")
    for verb in (verify, sign, own, guard, prove, alone):
        verb.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=spoken)


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when sound, 1 when a row or a signature does not hold, 2 when unreadable."""
    status: int = args.act(args)
    return status
