"""Private keys at rest: AES-256-GCM under a key derived from the operator's secret.

Layout of a locked key: one byte 1, 16 bytes salt, 12 bytes nonce, ciphertext with its tag. The
certificate's serial number is authenticated too, so a locked key cannot take another's place.
"""

import os
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from binglian.papers.refusal import PaperRefused, Said

_FORMAT, _SALT, _NONCE = b"\x01", 16, 12


def lock(key: EllipticCurvePrivateKey, secret: str, serial: int) -> bytes:
    """The key, readable only with the secret; ``serial`` is that of its certificate."""
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_derived(secret, salt)).encrypt(nonce, plain, _bound_to(serial))
    return _FORMAT + salt + nonce + sealed


def unlock(locked: bytes, secret: str, serial: int) -> EllipticCurvePrivateKey:
    """The key again.

    Raises
    ------
    PaperRefused
        The secret is another one, or the locked key was changed or belongs to another
        certificate.
    """
    salt, rest = locked[1 : 1 + _SALT], locked[1 + _SALT :]
    try:
        plain = AESGCM(_derived(secret, salt)).decrypt(
            rest[:_NONCE], rest[_NONCE:], _bound_to(serial)
        )
    except (InvalidTag, ValueError) as error:
        raise PaperRefused(
            Said(
                "打不开证书 %(serial)s 的密钥：密钥已被改动，"
                "或 BINGLIAN_KEY_ENCRYPTION_KEY 与保存时不同。",
                serial=_hex(serial),
            )
        ) from error
    # What was authenticated above is a key that ``lock`` took.
    return cast(EllipticCurvePrivateKey, serialization.load_der_private_key(plain, password=None))


def _derived(secret: str, salt: bytes) -> bytes:
    """The secret is long and random (settings), so deriving need not be slow."""
    return HKDF(hashes.SHA256(), 32, salt, b"binglian signing key").derive(secret.encode())


def _bound_to(serial: int) -> bytes:
    return _hex(serial).encode()


def _hex(serial: int) -> str:
    return f"{serial:x}"
