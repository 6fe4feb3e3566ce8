"""What was promised, and what became of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import today
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.publishing.columns import coded, day, free, instant, integer, number, text
from binglian.domain.publishing.dataset import Dataset, when
from binglian.domain.publishing.hidden import shown_commitments

State = Commitment.State
OUTCOMES = [
    ("running", _("未到期")),
    ("overdue", _("已逾期")),
    ("unjudged", _("待评价")),
    ("kept", _("按期兑现")),
    ("late", _("逾期兑现")),
    ("explained", _("未能兑现，已说明")),
]


def _last(commitment: Commitment) -> Delivery | None:
    deliveries = list(commitment.deliveries.all())
    return deliveries[-1] if deliveries else None


def _accepted(commitment: Commitment) -> Delivery | None:
    """The delivery that the other side took as one."""
    return _last(commitment) if commitment.state == State.JUDGED else None


def outcome_of(commitment: Commitment) -> str:
    """How it stands today. Kept means: by its day, and accepted by the side that needed it."""
    if commitment.state == State.EXPLAINED:
        return "explained"
    if commitment.state == State.DELIVERED:
        return "unjudged"
    accepted = _accepted(commitment)
    if accepted:
        is_late = commitment.due_on is not None and accepted.delivered_on > commitment.due_on
        return "late" if is_late else "kept"
    return "overdue" if commitment.due_on and commitment.due_on < today() else "running"


COMMITMENTS = Dataset(
    name="commitments",
    title=_("承诺及其兑现"),
    description=_(
        "谁向谁承诺了什么、何时兑现、由需求方如何评价，以及逾期和未能兑现的承诺。只列事实，不排名。"
    ),
    theme="GOVE",
    keywords=(_("承诺"), _("兑现"), _("公开监督")),
    rows=shown_commitments,
    is_public=when(Published.COMMITMENTS),
    acts=("commitment.", "offer.changed", "need.changed"),
    changes_daily=True,
    columns=(
        integer("id", _("承诺号"), lambda row: row.pk),
        integer("giver_id", _("承诺单位号"), lambda row: row.giver_id),
        text("giver", _("承诺单位"), lambda row: row.giver.name),
        integer("receiver_id", _("需求单位号"), lambda row: row.receiver_id),
        text("receiver", _("需求单位"), lambda row: row.receiver.name),
        free("what", _("承诺事项"), lambda row: row.title),
        free("given", _("提供"), lambda row: row.given),
        number("quantity", _("数量"), lambda row: None if row.is_pledged else row.quantity),
        text("unit", _("计量单位"), lambda row: row.unit),
        instant("promised_at", _("承诺时间"), lambda row: row.answered_at),
        day("due_on", _("兑现期限"), lambda row: row.due_on),
        coded("outcome", _("进展"), outcome_of, lambda: OUTCOMES),
        day("delivered_on", _("兑现日期"), lambda row: getattr(_last(row), "delivered_on", None)),
        coded(
            "verdict",
            _("需求方评价"),
            lambda row: getattr(_accepted(row), "verdict", ""),
            lambda: Delivery.Verdict.choices,
        ),
    ),
    filters={"giver_id": "giver", "receiver_id": "receiver"},
)
