"""Decisions of the two leads: asked, answered by each, in force when both agree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.reserved import reserved_act


class Lead(models.TextChoices):
    """Which of the two cores (双核)."""

    A = "a", _("牵头单位甲")
    B = "b", _("牵头单位乙")


class Decision(models.Model):
    """A reserved act waiting for both leads (决定)."""

    class State(models.TextChoices):
        ASKED = "asked", _("待两个牵头单位同意")
        IN_FORCE = "in_force", _("已生效")
        REFUSED = "refused", _("未同意")
        LAPSED = "lapsed", _("内容已变，作废")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="decisions")
    act = models.CharField(_("事项"), max_length=40)
    object_ids = models.JSONField(_("对象"))
    # What exactly was asked; an approval is worth nothing once this no longer fits.
    digest = models.CharField(max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提请时间"), auto_now_add=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("决定")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="decision_settled_complete",
                condition=Q(state="asked", settled_at=None)
                | ~Q(state="asked") & Q(settled_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(reserved_act(self.act).label)


class Approval(models.Model):
    """One lead's answer (同意 / 不同意)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="approvals")
    lead = models.CharField(_("牵头单位"), max_length=1, choices=Lead)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    is_yes = models.BooleanField(_("同意"))
    note = models.CharField(_("意见"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("同意")
        ordering = ["lead"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "lead"], name="one_answer_per_lead"),
            # Two cores means two people.
            models.UniqueConstraint(fields=["decision", "by"], name="nobody_answers_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.get_lead_display()}: {self.is_yes}"
