"""What happened: reports of organisations, and permits that lapse."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .tasks import Task


class Report(models.Model):
    """One thing that happened to a task on a day (进展)."""

    class Event(models.TextChoices):
        PRE_REVIEW = "pre_review", _("开始预审")
        RECEIVED = "received", _("收件")
        NOT_ACCEPTED = "not_accepted", _("不予受理")
        CORRECTION = "correction", _("一次告知补正")
        COMPLETED = "completed", _("材料补齐")
        ACCEPTED = "accepted", _("受理、开始办理")
        STOPPED = "stopped", _("停时（特别程序开始）")
        RESUMED = "resumed", _("恢复计时（特别程序结束）")
        PASSED = "passed", _("办结通过")
        WITH_GAPS = "with_gaps", _("容缺办结")
        GAPS_FILLED = "gaps_filled", _("容缺材料补齐")
        REFUSED = "refused", _("不予通过")
        WITHDRAWAL_ASKED = "withdrawal_asked", _("申请撤件")
        WITHDRAWN = "withdrawn", _("同意撤件")
        RECALLED = "recalled", _("撤回")
        REVOKED = "revoked", _("撤销")

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    event = models.CharField(_("进展"), max_length=16, choices=Event)
    on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=400, blank=True)
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("报告时间"), auto_now_add=True)
    # A slip of the finger is taken back, and stays to be seen.
    taken_back_at = models.DateTimeField(_("更正时间"), null=True)

    class Meta:
        verbose_name = _("进展")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.task} · {self.get_event_display()}"


class Expiry(models.Model):
    """A permit lapses unless it is used in time (失效日期)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="expiries")
    from_on = models.DateField(_("取得日期"))
    lapses_on = models.DateField(_("失效日期"))
    # Used, renewed, or no longer wanted.
    settled_on = models.DateField(_("已用日期"), null=True)

    class Meta:
        verbose_name = _("失效日期")
        ordering = ["lapses_on"]
        constraints = [
            models.CheckConstraint(name="expiry_days", condition=Q(lapses_on__gt=F("from_on"))),
            models.UniqueConstraint(
                fields=["task"], condition=Q(settled_on=None), name="one_open_expiry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.lapses_on}"
