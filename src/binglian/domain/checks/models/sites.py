"""Who builds: the units of a project, its teams, and a day's headcount. Never a roster."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SiteUnit(models.Model):
    """An organisation's part in a project (参建单位)."""

    class Role(models.TextChoices):
        OWNER = "owner", _("建设单位")
        CONTRACTOR = "contractor", _("施工单位")
        SUPERVISOR = "supervisor", _("监理单位")
        DESIGNER = "designer", _("设计单位")
        MONITOR = "monitor", _("监测单位")
        # Major hazards are reported to it at once (Work Safety Law, art. 41).
        REGULATOR = "regulator", _("监督部门")

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="units")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("单位")
    )
    role = models.CharField(_("身份"), max_length=10, choices=Role)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("参建单位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "role"], name="site_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organisation}"


class Team(models.Model):
    """A team at work with its flag (队伍): whose it is, how many, what for; no names of persons.

    A roster of some flags would tell who is in which party: only the headcount is kept.
    """

    class Flag(models.TextChoices):
        NONE = "none", _("普通班组")
        SHOCK = "shock", _("突击队")
        PIONEER = "pioneer", _("工人先锋号")
        YOUTH = "youth", _("青年突击队")

    class Standing(models.TextChoices):
        CREATING = "creating", _("创建中")
        AWARDED = "awarded", _("已授予")

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="teams")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("所属单位")
    )
    name = models.CharField(_("队名"), max_length=60)
    flag = models.CharField(_("旗帜"), max_length=8, choices=Flag, default=Flag.NONE)
    standing = models.CharField(_("旗帜状态"), max_length=8, choices=Standing, blank=True)
    # Who awarded the honour and by which document; a flag put up at the start is no award.
    award = models.CharField(_("授予单位和文号"), max_length=120, blank=True)
    headcount = models.PositiveSmallIntegerField(_("人数"))
    task = models.CharField(_("任务"), max_length=200)
    ended_on = models.DateField(_("退场日期"), null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("队伍")
        ordering = ["project", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"], condition=Q(ended_on=None), name="team_name_once"
            ),
            models.CheckConstraint(
                name="team_flag_complete",
                condition=Q(flag="none", standing="", award="")
                | ~Q(flag="none") & Q(standing="creating", award="")
                | ~Q(flag="none") & Q(standing="awarded") & ~Q(award=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamDay(models.Model):
    """How many of a team were there on a day, how many trained, whether wages are owed (日报)."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="days")
    on = models.DateField(_("日期"))
    headcount = models.PositiveSmallIntegerField(_("到场人数"))
    trained = models.PositiveSmallIntegerField(_("已受安全教育人数"))
    owes_wages = models.BooleanField(_("有拖欠工资"))
    # The notice board of workers' rights as it hung that day; empty where none was taken.
    board = models.BinaryField(_("维权告示牌照片"), blank=True)
    board_type = models.CharField(max_length=20, blank=True)
    # Of every report that arrived, made on the phone: one sent again changes nothing (see Finding).
    keys = models.JSONField(default=list)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("上报时间"), auto_now=True)

    class Meta:
        verbose_name = _("每日到场")
        ordering = ["-on", "team"]
        constraints = [
            models.UniqueConstraint(fields=["team", "on"], name="team_day_once"),
            models.CheckConstraint(
                name="team_day_trained_are_there", condition=Q(trained__lte=F("headcount"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.on}"


class Accident(models.Model):
    """An accident at a team's work (事故): what and when, nobody's name; it bars honours."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="accidents")
    on = models.DateField(_("发生日期"))
    what = models.CharField(_("经过"), max_length=300)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    # Entered wrongly: why; the row stays and bars nothing.
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("事故")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="accident_withdrawn_for_a_reason",
                condition=Q(withdrawn_at=None, reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.on}"


class SitePlan(models.Model):
    """A drawing of a site, such as one level, on which places are shown (工地平面图)."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="site_plans")
    title = models.CharField(_("图名"), max_length=60)
    image = models.BinaryField(_("图片"))
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Findings keep the plan they were shown on; new ones are shown on the plans in use.
    replaced_at = models.DateTimeField(_("停用时间"), null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("工地平面图")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                condition=Q(replaced_at=None),
                name="site_plan_title_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
