"""What was found on a site and how it was put right (整改→复查→销号)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .checklists import Family

_FIXED = ("fixing", "reported", "returned", "closed")


class Finding(models.Model):
    """One thing to put right, with its number, deadline and the five things fixed (五定)."""

    class State(models.TextChoices):
        ISSUED = "issued", _("待签收")
        RECEIVED = "received", _("已签收")
        FIXING = "fixing", _("整改中")
        REPORTED = "reported", _("待复查")
        RETURNED = "returned", _("复查未通过")
        CLOSED = "closed", _("已销号")

    class Grade(models.TextChoices):
        GENERAL = "general", _("一般")
        SERIOUS = "serious", _("较大")
        MAJOR = "major", _("重大")

    #: Awaited from whoever must put it right.
    TO_FIX = (State.ISSUED, State.RECEIVED, State.FIXING, State.RETURNED)

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="findings")
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    # Made on the inspector's phone: what is sent twice is kept once. It stands beside the key that
    # every form carries (ledger.once), because that one is of the page, and a page put by on a
    # phone files many findings; and is forgotten after 90 days, when a phone may still wait.
    key = models.UUIDField(unique=True, editable=False)
    inspection = models.ForeignKey(
        "checks.Inspection", models.PROTECT, null=True, related_name="findings"
    )
    item = models.ForeignKey("checks.ChecklistItem", models.PROTECT, null=True, related_name="+")
    # What a residents' supervisor saw, where an inspector found it to be so.
    observation = models.ForeignKey(
        "checks.Observation", models.PROTECT, null=True, related_name="findings"
    )
    family = models.CharField(_("类别"), max_length=12, choices=Family)
    grade = models.CharField(_("等级"), max_length=8, choices=Grade)
    what = models.TextField(_("问题"), max_length=500)
    place = models.CharField(_("部位"), max_length=120)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    # On a plan of the site: the part of its width from the left, of its height from the top.
    plan = models.ForeignKey("checks.SitePlan", models.PROTECT, null=True, related_name="+")
    plan_x = models.FloatField(null=True)
    plan_y = models.FloatField(null=True)
    # The five: a post (never a person), a deadline, a duty, a standard, a measure.
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("整改单位")
    )
    post = models.CharField(_("责任岗位"), max_length=60, blank=True)
    due_on = models.DateField(_("整改期限"))
    duty = models.CharField(_("责任"), max_length=200, blank=True)
    standard = models.CharField(_("标准"), max_length=300)
    measure = models.TextField(_("措施"), max_length=500, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ISSUED)
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    found_at = models.DateTimeField(_("发现时间"))
    issued_at = models.DateTimeField(_("签发时间"), auto_now_add=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("销号时间"), null=True)
    late_at = models.DateTimeField(_("逾期时间"), null=True)
    times_reopened = models.PositiveSmallIntegerField(_("复发次数"), default=0)
    # An inspector marks what everybody may read; nothing is public by itself.
    is_public = models.BooleanField(_("公开"), default=False)

    class Meta:
        verbose_name = _("问题")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="finding_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "ordinal"], name="finding_number_once"
            ),
            models.CheckConstraint(
                name="finding_five_fixed",
                condition=~Q(state__in=_FIXED)
                | ~Q(post="") & ~Q(duty="") & ~Q(standard="") & ~Q(measure=""),
            ),
            # Whoever found it or says that it is right does not close it.
            models.CheckConstraint(
                name="finding_closed_by_another",
                condition=~Q(state="closed") & Q(closed_by=None, closed_at=None)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(closed_by=F("reported_by"))
                & ~Q(closed_by=F("issued_by")),
            ),
            models.CheckConstraint(
                name="finding_point_whole",
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_on_plan_whole",
                condition=Q(plan=None, plan_x=None, plan_y=None)
                | Q(plan__isnull=False, plan_x__range=(0, 1), plan_y__range=(0, 1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what[:40]}"

    @property
    def number(self) -> str:
        """As it stands on the notice, e.g. «P-2026-01-ZG-2026-003»."""
        return f"{self.project.number}-ZG-{self.year}-{self.ordinal:03d}"

    @property
    def is_late(self) -> bool:
        return self.late_at is not None and self.state != self.State.CLOSED


class FindingStep(models.Model):
    """One step on the way of a finding, with what was written and shown (整改过程)."""

    class What(models.TextChoices):
        ISSUED = "issued", _("签发")
        RECEIVED = "received", _("签收")
        FIXING = "fixing", _("定责整改")
        REPORTED = "reported", _("报告整改")
        RETURNED = "returned", _("复查退回")
        CLOSED = "closed", _("销号")
        REOPENED = "reopened", _("复发重开")
        LATE = "late", _("逾期上报")
        STOPPED = "stopped", _("责令停工")
        ASKED = "asked", _("申请复工")
        REFUSED = "refused", _("不同意复工")
        RESUMED = "resumed", _("同意复工")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    what = models.CharField(_("步骤"), max_length=8, choices=What)
    words = models.TextField(_("说明"), max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"), default=now)

    class Meta:
        verbose_name = _("整改过程")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_what_display()


class FindingPhoto(models.Model):
    """A picture of a step, stored without what the camera wrote into it (照片)."""

    step = models.ForeignKey(FindingStep, models.PROTECT, related_name="photos")
    image = models.BinaryField()
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("整改照片")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class StopOrder(models.Model):
    """Work stands still because of a finding until somebody else consents (停工令)."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("停工中")
        ASKED = "asked", _("待同意复工")
        LIFTED = "lifted", _("已复工")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="stop_orders")
    scope = models.CharField(_("停工范围"), max_length=200)
    # Tasks on which no progress may be reported; none means the whole project.
    tasks = models.ManyToManyField("projects.Task", blank=True, related_name="+")
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.IN_FORCE)
    ordered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("下达时间"), auto_now_add=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(_("复工时间"), null=True)

    class Meta:
        verbose_name = _("停工令")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=~Q(state="lifted"), name="stop_order_one_in_force"
            ),
            models.CheckConstraint(
                name="stop_order_lifted_by_consent",
                condition=~Q(state="lifted") & Q(lifted_by=None, lifted_at=None)
                | Q(state="lifted", lifted_at__isnull=False, asked_by__isnull=False)
                & ~Q(lifted_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.scope
