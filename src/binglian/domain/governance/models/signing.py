"""Certificates, the keys that belong to them, and the files signed with those."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: Stands in the place of a code in the certificate of the platform's own authority.
ROOT = "root"


class Certificate(models.Model):
    """Ties a public key to an organisation's code, for a time (证书)."""

    # A credit code or a number of ours; «root» and «platform» are the platform's own.
    code = models.CharField(_("代码"), max_length=40)
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, null=True, related_name="certificates"
    )
    serial = models.CharField(_("序列号"), max_length=40, unique=True)
    pem = models.TextField(_("证书"))
    from_at = models.DateTimeField(_("自"))
    until_at = models.DateTimeField(_("至"))
    replaced_at = models.DateTimeField(_("更换时间"), null=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True)
    is_compromised = models.BooleanField(_("密钥可能泄露"), default=False)

    class Meta:
        verbose_name = _("证书")
        ordering = ["code", "-from_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(replaced_at=None, revoked_at=None),
                name="one_current_certificate",
            ),
            models.CheckConstraint(
                name="certificate_compromised_is_revoked",
                condition=Q(is_compromised=False) | Q(revoked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.serial[:8]}"

    @property
    def parsed(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.pem.encode())

    @property
    def serial_number(self) -> int:
        return int(self.serial, 16)

    def is_current(self, at: datetime) -> bool:
        return not self.replaced_at and not self.revoked_at and self.from_at <= at < self.until_at


class SigningKey(models.Model):
    """The private key of a certificate, encrypted; destroyed when another takes its place (密钥).

    It is in no list, no export and no log; only ``signing_keys`` unlocks it.
    """

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="key")
    locked = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("签名密钥")

    def __str__(self) -> str:
        return str(self.certificate)


class SignedFile(models.Model):
    """A PDF as it was signed and sealed; a later edition never replaces it (已签文件)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="signed_files")
    #: What it is the paper of, e.g. ``agreement-version:12``.
    origin = models.CharField(_("来源"), max_length=60)
    edition = models.PositiveSmallIntegerField(_("版次"))
    title = models.CharField(_("名称"), max_length=120)
    content = models.BinaryField(editable=False)
    digest = models.CharField(_("摘要"), max_length=64)
    # Of the paper before anybody signed it: the same paper need not be sealed twice.
    source_digest = models.CharField(max_length=64)
    signatures = models.PositiveSmallIntegerField(_("签名数"))
    sealed_at = models.DateTimeField(_("封印时间"))

    class Meta:
        verbose_name = _("已签文件")
        ordering = ["origin", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "edition"], name="signed_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.edition}"
