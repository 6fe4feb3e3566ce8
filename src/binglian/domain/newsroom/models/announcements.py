"""An announcement, and every text that was put up for review as one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Announcement(models.Model):
    """Something an organisation of the alliance tells everybody (公告).

    ``state`` is about the latest version; what everybody reads is ``shown``, so that a correction
    is written and reviewed while the version before it stands.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        REVIEW = "review", pgettext_lazy("news", "待审核")
        ASKED = "asked", _("待牵头单位同意")
        QUEUED = "queued", _("待发布")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤回")
        DROPPED = "dropped", _("已作废")

    #: States in which somebody still has to do something, or time has to pass.
    OPEN = (State.DRAFT, State.REVIEW, State.ASKED, State.QUEUED)

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="announcements")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("发布单位")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    shown = models.ForeignKey(
        "newsroom.AnnouncementVersion", models.PROTECT, null=True, related_name="+"
    )
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    # Once approved: not before this instant; none goes out at once.
    goes_out_at = models.DateTimeField(_("发布时间"), null=True)
    published_at = models.DateTimeField(_("首次发布"), null=True)
    # When what everybody reads last became another.
    changed_at = models.DateTimeField(_("更新时间"), null=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    # Stays at the address of what was withdrawn.
    withdrawal_note = models.CharField(_("撤回说明"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("公告")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="announcement_published_is_shown",
                condition=Q(shown=None, published_at=None, changed_at=None)
                & ~Q(state__in=["published", "withdrawn"])
                | Q(shown__isnull=False, published_at__isnull=False, changed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="announcement_withdrawal_complete",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_note="")
                | ~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawal_note=""),
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "-published_at"], name="announcement_newest"),
            models.Index(fields=["state", "goes_out_at"], name="announcement_queue"),
        ]

    def __str__(self) -> str:
        version = self.shown or self.latest
        return version.title if version else str(self.pk)

    @property
    def latest(self) -> AnnouncementVersion | None:
        """The version that ``state`` is about."""
        return max(self.versions.all(), key=lambda one: one.number, default=None)

    @property
    def path(self) -> str:
        """Its address for everybody."""
        return f"/p/{self.alliance.slug}/news/{self.pk}/"


class AnnouncementVersion(models.Model):
    """The text of an announcement; never changed once it was put up for review (公告版本)."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    title = models.CharField(_("标题"), max_length=80)
    summary = models.CharField(pgettext_lazy("news", "摘要"), max_length=200)
    body = models.TextField(_("正文"), max_length=20000)
    title_en = models.CharField(_("英文标题"), max_length=160, blank=True)
    summary_en = models.CharField(_("英文摘要"), max_length=400, blank=True)
    body_en = models.TextField(_("英文正文"), max_length=40000, blank=True)
    # Where it was told first, when it was told elsewhere.
    source = models.CharField(_("来源"), max_length=80, blank=True)
    source_url = models.URLField(_("原文网址"), max_length=300, blank=True)
    is_statement = models.BooleanField(_("公开声明"), default=False)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(_("送审时间"), null=True)
    # What looked personal, and that the writer said may be public: rows of kind and text.
    cleared = models.JSONField(_("已核对"), default=list)
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(_("审核时间"), null=True)
    is_approved = models.BooleanField(_("审核通过"), null=True)
    review_note = models.CharField(_("审核意见"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("公告版本")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "number"], name="announcement_version_once"
            ),
            models.CheckConstraint(
                name="announcement_reviewed_by_another", condition=~Q(reviewed_by=F("written_by"))
            ),
            models.CheckConstraint(
                name="announcement_review_complete",
                condition=Q(reviewed_by=None, reviewed_at=None, is_approved=None)
                | Q(
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                    is_approved__isnull=False,
                    submitted_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_language(self, field: str) -> str:
        """``title``, ``summary`` or ``body`` in the reader's language, else in Chinese."""
        english = getattr(self, f"{field}_en") if self.is_read_in_english else ""
        return str(english or getattr(self, field))

    @property
    def shown_title(self) -> str:
        return self.in_language("title")

    @property
    def shown_summary(self) -> str:
        return self.in_language("summary")

    @property
    def is_read_in_english(self) -> bool:
        """Whether the reader reads English and there is an English body."""
        return (get_language() or "").startswith("en") and bool(self.body_en)
