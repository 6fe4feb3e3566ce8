"""What was reported, where, how far it has come, and whom one may ask."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .catalogue import Clock


class Matter(models.Model):
    """Something a resident, merchant or worker reported (诉求)."""

    class State(models.TextChoices):
        RECEIVED = "received", _("待分派")
        DISPATCHED = "dispatched", _("已分派")
        OBJECTED = "objected", _("有异议")
        HANDLING = "handling", _("办理中")
        REPLIED = "replied", _("已答复")
        PARKED = "parked", _("挂账")
        CLOSED = "closed", _("已办结")
        DIVERTED = "diverted", _("已引导至法定渠道")
        JOINED = "joined", _("并入同类诉求")
        REJECTED = "rejected", _("不予受理")

    #: States in which somebody has to do something.
    OPEN = (State.RECEIVED, State.DISPATCHED, State.OBJECTED, State.HANDLING, State.PARKED)

    #: States in which the clock runs, unless it is stopped.
    RUNNING = (State.DISPATCHED, State.OBJECTED, State.HANDLING)

    class Source(models.TextChoices):
        WEB = "web", _("网页")
        WORKER = "worker", _("社区工作者代报")
        EMAIL = "email", _("电子邮件")
        API = "api", _("开放接口")

    class Visibility(models.TextChoices):
        HELD = "held", _("待审核")
        PUBLIC = "public", _("公开")
        PRIVATE = "private", _("不公开")

    class Diversion(models.TextChoices):
        """The six kinds that law sends elsewhere."""

        EMERGENCY = "emergency", _("紧急求助")
        STATUTORY = "statutory", _("诉讼、仲裁、信访等法定渠道")
        REPEATED = "repeated", _("重复且无新情况")
        SECRET = "secret", _("涉及国家秘密、商业秘密、个人隐私")
        BEYOND = "beyond", _("超出公共服务职责")
        UNLAWFUL = "unlawful", _("违法或违背公序良俗")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="matters")
    number = models.CharField(_("编号"), max_length=20)
    source = models.CharField(_("来源"), max_length=8, choices=Source)
    # As it was written; the public reads ``public_text``, set when it has been checked.
    text = models.TextField(_("内容"), max_length=4000)
    public_text = models.TextField(_("公开内容"), max_length=4000, blank=True)
    category = models.ForeignKey(
        "matters.Category", models.PROTECT, null=True, blank=True, related_name="matters"
    )
    # What the platform proposed, how sure it was (0 … 1), by which words; kept to learn from.
    proposed_category = models.ForeignKey(
        "matters.Category", models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_confidence = models.FloatField(null=True)
    proposed_because = models.JSONField(default=list, blank=True)
    answers = models.JSONField(_("附加问题的回答"), default=dict, blank=True)
    address = models.CharField(_("地点"), max_length=120, blank=True)
    courtyard = models.CharField(_("院落"), max_length=60, blank=True)
    # WGS-84 degrees; none where the reporter did not know.
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("街道"),
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    visibility = models.CharField(
        _("公开"), max_length=8, choices=Visibility, default=Visibility.HELD
    )
    diversion = models.CharField(_("引导"), max_length=10, choices=Diversion, blank=True)
    lead = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("主办单位"),
    )
    # Whoever holds the secret link may follow it; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # An earlier matter about the same thing.
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined"
    )
    # The need it became, when no member could solve it.
    need = models.ForeignKey(
        "coupling.Need", models.PROTECT, null=True, blank=True, related_name="matters"
    )
    reported_at = models.DateTimeField(_("提出时间"))
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    dispatched_at = models.DateTimeField(_("分派时间"), null=True, blank=True)
    contact_due_at = models.DateTimeField(_("首次联系期限"), null=True, blank=True)
    contacted_at = models.DateTimeField(_("首次联系时间"), null=True, blank=True)
    # Since when the period runs, how long it is and how it is counted: fixed at dispatch, so that
    # a later change of the catalogue moves nothing, and kept to work the deadline out again.
    counted_from = models.DateTimeField(_("计时起点"), null=True, blank=True)
    period = models.PositiveSmallIntegerField(_("办理期限"), null=True, blank=True)
    clock = models.CharField(_("计时"), max_length=12, choices=Clock, blank=True)
    due_at = models.DateTimeField(_("办理期限"), null=True, blank=True)
    # Due in a year whose days off are not announced: may shift, and is worked out again.
    is_due_provisional = models.BooleanField(default=False)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("诉求")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="matter_number_once"),
            models.CheckConstraint(
                name="matter_place_complete",
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
            ),
            models.CheckConstraint(
                name="matter_joined_to_another",
                condition=Q(state="joined", joined_to__isnull=False)
                | ~Q(state="joined") & Q(joined_to=None),
            ),
            models.CheckConstraint(
                name="matter_public_was_checked",
                condition=~Q(visibility="public") | ~Q(public_text=""),
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "state", "-id"], name="matter_state"),
            models.Index(fields=["alliance", "visibility", "-id"], name="matter_visibility"),
            models.Index(fields=["alliance", "area", "-id"], name="matter_area"),
            models.Index(fields=["alliance", "lead", "state", "due_at"], name="matter_lead_due"),
            models.Index(fields=["alliance", "area", "state"], name="matter_area_state"),
            models.Index(fields=["alliance", "category", "-id"], name="matter_category"),
            models.Index(fields=["alliance", "visibility", "-reported_at"], name="matter_reported"),
            models.Index(fields=["alliance", "visibility", "-replied_at"], name="matter_replied"),
            models.Index(fields=["alliance", "dispatched_at"], name="matter_dispatched"),
            models.Index(
                fields=["alliance", "need"],
                condition=Q(need__isnull=False),
                name="matter_became_need",
            ),
            # Most were filed by nobody with an account and joined to nothing: without these, an
            # index of the alliance looks better than one of a column that is nearly always empty.
            models.Index(
                fields=["alliance", "entered_by"],
                condition=Q(entered_by__isnull=False),
                name="matter_entered_by",
            ),
            models.Index(
                fields=["alliance", "joined_to"],
                condition=Q(joined_to__isnull=False),
                name="matter_joined",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_category_sure(self, sure_from: float) -> bool:
        """Whether a person named the category, or the platform was sure enough (0 … 1) of it."""
        return self.category_id is not None or (self.proposed_confidence or 0.0) >= sure_from

    @property
    def answered_by(self) -> Matter:
        """The matter whose answer is this one's: the one it was joined to, or itself."""
        return self.joined_to or self

    @property
    def running_until(self) -> datetime | None:
        """The deadline that is still to be kept; none once answered, parked or led elsewhere."""
        return self.due_at if self.state in self.RUNNING else None

    @property
    def is_answered_late(self) -> bool:
        """Whether the answer that counts came after its time, extensions and stops allowed for."""
        return bool(self.replied_at and self.due_at and self.replied_at > self.due_at)


class Contact(models.Model):
    """How to reach who reported, encrypted; only handlers read it, and each look is noted."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="contact")
    # One encrypted JSON object {name, phone, email}; empty once erased.
    sealed = models.BinaryField(blank=True)
    consent_text = models.TextField(_("告知同意"))
    consented_at = models.DateTimeField(_("同意时间"))
    erase_on = models.DateField(_("到期删除"))
    erased_at = models.DateTimeField(_("已删除"), null=True, blank=True)

    class Meta:
        verbose_name = _("联系方式")
        constraints = [
            models.CheckConstraint(
                name="contact_erased_is_empty",
                condition=Q(erased_at=None) | Q(sealed=b""),
            )
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class ContactLook(models.Model):
    """Somebody read how to reach a reporter (查看记录)."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="looks")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, null=True)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("查看原因"), max_length=120)

    class Meta:
        verbose_name = _("联系方式查看记录")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.at)


class Photo(models.Model):
    """A picture of a matter (照片), stored without what the camera wrote into it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="photos")
    image = models.BinaryField()
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alternative = models.CharField(_("图片说明"), max_length=120, blank=True)
    is_public = models.BooleanField(_("公开"), default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("照片")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.alternative or str(self.pk)


class Addition(models.Model):
    """What the reporter told later, by the secret link (补充); for handlers, not for the public."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="additions")
    # Empty once erased.
    text = models.TextField(_("内容"), max_length=1000, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("补充")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.at)


class MatterEvent(models.Model):
    """One step of a matter as its reporter may read it (办理过程); the ledger holds the proof."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="events")
    what = models.CharField(max_length=30)
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, null=True)
    # Facts for the sentence of this kind of step, see domain.matters.words.
    facts = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("办理过程")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what
