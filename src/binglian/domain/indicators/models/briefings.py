"""The briefing of a month, and every text of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.indicators.periods import Period, month


class Briefing(models.Model):
    """What an alliance reports of one month (月度简报).

    ``state`` is about the latest version; ``sent`` is the one that counts, so that a correction is
    written and approved while the briefing before it stands.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        ASKED = "asked", _("待牵头单位同意")
        SENT = "sent", _("已报送")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="briefings")
    # The first day of it.
    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=6, choices=State, default=State.DRAFT)
    sent = models.ForeignKey(
        "indicators.BriefingVersion", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("月度简报")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "month"], name="one_briefing_a_month"),
            models.CheckConstraint(
                name="briefing_sent_is_kept", condition=~Q(state="sent") | Q(sent__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return _("%(month)s 月度简报") % {"month": self.period}

    @property
    def period(self) -> Period:
        return month(self.month)

    @property
    def latest(self) -> BriefingVersion:
        """The version that ``state`` is about; a briefing is begun with its first one."""
        return max(self.versions.all(), key=lambda one: one.number)

    @property
    def path(self) -> str:
        return f"/a/{self.alliance.slug}/briefings/{self.period}/"


class BriefingVersion(models.Model):
    """One text of a briefing; never changed once the leads were asked (简报版本).

    What the records said stands in ``composition`` and is nobody's to edit; people write texts
    beside it, which name figures instead of repeating them.
    """

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    # As briefing.composing.Composition writes itself.
    composition = models.JSONField(_("由记录生成的内容"))
    # Part → what was written about it.
    texts = models.JSONField(_("文字"), default=dict)
    # Keys of lines that are not told.
    left_out = models.JSONField(_("不列出的条目"), default=list)
    # Grows with each change, so that two writers notice each other.
    edition = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("写作时间"), auto_now=True)
    sent_at = models.DateTimeField(_("报送时间"), null=True)

    class Meta:
        verbose_name = _("简报版本")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "number"], name="briefing_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.briefing} · {self.number}"
