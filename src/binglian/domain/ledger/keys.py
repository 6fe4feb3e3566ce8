"""The platform's own key, with which it signs checkpoints."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from binglian.domain.refusals import ActionRefused
from binglian.whole_files import write_new

from .statements import public_bytes


def signing_key() -> Ed25519PrivateKey:
    """The key of the settings; made on first use, except in production, where it must be given.

    Raises ``ActionRefused`` when it is missing, not encrypted in production, locked by another
    passphrase, or of another kind.
    """
    path: Path = settings.LEDGER_KEY_FILE
    if not path.exists():
        if settings.PRODUCTION:
            raise ActionRefused(
                _("没有台账签名密钥 %(file)s。请先运行 binglian ledger key --make。")
                % {"file": path}
            )
        return make_signing_key()
    if settings.PRODUCTION and not _is_locked(path):
        raise ActionRefused(
            _(
                "台账签名密钥 %(file)s 没有加密。请运行 openssl pkcs8 -topk8 -v2 aes-256-cbc "
                "加密，并设 BINGLIAN_LEDGER_KEY_PASSPHRASE。"
            )
            % {"file": path}
        )
    return _key_in(path)


def make_signing_key() -> Ed25519PrivateKey:
    """Make the key where the settings say, encrypted with the passphrase when there is one.

    Raises ``ActionRefused`` when one is there already, or without a passphrase in production.
    """
    path: Path = settings.LEDGER_KEY_FILE
    passphrase = settings.LEDGER_KEY_PASSPHRASE.encode()
    if settings.PRODUCTION and not passphrase:
        raise ActionRefused(_("请先设 BINGLIAN_LEDGER_KEY_PASSPHRASE：私钥须加密存放。"))
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        lock = serialization.BestAvailableEncryption(passphrase)
    key = Ed25519PrivateKey.generate()
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    if not write_new(path, key.private_bytes(*form, lock)):
        raise ActionRefused(_("已有密钥 %(file)s。") % {"file": path})
    return key


def own_public_key() -> str:
    """The public half, in hexadecimal."""
    path: Path = settings.LEDGER_KEY_FILE
    if not path.exists():
        signing_key()
    return _public_half(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _public_half(path: Path, _changed_at: int) -> str:
    """Kept, since anybody may ask for it and unlocking is slow by design."""
    return public_bytes(_key_in(path).public_key()).hex()


def trusted_keys() -> frozenset[str]:
    """Keys whose checkpoints count: the present one, and former ones named in the settings.

    Empty on a machine that has no key and names none: then whose signature it is must be looked
    at by eye, or ``--key`` given.
    """
    path: Path = settings.LEDGER_KEY_FILE
    own = {own_public_key()} if path.exists() else set()
    return frozenset(own | set(settings.LEDGER_FORMER_KEYS))


def _is_locked(path: Path) -> bool:
    return b"ENCRYPTED" in path.read_bytes()


def _key_in(path: Path) -> Ed25519PrivateKey:
    passphrase = settings.LEDGER_KEY_PASSPHRASE.encode() if _is_locked(path) else None
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), passphrase or None)
    except (ValueError, TypeError) as error:
        raise ActionRefused(
            _("打不开台账签名密钥 %(file)s。请核对 BINGLIAN_LEDGER_KEY_PASSPHRASE。")
            % {"file": path}
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ActionRefused(_("%(file)s 里不是 Ed25519 私钥。") % {"file": path})
    return key
