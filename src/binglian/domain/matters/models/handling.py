"""How a matter is handled: by whom, until when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Assignment(models.Model):
    """One organisation's part in a matter (承办): the first receiver leads, others help."""

    class Part(models.TextChoices):
        LEAD = "lead", _("主办")
        HELP = "help", _("协办")

    class State(models.TextChoices):
        SENT = "sent", _("待签收")
        ACCEPTED = "accepted", _("已签收")
        OBJECTED = "objected", _("有异议")
        DONE = "done", _("已办")
        MOVED = "moved", _("已改派")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    part = models.CharField(_("承办"), max_length=4, choices=Part)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.SENT)
    # Designated by the review desk: no objection is possible any more.
    is_final = models.BooleanField(_("指定承办"), default=False)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("分派时间"))
    accepted_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    # What a helper reported to the leader.
    report = models.TextField(_("协办情况"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("承办")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(part="lead") & ~Q(state="moved"),
                name="one_leader_per_matter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} · {self.organisation}"


class Objection(models.Model):
    """«This is not ours» (异议): once for each assignment, decided by the review desk."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("待复核")
        UPHELD = "upheld", _("异议成立，改派")
        REFUSED = "refused", _("异议不成立，指定承办")

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="objection")
    reason = models.CharField(_("理由"), max_length=400)
    suggested = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(_("复核意见"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("异议")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason


class Pause(models.Model):
    """The clock stands still, for a reason (暂停计时)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="pauses")
    reason = models.CharField(_("原因"), max_length=200)
    from_at = models.DateTimeField(_("自"))
    until_at = models.DateTimeField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("暂停计时")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(until_at=None), name="one_pause_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Parking(models.Model):
    """What cannot be solved now, explained and looked at again on a day (挂账)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parkings")
    reason = models.CharField(_("说明"), max_length=400)
    look_again_on = models.DateField(_("下次研究"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("挂账时间"))
    ended_at = models.DateTimeField(_("销账时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("挂账")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at=None), name="parked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Extension(models.Model):
    """More time, for a reason that the reporter sees (延期)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="extensions")
    reason = models.CharField(_("理由"), max_length=400)
    working_days = models.PositiveSmallIntegerField(_("延长（工作日）"))
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("延期")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason


class Whistle(models.Model):
    """A sub-district calls others to a matter beyond its powers (吹哨)."""

    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("群众反映突出问题")
        ENFORCEMENT = "enforcement", _("综合执法")
        EMERGENCY = "emergency", _("应急处置")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("待负责人签发")
        BLOWN = "blown", _("已吹哨")
        ENDED = "ended", _("已结束")
        WITHDRAWN = "withdrawn", _("未签发")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="whistles")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    reason = models.CharField(_("需要协同解决的问题"), max_length=400)
    meet_at = models.CharField(_("集合地点"), max_length=120)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # Signed off by the sub-district's leader, never by whoever drafted it.
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)

    class Meta:
        verbose_name = _("吹哨")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reason


class WhistleCall(models.Model):
    """One organisation called by a whistle (报到), and what each side thought of the other."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("到位")
        PARTLY = "partly", _("部分到位")
        BAD = "bad", _("不到位")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="calls")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    arrive_by = models.DateTimeField(_("应报到时间"))
    arrived_at = models.DateTimeField(_("报到时间"), null=True, blank=True)
    result_due_at = models.DateTimeField(_("应反馈时间"))
    result = models.TextField(_("处置结果"), max_length=2000, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    # By the whistler on who came, and the other way round.
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True)
    verdict_on_whistler = models.CharField(max_length=6, choices=Verdict, blank=True)
    verdict_note = models.CharField(max_length=200, blank=True)
    verdict_on_whistler_note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("报到")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["whistle", "organisation"], name="called_once")
        ]

    def __str__(self) -> str:
        return f"{self.whistle} · {self.organisation}"


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


class Theme(models.Model):
    """A recurrent problem taken up for a month (每月一题), with the matters that show it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("建议")
        ADOPTED = "adopted", _("已立题")
        DROPPED = "dropped", _("未采纳")
        DONE = "done", _("已完成")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="themes")
    month = models.DateField(_("月份"))
    title = models.CharField(_("题目"), max_length=120)
    category = models.ForeignKey("matters.Category", models.PROTECT, null=True, blank=True)
    words = models.JSONField(_("共同的词"), default=list, blank=True)
    matters = models.ManyToManyField(Matter, related_name="themes", verbose_name=_("依据"))
    lead = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)

    class Meta:
        verbose_name = _("每月一题")
        ordering = ["-month", "id"]

    def __str__(self) -> str:
        return self.title
