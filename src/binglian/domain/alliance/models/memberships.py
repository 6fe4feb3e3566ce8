"""How organisations come to belong to an alliance: asked for, invited, admitted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .alliances import Alliance
from .organisations import Organisation


class Membership(models.Model):
    """An organisation's belonging to an alliance (成员关系), from a day until a day."""

    class State(models.TextChoices):
        APPLIED = "applied", _("待批准")
        ADMITTED = "admitted", _("成员")
        REFUSED = "refused", _("未批准")
        WITHDRAWN = "withdrawn", _("已退出")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    category = models.CharField(_("成员类别"), max_length=20)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.APPLIED)
    applied_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    from_on = models.DateField(_("加入日期"), null=True, blank=True)
    until_on = models.DateField(_("退出日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("成员关系")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "organisation"],
                condition=Q(state__in=["applied", "admitted"]),
                name="one_current_membership",
            ),
            models.CheckConstraint(
                name="membership_dates_match_state",
                condition=Q(state="admitted", from_on__isnull=False, until_on=None)
                | Q(state="withdrawn", from_on__isnull=False, until_on__isnull=False)
                | Q(state__in=["applied", "refused"], until_on=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def category_label(self) -> str:
        words = {word.code: str(word) for word in self.alliance.category_words()}
        return words.get(self.category, self.category)


class Application(models.Model):
    """An organisation asks from outside to join; the secretariat checks who is asking (申请)."""

    class State(models.TextChoices):
        RECEIVED = "received", _("待办理")
        TAKEN_UP = "taken_up", _("已受理")
        REFUSED = "refused", _("不予受理")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="applications")
    name = models.CharField(_("单位名称"), max_length=120)
    kind = models.CharField(_("单位类型"), max_length=14, choices=Organisation.Kind)
    category = models.CharField(_("成员类别"), max_length=20)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    desk = models.CharField(_("联系窗口"), max_length=120, blank=True)
    email = models.EmailField(_("公务邮箱"))
    note = models.CharField(_("愿意贡献什么"), max_length=400, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    answered_at = models.DateTimeField(_("办理时间"), null=True)
    reason = models.CharField(_("不予受理的原因"), max_length=200, blank=True)
    membership = models.OneToOneField(
        Membership, models.PROTECT, null=True, related_name="application"
    )

    class Meta:
        verbose_name = _("入盟申请")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link by which an organisation joins, or a liaison officer takes a seat."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("电子邮箱"), blank=True)
    # Only the hash is kept: the link itself is shown once and mailed.
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("邀请时间"), auto_now_add=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("有效期至"))
    used_at = models.DateTimeField(_("使用时间"), null=True)
    used_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("邀请")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="invitation_use_complete",
                condition=Q(used_at=None, used_by=None)
                | Q(used_at__isnull=False, used_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        # The ledger keeps this for ever, so no address of a person.
        return str(self.organisation or _("新单位"))
