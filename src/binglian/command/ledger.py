"""``binglian ledger``: prove that the record is untouched."""

import argparse
import json
import sys
from pathlib import Path

from . import django_setup
from .refusals import CommandRefused
from .words import LANGUAGES, gettext_noop
from .words import gettext as _

NAME = "ledger"
HELP = gettext_noop("核验台账，签发和核验检查点")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="ledger_verb", metavar=_("做什么"), required=True)
    verify = verbs.add_parser("verify", help=_("逐行核验每条链，指出第一处不符"))
    verify.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    verify.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
        help=_("再与此检查点文件对照（可多次）；能查出被截短的链"),
    )  # fmt: skip
    verify.add_argument("--key", metavar="HEX", help=_("只承认这把公钥的签名"))
    sign = verbs.add_parser("checkpoint", help=_("签发检查点：一个任何人都能核验的小文件"))
    sign.add_argument("--alliance", metavar="SLUG", help=_("只签这个联盟的链（默认全部）"))
    sign.add_argument("--out", type=Path, metavar="FILE", help=_("写到文件；多条链时写到目录"))
    alone = verbs.add_parser("verify-file", help=_("只核验一个检查点文件的签名，不需要数据库"))
    alone.add_argument("file", type=Path, help=_("检查点文件"))
    alone.add_argument("--key", metavar="HEX", help=_("只承认这把公钥的签名"))
    spoken = _("显示的语言（默认看终端）")
    for verb in (verify, sign, alone):
        verb.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=spoken)


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when sound, 1 when a row or a signature does not hold."""
    if args.ledger_verb == "verify-file":
        return _verify_file(args)
    django_setup.prepare(args.lang)
    return _verify(args) if args.ledger_verb == "verify" else _checkpoint(args)


def _verify(args: argparse.Namespace) -> int:
    from binglian.domain.ledger.queries import chain_names, stored_statements, verify_chain

    outside = [_statement(file) for file in args.checkpoint]
    statements = [*stored_statements(), *outside]
    names = sorted({*chain_names(), *(statement.chain for statement in outside)})
    verdicts = [verify_chain(name, statements, args.key) for name in names]
    is_sound = all(verdict.is_sound for verdict in verdicts)
    if args.json:
        chains = [
            {
                "chain": v.chain,
                "entries": v.entries,
                "is_sound": v.is_sound,
                "broken_at": v.broken_at,
                "reason": v.reason,
            }
            for v in verdicts
        ]
        print(json.dumps({"is_sound": is_sound, "chains": chains}, ensure_ascii=False, indent=2))
        return 0 if is_sound else 1
    if not verdicts:
        print(_("台账还没有记录。"))
    for verdict in verdicts:
        facts = {
            "chain": verdict.chain,
            "entries": verdict.entries,
            "row": verdict.broken_at,
            "why": verdict.reason,
        }
        if verdict.is_sound:
            print(_("%(chain)s：%(entries)s 行，完好") % facts)
        else:
            print(_("%(chain)s：第 %(row)s 行不符：%(why)s") % facts)
    return 0 if is_sound else 1


def _checkpoint(args: argparse.Namespace) -> int:
    from django.core.exceptions import ImproperlyConfigured

    from binglian.domain.ledger.actions import sign_checkpoint
    from binglian.domain.ledger.checkpoints import Statement
    from binglian.domain.ledger.queries import chain_names

    names = [args.alliance] if args.alliance else chain_names()
    statements = []
    try:
        for name in names:
            stored = sign_checkpoint(chain=name, by=None)
            if stored:
                facts = (stored.chain, stored.number, stored.hash, stored.at)
                statements.append(Statement(*facts, stored.public_key, stored.signature))
    except ImproperlyConfigured as error:
        raise CommandRefused(str(error)) from error
    if not statements:
        raise CommandRefused(_("没有可签发的台账记录。请核对 --alliance。"))
    _write_out(args.out, {s.chain: s.as_json() for s in statements})
    return 0


def _write_out(out: Path | None, texts: dict[str, str]) -> None:
    if out is None:
        sys.stdout.write("".join(texts.values()))
        return
    if len(texts) == 1 and not out.is_dir():
        files = {out: next(iter(texts.values()))}
    else:
        out.mkdir(parents=True, exist_ok=True)
        files = {out / f"{chain}.checkpoint.json": text for chain, text in texts.items()}
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
        print(_("已写出 %(file)s") % {"file": file})


def _verify_file(args: argparse.Namespace) -> int:
    django_setup.prepare_words(args.lang)
    statement = _statement(args.file)
    is_ours = args.key in (None, statement.public_key)
    if is_ours and statement.is_genuine():
        print(
            _("签名有效：%(chain)s 链至第 %(number)s 行，%(at)s，公钥 %(key)s")
            % {
                "chain": statement.chain,
                "number": statement.number,
                "at": statement.at.isoformat(),
                "key": statement.public_key,
            }
        )
        return 0
    print(_("签名无效：内容或公钥不符。"))
    return 1


def _statement(file: Path):
    from binglian.domain.ledger.checkpoints import Statement

    try:
        return Statement.from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("读不了文件 %(file)s：%(why)s。") % reason) from error
    except ValueError as error:
        raise CommandRefused(f"{file}: {error}") from error
