"""``binglian ledger checkpoint`` and ``binglian ledger key``: what needs the platform's key."""

import argparse
import sys
from pathlib import Path

from binglian.command import django_setup
from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _


def checkpoint(args: argparse.Namespace) -> int:
    """Sign the present end of one chain or of all, and write the statements out."""
    django_setup.prepare(args.lang)
    from binglian.domain.ledger.actions import sign_checkpoint
    from binglian.domain.ledger.queries import chain_names

    names = [args.alliance] if args.alliance else chain_names()
    signed = [stored for name in names if (stored := sign_checkpoint(chain=name, by=None))]
    if not signed:
        raise CommandRefused(_("没有可签发的台账记录。请核对 --alliance。"))
    _write_out(args.out, {stored.chain: stored.statement.as_json() for stored in signed})
    return 0


def key(args: argparse.Namespace) -> int:
    """Tell the public key, so that it can be published where the platform cannot change it."""
    django_setup.prepare(args.lang)
    from binglian.domain.ledger.keys import make_signing_key, own_public_key
    from binglian.domain.ledger.statements import fingerprint, public_pem

    if args.make:
        make_signing_key()
    public = own_public_key()
    print(_("公钥 %(key)s") % {"key": public})
    print(_("指纹 %(fingerprint)s") % {"fingerprint": fingerprint(public)})
    if args.out:
        _write_out(args.out, {"": public_pem(public)})
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
