"""Organisations report what happened; the plan, and who is awaited, follow."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.calendar import add_working_days, working_days_between
from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Lead
from binglian.domain.projects.actions import (
    ask_baseline,
    generate_network,
    remind_of_projects,
    report,
    settle_expiry,
    take_back_report,
)
from binglian.domain.projects.models import Expiry
from binglian.domain.projects.queries import awaited_from_us, awaited_of, expiring_in, week_ahead
from binglian.domain.refusals import ActionRefused


def working_days_ago(count):
    day = today() - timedelta(days=count * 7 // 5 + 30)
    while add_working_days(day, count) < today():
        day += timedelta(days=1)
    return day


@pytest.fixture
def running(catalogue, make_project, giver, planned, lead_a, lead_b):
    """An underground complex under way since twenty working days, with a baseline."""
    project = make_project(starts_on=working_days_ago(20))
    generate_network(project=project, by=giver)
    decision = ask_baseline(plan=planned(project), by=giver)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    project.refresh_from_db()
    return project


def task(project, number):
    return project.tasks.get(number=number)


def numbers(rows):
    return [row.task.number for row in rows]


def tell(project, number, event, by, ago=0, **facts):
    return report(
        task=task(project, number), event=event, by=by, on=today() - timedelta(days=ago), **facts
    )


def test_a_first_report_sets_the_project_going(running, secretariat):
    assert running.state == "baselined"

    tell(running, "01", "accepted", secretariat, ago=9)
    tell(running, "01", "passed", secretariat, ago=2)

    running.refresh_from_db()
    done = task(running, "01")
    assert (running.state, done.state) == ("running", "passed")
    assert (done.finished_on - done.started_on).days == 7


@pytest.mark.parametrize("persona", ["giver", "lead_a", "viewer", "outsider", "administrator"])
def test_what_an_office_decides_nobody_else_reports(running, persona, request):
    with pytest.raises(PermissionDenied):
        tell(running, "20", "accepted", request.getfixturevalue(persona))


def test_the_owner_files_papers_and_the_office_accepts_them(running, giver, receiver):
    filed = tell(running, "20", "received", giver)
    accepted = tell(running, "20", "accepted", receiver)

    assert (filed.organisation.name, accepted.organisation.name) == (
        "建设集团（示例）",
        "海关后社区（示例）",
    )


def test_what_cannot_happen_now_is_refused(running, secretariat):
    with pytest.raises(ActionRefused, match="现为“未开始”，不能报告“恢复计时"):
        tell(running, "01", "resumed", secretariat)
    with pytest.raises(ActionRefused, match="日期不能晚于今天"):
        tell(running, "01", "received", secretariat, ago=-1)


def test_reports_come_in_the_order_of_time(running, secretariat):
    tell(running, "01", "received", secretariat, ago=2)

    with pytest.raises(ActionRefused, match="不能早于上一次进展"):
        tell(running, "01", "accepted", secretariat, ago=3)


def test_a_correction_says_what_is_missing_and_waits_for_the_owner(running, secretariat, giving):
    tell(running, "01", "received", secretariat, ago=5)
    with pytest.raises(ActionRefused, match="请写明"):
        tell(running, "01", "correction", secretariat)

    tell(running, "01", "correction", secretariat, ago=4, note="缺资金来源说明")

    (one,) = awaited_of(running)
    assert (one.organisation, one.is_for_applicant, len(one.holds_up)) == (giving, True, 26)
    assert one.since == today() - timedelta(days=4)


def test_a_stopped_clock_is_not_held_against_the_office(running, secretariat):
    tell(running, "01", "accepted", secretariat, ago=28)
    tell(running, "01", "stopped", secretariat, ago=21)
    tell(running, "01", "resumed", secretariat, ago=7)

    stopped = working_days_between(today() - timedelta(days=21), today() - timedelta(days=7))
    assert task(running, "01").stopped_days == stopped - 1


def test_a_slip_is_taken_back_by_who_made_it(running, secretariat, viewer):
    tell(running, "01", "accepted", secretariat, ago=3)
    slip = tell(running, "01", "passed", secretariat)

    with pytest.raises(PermissionDenied):
        take_back_report(made=slip, by=viewer, why="点错")
    take_back_report(made=slip, by=secretariat, why="点错")

    assert (task(running, "01").state, task(running, "01").finished_on) == ("under_way", None)


def test_who_is_awaited_holds_up_everything_behind(running, secretariat, giver, alliance):
    tell(running, "01", "accepted", secretariat, ago=9)
    tell(running, "01", "passed", secretariat, ago=8)

    waiting = awaited_of(running)

    assert [one.task.number for one in waiting] == ["02", "04", "03", "05"]
    assert len(waiting[0].holds_up) == 22
    assert {one.task.number for one in awaited_from_us(giver, alliance)} == {
        "02", "03", "04", "05"
    }  # fmt: skip


def test_a_late_plan_moves_on_from_today(running, secretariat, planned):
    plan = planned(running, aim="least_change", why="建议书晚了")

    first = plan.rows.get(task__number="01")
    assert plan.origin == "replanned"
    assert (first.starts_on >= today(), plan.working_days) == (True, 71)


def test_a_plan_says_when_it_counts_days_as_they_were(running, secretariat, planned):
    foreseen = planned(running)
    tell(running, "01", "accepted", secretariat, ago=28)
    tell(running, "01", "passed", secretariat, ago=7)

    counted = planned(running)

    assert (foreseen.counts_actual_days, foreseen.serial_days) == (False, 216)
    took = counted.rows.get(task__number="01").days
    asked = foreseen.rows.get(task__number="01").days
    assert (counted.counts_actual_days, counted.serial_days) == (True, 216 + took - asked)
    assert took > asked


def test_what_happened_is_not_planned_again(running, secretariat, planned):
    tell(running, "01", "accepted", secretariat, ago=14)
    tell(running, "01", "passed", secretariat, ago=7)

    row = planned(running).rows.get(task__number="01")

    assert (row.starts_on, row.finishes_on) == (
        today() - timedelta(days=14),
        today() - timedelta(days=7),
    )


def test_a_permit_begins_to_run_out_and_is_used_by_what_waits_for_it(running, secretariat):
    tell(running, "20", "passed", secretariat, ago=80)

    (expiry,) = expiring_in([running])
    assert (expiry.lapses_on - today()).days == 10

    tell(running, "21", "passed", secretariat)
    assert Expiry.objects.get().settled_on == today()


def test_a_renewed_permit_alarms_nobody(running, secretariat, giver):
    tell(running, "20", "passed", secretariat, ago=80)
    settle_expiry(expiry=Expiry.objects.get(), by=giver)

    assert list(expiring_in([running])) == []


def test_each_event_is_told_once(running, secretariat, giver):
    tell(running, "20", "passed", secretariat, ago=80)

    first, second = remind_of_projects(), remind_of_projects()

    texts = list(Notification.objects.filter(user=giver).values_list("text_zh", flat=True))
    assert (first > 0, second) == (True, 0)
    assert any("将于" in text and "失效" in text for text in texts)


def test_the_week_ahead_of_an_office_names_its_tasks(running, giving):
    rows = running.current.rows
    rows.filter(task__number="01").update(starts_on=today(), finishes_on=today())
    rows.filter(task__number="02").update(finishes_on=today() - timedelta(days=1))
    rows.filter(task__number="14").update(starts_on=today() + timedelta(days=6))

    week = week_ahead(type(running).objects.all(), giving)

    assert numbers(week.overdue) == ["02"]
    assert numbers(week.to_start) == ["01", "14"]
    assert numbers(week.to_finish) == ["01"]


def test_work_that_overtook_its_predecessor_stops_no_plan(running, planned, secretariat):
    """What comes after is under way though nobody has reported what comes before."""
    first = running.tasks.get(number="01")
    after = first.precedences_after.filter(link="FS").first().after
    report(task=after, event="received", by=secretariat)
    report(task=after, event="accepted", by=secretariat)

    again = planned(running)

    assert again.rows.get(task=after).starts_on == today()
    assert again.rows.get(task=first).starts_on >= today()
