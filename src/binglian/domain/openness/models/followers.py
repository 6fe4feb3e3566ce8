"""Somebody without an account who is told of a topic by mail (关注)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Follower(models.Model):
    """An address that follows one topic, once its holder has said so; erased when it leaves."""

    class State(models.TextChoices):
        ASKED = "asked", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        LEFT = "left", _("已退订")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="followers")
    # As ``topics.Topic.key`` names it.
    topic = models.CharField(_("主题"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    language = models.CharField(_("语言"), max_length=10)
    # Whoever holds the secret link confirms and leaves; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # One encrypted JSON object {email, token}: each letter holds the link. Empty once erased.
    sealed = models.BinaryField(blank=True)
    # The address under our key, so that nobody follows twice; empty once erased.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    consent_text = models.TextField(_("告知同意"))
    asked_at = models.DateTimeField(_("申请时间"))
    asked_mail_at = models.DateTimeField(_("确认信时间"), null=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    left_at = models.DateTimeField(_("退订时间"), null=True)
    # News up to here were told; a letter goes at most once a day.
    told_until = models.DateTimeField(null=True)
    looked_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("关注")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "topic", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="follower_once",
            ),
            models.CheckConstraint(
                name="follower_state_complete",
                condition=Q(state="asked", confirmed_at=None, left_at=None)
                | Q(state="confirmed", confirmed_at__isnull=False, left_at=None)
                & Q(told_until__isnull=False)
                | Q(state="left", left_at__isnull=False, sealed=b"", fingerprint=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "looked_on"], name="follower_to_tell")]

    def __str__(self) -> str:
        # The ledger keeps this for ever: a number says nothing of a person.
        return f"F-{self.pk}"
