"""``binglian ledger verify``: the whole record, from its first row."""

import argparse
import json

from binglian.command import django_setup
from binglian.command.words import gettext as _

from .files import key_given, statement_in


def verify(args: argparse.Namespace) -> int:
    """Walk every chain, compare it with every checkpoint, name the first row that is wrong."""
    django_setup.prepare(args.lang)
    from django.db import connection

    from binglian.domain.ledger import guards
    from binglian.domain.ledger.keys import trusted_keys
    from binglian.domain.ledger.queries import chain_names, stored_statements
    from binglian.domain.ledger.statements import fingerprint
    from binglian.domain.ledger.verifying import verify_chain

    outside = [statement_in(file) for file in args.checkpoint]
    statements = [*stored_statements(), *outside]
    key = key_given(args.key)
    trusted = frozenset({key}) if key else trusted_keys()
    names = sorted({*chain_names(), *(statement.chain for statement in outside)})
    verdicts = [verify_chain(name, statements, trusted) for name in names]
    has_guards = guards.are_in_place(connection)
    is_sound = has_guards and all(verdict.is_sound for verdict in verdicts)
    if args.json:
        told = {
            "is_sound": is_sound,
            "guards": has_guards,
            "trusted_keys": sorted(map(fingerprint, trusted)),
            "chains": [
                {
                    "chain": v.chain,
                    "entries": v.entries,
                    "checkpoints": v.checkpoints,
                    "is_sound": v.is_sound,
                    "broken_at": v.broken_at,
                    "fault": v.fault.value if v.fault else None,
                    "reason": v.reason,
                }
                for v in verdicts
            ],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0 if is_sound else 1
    if not verdicts:
        print(_("台账还没有记录。"))
    for v in verdicts:
        facts = {"chain": v.chain, "entries": v.entries, "row": v.broken_at, "why": v.reason}
        if v.is_sound:
            print(_("%(chain)s：%(entries)s 行，完好") % facts)
        else:
            print(_("%(chain)s：第 %(row)s 行不符：%(why)s") % facts)
    if not has_guards:
        print(_("数据库里禁止改动台账的触发器不在了：请查明谁动过，再运行 binglian ledger guard。"))
    if not trusted:
        print(_("这台机器没有签名密钥，签名是谁的要看指纹：请用 --key 给出公钥。"))
    return 0 if is_sound else 1


def guard(args: argparse.Namespace) -> int:
    """Put the triggers back that refuse to change or delete a row."""
    django_setup.prepare(args.lang)
    from django.db import connection

    from binglian.domain.ledger import guards

    guards.install(connection)
    print(_("触发器已装上。"))
    return 0
