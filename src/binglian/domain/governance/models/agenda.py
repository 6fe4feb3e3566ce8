"""What a meeting speaks of, and what it resolves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.governance.agenda_sources import BY_HAND, TOPICS, source_label

from .meetings import Meeting


class Topic(models.Model):
    """Something a member wants spoken of (议题)."""

    class State(models.TextChoices):
        OFFERED = "offered", _("待研究")
        ACCEPTED = "accepted", _("列入议程")
        DEFERRED = "deferred", _("暂缓")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="topics")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("提出单位")
    )
    title = models.CharField(_("议题"), max_length=120)
    paper = models.TextField(_("材料"), blank=True, help_text=_("写明情况和希望会议议定什么"))
    link = models.URLField(_("材料链接"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OFFERED)
    # Which meeting it was accepted for.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="topics")
    word = models.CharField(_("秘书处答复"), max_length=200, blank=True)
    offered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("提出时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("议题")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="accepted_topic_has_meeting",
                condition=Q(state="accepted", meeting__isnull=False)
                | ~Q(state="accepted") & Q(meeting=None),
            ),
            models.CheckConstraint(
                name="deferral_explained", condition=~Q(state="deferred", word="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One point of a meeting's agenda, and what was said about it (议程)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField(_("顺序"))
    # Which source brought it, e.g. «coupling.overdue», and the thing itself, e.g. «commitment:12».
    source = models.CharField(_("来源"), max_length=40)
    origin = models.CharField(_("事由"), max_length=60, blank=True)
    title_zh = models.CharField(_("议程"), max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    url = models.CharField(_("链接"), max_length=200, blank=True)
    conclusion = models.TextField(_("会议意见"), blank=True)
    # Counts the savings of the conclusion, so that nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("议程")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "origin"],
                condition=~Q(origin=""),
                name="on_the_agenda_once",
            )
        ]

    def __str__(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return self.title_en if is_english and self.title_en else self.title_zh

    @property
    def announced(self) -> str:
        """The point as paper and calendars name it: with where it comes from, and from whom."""
        if self.source in (BY_HAND, TOPICS):
            return str(self)
        who = f" · {self.organisation}" if self.organisation else ""
        return f"{source_label(self.source)} · {self}{who}"


class Resolution(models.Model):
    """What a meeting resolved: who does what, for whom, by when (议定事项).

    Once the minutes are confirmed it is a commitment, whose state is read by ``promises``.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("议定事项"), max_length=200)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位")
    )
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("评价单位")
    )
    due_on = models.DateField(_("完成期限"))

    class Meta:
        verbose_name = _("议定事项")
        ordering = ["meeting_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="resolution_number_once"),
            models.CheckConstraint(  # who needed it judges, so it is somebody else
                name="resolution_two_sides", condition=~Q(owner=models.F("receiver"))
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def origin(self) -> str:
        """How promises and agendas name it."""
        return f"resolution:{self.pk}"
