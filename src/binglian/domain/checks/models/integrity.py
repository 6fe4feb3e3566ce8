"""Contracts of a project, and what their parties promise beside them (廉洁承诺)."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.models import Signature


class Contract(models.Model):
    """A contract of a project: what everybody may know of it, and its file's fingerprint (合同).

    The file itself is not kept: whoever holds it can show that it is the one.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="contracts")
    number = models.CharField(_("合同编号"), max_length=40)
    title = models.CharField(_("合同名称"), max_length=120)
    subject = models.CharField(_("标的"), max_length=300)
    signed_on = models.DateField(_("签订日期"))
    digest = models.CharField(_("文件指纹（SHA-256）"), max_length=64)
    parties = models.ManyToManyField(
        "alliance.Organisation", related_name="contracts", verbose_name=_("当事单位")
    )
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("合同")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="contract_number_once"),
        ]

    def __str__(self) -> str:
        return self.title


class IntegrityPromise(models.Model):
    """What the parties of a contract promise, word for word; public once all have signed."""

    class State(models.TextChoices):
        SIGNING = "signing", _("待签署")
        PUBLISHED = "published", _("已公示")
        DECLINED = "declined", _("未签成")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="promises")
    text = models.TextField(_("承诺内容"), max_length=3000)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SIGNING)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("送签时间"), auto_now_add=True)
    published_at = models.DateTimeField(_("公示时间"), null=True)

    class Meta:
        verbose_name = _("廉洁承诺")
        ordering = ["-pk"]
        constraints = [
            # A promise that somebody would not sign makes room for another one.
            models.UniqueConstraint(
                fields=["contract"],
                condition=~Q(state="declined"),
                name="promise_once_for_a_contract",
            ),
            models.CheckConstraint(
                name="promise_publication_complete",
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contract)

    @property
    def digest(self) -> str:
        """What a signature is bound to: the contract's file and the words of the promise."""
        return sha256(f"{self.contract.digest}\n{self.text}".encode()).hexdigest()


class PromiseSignature(models.Model):
    """One party signs the promise by its own signatory, or says why not (承诺签署)."""

    class State(models.TextChoices):
        AWAITED = "awaited", _("待签署")
        SIGNED = "signed", _("已签署")
        DECLINED = "declined", _("不签署")

    promise = models.ForeignKey(IntegrityPromise, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.AWAITED)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"), null=True)
    # The sentence agreed to, what it was bound to, and how the person was verified.
    consent = models.CharField(_("确认语"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    method = models.CharField(_("核验方式"), max_length=14, choices=Signature.Method, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("承诺签署")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "organisation"], name="promise_signed_once"),
            models.CheckConstraint(
                name="promise_signature_complete",
                condition=Q(state="awaited", by=None, at=None)
                | Q(state="signed", by__isnull=False, at__isnull=False)
                & ~Q(consent="")
                & ~Q(digest="")
                & ~Q(method="")
                | Q(state="declined", by__isnull=False, at__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_state_display()}"
