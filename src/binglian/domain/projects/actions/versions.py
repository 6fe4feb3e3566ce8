"""Keeping plans: a new version each time, none ever changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from binglian.domain.accounts.models import User
from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects.models import Plan, PlannedTask, PlanningRun, Project

from .projects import record_for_owner


def keep_plan(
    found: engine.ProjectPlan,
    *,
    origin: str,
    by: User,
    why: str = "",
    run: PlanningRun | None = None,
) -> Plan:
    """Write a plan down as the project's next version; the first becomes the current one.

    The caller has checked who asks, and holds the transaction.
    """
    project = Project.objects.select_for_update().get(pk=found.project.pk)
    last = project.plans.order_by("-number").first()
    plan = Plan.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        origin=origin,
        run=run,
        before=project.current,
        made_by=by,
        why=why[:200],
        starts_on=found.starts_on,
        finish_on=found.finish_on,
        bound_on=found.bound_on,
        status=found.status,
        serial_days=found.serial_days,
        working_days=found.working_days,
        counted_serial_days=found.counted_serial_days,
        counted_days=found.counted_days,
        elapsed_days=found.elapsed_days,
        overrun_days=found.overrun_days,
        late_days=found.late_days,
        is_provisional=found.is_provisional,
        findings=[{"zh": zh, "en": en} for zh, en in found.findings],
    )
    PlannedTask.objects.bulk_create(
        PlannedTask(
            plan=plan,
            task_id=row.task_id,
            mode=row.mode,
            days=row.days,
            starts_on=row.starts_on,
            finishes_on=row.finishes_on,
            is_critical=row.is_critical,
            float_days=row.float_days,
            reason_zh=row.reasons[0][:300],
            reason_en=row.reasons[1][:300],
        )
        for row in found.rows
    )
    if project.current_id is None:
        project.current = plan
        project.save(update_fields=["current", "changed_at", "search_text"])
    change = {"number": plan.number, "finish_on": plan.finish_on, "origin": origin, "why": why}
    record_for_owner(by, "project.planned", project, change)
    return plan


@transaction.atomic
def note_plan_findings(*, plan: Plan, findings: Iterable[tuple[str, str]]) -> None:
    """Keep what was worked out after the plan: what would shorten it."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.findings = [*plan.findings, *({"zh": zh, "en": en} for zh, en in findings)]
    plan.save(update_fields=["findings"])
