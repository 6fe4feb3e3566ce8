"""Days on which everybody may look at a site (开放日), and who wants to come."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import in_language


class OpenDay(models.Model):
    """A site is open to visitors for some hours, with so many places (开放日)."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("接受报名")
        CANCELLED = "cancelled", _("已取消")
        HELD = "held", _("已举办")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="open_days")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, related_name="open_days", verbose_name=_("工地")
    )
    title_zh = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    meet_at = models.CharField(_("集合地点"), max_length=120)
    # What to see, what to wear, who cannot come in: for visitors.
    notes = models.TextField(_("看什么，注意什么"), max_length=1000, blank=True)
    notes_en = models.TextField(_("英文说明"), max_length=1500, blank=True)
    capacity = models.PositiveSmallIntegerField(_("名额"))
    taken = models.PositiveSmallIntegerField(_("已报名人数"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ANNOUNCED)
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    # What was asked on the day and what was answered, for everybody.
    record_zh = models.TextField(_("现场问答记录"), max_length=4000, blank=True)
    record_en = models.TextField(_("英文问答记录"), max_length=6000, blank=True)
    visitors = models.PositiveSmallIntegerField(_("到场人数"), null=True)
    # How often the day was changed: what subscribers' calendars go by (RFC 5545, SEQUENCE).
    edition = models.PositiveSmallIntegerField(default=0, editable=False)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("开放日")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="open_day_ends_later", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="open_day_never_oversold",
                condition=Q(capacity__gt=0, taken__lte=F("capacity")),
            ),
            models.CheckConstraint(
                name="open_day_state_complete",
                condition=Q(state="announced")
                | Q(state="cancelled") & ~Q(reason="")
                | Q(state="held", visitors__isnull=False) & ~Q(record_zh=""),
            ),
        ]
        indexes = [models.Index(fields=["alliance", "starts_at"], name="open_day_start")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def told(self) -> str:
        """What visitors should know, in the reader's language."""
        return in_language(self.notes, self.notes_en)

    @property
    def record(self) -> str:
        return in_language(self.record_zh, self.record_en)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()

    @property
    def left(self) -> int:
        """Places nobody has taken."""
        return self.capacity - self.taken


class SignUp(models.Model):
    """Somebody comes with so many people (报名). No name; how to reach them is encrypted."""

    open_day = models.ForeignKey(OpenDay, models.PROTECT, related_name="sign_ups")
    people = models.PositiveSmallIntegerField(_("人数"))
    # Signs that a machine wrote it.
    doubts = models.CharField(_("系统提示"), max_length=200, blank=True)
    # Whoever holds the secret link follows it; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # One encrypted JSON object {phone, email}; empty once erased.
    sealed = models.BinaryField(blank=True)
    consent_text = models.TextField(_("告知同意"))
    signed_up_at = models.DateTimeField(_("报名时间"), auto_now_add=True)
    # The language of the page, for the mail that tells of a change.
    language = models.CharField(max_length=10, blank=True)
    # The edition of the day the person knows: what they saw, or what mail told them.
    told_edition = models.PositiveSmallIntegerField(default=0, editable=False)
    withdrawn_at = models.DateTimeField(_("取消时间"), null=True)
    # Where the desk took it off; the person reads it by their link.
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    erase_on = models.DateField(_("到期删除"))
    erased_at = models.DateTimeField(_("已删除"), null=True)

    class Meta:
        verbose_name = _("报名")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="sign_up_somebody", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="sign_up_erased_is_empty", condition=Q(erased_at=None) | Q(sealed=b"")
            ),
            models.CheckConstraint(
                name="sign_up_withdrawn_is_erased",
                condition=Q(withdrawn_at=None) | Q(erased_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # The ledger keeps this for ever: a number says nothing of a person.
        return f"K-{self.pk}"
