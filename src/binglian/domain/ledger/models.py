"""The append-only record of every act, one hash chain per alliance."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .chain import digest_of
from .faults import Fault
from .statements import Statement, instant


class Chain(models.Model):
    """The end of one chain; locked while an entry is appended, so numbers never repeat."""

    name = models.CharField(_("链"), max_length=60, unique=True)
    last_number = models.PositiveBigIntegerField(_("末号"), default=0)
    last_hash = models.CharField(_("末哈希"), max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("台账链")

    def __str__(self) -> str:
        return f"{self.name}#{self.last_number}"


class LedgerEntry(models.Model):
    """One act (台账记录): who did what, on which object, when, and what it changed."""

    chain = models.CharField(_("链"), max_length=60)
    number = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    user_id = models.BigIntegerField(_("用户号"), null=True)
    user = models.CharField(_("用户"), max_length=60)
    organisation_id = models.BigIntegerField(_("单位号"), null=True)
    organisation = models.CharField(_("单位"), max_length=120, blank=True)
    act = models.CharField(_("行为"), max_length=60)
    object_type = models.CharField(_("对象类型"), max_length=60)
    object_id = models.CharField(_("对象号"), max_length=60)
    object_label = models.CharField(_("对象"), max_length=200)
    change = models.TextField(_("变更"), help_text=_("规范化 JSON"))
    previous_hash = models.CharField(_("前一哈希"), max_length=64)
    hash = models.CharField(_("哈希"), max_length=64)

    class Meta:
        verbose_name = _("台账记录")
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entry_once")]
        indexes = [models.Index(fields=["object_type", "object_id"], name="entry_by_object")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.number} {self.act}"

    def content(self) -> dict[str, Any]:
        """What the hash is made from, as a proof file holds it."""
        return {
            "chain": self.chain,
            "number": self.number,
            "at": instant(self.at),
            "user_id": self.user_id,
            "user": self.user,
            "organisation_id": self.organisation_id,
            "organisation": self.organisation,
            "act": self.act,
            "object_type": self.object_type,
            "object_id": self.object_id,
            "object_label": self.object_label,
            "change": self.change,
            "previous_hash": self.previous_hash,
        }

    def digest(self) -> str:
        """The hash this row must carry, computed anew from its content."""
        return digest_of(self.content())


class Checkpoint(models.Model):
    """A signed statement «chain, number, hash at this time»; the exported file is the proof.

    Its Merkle tree holds the rows from ``first`` to ``number``; rows of the first format have none.
    """

    chain = models.CharField(_("链"), max_length=60)
    first = models.PositiveBigIntegerField(_("起始序号"), default=0)
    number = models.PositiveBigIntegerField(_("序号"))
    hash = models.CharField(_("哈希"), max_length=64)
    root = models.CharField(_("默克尔树根"), max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))
    public_key = models.CharField(_("公钥"), max_length=64)
    signature = models.CharField(_("签名"), max_length=128)

    class Meta:
        verbose_name = _("检查点")
        ordering = ["chain", "number", "id"]

    def __str__(self) -> str:
        return f"{self.chain}#{self.number}"

    @property
    def statement(self) -> Statement:
        return Statement(
            chain=self.chain,
            first=self.first,
            number=self.number,
            hash=self.hash,
            root=self.root,
            at=self.at,
            public_key=self.public_key,
            signature=self.signature,
        )


class Verification(models.Model):
    """One walk over a whole chain (核验): when, how many rows, and the first that did not hold."""

    chain = models.CharField(_("链"), max_length=60)
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    # Nobody: the platform itself, once a day.
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entries = models.PositiveBigIntegerField(_("完好行数"))
    checkpoints = models.PositiveIntegerField(_("对照的检查点"))
    sealed = models.PositiveBigIntegerField(_("检查点管到的行数"))
    broken_at = models.PositiveBigIntegerField(_("不符的行"), null=True)
    fault = models.CharField(_("缘由"), max_length=16, choices=Fault, blank=True)

    class Meta:
        verbose_name = _("核验")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="verification_fault_complete",
                condition=Q(fault="", broken_at=None) | ~Q(fault="") & Q(broken_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["chain", "-id"], name="latest_verification")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.entries}"

    @property
    def is_sound(self) -> bool:
        return not self.fault

    @property
    def reason(self) -> str:
        return Fault(self.fault).told(self.broken_at, self.sealed) if self.fault else ""


class KeptAnswer(models.Model):
    """What somebody was answered (答复留底), so that sending it again does not do it again.

    The answer is encrypted with the key and with what was sent, neither of which is kept: it
    opens for whoever repeats the request, and for nobody else.
    """

    # Digests of who asked under which key, and of what was sent.
    asked = models.CharField(max_length=64, unique=True)
    request = models.CharField(max_length=64)
    # Tells which of two arrivals it was that did it.
    attempt = models.CharField(max_length=16)
    # Whose the key was: a program's answers are forgotten sooner than those of forms.
    is_programs = models.BooleanField(default=False)
    label = models.CharField(max_length=200, blank=True)
    # Empty until the first is answered.
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("答复留底")
        indexes = [models.Index(fields=["is_programs", "kept_at"], name="answer_age")]

    def __str__(self) -> str:
        return f"{self.label} {self.kept_at}"
