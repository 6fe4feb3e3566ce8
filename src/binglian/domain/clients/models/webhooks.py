"""Programs and chat robots that are told of what happens, and what they were told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.clients.topics import CHOICES
from binglian.domain.ledger.acts import act_label


class Webhook(models.Model):
    """An address that is told of acts as they are recorded (推送), of an alliance or one member."""

    class Form(models.TextChoices):
        """How a message is written."""

        PROGRAM = "program", _("程序（带签名的 JSON）")
        WECOM = "wecom", _("企业微信群机器人")
        DINGTALK = "dingtalk", _("钉钉群机器人")
        FEISHU = "feishu", _("飞书群机器人")

    class State(models.TextChoices):
        ACTIVE = "active", _("推送中")
        STOPPED = "stopped", _("已停用")
        FAILED = "failed", _("多次失败，已自动停用")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="webhooks")
    # Only what concerns this member; none for everything of the alliance.
    organisation = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("单位"),
    )
    name = models.CharField(_("名称"), max_length=60)
    form = models.CharField(_("接收方"), max_length=10, choices=Form, default=Form.PROGRAM)
    # Codes of ``clients.topics``.
    topics = models.JSONField(_("内容"), default=list)
    # Address and secret: a robot's address is a secret too. Shown is only the host.
    sealed = models.BinaryField(editable=False)
    host = models.CharField(_("主机"), max_length=120, editable=False)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ACTIVE)
    # The last row of the alliance's ledger that was looked at.
    seen = models.PositiveBigIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(_("何时起失败"), null=True, editable=False)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("推送")
        ordering = ["state", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def topic_labels(self) -> list[str]:
        return [str(label) for code, label in CHOICES if code in self.topics]


class WebhookMessage(models.Model):
    """One message to one address, sent until it is taken or given up (推送记录)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        TAKEN = "taken", _("已送达")
        GIVEN_UP = "given_up", _("未能送达")

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="messages")
    # The same however often it is sent, so that a receiver can tell.
    key = models.CharField(_("消息号"), max_length=32, unique=True)
    # What happened: rows of the form of ``clients.telling.event_of``.
    events = models.JSONField(_("内容"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try_at = models.DateTimeField(_("下次发送"))
    # Of the last try: the HTTP status, 0 when there was no answer, and a few words.
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("推送记录")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="message_settled_complete",
                condition=Q(state="waiting", settled_at=None)
                | ~Q(state="waiting") & Q(settled_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="message_due")]

    def __str__(self) -> str:
        return self.key

    @property
    def said(self) -> str:
        """The answer; what the platform itself says of it, in the reader's language."""
        return gettext(self.answer) if self.answer else ""

    @property
    def lines(self) -> list[str]:
        """What it tells, an act a line, in the reader's language."""
        return [f"{act_label(event['act'])} {event['object']}".strip() for event in self.events[:3]]
