"""Residents' eyes on a site: who looks for them, and what they saw (群众监督员)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SupervisorNomination(models.Model):
    """A community names somebody whom its residents chose (监督员提名).

    Of the person nothing is kept but the account, once there is one: no name, no roster.
    """

    class State(models.TextChoices):
        NOMINATED = "nominated", _("待确认")
        APPOINTED = "appointed", _("已任职")
        DECLINED = "declined", _("未任职")

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="supervisor_nominations"
    )
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("提名社区")
    )
    # Where the link to set a password goes; empty once it was decided.
    email = models.EmailField(_("电子邮箱"), blank=True)
    chosen_how = models.CharField(
        _("怎样推选"), max_length=120, help_text=_("例如：11月1日居民会议举手推选")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.NOMINATED)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    nominated_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField(_("提名时间"), auto_now_add=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = _("监督员提名")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="nomination_state_complete",
                condition=Q(state="nominated", user=None, decided_at=None) & ~Q(email="")
                | Q(state="appointed", user__isnull=False, decided_at__isnull=False, email="")
                | Q(state="declined", decided_at__isnull=False, email="") & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        # The ledger keeps this for ever: the community, never the person.
        return f"{self.organisation} {self.pk}"


class Observation(models.Model):
    """What a supervisor saw at a site, and what was answered (监督意见)."""

    class State(models.TextChoices):
        FILED = "filed", _("待答复")
        ANSWERED = "answered", _("已答复")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="observations")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, related_name="observations", verbose_name=_("工地")
    )
    # The community that named the supervisor: everybody reads this, nobody reads who it was.
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    place = models.CharField(_("在哪里"), max_length=120)
    text = models.TextField(_("看到什么"), max_length=1000)
    # For members only, without what the camera wrote into it; empty where none was taken.
    photo = models.BinaryField(_("照片"), blank=True)
    photo_type = models.CharField(max_length=20, blank=True)
    filed_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.FILED)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    is_public = models.BooleanField(_("向公众公开"), default=False)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        verbose_name = _("监督意见")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="observation_state_complete",
                condition=Q(state="filed", answer="", answered_at=None, is_public=False)
                | Q(state="answered", answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.place}"
