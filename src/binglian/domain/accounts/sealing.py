"""How to reach somebody is encrypted, each contact for the one row it belongs to."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binglian.domain.refusals import ActionRefused, refuse_unless

_NONCE = 12


def seal(contact: Mapping[str, str], bound_to: str) -> bytes:
    """The contact as bytes that only this platform opens, and only as that of ``bound_to``."""
    nonce = os.urandom(_NONCE)
    plain = json.dumps(dict(contact), ensure_ascii=False).encode()
    return nonce + _cipher().encrypt(nonce, plain, bound_to.encode())


def unseal(content: bytes, bound_to: str) -> dict[str, str]:
    """The contact again; raises ``ActionRefused`` when the key or the row is another one."""
    try:
        plain = _cipher().decrypt(content[:_NONCE], content[_NONCE:], bound_to.encode())
    except InvalidTag as error:
        raise ActionRefused(
            _("打不开联系方式：BINGLIAN_KEY_ENCRYPTION_KEY 与保存时不同，或记录被改动过。")
        ) from error
    return json.loads(plain)


def fingerprint(text: str) -> str:
    """The same for the same text, useless to whoever lacks our key: finds what is sealed."""
    return hmac.new(_key(b"binglian fingerprint"), text.encode(), hashlib.sha256).hexdigest()


def _cipher() -> AESGCM:
    return AESGCM(_key(b"binglian contact"))


def _key(purpose: bytes) -> bytes:
    """The secret is long and random (settings), so deriving need not be slow."""
    secret = settings.KEY_ENCRYPTION_KEY
    refuse_unless(secret, _("没有设 BINGLIAN_KEY_ENCRYPTION_KEY，不能保存联系方式。"))
    return HKDF(hashes.SHA256(), 32, None, purpose).derive(secret.encode())
