"""The append-only record of every act, one hash chain per alliance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .chain import digest_of


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
        indexes = [models.Index(fields=["chain", "object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.chain}#{self.number} {self.act}"

    def digest(self) -> str:
        """The hash this row must carry, computed anew from its content."""
        return digest_of(
            {
                "chain": self.chain,
                "number": self.number,
                "at": self.at,
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
        )


class Checkpoint(models.Model):
    """A signed statement «chain, number, hash at this time»; the exported file is the proof."""

    chain = models.CharField(_("链"), max_length=60)
    number = models.PositiveBigIntegerField(_("序号"))
    hash = models.CharField(_("哈希"), max_length=64)
    at = models.DateTimeField(_("时间"))
    public_key = models.CharField(_("公钥"), max_length=64)
    signature = models.CharField(_("签名"), max_length=128)

    class Meta:
        verbose_name = _("检查点")
        ordering = ["chain", "number"]

    def __str__(self) -> str:
        return f"{self.chain}#{self.number}"
