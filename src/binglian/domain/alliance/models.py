"""Alliances, the organisations in them, and who sits where."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role

from .names import search_text
from .words import BOTH, Word, default_categories, default_kinds


def today() -> date:
    """Today in the alliance's time zone."""
    return timezone.localdate()


class Organisation(models.Model):
    """A body that can take on obligations (单位). It may belong to several alliances."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("职能部门")
        SUBDISTRICT = "subdistrict", _("街道")
        COMMUNITY = "community", _("社区")
        STATE_FIRM = "state_firm", _("国有企业")
        PRIVATE_FIRM = "private_firm", _("民营企业")
        SOCIAL = "social", _("社会组织")
        INSTITUTION = "institution", _("事业单位")
        MERCHANT = "merchant", _("商户")
        TEMPORARY = "temporary", _("临时组织")
        OTHER = "other", _("其他")

    name = models.CharField(_("单位名称"), max_length=120, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("单位类型"), max_length=14, choices=Kind, default=Kind.OTHER)
    # Branches, project departments and temporary bodies have none; a wrong one is only warned of.
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("上级单位"),
    )
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("片区"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    desk = models.CharField(
        _("联系窗口"), max_length=120, blank=True, help_text=_("办公电话或公务邮箱，不填个人信息")
    )
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("单位")
        ordering = ["name"]

    def __str__(self) -> str:
        return (
            self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name
        )

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(self.name, self.name_en, self.credit_code)
        super().save(*args, **kwargs)


class Alliance(models.Model):
    """Organisations that renew one part of the city together, led by two of them (联盟)."""

    is_one_organisation = False

    slug = models.SlugField(_("网址名"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    description = models.TextField(_("简介"), blank=True)
    description_en = models.TextField(_("英文简介"), blank=True)
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("片区"),
    )
    lead_a = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位甲")
    )
    lead_b = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位乙")
    )
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    kinds = models.JSONField(_("资源与需求类别"), default=default_kinds)
    categories = models.JSONField(_("成员类别"), default=default_categories)
    # Act → letters of the leads who must approve it; what is not named is for both.
    reserved = models.JSONField(_("保留事项"), default=dict)
    decision_days = models.PositiveSmallIntegerField(
        _("答复决定的期限"), default=5, help_text=_("几个工作日内不答复即提醒秘书处和上级")
    )
    large_from = models.DecimalField(
        _("大额承诺起点"), max_digits=14, decimal_places=2, null=True, help_text=_("元；空着即不设")
    )
    answer_days = models.PositiveSmallIntegerField(
        _("答复期限"), default=5, help_text=_("公布后几个工作日内认领或谢绝")
    )
    judge_days = models.PositiveSmallIntegerField(
        _("评价期限"), default=5, help_text=_("兑现后几个工作日内评价")
    )

    class Meta:
        verbose_name = _("联盟")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="alliance_two_leads", condition=~Q(lead_a=F("lead_b")))
        ]

    def __str__(self) -> str:
        return (
            self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name
        )

    def roles_of(self, user: User) -> list[Role]:
        """Every role the person holds here today, whatever organisation it is for."""
        return [Role(role) for role in self.appointments.roles_of(user)]

    def seat_of(self, organisation: Organisation) -> Seat:
        """The scope in which one organisation's own permissions are asked."""
        return Seat(self, organisation)

    def reserved_for(self, act: str) -> str:
        """Letters of the leads who must approve the act: ``ab``, ``a``, ``b``, or none."""
        return str(self.reserved.get(act, BOTH))

    def kind_words(self) -> list[Word]:
        return [Word(k["code"], k["zh"], k.get("en", "")) for k in self.kinds]

    def category_words(self) -> list[Word]:
        return [Word(c["code"], c["zh"], c.get("en", "")) for c in self.categories]


class Seat:
    """One organisation's seat in one alliance, as a scope of permissions."""

    is_one_organisation = True

    def __init__(self, alliance: Alliance, organisation: Organisation) -> None:
        self.alliance, self.organisation = alliance, organisation

    def roles_of(self, user: User) -> list[Role]:
        """Alliance-wide roles, and those of an organisation only when it is this one."""
        held = self.alliance.appointments.exclude(
            ~Q(organisation=self.organisation), role__in=[r.value for r in OF_AN_ORGANISATION]
        )
        return [Role(role) for role in held.roles_of(user)]


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


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> AppointmentQuerySet:
        return self.filter(from_on__lte=today()).filter(Q(until_on=None) | Q(until_on__gt=today()))

    def roles_of(self, user: User) -> list[str]:
        """The role codes ``user`` holds today."""
        return list(self.current().filter(user=user).values_list("role", flat=True))


class Appointment(models.Model):
    """A person's seat (任职). Obligations stay with the organisation when it changes hands."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="appointments")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="appointments")
    role = models.CharField(
        _("角色"), max_length=12, choices=[(r.value, r.label) for r in Role if not r.is_on_platform]
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    from_on = models.DateField(_("自"))
    # The first day on which the seat is no longer held.
    until_on = models.DateField(_("至"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "user", "role", "organisation"],
                condition=Q(until_on=None, organisation__isnull=False),
                name="seat_for_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["alliance", "user", "role"],
                condition=Q(until_on=None, organisation=None),
                name="seat_once",
            ),
            models.CheckConstraint(
                name="seat_of_an_organisation_names_it",
                condition=~Q(role__in=["liaison", "signatory", "worker", "street"])
                | Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


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


class ImportDraft(models.Model):
    """An uploaded spreadsheet between its dry run and the decision to carry it out."""

    class Kind(models.TextChoices):
        MEMBERS = "members", _("成员名单")
        OFFERS = "offers", _("资源清单")
        NEEDS = "needs", _("需求清单")

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="import_drafts")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(_("内容"), max_length=10, choices=Kind)
    filename = models.CharField(_("文件名"), max_length=200)
    content = models.BinaryField()
    # Sheet → column key → index, where the person mapped headings by hand.
    mapping = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    carried_out_at = models.DateTimeField(_("导入时间"), null=True)

    class Meta:
        verbose_name = _("导入稿")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename


class OfficialYear(models.Model):
    """The days off of a year, imported once they are announced (办公日历)."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    # ISO day → whether offices work on it; days not named follow the weekday.
    days = models.JSONField(_("放假和调休"), default=dict)
    source = models.CharField(_("文件依据"), max_length=200)
    imported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(_("导入时间"), auto_now=True)

    class Meta:
        verbose_name = _("办公日历")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
