"""Themes of the month."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Theme(models.Model):
    """A recurrent problem taken up for a month (每月一题), with the matters that show it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("建议")
        ADOPTED = "adopted", _("已立题")
        DROPPED = "dropped", _("未采纳")
        DONE = "done", _("已完成")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="themes")
    month = models.DateField(_("月份"))
    title = models.CharField(_("题目"), max_length=120)
    category = models.ForeignKey("matters.Category", models.PROTECT, null=True, blank=True)
    words = models.JSONField(_("共同的词"), default=list, blank=True)
    matters = models.ManyToManyField(Matter, related_name="themes", verbose_name=_("依据"))
    lead = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)

    class Meta:
        verbose_name = _("每月一题")
        ordering = ["-month", "id"]

    def __str__(self) -> str:
        return self.title
