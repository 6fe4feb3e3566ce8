"""Joint meetings (联席会议): the alliance's rules for them, each meeting, and who comes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.words import Word

QUARTERLY = (3, 6, 9, 12)


#: What one chair hands to the next, until the alliance says otherwise.
HANDOVER = (
    Word("", "未办结的议定事项清单", "List of open resolutions"),
    Word("", "会议纪要和签到材料", "Minutes and attendance papers"),
    Word("", "正在协调的事项及联系窗口", "Matters under way and whom to contact"),
    Word("", "下次会议的筹备安排", "Preparations for the next meeting"),
)


def quarterly() -> list[int]:
    return list(QUARTERLY)


def usual_handover() -> list[dict[str, str]]:
    return [{"zh": word.zh, "en": word.en} for word in HANDOVER]


class MeetingRules(models.Model):
    """When an alliance meets, and what happens how many days before (会议规则)."""

    alliance = models.OneToOneField(
        "alliance.Alliance", models.PROTECT, related_name="meeting_rules"
    )
    months = models.JSONField(_("开会月份"), default=quarterly)
    day = models.PositiveSmallIntegerField(
        _("当月几日"), default=10, help_text=_("遇休息日顺延到下一个工作日")
    )
    begins_at = models.TimeField(_("开始时间"), default=time(9, 30))
    minutes_long = models.PositiveSmallIntegerField(_("时长（分钟）"), default=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    topics_days = models.PositiveSmallIntegerField(
        _("征集议题截止"), default=7, help_text=_("会前几天")
    )
    agenda_days = models.PositiveSmallIntegerField(
        _("发出议程"), default=3, help_text=_("会前几天")
    )
    superiors_days = models.PositiveSmallIntegerField(
        _("报告上级"), default=2, help_text=_("会前几天")
    )
    # What one chair hands over to the next: [{zh, en}].
    handover = models.JSONField(_("轮值交接事项"), default=usual_handover)

    class Meta:
        verbose_name = _("会议规则")
        constraints = [
            # Every month has a 28th.
            models.CheckConstraint(name="meeting_day", condition=Q(day__gte=1, day__lte=28))
        ]

    def __str__(self) -> str:
        return str(self.alliance)

    def handover_words(self) -> list[Word]:
        return [Word("", row["zh"], row.get("en", "")) for row in self.handover]


class Meeting(models.Model):
    """One joint meeting, from collecting topics to confirmed minutes (联席会议)."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("筹备中")
        CONVENED = "convened", _("已通知")
        MINUTED = "minuted", _("纪要已确认")
        CANCELLED = "cancelled", _("已取消")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(_("第几次"))
    starts_at = models.DateTimeField(_("开始时间"))
    minutes_long = models.PositiveSmallIntegerField(_("时长（分钟）"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    # Who organises it; the two leads lead all the same.
    chair = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("轮值单位"),
    )
    topics_due_on = models.DateField(_("征集议题截止"))
    agenda_due_on = models.DateField(_("发出议程"))
    superiors_due_on = models.DateField(_("报告上级"))
    superiors_told_on = models.DateField(_("已报告上级"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PREPARED)
    # Of iCalendar: how often the invitation has changed since it was first sent.
    sequence = models.PositiveIntegerField(default=0)
    cancelled_because = models.CharField(_("取消原因"), max_length=200, blank=True)
    summary = models.TextField(_("会议概要"), blank=True)
    minuted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    minuted_at = models.DateTimeField(_("纪要确认时间"), null=True)

    class Meta:
        verbose_name = _("联席会议")
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                name="cancellation_explained", condition=~Q(state="cancelled", cancelled_because="")
            ),
            models.CheckConstraint(
                name="minutes_confirmed_complete",
                condition=Q(state="minuted", minuted_by__isnull=False, minuted_at__isnull=False)
                | ~Q(state="minuted") & Q(minuted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return gettext("第 %(number)s 次联席会议") % {"number": self.number}

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes_long)

    @property
    def on(self) -> date:
        """The day, in the alliance's time zone."""
        return localtime(self.starts_at).date()

    @property
    def is_open(self) -> bool:
        """Whether anything about it can still be changed."""
        return self.state in (self.State.PREPARED, self.State.CONVENED)

    @property
    def path(self) -> str:
        return f"/a/{self.alliance.slug}/meetings/{self.pk}/"


class Attendance(models.Model):
    """Whether an organisation comes, and with how many; never who (参会)."""

    class Reply(models.TextChoices):
        COMING = "coming", _("参加")
        EXCUSED = "excused", _("请假")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reply = models.CharField(_("回复"), max_length=8, choices=Reply, blank=True)
    expected = models.PositiveSmallIntegerField(_("预计人数"), default=0)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    # Counted at the meeting; empty until somebody has.
    present = models.PositiveSmallIntegerField(_("到会人数"), null=True, blank=True)

    class Meta:
        verbose_name = _("参会")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)
