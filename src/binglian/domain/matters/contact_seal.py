"""Contacts are encrypted, each for its own matter."""

from __future__ import annotations

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binglian.domain.refusals import ActionRefused, refuse_unless

from .facts import ContactFacts

_NONCE = 12


def sealed(contact: ContactFacts, matter_id: int) -> bytes:
    """The contact as bytes that only this platform opens, and only as this matter's."""
    plain = json.dumps(
        {"name": contact.name, "phone": contact.phone, "email": contact.email}, ensure_ascii=False
    )
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, plain.encode(), _bound_to(matter_id))


def opened(content: bytes, matter_id: int) -> ContactFacts:
    """The contact again; raises ``ActionRefused`` when the key or the row is another one."""
    try:
        plain = _cipher().decrypt(content[:_NONCE], content[_NONCE:], _bound_to(matter_id))
    except InvalidTag as error:
        raise ActionRefused(
            _("打不开联系方式：BINGLIAN_KEY_ENCRYPTION_KEY 与保存时不同，或记录被改动过。")
        ) from error
    return ContactFacts(**json.loads(plain))


def _cipher() -> AESGCM:
    """The secret is long and random (settings), so deriving need not be slow."""
    secret = settings.KEY_ENCRYPTION_KEY
    refuse_unless(secret, _("没有设 BINGLIAN_KEY_ENCRYPTION_KEY，不能保存联系方式。"))
    return AESGCM(HKDF(hashes.SHA256(), 32, None, b"binglian contact").derive(secret.encode()))


def _bound_to(matter_id: int) -> bytes:
    """A sealed contact moved to another row does not open."""
    return f"matter:{matter_id}".encode()
