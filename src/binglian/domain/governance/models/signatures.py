"""Who is expected to sign a version of an agreement, and how each answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Organisation
from binglian.domain.refusals import found_or_refused

from .agreements import AgreementVersion


class Signature(models.Model):
    """One organisation's answer to a frozen text: signed, declined, or still awaited (确认书)."""

    class State(models.TextChoices):
        AWAITED = "awaited", _("待确认")
        CHECKING = "checking", _("纸质件待复核")
        SIGNED = "signed", _("已确认")
        DECLINED = "declined", _("已谢绝")
        MISSED = "missed", _("逾期未确认")

    class Method(models.TextChoices):
        """How the person proved once more who they are."""

        TOTP = "totp", _("动态验证码")
        PASSKEY = "webauthn", _("通行密钥")
        PAPER = "paper", _("盖章纸质件")
        DEMONSTRATION = "demonstration", _("演示数据")

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # A late joiner signs a sheet of its own for the version in force (加入书).
    is_accession = models.BooleanField(_("后加入"), default=False)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.AWAITED)
    awaited_since = models.DateTimeField(_("自"), auto_now_add=True)
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("签署人")
    )
    at = models.DateTimeField(_("时间"), null=True)
    # In what capacity, word for word as it stood on the page when they agreed to it.
    authority = models.CharField(_("授权依据"), max_length=200, blank=True)
    consent = models.CharField(_("同意内容"), max_length=600, blank=True)
    digest = models.CharField(_("文本摘要"), max_length=64, blank=True)
    method = models.CharField(_("核验方式"), max_length=14, choices=Method, blank=True)
    # When the second factor was shown; at most a few minutes before ``at``.
    verified_at = models.DateTimeField(_("核验时间"), null=True)
    reason = models.CharField(_("谢绝的理由"), max_length=400, blank=True)
    # Of a paper: the scan, its name, its SHA-256, and the second person who compared it.
    scan = models.BinaryField(null=True)
    scan_name = models.CharField(_("扫描件"), max_length=200, blank=True)
    scan_digest = models.CharField(_("扫描件摘要"), max_length=64, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("复核人")
    )

    class Meta:
        verbose_name = _("确认书")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation", "is_accession"], name="one_answer_of_each"
            ),
            models.CheckConstraint(  # whoever signed: who, when, what, how, in what capacity
                name="signature_complete",
                condition=~Q(state="signed")
                | Q(by__isnull=False, at__isnull=False, verified_at__isnull=False)
                & ~Q(digest="")
                & ~Q(consent="")
                & ~Q(authority="")
                & ~Q(method=""),
            ),
            models.CheckConstraint(
                name="signature_decline_explained",
                condition=~Q(state="declined")
                | Q(by__isnull=False, at__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(  # a paper counts when a second person has compared it
                name="signature_paper_checked_by_another",
                condition=~Q(state="signed", method="paper")
                | Q(confirmed_by__isnull=False, scan__isnull=False)
                & ~Q(confirmed_by=models.F("by"))
                & ~Q(scan_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_state_display()}"

    @property
    def signatory(self) -> User:
        """Who signed, or handed in the paper; there is nobody while it is awaited."""
        return found_or_refused(self.by, _("该单位还没有确认。"))

    @property
    def is_paper(self) -> bool:
        return self.method == self.Method.PAPER
