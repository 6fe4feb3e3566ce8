"""``binglian ledger prove`` and ``verify-file``: without database, secret or network."""

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from binglian.command import django_setup
from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _

from .files import key_given, statement_in, text_of

if TYPE_CHECKING:
    from binglian.domain.ledger.proofs import Examined, Proven


def prove(args: argparse.Namespace) -> int:
    """Say what a proof file proves, or what in it does not hold and where."""
    django_setup.prepare_words(args.lang)
    from binglian.domain.ledger.proofs import examine

    key = key_given(args.key)
    try:
        examined = examine(text_of(args.file), key)
    except ValueError as error:
        raise CommandRefused(f"{args.file}: {error}") from error
    if args.json:
        print(json.dumps(_as_content(examined, key), ensure_ascii=False, indent=2))
    else:
        _tell(examined, key)
    return 0 if examined.is_sound else 1


def verify_file(args: argparse.Namespace) -> int:
    """Say whether a checkpoint file is genuine."""
    django_setup.prepare_words(args.lang)
    key = key_given(args.key)
    statement = statement_in(args.file)
    if key in (None, statement.public_key) and statement.is_genuine():
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


def _tell(examined: "Examined", key: str | None) -> None:
    from binglian.domain.ledger.statements import fingerprint

    if not examined.is_sound:
        print(_("凭证不成立："))
        for finding in examined.findings:
            print(f"  {finding.place}: {finding.reason}")
        return
    print(_("凭证成立：下列记录在台账里，从检查点签发时起一字未改。"))
    for row in examined.rows:
        print()
        for word, text in _facts(row).items():
            print(f"  {word}  {text}")
    print()
    marks = sorted({fingerprint(row.statement.public_key) for row in examined.rows})
    if key is None:
        print(_("签名的公钥指纹如下；请与平台公布的核对，或用 --key 给出公钥："))
    else:
        print(_("签名出自您给出的公钥，指纹："))
    print("  " + "\n  ".join(marks))
    print(_("凭证不说明台账里没有别的记录。"))


def _facts(row: "Proven") -> dict[str, str]:
    """A row in plain words: word by word what it says."""
    from binglian.domain.ledger.acts import act_label

    record: Mapping[str, Any] = row.record
    statement = row.statement
    who = record["user"] or _("系统")
    if record["organisation"]:
        who += f" · {record['organisation']}"
    position = {"chain": record["chain"], "number": record["number"]}
    span = {"first": statement.first, "last": statement.number, "at": statement.at.isoformat()}
    return {
        _("位置"): _("%(chain)s 链第 %(number)s 行") % position,
        _("时间"): record["at"],
        _("谁"): who,
        _("行为"): f"{act_label(record['act'])} ({record['act']})",
        _("对象"): f"{record['object_label']} ({record['object_type']} {record['object_id']})",
        _("内容"): record["change"],
        _("检查点"): _("第 %(first)s 至 %(last)s 行，签发于 %(at)s") % span,
    }


def _as_content(examined: "Examined", key: str | None) -> dict[str, Any]:
    from binglian.domain.ledger.statements import fingerprint

    return {
        "is_sound": examined.is_sound,
        "is_key_given": key is not None,
        "records": [
            {
                "record": dict(row.record),
                "checkpoint": row.statement.content(),
                "key_fingerprint": fingerprint(row.statement.public_key),
            }
            for row in examined.rows
        ],
        "findings": [{"place": f.place, "reason": f.reason} for f in examined.findings],
    }
