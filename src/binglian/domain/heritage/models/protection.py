"""Who must approve which change of what: the alliance's table, in versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProtectionTable(models.Model):
    """One version of the table of grades and changes (保护审批表); none is changed afterwards."""

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="protection_tables"
    )
    version = models.PositiveSmallIntegerField(_("版本"))
    # {"grades": {code: basis}, "rules": […]}, in the form of ``protection.Table``.
    content = models.JSONField(_("内容"))
    why = models.CharField(_("修改原因"), max_length=200)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("生效时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("保护审批表")
        ordering = ["alliance", "version"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "version"], name="protection_version_once")
        ]

    def __str__(self) -> str:
        return str(_("第 %(n)s 版") % {"n": self.version})
