"""Every version of a plan is kept, moved by hand, compared, adopted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.projects.actions import (
    adjust_plan,
    adopt_what_if,
    ask_baseline,
    ask_plan,
    cancel_planning,
    create_project,
    generate_network,
    make_current,
    note_planning_progress,
    revive_stuck_plannings,
    set_capacity,
    unpin,
)
from binglian.domain.projects.engine_adapter import Changes
from binglian.domain.projects.models import Plan, PlanningRun
from binglian.domain.projects.queries import capacity_use, difference
from binglian.domain.refusals import ActionRefused

from .conftest import MONDAY


def agree(decision, lead_a, lead_b):
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)


def row(plan, number):
    return plan.rows.get(task__number=number)


def test_a_baseline_takes_effect_when_both_leads_agree(underground, planned, giver, lead_a, lead_b):
    plan = planned(underground)
    decision = ask_baseline(plan=plan, by=giver)
    underground.refresh_from_db()
    assert (underground.baseline, underground.current) == (None, plan)

    agree(decision, lead_a, lead_b)

    underground.refresh_from_db()
    assert (underground.baseline, underground.state) == (plan, "baselined")


def test_a_changed_network_makes_the_decision_lapse(underground, planned, giver, lead_a):
    decision = ask_baseline(plan=planned(underground), by=giver)
    underground.tasks.filter(number="12").update(number="12b")

    with pytest.raises(ActionRefused, match="内容在提请后已变动"):
        answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    assert Decision.objects.get().state == "lapsed"


@pytest.mark.parametrize("persona", ["receiver", "lead_a", "viewer", "outsider", "administrator"])
def test_only_the_owner_and_the_secretariat_plan(alliance, underground, persona, request):
    with pytest.raises(PermissionDenied):
        ask_plan(alliance=alliance, project=underground, by=request.getfixturevalue(persona))


def test_one_run_at_a_time_and_it_can_be_cancelled(alliance, underground, giver):
    run = ask_plan(alliance=alliance, project=underground, by=giver)
    with pytest.raises(ActionRefused, match="已有一次计划运算"):
        ask_plan(alliance=alliance, project=underground, by=giver)

    assert cancel_planning(run=run, by=giver).state == "cancelled"
    assert note_planning_progress(run_id=run.pk, progress=0.5, finish_on=None, bound_on=None)


def test_a_run_whose_worker_died_is_taken_up_again(alliance, underground, giver):
    run = ask_plan(alliance=alliance, project=underground, by=giver)
    assert revive_stuck_plannings() == []

    PlanningRun.objects.update(heartbeat_at=run.heartbeat_at - timedelta(minutes=3))

    assert revive_stuck_plannings() == [run.pk]


def test_a_project_without_tasks_is_not_planned(alliance, make_project, giver):
    with pytest.raises(ActionRefused, match="没有可排的任务"):
        ask_plan(alliance=alliance, project=make_project(), by=giver)


def test_a_moved_task_pushes_only_what_waits_for_it(underground, planned, giver):
    plan = planned(underground)
    heritage = row(plan, "12")
    later = add_working_days(heritage.starts_on, 25)

    moved = adjust_plan(plan=plan, starts={heritage.task: later}, by=giver, why="专家档期")

    changed = difference(plan, moved)
    assert (moved.origin, moved.number, row(moved, "12").starts_on) == ("by_hand", 2, later)
    assert changed.finish_days > 0
    assert {one.after.task.number for one in changed.moved} == {
        "12", "13", "20", "21", "22", "23", "24", "25", "26", "27"
    }  # fmt: skip
    assert changed.by_organisation[0][0] == underground.owner


def test_a_task_moved_before_its_predecessor_starts_as_early_as_it_may(underground, planned, giver):
    plan = planned(underground)

    moved = adjust_plan(plan=plan, starts={row(plan, "20").task: MONDAY}, by=giver)

    assert row(moved, "20").starts_on == row(plan, "20").starts_on


def test_a_longer_task_is_kept_longer(underground, planned, giver):
    plan = planned(underground)

    longer = adjust_plan(plan=plan, days={row(plan, "08").task: 20}, by=giver)

    assert (row(longer, "08").days, longer.working_days, longer.serial_days) == (20, 74, 220)
    assert planned(underground).working_days == 74


def test_a_pin_can_be_taken_out(underground, planned, giver):
    plan = planned(underground)
    task = row(plan, "12").task
    adjust_plan(plan=plan, starts={task: MONDAY + timedelta(days=90)}, by=giver)
    task.refresh_from_db()

    unpin(task=task, by=giver)

    assert planned(underground).working_days == 71


def test_what_if_is_adopted_as_a_new_version(underground, planned, giver):
    planned(underground)
    tender = underground.tasks.get(number="14")

    plan = adopt_what_if(project=underground, changes=Changes(days={tender.pk: 10}), by=giver)

    assert (plan.origin, plan.working_days, plan.serial_days) == ("what_if", 70, 209)


def test_offices_shared_with_another_project_are_waited_for(
    alliance, underground, planned, giver, giving, needing, secretariat, lead_a, lead_b
):
    set_capacity(alliance=alliance, organisation=needing, cases=1, by=secretariat)
    first = planned(underground)
    agree(ask_baseline(plan=first, by=giver), lead_a, lead_b)
    other = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="另一处地下空间（示例）",
        kind="underground",
        features=["government", "heritage_zone"],
        starts_on=MONDAY,
    )
    generate_network(project=other, by=giver)

    second = planned(other)

    assert (first.working_days > 71, second.working_days > first.working_days) == (True, True)
    agree(ask_baseline(plan=second, by=giver), lead_a, lead_b)
    (use,) = capacity_use([needing], MONDAY, MONDAY + timedelta(days=200))
    assert (use.cases, use.most, use.is_exceeded) == (1, 1, False)


def test_a_version_is_worked_by_once_somebody_says_so(underground, planned, giver):
    first, second = planned(underground), planned(underground)
    underground.refresh_from_db()
    assert underground.current == first

    assert make_current(plan=second, by=giver).current == second
    with pytest.raises(ActionRefused, match="正在按这一版推进"):
        make_current(plan=Plan.objects.get(pk=second.pk), by=giver)


def test_who_must_move_is_told_once_another_version_is_worked_by(
    underground, planned, giver, receiver, lead_a, lead_b
):
    plan = planned(underground)
    agree(ask_baseline(plan=plan, by=giver), lead_a, lead_b)
    tender = row(plan, "14").task
    later = adjust_plan(plan=plan, days={tender: 27}, by=giver)

    make_current(plan=later, by=giver)

    (told,) = Notification.objects.filter(user=receiver, key__contains=":moves:")
    assert told.text_zh.startswith("“地下空间综合体（示例）”改按新计划推进，贵单位有 4 项改期，如")


def test_a_plan_into_a_year_not_announced_says_so(catalogue, make_project, planned, giver):
    project = make_project(starts_on=today() + timedelta(days=2 * 366))
    generate_network(project=project, by=giver)

    assert planned(project).is_provisional
