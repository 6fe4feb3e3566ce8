"""Decisions of the leads: asked, answered, in force when all whom the table names agree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.words import BOTH
from binglian.domain.governance.reserved import Change, reserved_act

from .leads import Lead


class Decision(models.Model):
    """A reserved act put before the leads (决定)."""

    class State(models.TextChoices):
        ASKED = "asked", _("待牵头单位答复")
        IN_FORCE = "in_force", _("已生效")
        REFUSED = "refused", _("未同意")
        LAPSED = "lapsed", _("内容已变，作废")
        WITHDRAWN = "withdrawn", _("已撤回")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="decisions")
    act = models.CharField(_("事项"), max_length=40)
    object_ids = models.JSONField(_("对象"))
    # Who had to approve when it was asked; another table by then lapses the decision.
    reserved_for = models.CharField(_("须同意的牵头单位"), max_length=2, blank=True, default=BOTH)
    # What exactly was asked; an approval is worth nothing once this no longer fits.
    digest = models.CharField(max_length=64)
    # What the leads are shown, by language: rows of label, before, after.
    changes = models.JSONField(_("变更"), default=dict)
    # The same when it lapsed, so that the asker sees what had changed.
    changes_at_lapse = models.JSONField(_("作废时的变更"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提请时间"), auto_now_add=True)
    # Moves on by the alliance's term each time silence has been told of.
    answer_due_on = models.DateField(_("答复期限"), default=today)
    escalations = models.PositiveSmallIntegerField(_("催告次数"), default=0)
    settled_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("决定")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="decision_settled_complete",
                condition=Q(state="asked", settled_at=None)
                | ~Q(state="asked") & Q(settled_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(reserved_act(self.act).label)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def leads(self) -> list[Lead]:
        """The leads who must approve."""
        return [Lead(letter) for letter in self.reserved_for]

    @property
    def awaited(self) -> list[Lead]:
        """The leads who have not answered an open decision."""
        answered = {answer.lead for answer in self.approvals.all()}
        return [lead for lead in self.leads if lead.value not in answered] if self.is_open else []

    def body_of(self, lead: Lead) -> Organisation:
        return self.alliance.lead_a if lead == Lead.A else self.alliance.lead_b

    def changes_in_words(self) -> list[Change]:
        """What was asked, in the reader's language."""
        return _in_words(self.changes)

    def changed_since_asked(self) -> list[Change]:
        """What had become of it when it lapsed: each line as asked, and as it then was."""
        if self.changes_at_lapse is None:
            return []
        asked, then = (
            {change.label: (change.before, change.after) for change in _in_words(frozen)}
            for frozen in (self.changes, self.changes_at_lapse)
        )
        gone = ("", "")
        return [
            Change(label, *_where_they_differ(asked.get(label, gone), then.get(label, gone)))
            for label in dict.fromkeys([*asked, *then])
            if asked.get(label) != then.get(label)
        ]


def _where_they_differ(asked: tuple[str, str], then: tuple[str, str]) -> tuple[str, str]:
    """The outcome as asked and as it became; where that is the same, the starting points."""
    return (asked[1], then[1]) if asked[1] != then[1] else (asked[0], then[0])


def _in_words(frozen: dict[str, list[list[str]]]) -> list[Change]:
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return [Change(*row) for row in frozen.get(language, [])]


class Approval(models.Model):
    """One lead's answer (同意 / 不同意), given by the holder of its seat or by a delegate."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="approvals")
    lead = models.CharField(_("牵头单位"), max_length=1, choices=Lead)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        "governance.Delegation", models.PROTECT, null=True, related_name="approvals"
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    is_yes = models.BooleanField(_("同意"))
    note = models.CharField(_("意见"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("同意")
        ordering = ["lead"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "lead"], name="one_answer_per_lead"),
            # Two cores means two people.
            models.UniqueConstraint(fields=["decision", "by"], name="nobody_answers_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.get_lead_display()}: {self.is_yes}"

    @property
    def people(self) -> set[int]:
        """Whoever's will this is: who answered, and for whom."""
        return {self.by_id, self.delegation.giver_id} if self.delegation else {self.by_id}
