"""Other programs that speak to the platform, and what they were answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a client may do."""

    READ = "read", _("读取公开数据")
    REPORT = "report", _("提交诉求")
    UPDATE = "update", _("补充诉求")
    # For a program of one member, in the name of the officer who registered it.
    LISTS = "lists", _("填报本单位的资源与需求")
    COMMITMENTS = "commitments", _("代表本单位认领、谢绝和报告兑现")


#: What only a member's own officer gives a program, and only for that member.
OF_A_MEMBER = (Scope.LISTS, Scope.COMMITMENTS)


class ApiClient(models.Model):
    """A program with a key of its own (接入程序), in one alliance or in all of them."""

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, null=True, blank=True, related_name="api_clients"
    )
    # The member whose program it is. It acts in the name of ``made_by``, and no longer than that
    # officer may.
    organisation = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("单位"),
    )
    name = models.CharField(_("名称"), max_length=60)
    contact = models.CharField(
        _("联系窗口"), max_length=120, help_text=_("办公电话或公务邮箱，不填个人信息")
    )
    scopes = models.JSONField(_("权限"), default=list)
    per_minute = models.PositiveSmallIntegerField(_("每分钟次数"), default=60)
    # The key itself is told once; kept are how it begins, to tell keys apart, and its digest.
    beginning = models.CharField(_("密钥开头"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("登记时间"))
    last_used_on = models.DateField(_("最近使用"), null=True, blank=True)
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接入程序")
        ordering = ["revoked_at", "-id"]
        constraints = [
            models.CheckConstraint(name="client_may_speak", condition=Q(per_minute__gt=0)),
            models.CheckConstraint(
                name="client_of_a_member_has_its_officer",
                condition=Q(organisation=None) | Q(alliance__isnull=False, made_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]
