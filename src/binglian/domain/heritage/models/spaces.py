"""Space to let: an offer of the loop that lies in a place, and who asks for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Space(models.Model):
    """Rooms of a place that merchants and makers may rent (待租空间): the place of an offer."""

    place = models.ForeignKey("heritage.Place", models.PROTECT, related_name="spaces")
    offer = models.OneToOneField("coupling.Offer", models.PROTECT, related_name="space")
    floor = models.CharField(_("位置"), max_length=40, blank=True, help_text=_("例如：一层东厢"))
    area = models.DecimalField(_("面积"), max_digits=8, decimal_places=2, help_text=_("平方米"))
    available_on = models.DateField(_("可入驻日期"), null=True, blank=True)
    is_public = models.BooleanField(_("向公众公开"), default=True)

    class Meta:
        verbose_name = _("待租空间")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="space_area", condition=Q(area__gt=0))]

    def __str__(self) -> str:
        return str(self.offer)


class SpaceApplication(models.Model):
    """Somebody asks for a space (用房申请); taken up, it is a need addressed to its offer."""

    class State(models.TextChoices):
        RECEIVED = "received", _("待受理")
        TAKEN_UP = "taken_up", _("已受理")
        DECLINED = "declined", _("未受理")
        WITHDRAWN = "withdrawn", _("已撤回")

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="space_applications"
    )
    space = models.ForeignKey(Space, models.PROTECT, related_name="applications")
    number = models.CharField(_("编号"), max_length=20)
    # The shop's or team's name, never a person's.
    applicant = models.CharField(_("店名或团队名"), max_length=60)
    trade = models.CharField(_("打算经营什么"), max_length=60)
    text = models.TextField(_("想法"), max_length=1000, blank=True)
    wanted_on = models.DateField(_("希望入驻日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    # Signs that a machine wrote it, for whoever looks at it first.
    doubts = models.CharField(_("系统提示"), max_length=200, blank=True)
    reason = models.CharField(_("未受理的原因"), max_length=200, blank=True)
    need = models.ForeignKey(
        "coupling.Need", models.PROTECT, null=True, blank=True, related_name="space_applications"
    )
    # Whoever holds the secret link follows it; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # One encrypted JSON object {name, phone, email}; empty once erased.
    sealed = models.BinaryField(blank=True)
    consent_text = models.TextField(_("告知同意"))
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    answered_at = models.DateTimeField(_("办理时间"), null=True)
    erase_on = models.DateField(_("到期删除"))
    erased_at = models.DateTimeField(_("已删除"), null=True, blank=True)

    class Meta:
        verbose_name = _("用房申请")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "number"], name="space_application_number_once"
            ),
            models.CheckConstraint(
                name="space_application_erased_is_empty",
                condition=Q(erased_at=None) | Q(sealed=b""),
            ),
            models.CheckConstraint(
                name="space_application_answer_complete",
                condition=Q(state="received", answered_at=None, need=None)
                | Q(state="taken_up", answered_at__isnull=False, need__isnull=False)
                | Q(state="declined", answered_at__isnull=False) & ~Q(reason="")
                | Q(state="withdrawn", answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # The ledger keeps this for ever, so no name that may be a person's.
        return self.number
