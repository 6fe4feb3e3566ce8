"""A commitment's life: accepted or declined, delivered, judged by the side that needed it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.coupling.models import (
    Commitment,
    Delivery,
    Need,
    Offer,
    title_in_each_language,
)
from binglian.domain.coupling.queries import BOTH_SIDES, quantity_left
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

State = Commitment.State

_TOLD = {
    "accepted": gettext_noop("“%(giver)s”已认领“%(need)s”：%(offer)s。"),
    "declined": gettext_noop("“%(giver)s”谢绝了“%(need)s”：%(why)s"),
    "delivered": gettext_noop("“%(giver)s”报告已兑现“%(need)s”，请评价。"),
    "judged": gettext_noop("“%(receiver)s”已评价“%(need)s”：%(why)s"),
    "explained": gettext_noop("“%(giver)s”说明“%(need)s”未能兑现：%(why)s"),
}


@transaction.atomic
def take_on(*, commitment: Commitment, by: User, due_on: date | None = None) -> Commitment:
    """The promise binds from now on; called once nobody else has to approve it."""
    refuse_unless(not commitment.is_pledged, _("该承诺已答复。"))
    # The offer is the scarce thing: lock it, so nobody can promise it twice.
    offer = Offer.objects.select_for_update().get(pk=commitment.ends[0].pk)
    commitment = locked_commitment(commitment)
    require_permission(by, Permission.ANSWER_COMMITMENT, within=offer.seat)
    refuse_unless(commitment.state == State.PROPOSED, _("该承诺已答复。"))
    left = quantity_left(offer, commitment.slot)
    refuse_unless(
        commitment.quantity <= left,
        _("资源余量不足：还剩 %(left)s%(unit)s。")
        % {"left": f"{left.normalize():f}", "unit": offer.unit},
    )
    set_due_date(commitment, due_on)
    return _answer(commitment, State.ACCEPTED, by, "")


def set_due_date(commitment: Commitment, due_on: date | None) -> None:
    """The day the giver chose; ``None`` leaves the day that was proposed. The caller saves."""
    if due_on is not None:
        deadline = commitment.latest_on
        refuse_unless(due_on >= today(), _("兑现期限不能早于今天。"))
        refuse_unless(not deadline or due_on <= deadline, _("兑现期限不能晚于需求的截止日期。"))
        commitment.due_on = due_on


@transaction.atomic
def decline_commitment(*, commitment: Commitment, by: User, why: str) -> Commitment:
    """The offering organisation says no, with a reason the other side will read (谢绝)."""
    commitment = locked_commitment(commitment)
    require_permission(by, Permission.ANSWER_COMMITMENT, within=commitment.giver_seat)
    refuse_unless(commitment.state == State.PROPOSED, _("该承诺已答复。"))
    refuse_unless(why.strip(), _("请写明谢绝的理由。"))
    return _answer(commitment, State.DECLINED, by, why.strip())


@transaction.atomic
def move_due_date(*, commitment: Commitment, due_on: date, by: User, why: str) -> Commitment:
    """The giver asks for another day; the reason is on record and the receiver is told."""
    commitment = locked_commitment(commitment)
    require_permission(by, Permission.ANSWER_COMMITMENT, within=commitment.giver_seat)
    refuse_unless(commitment.state == State.ACCEPTED, _("只有已认领的承诺可以改期。"))
    refuse_unless(due_on >= today(), _("兑现期限不能早于今天。"))
    refuse_unless(why.strip(), _("请写明改期的理由。"))
    before, commitment.due_on = commitment.due_on, due_on
    commitment.save(update_fields=["due_on"])
    change = {"due_on": [before, due_on], "why": why}
    return _recorded(commitment, "commitment.moved", by, commitment.giver, change)


@transaction.atomic
def report_delivery(
    *, commitment: Commitment, quantity: Decimal, delivered_on: date, by: User, note: str = ""
) -> Delivery:
    """The giver reports what it delivered; it counts once the receiver has judged (兑现)."""
    commitment = locked_commitment(commitment)
    require_permission(by, Permission.ANSWER_COMMITMENT, within=commitment.giver_seat)
    refuse_unless(commitment.state == State.ACCEPTED, _("只有已认领的承诺可以报告兑现。"))
    refuse_unless(0 < quantity <= commitment.quantity, _("兑现数量须大于零且不超过承诺数量。"))
    refuse_unless(delivered_on <= today(), _("兑现日期不能晚于今天。"))
    refuse_unless(quantity == commitment.quantity or note.strip(), _("数量少于承诺，请说明原因。"))
    judge_days = commitment.alliance.judge_days
    delivery = Delivery.objects.create(
        commitment=commitment,
        quantity=quantity,
        delivered_on=delivered_on,
        note=note.strip(),
        reported_by=by,
        judge_due_on=add_working_days(today(), judge_days),
    )
    commitment.state = State.DELIVERED
    commitment.save(update_fields=["state"])
    change = {"quantity": quantity, "delivered_on": delivered_on}
    _recorded(commitment, "commitment.delivered", by, commitment.giver, change)
    _tell(commitment, "delivered", commitment.receiver, key=f"delivered:{delivery.pk}")
    return delivery


@transaction.atomic
def judge_delivery(*, delivery: Delivery, verdict: str, by: User, note: str = "") -> Delivery:
    """The side that needed it says whether the delivery met the need (评价).

    «Not met» sends the commitment back to its giver; the other verdicts end it.
    """
    commitment = locked_commitment(delivery.commitment)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    require_permission(by, Permission.JUDGE_DELIVERY, within=commitment.receiver_seat)
    refuse_unless(not delivery.verdict, _("该兑现已评价。"))
    is_other = delivery.reported_by_id != by.pk
    refuse_unless(is_other, _("报告兑现的人不能自己评价，请由需求单位的另一人评价。"))
    refuse_unless(verdict in Delivery.Verdict.values, _("请选择评价结果。"))
    is_met = verdict == Delivery.Verdict.MET
    refuse_unless(is_met or note.strip(), _("请说明哪里没有满足。"))
    delivery.verdict, delivery.verdict_note = verdict, note.strip()
    delivery.judged_by, delivery.judged_at = by, now()
    delivery.save(update_fields=["verdict", "verdict_note", "judged_by", "judged_at"])
    returned = verdict == Delivery.Verdict.NOT_MET
    commitment.state = State.ACCEPTED if returned else State.JUDGED
    commitment.save(update_fields=["state"])
    change = {"verdict": verdict, "note": note}
    _recorded(commitment, "commitment.judged", by, commitment.receiver, change)
    why = " ".join(filter(None, [str(delivery.get_verdict_display()), note.strip()]))
    _tell(commitment, "judged", commitment.giver, why, key=f"judged:{delivery.pk}")
    if not commitment.is_pledged:
        _close_if_all_judged(commitment.ends[1].need, by)
    return delivery


@transaction.atomic
def explain_commitment(*, commitment: Commitment, by: User, why: str) -> Commitment:
    """The giver cannot keep the promise and says why; the need is open again (说明)."""
    commitment = locked_commitment(commitment)
    require_permission(by, Permission.ANSWER_COMMITMENT, within=commitment.giver_seat)
    refuse_unless(commitment.state == State.ACCEPTED, _("只有已认领的承诺需要说明。"))
    refuse_unless(why.strip(), _("请写明不能兑现的原因。"))
    return _answer(commitment, State.EXPLAINED, by, why.strip())


def locked_commitment(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",))
    return rows.select_related(*BOTH_SIDES).get(pk=commitment.pk)


def _answer(commitment: Commitment, state: State, by: User, why: str) -> Commitment:
    commitment.state, commitment.explanation = state, why
    commitment.answered_by, commitment.answered_at = by, now()
    commitment.save(update_fields=["state", "explanation", "answered_by", "answered_at", "due_on"])
    change = {"due_on": commitment.due_on, "why": why}
    _recorded(commitment, f"commitment.{state.value}", by, commitment.giver, change)
    _tell(commitment, state.value, commitment.receiver, why)
    return commitment


def _recorded(
    commitment: Commitment, act: str, by: User, organisation: Organisation, change: dict[str, Any]
) -> Commitment:
    record(
        by, act, commitment, within=commitment.alliance, organisation=organisation, change=change
    )
    return commitment


def _tell(
    commitment: Commitment, what: str, organisation: Organisation, why: str = "", key: str = ""
) -> None:
    """The other side's liaison officers, and the secretariat when something falls through."""
    users: QuerySet[User] = liaison_officers(commitment.alliance, organisation)
    if what in ("declined", "explained"):
        users = users | people_with(commitment.alliance, Role.SECRETARIAT)
    notify(
        users.distinct(),
        key=key or f"commitment:{commitment.pk}:{what}",
        message=_TOLD[what],
        facts={
            "giver": commitment.giver.name,
            "receiver": commitment.receiver.name,
            "need": title_in_each_language(commitment),
            "offer": commitment.given,
            "why": why,
        },
        url=f"/a/{commitment.alliance.slug}/commitments/{commitment.pk}/",
    )


def _close_if_all_judged(need: Need, by: User) -> None:
    """A need is done when each component has been delivered and judged in full."""
    for component in need.components.all():
        judged = Delivery.objects.filter(
            commitment__component=component, commitment__state=State.JUDGED
        ).exclude(verdict__in=["", Delivery.Verdict.NOT_MET])
        if sum(d.quantity for d in judged) < component.quantity:
            return
    need.state = Need.State.CLOSED
    need.save(update_fields=["state", "changed_at", "search_text"])
    record(by, "need.closed", need, within=need.alliance, organisation=need.organisation)
