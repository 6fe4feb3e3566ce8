"""Changes to what an alliance reserves for its leads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleChange(models.Model):
    """Another table of reserved acts and terms, in force when both agree (保留事项调整)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="rule_changes")
    # {"reserved": {act: leads}, "decision_days": …, "large_from": "…" or null}
    wanted = models.JSONField(_("调整后"))
    why = models.CharField(_("理由"), max_length=200, blank=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提请时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("保留事项调整")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.why or str(_("调整保留事项表"))
