"""Projects become plans; every version is kept."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from binglian.domain.alliance.calendar import add_working_days, working_days_between
from binglian.domain.alliance.models import Alliance
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Lead
from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects import jobs
from binglian.domain.projects.actions import (
    ask_baseline,
    ask_plan,
    change_project,
    generate_network,
    remove_precedence,
    save_precedence,
    set_capacity,
)
from binglian.domain.projects.models import Plan, Precedence, Project
from binglian.domain.projects.queries import capacity_use, public_projects, rows_of

from .conftest import MONDAY


def test_27_items_take_216_days_in_series_and_71_in_parallel(underground, planned):
    plan = planned(underground)

    assert underground.tasks.count() == 27
    assert (plan.serial_days, plan.working_days) == (216, 71)
    assert (plan.counted_serial_days, plan.number) == (185, 1)


def test_the_construction_permit_comes_on_the_51st_working_day(underground, planned):
    rows = {row.task.number: row for row in rows_of(planned(underground))}

    assert working_days_between(MONDAY, rows["20"].finishes_on) == 51


def test_the_critical_path_is_named_with_its_reasons(underground, planned):
    rows = {row.task.number: row for row in rows_of(planned(underground))}

    critical = {number for number, row in rows.items() if row.is_critical}
    assert critical == {
        "01", "02", "04", "06", "09", "14", "18", "19", "20", "21", "23", "24", "25", "26", "27"
    }  # fmt: skip
    assert rows["13"].float_days == 1
    assert rows["14"].reason_zh == "待「初步设计与概算审批」办结即可开始。"


def test_all_open_projects_of_an_alliance_are_planned_together(
    alliance, underground, make_project, giver, needing, secretariat
):
    set_capacity(alliance=alliance, organisation=needing, cases=1, by=secretariat)
    other = make_project(due_on=add_working_days(MONDAY, 100))
    generate_network(project=other, by=giver)

    run = ask_plan(alliance=alliance, by=secretariat, seconds=3)
    jobs.work_out_planning.call(run.pk)

    run.refresh_from_db()
    assert (run.state, run.plans.count()) == ("ready", 2)
    assert all(plan.working_days > 71 for plan in run.plans.all())
    (use,) = capacity_use([needing], MONDAY, MONDAY)
    assert use.used == (0,)  # nothing is reserved before a plan is adopted


def test_only_the_secretariat_plans_all_projects_together(alliance, underground, giver):
    with pytest.raises(PermissionDenied):
        ask_plan(alliance=alliance, by=giver)


def test_a_plan_says_what_would_shorten_it(underground, planned):
    with override("zh-hans"):
        lines = planned(underground).finding_lines

    assert lines[-2:] == [
        "删去「项目建议书审批」，可省 5 个工作日。",
        "删去「规划公示」「施工招标」，只省 1 个工作日，因为「用地手续与不动产登记」随即成为关键。",
    ]


def test_a_deadline_that_cannot_hold_is_overrun_as_little_as_possible(
    catalogue, make_project, giver, planned
):
    deadline = add_working_days(MONDAY, 60)
    project = make_project(deadline_on=deadline)
    generate_network(project=project, by=giver)

    plan = planned(project)

    assert (plan.working_days, plan.overrun_days) == (71, (plan.finish_on - deadline).days)


def test_started_early_and_decided_late_a_review_takes_no_time_of_its_own(
    underground, planned, giver
):
    """Heritage review prepared while the feasibility study is still being decided."""
    for number in ("08", "13"):
        tie = Precedence.objects.filter(after__project=underground, after__number=number)
        for one in tie:
            remove_precedence(precedence=one, by=giver)
            save_precedence(before=one.before, after=one.after, by=giver, link="FF")

    rows = {row.task.number: row for row in rows_of(planned(underground))}

    assert rows["13"].starts_on < rows["11"].finishes_on
    assert rows["13"].finishes_on == rows["11"].finishes_on
    assert rows["08"].finishes_on >= rows["07"].finishes_on


def test_the_public_sees_public_projects_once_they_have_left_the_drawer(
    underground, planned, giver, lead_a, lead_b
):
    change_project(project=underground, by=giver, is_public=True)
    assert list(public_projects()) == []

    decision = ask_baseline(plan=planned(underground), by=giver)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    assert list(public_projects()) == [underground]


def test_what_no_plan_can_keep_is_named(alliance, underground, giver, needing, secretariat):
    set_capacity(alliance=alliance, organisation=needing, cases=1, by=secretariat)
    underground.tasks.get(number="20").modes.update(demand=2)

    run = ask_plan(alliance=alliance, project=underground, by=giver, seconds=1)
    jobs.work_out_planning.call(run.pk)

    run.refresh_from_db()
    with override("zh-hans"):
        told = run.why_not
    assert run.state == "failed"
    assert "「建筑工程施工许可证」" in told
    assert "「海关后社区（示例）」" in told


@pytest.fixture
def elsewhere(alliance, giving, needing, secretariat):
    """Have another alliance's project take the office for so many working days from a day on."""

    def begin(first, days):
        last = add_working_days(first, days - 1)
        other = Alliance.objects.create(
            slug="other", name="另一联盟", lead_a=alliance.lead_a, lead_b=alliance.lead_b
        )
        secret = Project.objects.create(
            alliance=other,
            number="P-001",
            title_zh="不公开的项目",
            kind="other",
            owner=giving,
            starts_on=MONDAY,
            entered_by=secretariat,
            state=Project.State.RUNNING,
        )
        task = secret.tasks.create(number="1", title_zh="不公开的事项", organisation=needing)
        task.modes.create(days=days)
        secret.current = secret.plans.create(
            number=1,
            origin=Plan.Origin.COMPUTED,
            made_by=secretariat,
            starts_on=first,
            finish_on=last,
            status="optimal",
            serial_days=days,
            working_days=days,
            counted_serial_days=days,
            counted_days=days,
            elapsed_days=(last - first).days + 1,
        )
        secret.save()
        secret.current.rows.create(task=task, days=days, starts_on=first, finishes_on=last)

    return begin


def test_another_alliance_takes_capacity_and_is_not_named(
    alliance, underground, needing, secretariat, planned, elsewhere
):
    set_capacity(alliance=alliance, organisation=needing, cases=1, by=secretariat)
    usual = planned(underground).rows.get(task__number="09")
    elsewhere(usual.starts_on, days=10)

    row = planned(underground).rows.get(task__number="09")

    assert row.starts_on == add_working_days(usual.starts_on, 10)
    assert row.reason_zh == "「海关后社区（示例）」正在办理「其他联盟的事项」，到这时才有余力。"


def test_a_run_under_way_says_when_its_own_project_ends(
    alliance, underground, needing, secretariat, planned, elsewhere
):
    set_capacity(alliance=alliance, organisation=needing, cases=1, by=secretariat)
    finish_on = planned(underground).finish_on
    elsewhere(add_working_days(finish_on, 50), days=10)
    glances = []

    snapshot = engine.snapshot_of([underground], MONDAY)
    engine.run_engine(snapshot, seconds=1, seed=0, progress=glances.append)

    assert len(snapshot.held) == 1
    assert (glances[-1].finish_on, glances[-1].bound_on) == (finish_on, None)
