"""Coupling runs: asked for, worked out by a job, corrected by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling import engine_adapter as engine
from binglian.domain.coupling.models import Component, CouplingRun, Match, Need, Offer, UnmetNeed
from binglian.domain.coupling.queries import lists_changed_since, weights_in_force
from binglian.domain.coupling.rounds import period_of
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .computations import (
    call_off,
    give_up,
    is_settled,
    note_alive,
    refuse_odd_seconds,
    resume_after_death,
    settle,
    take_up,
    take_up_again,
)

State = CouplingRun.State


@transaction.atomic
def ask_run(
    *,
    alliance: Alliance,
    by: User,
    round: str = CouplingRun.Round.MONTHLY,
    period: str = "",
    needs: Sequence[Need] = (),
    title: str = "",
    seconds: int = 10,
    seed: int = 0,
) -> CouplingRun:
    """Queue a run over the lists as they will stand when the worker takes it up.

    An urgent round is for the ``needs`` chosen, or for every urgent one. The caller enqueues
    the job after the commit (``jobs.enqueue_run``).
    """
    require_permission(by, Permission.RUN_COUPLING, within=alliance)
    refuse_odd_seconds(seconds)
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    busy = alliance.runs.filter(state__in=[State.QUEUED, State.RUNNING]).exists()
    refuse_unless(not busy, _("已有一次运算在进行，请等它完成或取消它。"))
    is_urgent = round == CouplingRun.Round.URGENT
    refuse_unless(is_urgent or not needs, _("只有应急轮次可以选定需求。"))
    same_alliance = all(need.alliance_id == alliance.pk for need in needs)
    refuse_unless(same_alliance, _("资源或需求不属于本联盟。"))
    period = period_of(round, period, today())
    last = alliance.runs.order_by("-number").values_list("number", flat=True).first() or 0
    run = CouplingRun.objects.create(
        alliance=alliance,
        number=last + 1,
        round=round,
        period=period,
        weights=weights_in_force(alliance),
        title=title.strip() or _named(round, period, last + 1),
        seconds=seconds,
        seed=seed,
        asked_by=by,
        heartbeat_at=now(),
    )
    run.chosen.set(needs)
    change = {"round": round, "period": period, "seconds": seconds, "seed": seed}
    change |= {"needs": [need.number for need in needs]} if needs else {}
    record(by, "run.asked", run, within=alliance, change=change)
    return run


def begin_run(*, run_id: int) -> CouplingRun | None:
    """A worker takes the run up; ``None`` when somebody else did or it was cancelled."""
    return take_up(CouplingRun, run_id, act="run.begun")


def note_progress(
    *, run_id: int, progress: float, objective: float | None, bound: float | None
) -> bool:
    """Sign of life from the worker. Returns whether it should stop: asked to, or replaced."""
    return note_alive(CouplingRun, run_id, progress=progress, objective=objective, bound=bound)


@transaction.atomic
def finish_run(*, run_id: int, outcome: engine.Outcome) -> CouplingRun:
    """Store what the engine found and the judge accepted."""
    run = CouplingRun.objects.select_for_update().get(pk=run_id)
    if is_settled(run):
        return run
    if run.is_cancel_asked:
        return _settle(run, State.CANCELLED, "run.cancelled")
    run.matches.all().delete()
    run.unmet.all().delete()
    Match.objects.bulk_create(
        Match(
            run=run,
            offer_id=supply.offer_id,
            component_id=supply.component_id,
            slot=supply.slot,
            quantity=supply.quantity,
            reason_zh=supply.reasons[0],
            reason_en=supply.reasons[1],
        )
        for supply in outcome.supplies
    )
    _store_unmet(run, outcome.shortfalls)
    run.status, run.objective, run.bound = outcome.status, outcome.objective, outcome.bound
    run.solved_seconds, run.met_count = outcome.seconds, outcome.met_count
    run.offer_count, run.need_count = outcome.offer_count, outcome.need_count
    run.progress = 1
    run.wishes, run.multiplier = [], None
    run.figures = asdict(outcome.figures)
    run.save()
    return _settle(run, State.PROPOSED, "run.proposed")


@transaction.atomic
def note_findings(
    *, run_id: int, wishes: list[dict[str, str]], multiplier: dict[str, Any] | None
) -> None:
    """Keep what was worked out after the run: what would help most, the multiplier effect."""
    run = CouplingRun.objects.select_for_update().get(pk=run_id)
    run.wishes, run.multiplier = wishes, multiplier
    run.save(update_fields=["wishes", "multiplier"])


def fail_run(*, run_id: int, failure: str) -> None:
    """The computation broke off; the reason is kept for the secretariat."""
    give_up(CouplingRun, run_id, failure=failure, act="run.failed")


@transaction.atomic
def cancel_run(*, run: CouplingRun, by: User) -> CouplingRun:
    """Ask a run to stop; a queued one stops at once, a running one within a second or two."""
    require_permission(by, Permission.RUN_COUPLING, within=run.alliance)
    return call_off(run, by=by, act="run.cancel_asked", settled="run.cancelled")


def register_resumption() -> None:
    job = "binglian.domain.coupling.jobs.work_out_run"
    resume_after_death(CouplingRun, job, revived="run.revived", failed="run.failed")


def revive_stuck_runs() -> list[int]:
    """Queue again what a dead worker left; returns the ids to enqueue."""
    return take_up_again(CouplingRun, act="run.revived")


def set_match(
    *,
    run: CouplingRun,
    offer: Offer,
    component: Component,
    quantity: Decimal,
    by: User,
    slot: str = "",
    why: str = "",
) -> CouplingRun:
    """Set by hand how much one offer gives to a component; 0 takes the match away."""
    return set_matches(run=run, wanted={(offer, component, slot): quantity}, by=by, why=why)


@transaction.atomic
def set_matches(
    *,
    run: CouplingRun,
    wanted: Mapping[tuple[Offer, Component, str], Decimal],
    by: User,
    why: str = "",
) -> CouplingRun:
    """Set several matches by hand at once, so that the parts of a bundle can move together.

    The independent judge looks at the whole proposal again; a broken rule refuses the change.
    An open decision about the run lapses, because its content has changed.
    """
    require_permission(by, Permission.RUN_COUPLING, within=run.alliance)
    run = CouplingRun.objects.select_for_update().get(pk=run.pk)
    refuse_unless(run.state == State.PROPOSED, _("只有待审定的结果可以修改。"))
    snapshot = engine.snapshot_of(run, today())
    slots = {slot for _offer, _component, slot in wanted}
    refuse_unless(slots <= {"", *snapshot.slot_codes}, _("没有这一时段。"))
    changes = [
        change
        for (offer, component, slot), quantity in wanted.items()
        if (change := _set_one(run, offer, component, slot, quantity, why))
    ]
    if not changes:
        return run
    review = engine.review(snapshot, engine.matches_of_run(run))
    refuse_unless(
        not review.broken,
        _("这样修改不符合规则：%(rules)s")
        % {"rules": engine.rules_in_words(snapshot, review.broken[:3])},
    )
    run.objective, run.met_count = review.objective, review.met_count
    if run.bound is None or lists_changed_since(run):
        # What was proven of other lists says nothing of these.
        run.bound = review.bound
    run.status = "by_hand"
    run.figures = asdict(review.figures) if review.figures else {}
    run.save(update_fields=["objective", "met_count", "bound", "status", "figures"])
    run.unmet.all().delete()
    _store_unmet(run, review.shortfalls)
    for change in changes:
        record(by, "run.match_set", run, within=run.alliance, change=change)
    return run


def _named(round_: str, period: str, number: int) -> str:
    label = CouplingRun.Round(round_).label
    return str(
        _("%(period)s %(round)s耦合（第 %(number)s 次）")
        % {"period": period, "round": label, "number": number}
    )


def _set_one(
    run: CouplingRun, offer: Offer, component: Component, slot: str, quantity: Decimal, why: str
) -> dict[str, Any] | None:
    """Write one match down; says what changed, or ``None`` when nothing did."""
    refuse_unless(quantity >= 0, _("数量不能为负。"))
    refuse_unless(quantity == round(quantity, 2), _("数量最多两位小数。"))
    same_alliance = {offer.alliance_id, component.need.alliance_id} == {run.alliance_id}
    refuse_unless(same_alliance, _("资源或需求不属于本联盟。"))
    before = run.matches.filter(offer=offer, component=component, slot=slot).first()
    if before is not None and before.quantity == quantity:
        return None
    refuse_unless(before or quantity, _("没有这项匹配。"))
    if before and not quantity:
        before.delete()
    else:
        Match.objects.update_or_create(
            run=run,
            offer=offer,
            component=component,
            slot=slot,
            defaults={
                "quantity": quantity,
                "is_by_hand": True,
                "reason_zh": f"秘书处人工安排：{why}" if why else "秘书处人工安排。",
                "reason_en": f"Arranged by the secretariat: {why}"
                if why
                else "Arranged by the secretariat.",
            },
        )
    return {
        "offer": offer.number,
        "need": component.need.number,
        "component": component.position,
        "slot": slot,
        "quantity": [before.quantity if before else 0, quantity],
        "why": why,
    }


def _store_unmet(run: CouplingRun, shortfalls: Sequence[engine.Shortfall]) -> None:
    UnmetNeed.objects.bulk_create(
        UnmetNeed(
            run=run,
            need_id=s.need_id,
            served_share=s.served_share,
            reason_zh=s.reason[0],
            reason_en=s.reason[1],
            missing_zh=s.missing[0],
            missing_en=s.missing[1],
            help_zh=s.would_help[0],
            help_en=s.would_help[1],
        )
        for s in shortfalls
    )


def _settle(run: CouplingRun, state: State, act: str) -> CouplingRun:
    change = {"objective": run.objective, "bound": run.bound, "status": run.status}
    return settle(run, state, act=act, change=change)
