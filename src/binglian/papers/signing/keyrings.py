"""Who can sign for a code: keys of our own, PKCS#12 files, or a PKCS#11 device.

All give pyHanko's ``Signer``; a national algorithm (SM2) would be one more keyring.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from pyhanko.sign import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from binglian.papers.refusal import PaperRefused, Said


class KeyRing(Protocol):
    """Where the keys are."""

    def signer_of(self, code: str) -> Signer:
        """Who signs for the code; raises ``PaperRefused`` when nobody can."""
        ...


def signer_from(
    key: EllipticCurvePrivateKey, certificate: x509.Certificate, chain: Sequence[x509.Certificate]
) -> Signer:
    """A signer with a key in memory; ``chain`` leads from the certificate to the root."""
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(
        signing_cert=as_asn1(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore.from_certs(map(as_asn1, chain)),
    )


class Pkcs12Ring:
    """A folder with one ``<code>.p12`` for each organisation, all with one password."""

    def __init__(self, folder: Path, password: str) -> None:
        self._folder, self._password = folder, password

    def signer_of(self, code: str) -> Signer:
        file = self._folder / f"{code}.p12"
        try:
            content = file.read_bytes()
        except OSError as error:
            raise PaperRefused(
                Said("没有 %(code)s 的证书文件 %(file)s。请放入后再试。", code=code, file=file)
            ) from error
        try:
            signer = SimpleSigner.load_pkcs12_data(content, [], self._password.encode())
        except Exception as error:  # pyHanko and asn1crypto raise many kinds on a wrong password
            raise PaperRefused(
                Said("打不开 %(file)s：口令不对，或不是 PKCS#12 文件。", file=file)
            ) from error
        return cast(Signer, signer)


class Pkcs11Ring:
    """A token of a PKCS#11 device; key and certificate carry the code as their label."""

    def __init__(self, module: str, token: str, pin: str) -> None:
        self._where = (module, token, pin)
        self._session: Any = None

    def signer_of(self, code: str) -> Signer:
        try:
            # The device's client is an extra: most platforms have none.
            from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
            from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415
        except ImportError as error:
            raise PaperRefused(Said("PKCS#11 需要另装 pyhanko[pkcs11]。")) from error
        module, token, pin = self._where
        try:
            self._session = self._session or open_pkcs11_session(
                module, token_criteria=TokenCriteria(label=token), user_pin=pin
            )
            signer = PKCS11Signer(self._session, cert_label=code, key_label=code)
            found = signer.signing_cert is not None
        except Exception as error:  # each device's library has its own errors
            raise PaperRefused(
                Said("PKCS#11 设备里用不了 %(code)s 的密钥：%(why)s。", code=code, why=error)
            ) from error
        if not found:
            raise PaperRefused(Said("PKCS#11 设备里没有 %(code)s 的证书。", code=code))
        return signer


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate, as pyHanko speaks of it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
