"""What is looked at: checklists as data with versions (检查表)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import in_language


class Family(models.TextChoices):
    """What a checklist is about; the alliance's own bottom lines are a family of their own."""

    QUALITY = "quality", _("工程质量")
    SAFETY = "safety", _("施工安全")
    CIVILISED = "civilised", _("文明施工")
    BOTTOM_LINE = "bottom_line", _("底线")


class Checklist(models.Model):
    """One version of one list of an alliance; the standing one is the latest not retired."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="checklists")
    # Which list it is a version of, e.g. «scaffold».
    code = models.SlugField(max_length=30)
    family = models.CharField(_("类别"), max_length=12, choices=Family)
    version = models.PositiveSmallIntegerField(_("版本"))
    title_zh = models.CharField(_("名称"), max_length=60)
    title_en = models.CharField(_("英文名称"), max_length=90, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    replaced_at = models.DateTimeField(_("停用时间"), null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("启用时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("检查表")
        ordering = ["alliance", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "code", "version"], name="checklist_version_once"
            ),
            models.UniqueConstraint(
                fields=["alliance", "code"],
                condition=Q(replaced_at=None),
                name="checklist_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)


class ChecklistItem(models.Model):
    """One point of a checklist: what must be so; it becomes the standard of a finding."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("序号"))
    text_zh = models.CharField(_("要求"), max_length=200)
    text_en = models.CharField(_("英文要求"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("检查项")
        ordering = ["checklist", "number"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_item_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)
