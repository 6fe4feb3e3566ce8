"""One coupling round: worked out, approved by both leads, answered, delivered, judged."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.coupling.actions import (
    accept_commitment,
    ask_publication,
    ask_run,
    begin_run,
    decline_commitment,
    explain_commitment,
    finish_run,
    judge_delivery,
    note_findings,
    report_delivery,
)
from binglian.domain.coupling.engine_adapter import (
    Snapshot,
    multiplier_of,
    run_engine,
    wishes_of,
)
from binglian.domain.coupling.models import Commitment, CouplingRun, Delivery
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead

SECONDS = 4
MULTIPLIER_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in an alliance; ``officers`` by organisation name.

    ``tried_out``: the organisations for which somebody signs in to the demonstration.
    """

    secretariat: User
    lead_a: User
    lead_b: User
    officers: dict[str, User]
    tried_out: frozenset[str]

    def of(self, organisation: Organisation) -> User:
        return self.officers[organisation.name]


def work_out(
    alliance: Alliance, title: str, cast: Cast, on: date, round: str = "monthly"
) -> CouplingRun:
    """A run over the lists as they stood on a day, with what would help most."""
    run = ask_run(
        alliance=alliance,
        by=cast.secretariat,
        round=round,
        period=on.strftime("%Y" if round == "annual" else "%Y-%m"),
        title=title,
        seconds=SECONDS,
    )
    begin_run(run_id=run.pk)
    snapshot = Snapshot(alliance, on)
    outcome = run_engine(
        snapshot,
        seconds=SECONDS,
        seed=run.seed,
        progress=lambda _seen: None,
        should_stop=lambda: False,
    )
    run = finish_run(run_id=run.pk, snapshot=snapshot, outcome=outcome)
    wishes = wishes_of(snapshot, outcome.result)
    multiplier = multiplier_of(snapshot, seed=run.seed, seconds=MULTIPLIER_SECONDS)
    note_findings(run_id=run.pk, wishes=wishes, multiplier=multiplier)
    run.refresh_from_db()
    return run


def publish(run: CouplingRun, cast: Cast) -> None:
    """The secretariat asks, both leads agree."""
    agree(ask_publication(run=run, by=cast.secretariat), cast)


def agree(decision: Decision, cast: Cast) -> None:
    """Both leads say yes."""
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=cast.lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=cast.lead_b)


def finish_round(run: CouplingRun, cast: Cast) -> None:
    """Answer, deliver and judge everything but one promise, which is overdue."""
    commitments = list(run.commitments.select_related(*_BOTH_SIDES).order_by("pk"))
    overdue = next(c for c in commitments if c.giver.name in cast.tried_out)
    for position, commitment in enumerate(commitments):
        giver = cast.of(commitment.giver)
        if position in (5, 17) and commitment != overdue:
            why = _DECLINED[position % len(_DECLINED)]
            decline_commitment(commitment=commitment, by=giver, why=why)
            continue
        accept_commitment(commitment=commitment, by=giver)
        if commitment == overdue:
            continue
        if position == 11:
            explain_commitment(commitment=commitment, by=giver, why=_EXPLAINED)
        elif position == 14:
            _deliver_and_judge(commitment, cast, Delivery.Verdict.PARTLY)
        else:
            _deliver_and_judge(commitment, cast, Delivery.Verdict.MET)


def begin_round(run: CouplingRun, cast: Cast) -> None:
    """Some have answered, one has delivered, the others are still asked."""
    by_giver: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in run.commitments.select_related(*_BOTH_SIDES).order_by("due_on", "pk"):
        by_giver[commitment.giver.name].append(commitment)
    delivered_to: set[str] = set()
    soon: set[str] = set()
    declined = 0
    for position, name in enumerate(sorted(by_giver)):
        # One promise of each giver falls due early: this week for some, later for others.
        early = today() + timedelta(days=2 + 2 * position)
        for commitment in by_giver[name][: (len(by_giver[name]) + 1) // 2]:
            giver, receiver = cast.of(commitment.giver), commitment.receiver.name
            if position % 7 == 3 and declined < 2:
                declined += 1
                decline_commitment(commitment=commitment, by=giver, why=_DECLINED[declined % 2])
                continue
            is_soon = name not in soon and commitment.due_on and commitment.due_on > early
            due_on = early if is_soon else None
            accept_commitment(commitment=commitment, by=giver, due_on=due_on)
            if due_on:
                soon.add(name)
            elif receiver not in delivered_to and len(delivered_to) < 6:
                delivered_to.add(receiver)
                _deliver(commitment, cast)


_BOTH_SIDES = ("offer__organisation", "offer__alliance", "component__need__organisation")
_DECLINED = ("该时段已另有安排，下月可以提供。", "设备正在检修，本期无法借出。")
_EXPLAINED = "持续降雨，现场不具备施工条件，已与需求单位另约时间。"
_PARTLY = "人员临时调整，只到了一部分。"
_REMARK = {
    Delivery.Verdict.MET: "按时到位，居民满意。",
    Delivery.Verdict.PARTLY: "基本满足，缺的部分下一轮再提。",
}


def _deliver(commitment: Commitment, cast: Cast, share: Decimal = Decimal(1)) -> Delivery:
    quantity = commitment.quantity * share
    if share < 1:
        quantity = max(Decimal(1), quantity.to_integral_value(ROUND_FLOOR))
    return report_delivery(
        commitment=commitment,
        quantity=min(quantity, commitment.quantity),
        delivered_on=min(filter(None, (commitment.due_on, today()))),
        by=cast.of(commitment.giver),
        note=_PARTLY if share < 1 else "",
    )


def _deliver_and_judge(commitment: Commitment, cast: Cast, verdict: Delivery.Verdict) -> None:
    is_met = verdict == Delivery.Verdict.MET
    delivery = _deliver(commitment, cast, Decimal(1) if is_met else Decimal("0.6"))
    judge_delivery(
        delivery=delivery,
        verdict=verdict.value,
        by=cast.of(commitment.receiver),
        note=_REMARK[verdict],
    )
