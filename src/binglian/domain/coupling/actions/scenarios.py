"""Answers to «what if»: kept to be looked at, their weights adopted by both leads."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.coupling import engine_adapter as engine
from binglian.domain.coupling.models import CouplingRun, Scenario
from binglian.domain.coupling.policy import in_comparison
from binglian.domain.coupling.queries import weights_in_force
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Decision
from binglian.domain.governance.reserved import Change, ReservedAct, register
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.chain import digest_of
from binglian.domain.refusals import refuse_unless

POLICY = "coupling.policy"
State = Scenario.State


@transaction.atomic
def keep_scenario(
    *,
    run: CouplingRun,
    changes: engine.Changes,
    by: User,
    answer: engine.Answer | None = None,
    title: str = "",
) -> Scenario:
    """Keep what was asked about a run and what came of it; the lists stay as they are.

    Without an answer it is queued: the caller enqueues the job (``jobs.enqueue_scenario``).
    """
    require_permission(by, Permission.RUN_COUPLING, within=run.alliance)
    finished = run.state in (CouplingRun.State.PROPOSED, CouplingRun.State.PUBLISHED)
    refuse_unless(finished, _("只有待审定或已公布的结果可以问“假如”。"))
    scenario = Scenario.objects.create(
        run=run,
        title=title.strip()
        or str(_("假如方案 %(number)s") % {"number": run.scenarios.count() + 1}),
        changes=changes.as_json(),
        answer=answer.as_json() if answer else None,
        state=State.READY if answer else State.QUEUED,
        kept_by=by,
    )
    record(by, "scenario.kept", scenario, within=run.alliance, change=scenario.changes)
    return scenario


@transaction.atomic
def answer_scenario(
    *, scenario_id: int, answer: engine.Answer | None, failure: str = ""
) -> Scenario:
    """The worker's answer to a queued scenario, or why there is none."""
    scenario = Scenario.objects.select_for_update().get(pk=scenario_id)
    scenario.state = State.READY if answer else State.FAILED
    scenario.answer = answer.as_json() if answer else None
    scenario.failure = failure[:400]
    scenario.save(update_fields=["state", "answer", "failure"])
    return scenario


def ask_adoption(*, scenario: Scenario, by: User) -> Decision:
    """Put the weights of a scenario before both leads, for the runs that follow."""
    refuse_unless(scenario.state == State.READY, _("这个方案还没有算出。"))
    in_force = weights_in_force(scenario.run.alliance)
    refuse_unless(scenario.changes["weights"] != in_force, _("这些权重正在采用。"))
    return ask_decision(
        alliance=scenario.run.alliance,
        act=POLICY,
        object_ids=[scenario.pk],
        by=by,
        permission=Permission.RUN_COUPLING,
    )


@transaction.atomic
def adopt_weights(*, scenario_id: int) -> Scenario:
    """Both leads have approved: the weights are in force for every run asked from now on."""
    scenario = Scenario.objects.select_for_update().get(pk=scenario_id)
    scenario.adopted_at = now()
    scenario.save(update_fields=["adopted_at"])
    change = {"weights": scenario.changes["weights"]}
    record(None, "scenario.adopted", scenario, within=scenario.run.alliance, change=change)
    return scenario


def _changes(ids: list[int]) -> list[Change]:
    """Each weight now and then, and what came of trying them out."""
    scenario = Scenario.objects.select_related("run__alliance").get(pk=ids[0])
    alliance, wanted = scenario.run.alliance, scenario.changes["weights"]
    lines = [
        Change(label, before, after)
        for label, before, after in in_comparison(weights_in_force(alliance), wanted, alliance)
    ]
    answer = scenario.answer or {"now": {}, "then": {}}
    tried = _("在“%(run)s”上试算，满足的需求") % {"run": scenario.run}
    met = [str(answer[side].get("met", "")) for side in ("now", "then")]
    return [*lines, Change(str(tried), *met)]


def _digest(ids: list[int]) -> str:
    scenario = Scenario.objects.get(pk=ids[0])
    return digest_of(
        {
            "scenario": scenario.pk,
            "weights": scenario.changes["weights"],
            "before": weights_in_force(scenario.run.alliance),
        }
    )


def register_policy() -> None:
    register(
        ReservedAct(
            code=POLICY,
            label=_("采用政策权重"),
            subject=lambda ids: str(Scenario.objects.get(pk=ids[0])),
            changes=_changes,
            digest=_digest,
            put_in_force=lambda ids: adopt_weights(scenario_id=ids[0]),
            refuse=lambda _ids: None,
            path=lambda ids: _path(Scenario.objects.get(pk=ids[0])),
        )
    )


def _path(scenario: Scenario) -> str:
    return f"runs/{scenario.run_id}/what-if/{scenario.pk}/"
