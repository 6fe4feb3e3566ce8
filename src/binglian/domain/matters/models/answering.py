"""The answer, what the reporter says of it, and what is not counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Reply(models.Model):
    """The answer (答复): a part for everybody, a part for the reporter alone."""

    class Outcome(models.TextChoices):
        SOLVED = "solved", _("已解决")
        EXPLAINED = "explained", _("已说明，现阶段无法解决")
        UNREASONABLE = "unreasonable", _("诉求不合理（已复核）")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="replies")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome)
    public_text = models.TextField(_("公开答复"), max_length=4000)
    private_text = models.TextField(_("仅告知诉求人"), max_length=4000, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # «Unreasonable» needs a second pair of eyes before it counts.
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(_("复核同意"), null=True)

    class Meta:
        verbose_name = _("答复")
        ordering = ["id"]
        indexes = [models.Index(fields=["outcome", "is_confirmed"], name="reply_to_review")]

    def __str__(self) -> str:
        return self.public_text[:40]


class Revisit(models.Model):
    """What the reporter says of the answer (回访)."""

    class Channel(models.TextChoices):
        LINK = "link", _("链接")
        PHONE = "phone", _("电话")
        WORKER = "worker", _("社区工作者")

    class Solved(models.TextChoices):
        YES = "yes", _("已解决")
        EXPLAINED = "explained", _("已说明，确实无法解决")
        NO = "no", _("未解决")

    class Content(models.TextChoices):
        YES = "yes", _("满意")
        BASICALLY = "basically", _("基本满意")
        NO = "no", _("不满意")

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="revisit")
    channel = models.CharField(max_length=6, choices=Channel)
    # Not reached: both stay empty, and the revisit is not an effective one.
    solved = models.CharField(_("是否解决"), max_length=10, choices=Solved, blank=True)
    content = models.CharField(_("是否满意"), max_length=10, choices=Content, blank=True)
    note = models.CharField(_("意见"), max_length=400, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("回访")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="revisit_effective_or_not",
                condition=Q(solved="", content="") | ~Q(solved="") & ~Q(content=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.solved} {self.content}"


class Exclusion(models.Model):
    """A matter that one of the three rates leaves out, confirmed by a second person (剔除)."""

    class Rate(models.TextChoices):
        RESPONSE = "response", _("响应率")
        SOLVED = "solved", _("解决率")
        CONTENT = "content", _("满意率")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="exclusions")
    rate = models.CharField(max_length=8, choices=Rate)
    reason = models.CharField(_("理由"), max_length=200)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("剔除")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "rate"], name="excluded_once"),
            models.CheckConstraint(
                name="exclusion_by_two_people", condition=~Q(confirmed_by=models.F("asked_by"))
            ),
        ]

    def __str__(self) -> str:
        return self.reason
