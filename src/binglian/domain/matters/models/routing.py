"""What the platform has learned of whom a report concerns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LearntRouting(models.Model):
    """An alliance's own model (分派模型), trained from matters that people dispatched."""

    alliance = models.OneToOneField(
        "alliance.Alliance", models.PROTECT, related_name="learnt_routing"
    )
    # As written by engine.routing; nothing in it runs when it is read.
    content = models.BinaryField()
    matters = models.PositiveIntegerField(_("学习的诉求数"))
    # Of matters it had not seen, 0 … 1; none where too few to tell.
    macro_f1 = models.FloatField(_("宏平均 F1"), null=True)
    trained_at = models.DateTimeField(_("训练时间"))

    class Meta:
        verbose_name = _("分派模型")

    def __str__(self) -> str:
        return f"{self.alliance} · {self.trained_at:%Y-%m-%d}"
