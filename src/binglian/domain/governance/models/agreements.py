"""Agreements: their versions and clauses, and what organisations pledge in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.ledger.chain import digest_of


def _shown(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") and en else zh


class Terms(models.Model):
    """What an agreement says of itself, beside its clauses."""

    title = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    from_on = models.DateField(_("自"), null=True, blank=True)
    # The last day; a charter may have none.
    until_on = models.DateField(_("至"), null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(
        _("续签提醒"), default=60, help_text=_("到期前几天提醒秘书处和两个牵头单位")
    )
    notice_days = models.PositiveSmallIntegerField(
        _("退出通知期"), default=30, help_text=_("提出退出后几天生效，其间承诺照常履行")
    )

    class Meta:
        abstract = True

    def terms(self) -> dict[str, Any]:
        """Every term by its name, for copying between an agreement and its versions."""
        return {field.name: getattr(self, field.name) for field in Terms._meta.fields}


class Agreement(Terms):
    """What the members of an alliance agree on, in versions (协议).

    Its terms are those of the version in force; before there is one, those of the draft.
    """

    class Kind(models.TextChoices):
        CHARTER = "charter", _("章程")
        COBUILDING = "cobuilding", _("共建协议")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="agreements")
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.COBUILDING)
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("协议")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="agreement_term_in_order",
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return _shown(self.title, self.title_en)

    @property
    def path(self) -> str:
        return f"/a/{self.alliance.slug}/agreements/{self.pk}/"

    @property
    def is_up_for_renewal(self) -> bool:
        """Whether its term runs out within the days of the renewal reminder."""
        if self.until_on is None:
            return False
        return self.until_on - timedelta(days=self.renewal_days) <= today()


class AgreementVersion(Terms):
    """One text of an agreement; once frozen it never changes again (协议文本)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        COMMENTS = "comments", _("征求意见")
        SIGNING = "signing", _("确认中")
        IN_FORCE = "in_force", _("已生效")
        SUPERSEDED = "superseded", _("已被新文本替代")
        ENDED = "ended", _("已终止")

    #: States in which the text can still be written.
    OPEN = (State.DRAFT, State.COMMENTS)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    preamble = models.TextField(_("前言"), blank=True)
    comments_until = models.DateField(_("意见截止"), null=True, blank=True)
    sign_until = models.DateField(_("确认截止"), null=True, blank=True)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("起草时间"), auto_now_add=True)
    # What everybody signs: the digest of the text when it was frozen.
    digest = models.CharField(_("文本摘要"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("定稿时间"), null=True)
    in_force_at = models.DateTimeField(_("生效时间"), null=True)
    ended_at = models.DateTimeField(_("终止时间"), null=True)

    class Meta:
        verbose_name = _("协议文本")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["draft", "comments", "signing"]),
                name="one_version_in_the_making",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state="in_force"), name="one_version_in_force"
            ),
            models.CheckConstraint(
                name="version_frozen_complete",
                condition=Q(state__in=["draft", "comments"], digest="", frozen_at=None)
                | ~Q(state__in=["draft", "comments"])
                & ~Q(digest="")
                & Q(frozen_at__isnull=False, sign_until__isnull=False),
            ),
            models.CheckConstraint(
                name="version_term_in_order",
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="version_in_force_dated",
                condition=~Q(state__in=["in_force", "superseded"]) | Q(in_force_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(agreement)s（第 %(number)s 版）") % {
            "agreement": _shown(self.title, self.title_en),
            "number": self.number,
        }

    @property
    def shown_title(self) -> str:
        return _shown(self.title, self.title_en)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def path(self) -> str:
        return f"{self.agreement.path}{self.number}/"

    def text_digest(self) -> str:
        """SHA-256 of every word and pledge, in the order they are read."""
        agreement = self.agreement
        clauses = [
            [
                clause.heading,
                clause.text,
                clause.heading_en,
                clause.text_en,
                [pledge.content for pledge in clause.pledges.all()],
            ]
            for clause in self.clauses.prefetch_related("pledges")
        ]
        return digest_of(
            {
                "agreement": agreement.pk,
                "kind": agreement.kind,
                "terms": self.terms(),
                "number": self.number,
                "preamble": self.preamble,
                "clauses": clauses,
            }
        )


class Clause(models.Model):
    """One clause of a version (条款)."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField(_("条"))
    heading = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("条文"))
    heading_en = models.CharField(_("英文标题"), max_length=120, blank=True)
    text_en = models.TextField(_("英文条文"), blank=True)

    class Meta:
        verbose_name = _("条款")
        ordering = ["number"]

    def __str__(self) -> str:
        return gettext("第 %(number)s 条 %(heading)s") % {
            "number": self.number,
            "heading": self.shown_heading,
        }

    @property
    def shown_heading(self) -> str:
        return _shown(self.heading, self.heading_en)

    @property
    def shown_text(self) -> str:
        return _shown(self.text, self.text_en)


class ClausePledge(models.Model):
    """What one organisation promises another under a clause (条款承诺)."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="pledges")
    giver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("承诺单位")
    )
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("评价单位")
    )
    title = models.CharField(_("承诺事项"), max_length=200)
    title_en = models.CharField(_("英文"), max_length=300, blank=True)
    target = models.CharField(
        _("可衡量的目标"), max_length=300, help_text=_("例如：全年不少于 4 场")
    )
    due_on = models.DateField(_("兑现期限"))

    class Meta:
        verbose_name = _("条款承诺")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="pledge_between_two", condition=~Q(giver=models.F("receiver"))
            )
        ]

    def __str__(self) -> str:
        return _shown(self.title, self.title_en)

    @property
    def content(self) -> list[Any]:
        due = self.due_on.isoformat() if isinstance(self.due_on, date) else self.due_on
        return [self.giver_id, self.receiver_id, self.title, self.title_en, self.target, due]

    @property
    def origin(self) -> str:
        """Where its promise comes from: the same pledge in a later version is the same promise."""
        digest = digest_of({"agreement": self.clause.version.agreement_id, "pledge": self.content})
        return f"clause:{digest[:24]}"


class Comment(models.Model):
    """What a member says about a draft, and what the secretariat answers (意见)."""

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The clause as it was numbered then; 0 is the whole text.
    clause_number = models.PositiveSmallIntegerField(_("条"), default=0)
    text = models.CharField(_("意见"), max_length=1000)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    answer = models.CharField(_("答复"), max_length=1000, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        verbose_name = _("意见")
        ordering = ["clause_number", "id"]
        constraints = [
            models.CheckConstraint(
                name="comment_answer_complete",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text[:40]}"


class Departure(models.Model):
    """An organisation leaves an agreement, or must leave it, after a period of notice (退出)."""

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal", _("主动退出")
        EXPULSION = "expulsion", _("除名")

    class State(models.TextChoices):
        ASKED = "asked", _("待两个牵头单位同意")
        NOTICE = "notice", _("通知期内")
        LEFT = "left", _("已退出")
        DROPPED = "dropped", _("未成立")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="departures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("方式"), max_length=10, choices=Kind)
    state = models.CharField(_("状态"), max_length=8, choices=State)
    reason = models.CharField(_("理由"), max_length=400)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    # The last day on which it is bound.
    ends_on = models.DateField(_("约束至"), null=True)

    class Meta:
        verbose_name = _("退出")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(state__in=["asked", "notice"]),
                name="one_departure_at_a_time",
            ),
            models.CheckConstraint(
                name="departure_dated",
                condition=Q(state__in=["notice", "left"], ends_on__isnull=False)
                | Q(state__in=["asked", "dropped"], ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_kind_display()}"

    @property
    def days_left(self) -> int:
        """Days of notice still to come; 0 once it is over."""
        return max(0, (self.ends_on - today()).days) if self.ends_on else 0
