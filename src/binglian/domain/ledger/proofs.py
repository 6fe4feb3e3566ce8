"""A proof: rows of the ledger that anybody can check without the platform.

A proof file holds rows, each with its path through a Merkle tree to a signed checkpoint. Every
field is bound: the row to its hash, the hash by the path to the root, the root, the position and
the chain to the signature, the fingerprint to the key. Format: docs/guides/verify-ledger.md.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from . import merkle
from .chain import digest_of
from .statements import Statement, check_shape, fingerprint, is_hex, read_json

FORMAT = "binglian-proof-1"
_NUMBER = (int, type(None))
RECORD_SHAPE: dict[str, tuple[type | tuple[type, ...], int | None]] = {
    "chain": (str, None),
    "number": (int, None),
    "at": (str, None),
    "user_id": (_NUMBER, None),
    "user": (str, None),
    "organisation_id": (_NUMBER, None),
    "organisation": (str, None),
    "act": (str, None),
    "object_type": (str, None),
    "object_id": (str, None),
    "object_label": (str, None),
    "change": (str, None),
    "previous_hash": (str, 64),
}
_ITEM_SHAPE: dict[str, tuple[type | tuple[type, ...], int | None]] = {
    "record": (dict, None),
    "hash": (str, 64),
    "path": (list, None),
    "checkpoint": (dict, None),
    "key_fingerprint": (str, 64),
}


@dataclass(frozen=True, slots=True)
class Proven:
    """One row of a proof: its content, its own hash, the way up, and where the way ends."""

    record: Mapping[str, Any]
    hash: str
    path: Sequence[str]
    statement: Statement

    def content(self) -> dict[str, Any]:
        return {
            "record": dict(self.record),
            "hash": self.hash,
            "path": list(self.path),
            "checkpoint": self.statement.content(),
            "key_fingerprint": fingerprint(self.statement.public_key),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not hold, and where in the file."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What a proof file holds and what is wrong with it; sound when nothing is."""

    rows: tuple[Proven, ...]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not self.findings


def as_json(rows: Sequence[Proven]) -> str:
    """The text of a proof file."""
    content = {"format": FORMAT, "records": [row.content() for row in rows]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def examine(text: str, trusted_key: str | None = None) -> Examined:
    """Check a proof file with nothing but itself and, when given, the key (hexadecimal) to trust.

    Raises ``ValueError`` when the text is no proof file at all.
    """
    content = read_json(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(_("这不是凭证文件（应有 format: %(format)s）") % {"format": FORMAT})
    rows: list[Proven] = []
    findings: list[Finding] = []
    try:
        check_shape(content, {"format": (str, None), "records": (list, None)})
        if not content["records"]:
            raise ValueError(_("没有任何记录"))
    except ValueError as error:
        return Examined((), (Finding("records", str(error)),))
    for index, item in enumerate(content["records"]):
        place = f"records[{index}]"
        row, found = _read_row(item, place)
        if row is None:
            findings += found
            continue
        rows.append(row)
        findings += [*found, *_wrong_with(row, place, trusted_key)]
    return Examined(tuple(rows), tuple(findings))


def _read_row(item: Any, place: str) -> tuple[Proven | None, list[Finding]]:
    at = place
    try:
        if not isinstance(item, dict):
            raise ValueError(_("不是一条记录"))
        check_shape(item, _ITEM_SHAPE)
        at = f"{place}.record"
        check_shape(item["record"], RECORD_SHAPE)
        at = f"{place}.path"
        if not all(is_hex(step, 64) for step in item["path"]):
            raise ValueError(_("有一项不是 64 位小写十六进制"))
        at = f"{place}.checkpoint"
        statement = Statement.from_content(item["checkpoint"])
        if not statement.has_tree:
            raise ValueError(_("这种检查点不带默克尔树根，不能用于凭证"))
    except ValueError as error:
        return None, [Finding(at, str(error))]
    row = Proven(item["record"], item["hash"], item["path"], statement)
    if item["key_fingerprint"] != fingerprint(statement.public_key):
        return row, [Finding(f"{place}.key_fingerprint", _("与检查点的公钥不符"))]
    return row, []


def _wrong_with(row: Proven, place: str, trusted_key: str | None) -> Iterator[Finding]:
    statement, digest = row.statement, digest_of(row.record)
    if trusted_key is not None and statement.public_key != trusted_key:
        yield Finding(f"{place}.checkpoint.public_key", _("不是您给出的那把公钥"))
    if not statement.is_genuine():
        yield Finding(f"{place}.checkpoint", _("签名与内容或公钥不符：检查点被改过"))
    if row.record["chain"] != statement.chain:
        yield Finding(f"{place}.record.chain", _("与检查点不是同一条链"))
    if not statement.first <= row.record["number"] <= statement.number:
        covered = {"first": statement.first, "last": statement.number}
        yield Finding(
            f"{place}.record.number", _("检查点只管第 %(first)s 至 %(last)s 行") % covered
        )
    elif digest != row.hash and _leads_up(row, digest):
        yield Finding(f"{place}.hash", _("与记录内容不符，记录本身完好"))
    elif digest != row.hash:
        yield Finding(f"{place}.record", _("内容与哈希不符：记录被改过"))
    elif not _leads_up(row, digest):
        yield Finding(f"{place}.path", _("走不到检查点的树根：路径被改过，或记录连同哈希被改过"))
    if row.record["number"] == statement.number and row.hash != statement.hash:
        yield Finding(f"{place}.checkpoint.hash", _("与本行的哈希不符"))


def _leads_up(row: Proven, digest: str) -> bool:
    statement = row.statement
    reached = merkle.root_reached(
        bytes.fromhex(digest),
        row.record["number"] - statement.first,
        statement.number - statement.first + 1,
        [bytes.fromhex(step) for step in row.path],
    )
    return reached is not None and reached.hex() == statement.root
