"""Approval items of an alliance, and what waits for what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import in_language
from binglian.domain.projects.words import office_word

from .tasks import Lag, Link


class ApprovalItem(models.Model):
    """One approval an office gives (审批事项), with its periods, papers and legal basis."""

    class Stage(models.IntegerChoices):
        SITING = 1, _("立项用地规划许可")
        PERMIT = 2, _("工程建设许可")
        WORKS = 3, _("施工许可")
        COMPLETION = 4, _("竣工验收")
        PARALLEL = 5, _("并行推进")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="approval_items")
    code = models.CharField(_("编码"), max_length=20)
    title_zh = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    office = models.CharField(_("办理部门"), max_length=24)
    # Which organisation that is here; the owner's own steps have none.
    organisation = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理单位"),
    )
    stage = models.PositiveSmallIntegerField(_("阶段"), choices=Stage, default=Stage.PARALLEL)
    statutory_days = models.PositiveSmallIntegerField(
        _("法定时限"), help_text=_("工作日；节点为 0")
    )
    pledged_days = models.PositiveSmallIntegerField(_("承诺时限"), help_text=_("工作日"))
    # Notification-commitment and conditional acceptance, where the office offers them.
    commitment_days = models.PositiveSmallIntegerField(
        _("告知承诺时限"), null=True, blank=True, help_text=_("工作日；不适用则留空")
    )
    conditional_days = models.PositiveSmallIntegerField(
        _("容缺受理时限"), null=True, blank=True, help_text=_("工作日；不适用则留空")
    )
    is_counted = models.BooleanField(
        _("计入审批时限"), default=True, help_text=_("公示、招标、听证、专家评审期间停时")
    )
    validity_days = models.PositiveIntegerField(
        _("有效期（天）"), null=True, blank=True, help_text=_("逾期未用即失效；长期有效则留空")
    )
    kinds = models.JSONField(_("适用项目类型"), default=list, blank=True)
    # Any one of them brings the item in; [] means every project of those kinds.
    applies_when = models.JSONField(_("适用情形"), default=list, blank=True)
    papers = models.JSONField(_("申请材料"), default=list, blank=True)
    basis_zh = models.CharField(_("依据"), max_length=400, blank=True)
    basis_en = models.CharField(_("英文依据"), max_length=400, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(_("序号"), default=0)

    class Meta:
        verbose_name = _("审批事项")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "code"], name="item_code_once"),
            models.CheckConstraint(
                name="item_pledge_within_law", condition=Q(pledged_days__lte=F("statutory_days"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def basis(self) -> str:
        return in_language(self.basis_zh, self.basis_en)

    @property
    def office_label(self) -> str:
        return str(office_word(self.office))


class ItemLink(models.Model):
    """An item waits for another one (前置)."""

    before = models.ForeignKey(ApprovalItem, models.CASCADE, related_name="links_after")
    after = models.ForeignKey(ApprovalItem, models.CASCADE, related_name="links_before")
    link = models.CharField(_("关系"), max_length=2, choices=Link, default=Link.FINISH_START)
    least = models.IntegerField(_("至少间隔"), default=0)
    most = models.IntegerField(_("至多间隔"), null=True, blank=True)
    lag = models.CharField(_("间隔单位"), max_length=8, choices=Lag, default=Lag.WORKING)

    class Meta:
        verbose_name = _("事项前置关系")
        ordering = ["after", "before"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "link"], name="item_link_once"),
            models.CheckConstraint(name="item_link_two_ends", condition=~Q(before=F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Template(models.Model):
    """A network of tasks kept to begin further projects with (项目模板)."""

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="project_templates"
    )
    title = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("项目类型"), max_length=16)
    # {"tasks": […], "precedences": […]}, in the form of actions.templates.
    content = models.JSONField(_("内容"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("保存时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("项目模板")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "title"], name="template_title_once")
        ]

    def __str__(self) -> str:
        return self.title
