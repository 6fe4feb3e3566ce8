"""Projects that organisations carry together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Seat
from binglian.domain.alliance.names import search_text
from binglian.domain.coupling.models import in_language
from binglian.domain.projects.words import feature_word, kind_word


class Project(models.Model):
    """One undertaking with an owner, partners, and a network of tasks (项目)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("筹划中")
        BASELINED = "baselined", _("已定基准")
        RUNNING = "running", _("推进中")
        FINISHED = "finished", _("已完成")
        WITHDRAWN = "withdrawn", _("已中止")

    #: States in which its tasks take capacity from organisations.
    UNDER_WAY = (State.BASELINED, State.RUNNING)
    OPEN = (State.DRAFT, State.BASELINED, State.RUNNING)

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="projects")
    number = models.CharField(_("编号"), max_length=30)
    title_zh = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("项目类型"), max_length=16)
    features = models.JSONField(_("项目情形"), default=list, blank=True)
    owner = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        related_name="owned_projects",
        verbose_name=_("建设单位"),
    )
    partners = models.ManyToManyField(
        "alliance.Organisation",
        blank=True,
        related_name="joined_projects",
        verbose_name=_("参与单位"),
    )
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("片区"),
    )
    place = models.CharField(_("地点"), max_length=120, blank=True)
    description = models.TextField(_("简介"), blank=True)
    description_en = models.TextField(_("英文简介"), blank=True)
    starts_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("目标日期"), null=True, blank=True)
    deadline_on = models.DateField(_("最后期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    is_public = models.BooleanField(_("向公众公开"), default=False)
    # The plan both leads (or the owner) adopted, and the one now worked by.
    baseline = models.ForeignKey(
        "projects.Plan", models.PROTECT, null=True, related_name="+", verbose_name=_("基准计划")
    )
    current = models.ForeignKey(
        "projects.Plan", models.PROTECT, null=True, related_name="+", verbose_name=_("现行计划")
    )
    finished_on = models.DateField(_("完成日期"), null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("项目")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="project_number_once"),
            models.CheckConstraint(
                name="project_dates",
                condition=(Q(due_on=None) | Q(due_on__gte=F("starts_on")))
                & (Q(deadline_on=None) | Q(deadline_on__gte=F("starts_on"))),
            ),
            models.CheckConstraint(
                name="project_finish_complete",
                condition=Q(state="finished", finished_on__isnull=False)
                | ~Q(state="finished") & Q(finished_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(self.title_zh, self.title_en, self.number, self.place)
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def kind_label(self) -> str:
        return str(kind_word(self.kind))

    @property
    def feature_labels(self) -> list[str]:
        return [str(feature_word(code)) for code in self.features]

    @property
    def seat(self) -> Seat:
        """The owner's seat, in which the permissions of the project are asked."""
        return self.alliance.seat_of(self.owner)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
