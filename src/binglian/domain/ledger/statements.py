"""Signed checkpoints: a small JSON file that anyone can verify without the platform.

A checkpoint says of one chain: row ``number`` has this ``hash``, and the rows ``first`` to
``number`` are the leaves of the Merkle tree with this ``root``. The signed bytes are the canonical
JSON of all fields but key and signature; the signature is Ed25519 (RFC 8032), key and signature in
hexadecimal. Files of the first format know neither ``first`` nor ``root``; they still verify.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.utils.translation import gettext as _

from .chain import canonical

FORMAT = "binglian-checkpoint-2"
FIRST_FORMAT = "binglian-checkpoint-1"
_SHAPES = {  # field: its type, and of hexadecimal text its length
    "chain": (str, None),
    "number": (int, None),
    "hash": (str, 64),
    "at": (str, None),
    "first": (int, None),
    "root": (str, 64),
    "public_key": (str, 64),
    "signature": (str, 128),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A signed end of a chain; ``root`` is empty in the first format."""

    chain: str
    number: int
    hash: str
    at: datetime
    first: int = 0
    root: str = ""
    public_key: str = ""
    signature: str = ""

    @property
    def has_tree(self) -> bool:
        return bool(self.root)

    def signed_bytes(self) -> bytes:
        content = {"chain": self.chain, "number": self.number, "hash": self.hash}
        content |= {"at": instant(self.at)}
        if self.has_tree:
            content |= {"format": FORMAT, "first": self.first, "root": self.root}
        return canonical(content).encode()

    def content(self) -> dict[str, Any]:
        """What the file holds."""
        names = [name for name in _SHAPES if self.has_tree or name not in ("first", "root")]
        told = {name: getattr(self, name) for name in names} | {"at": instant(self.at)}
        return {"format": FORMAT if self.has_tree else FIRST_FORMAT} | told

    def as_json(self) -> str:
        return json.dumps(self.content(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_content(cls, content: Any) -> "Statement":
        """Read what a file holds; raises ``ValueError`` naming the field and what is wrong."""
        if not isinstance(content, Mapping) or "format" not in content:
            raise ValueError(_("这不是检查点文件"))
        if content["format"] not in (FORMAT, FIRST_FORMAT):
            known = {"formats": f"{FORMAT}, {FIRST_FORMAT}", "found": content["format"]}
            raise ValueError(_("format 是 %(found)s，应为 %(formats)s 之一") % known)
        shapes = dict(_SHAPES)
        if content["format"] == FIRST_FORMAT:
            del shapes["first"], shapes["root"]
        check_shape({k: v for k, v in content.items() if k != "format"}, shapes)
        fields = {name: content[name] for name in shapes}
        try:
            at = datetime.fromisoformat(content["at"])
            if instant(at) != content["at"]:
                raise ValueError
        except (ValueError, OverflowError) as error:
            raise ValueError(_("at 不是带微秒的协调世界时")) from error
        return cls(**fields | {"at": at})

    @classmethod
    def from_json(cls, text: str) -> "Statement":
        """Read an exported file; raises ``ValueError`` naming what is wrong."""
        return cls.from_content(read_json(text))

    def is_genuine(self) -> bool:
        """Whether the signature belongs to the content and the stated key."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (InvalidSignature, ValueError):
            return False
        return True

    def signed_with(self, key: Ed25519PrivateKey) -> "Statement":
        """The same statement with key and signature in place."""
        facts = {name: getattr(self, name) for name in ("chain", "number", "hash", "at")}
        facts |= {"first": self.first, "root": self.root}
        signature = key.sign(self.signed_bytes()).hex()
        public = public_bytes(key.public_key()).hex()
        return Statement(**facts, public_key=public, signature=signature)


def read_json(text: str) -> Any:
    """JSON in which no name occurs twice: two readers must not see two different files."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise ValueError(_("第 %(line)s 行第 %(column)s 列起不是 JSON") % where) from error
    except RecursionError as error:
        raise ValueError(_("嵌套太深")) from error


def check_shape(
    content: Mapping[str, Any], shapes: Mapping[str, tuple[type | tuple[type, ...], int | None]]
) -> None:
    """Raise ``ValueError`` naming the first field that is missing, unknown or of another shape."""
    for name in shapes:
        if name not in content:
            raise ValueError(_("缺少 %(field)s") % {"field": name})
    for name, value in content.items():
        if name not in shapes:
            raise ValueError(_("多出 %(field)s") % {"field": name})
        kind, digits = shapes[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ValueError(_("%(field)s 的类型不对") % {"field": name})
        if isinstance(value, str) and not _is_encodable(value):
            raise ValueError(_("%(field)s 里有半个字符") % {"field": name})
        if digits is not None and not is_hex(value, digits):
            wrong = {"field": name, "digits": digits}
            raise ValueError(_("%(field)s 不是 %(digits)s 位小写十六进制") % wrong)


def is_hex(text: Any, digits: int) -> bool:
    return isinstance(text, str) and len(text) == digits and set(text) <= set("0123456789abcdef")


def public_bytes(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def fingerprint(public_key: str) -> str:
    """SHA-256 of the key in DER: ``openssl pkey -pubin -in KEY -outform DER | sha256sum``."""
    # An Ed25519 SubjectPublicKeyInfo is these twelve bytes and the key (RFC 8410 §4).
    der = bytes.fromhex("302a300506032b6570032100") + bytes.fromhex(public_key)
    return hashlib.sha256(der).hexdigest()


def public_key_from(text: str) -> str:
    """A public key in hexadecimal, from hexadecimal or PEM; raises ``ValueError``."""
    text = text.strip()
    if is_hex(text.lower(), 64):
        return text.lower()
    try:
        key = serialization.load_pem_public_key(text.encode())
    except ValueError as error:
        raise ValueError(_("既不是 PEM 公钥，也不是 64 位十六进制")) from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(_("这把公钥不是 Ed25519"))
    return public_bytes(key).hex()


def public_pem(public_key: str) -> str:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(*form).decode()


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _is_encodable(text: str) -> bool:
    """Whether a text has a UTF-8 form: JSON may smuggle in half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("%(field)s 出现了两次") % {"field": twice})
    return found
