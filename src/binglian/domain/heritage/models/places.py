"""The inventory: what stands there, how it is protected, in what state it is, what it is for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.names import search_text
from binglian.domain.coupling.models import in_language
from binglian.domain.heritage.words import GRADES, grade_word


class Place(models.Model):
    """A courtyard, a historic building or a street (里院/历史建筑), with its file."""

    class Kind(models.TextChoices):
        COURTYARD = "courtyard", _("里院")
        BUILDING = "building", _("单体建筑")
        STREET = "street", _("街巷")
        SITE = "site", _("遗址、构筑物")

    class State(models.TextChoices):
        SURVEYED = "surveyed", _("已普查")
        GRADED = "graded", _("已定级")
        PLANNED = "planned", _("已编方案")
        WORKS = "works", _("施工中")
        IN_USE = "in_use", _("已投用")

    class Condition(models.TextChoices):
        GOOD = "good", _("完好")
        FAIR = "fair", _("一般")
        POOR = "poor", _("较差")
        DANGEROUS = "dangerous", _("危险")

    class Tenancy(models.TextChoices):
        PUBLIC = "public", _("直管公房")
        STATE = "state", _("国有单位自管")
        PRIVATE = "private", _("私有")
        MIXED = "mixed", _("混合产权")

    #: In this order, from the survey to people living and trading in it.
    LINE = (State.SURVEYED, State.GRADED, State.PLANNED, State.WORKS, State.IN_USE)

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="heritage")
    number = models.CharField(_("编号"), max_length=30)
    name_zh = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.COURTYARD)
    # The courtyard a building belongs to.
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("所属里院"),
    )
    address = models.CharField(_("地址"), max_length=160, blank=True)
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("社区或街道"),
    )
    # WGS-84 degrees; the outline is a GeoJSON MultiPolygon wound as RFC 7946 wants it.
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    outline = models.JSONField(_("轮廓"), null=True, blank=True)
    grade = models.CharField(
        _("保护等级"), max_length=12, choices=[(w.code, w.zh) for w in GRADES], blank=True
    )
    grade_basis = models.CharField(_("定级依据"), max_length=200, blank=True)
    key_parts = models.TextField(_("重点保护部位"), max_length=1000, blank=True)
    history = models.TextField(_("历史沿革"), max_length=2000, blank=True)
    history_en = models.TextField(_("英文历史沿革"), max_length=3000, blank=True)
    built = models.CharField(_("建造年代"), max_length=40, blank=True)
    structure = models.CharField(_("结构"), max_length=40, blank=True)
    storeys = models.PositiveSmallIntegerField(_("层数"), null=True, blank=True)
    floor_area = models.DecimalField(
        _("建筑面积"), max_digits=10, decimal_places=2, null=True, blank=True, help_text=_("平方米")
    )
    units = models.PositiveIntegerField(_("房间数"), null=True, blank=True)
    vacant_units = models.PositiveIntegerField(_("空置间数"), null=True, blank=True)
    tenancy = models.CharField(_("产权"), max_length=8, choices=Tenancy, blank=True)
    condition = models.CharField(_("完损状况"), max_length=10, choices=Condition, blank=True)
    has_fire_access = models.BooleanField(_("消防车可到达"), null=True, blank=True)
    # Said before the repair, and what became of it: compared, and never overwritten.
    intended_trade = models.CharField(_("修缮前打算的业态"), max_length=120, blank=True)
    actual_use = models.CharField(_("实际使用"), max_length=120, blank=True)
    state = models.CharField(_("阶段"), max_length=10, choices=State, default=State.SURVEYED)
    state_on = models.DateField(_("进入本阶段"), null=True, blank=True)
    is_public = models.BooleanField(_("向公众公开"), default=False)
    note = models.CharField(_("备注"), max_length=400, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("里院和历史建筑")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="place_number_once"),
            models.CheckConstraint(
                name="place_position_complete",
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
            ),
            models.CheckConstraint(
                name="place_vacancy_within_units",
                condition=Q(vacant_units=None)
                | Q(units__isnull=False, vacant_units__lte=F("units")),
            ),
            models.CheckConstraint(
                name="place_graded_first", condition=Q(state="surveyed") | ~Q(grade="")
            ),
            models.CheckConstraint(
                name="place_trade_before_works",
                condition=~Q(state__in=["works", "in_use"]) | ~Q(intended_trade=""),
            ),
            models.CheckConstraint(
                name="place_used_for_something",
                condition=~Q(state="in_use") | ~Q(actual_use=""),
            ),
        ]
        indexes = [models.Index(fields=["alliance", "state"], name="place_state")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(self.name_zh, self.name_en, self.number, self.address)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def story(self) -> str:
        """Its history, in the reader's language."""
        return in_language(self.history, self.history_en)

    @property
    def grade_label(self) -> str:
        return str(grade_word(self.grade)) if self.grade else ""

    @property
    def vacancy(self) -> int | None:
        """Per cent of its rooms that stand empty; ``None`` where nobody has counted."""
        if not self.units or self.vacant_units is None:
            return None
        return round(100 * self.vacant_units / self.units)

    @property
    def is_before_works(self) -> bool:
        """Whether what is intended can still be said beforehand."""
        return self.state in (self.State.SURVEYED, self.State.GRADED, self.State.PLANNED)

    @property
    def next_state(self) -> str | None:
        line = [state.value for state in self.LINE]
        at = line.index(self.state)
        return line[at + 1] if at + 1 < len(line) else None


class Guardian(models.Model):
    """An organisation responsible for a place (保护责任单位), from a day until a day."""

    class Role(models.TextChoices):
        OWNER = "owner", _("所有权人")
        AGENT = "agent", _("代管人")
        USER = "user", _("使用人")

    #: Who may let rooms of it.
    LANDLORDS = (Role.OWNER, Role.AGENT)

    place = models.ForeignKey(Place, models.PROTECT, related_name="guardians")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("单位")
    )
    role = models.CharField(_("身份"), max_length=6, choices=Role)
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("保护责任单位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "organisation", "role"],
                condition=Q(until_on=None),
                name="guardian_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}（{self.get_role_display()}）"

    @property
    def is_landlord(self) -> bool:
        return self.role in self.LANDLORDS


class PlaceFile(models.Model):
    """A photo or a document of a place, with its caption (档案材料)."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        DOCUMENT = "document", _("文件")

    place = models.ForeignKey(Place, models.PROTECT, related_name="files")
    kind = models.CharField(_("类型"), max_length=8, choices=Kind)
    caption_zh = models.CharField(_("说明"), max_length=120)
    caption_en = models.CharField(_("英文说明"), max_length=160, blank=True)
    content = models.BinaryField()
    media_type = models.CharField(max_length=40)
    # Pixels, of photos.
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(_("向公众公开"), default=False)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("加入时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("档案材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption

    @property
    def caption(self) -> str:
        return in_language(self.caption_zh, self.caption_en)
