"""Claims on the demonstration."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from binglian.command import demo
from binglian.command.demonstration import loader
from binglian.command.demonstration.files import DemonstrationFiles, people
from binglian.command.refusals import CommandRefused
from binglian.domain.accounts.models import User
from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.alliance.models import Alliance, Membership, today
from binglian.domain.coupling.desk_queries import desk_of, overdue_in
from binglian.domain.coupling.models import Commitment, Component, CouplingRun, Need, Offer
from binglian.domain.governance.models import Decision
from binglian.domain.indicators.briefing.figuring import figures_of
from binglian.domain.indicators.periods import end_of, month, months_until
from binglian.domain.indicators.records import Records
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import chain_names
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.projects.models import PlannedTask, Project
from binglian.domain.projects.queries import awaited_of, capacity_use, expiring_in, rows_of

State = Commitment.State


def states_of(run):
    return Counter(run.commitments.values_list("state", flat=True))


@pytest.mark.django_db
def test_the_demonstration_is_built_by_the_platforms_own_actions(settings):
    settings.DEMO_PASSWORD = "binglian-demo"
    settings.DEMO_API_KEY = "bl_demo"
    settings.AUTH_PASSWORD_VALIDATORS = []

    loader.load()

    historic = Alliance.objects.get(slug="historic")
    assert [alliance.slug for alliance in Alliance.objects.all()] == ["historic", "port", "cbd"]
    assert (
        historic.memberships.filter(state=Membership.State.ADMITTED).count() == 24
    )  # with the company that supervises the works
    bundles = {c.need_id for c in Component.objects.filter(position=1)}
    assert Offer.objects.count() >= 60
    assert Need.objects.count() >= 80
    assert len(bundles) >= 15

    winter, autumn, summer = historic.runs.all()
    assert {run.state for run in (winter, autumn, summer)} == {CouplingRun.State.PUBLISHED}
    assert {run.status for run in CouplingRun.objects.all()} == {"optimal"}
    finished, running = states_of(summer) + states_of(autumn), states_of(winter)
    assert finished[State.PROPOSED] == finished[State.DELIVERED] == 0
    assert {State.JUDGED, State.DECLINED, State.EXPLAINED} < set(finished)
    assert {State.PROPOSED, State.ACCEPTED, State.DELIVERED, State.DECLINED} == set(running)

    coupled = [late for late in overdue_in(historic) if not late.is_pledged]
    (late,) = coupled
    assert len(overdue_in(historic)) == 2  # the other one was resolved at a meeting
    assert 3 <= (today() - late.due_on).days <= 9
    officers = User.objects.filter(username__in=[p["username"] for p in people()], platform_role="")
    busy = [o for o in officers.filter(appointments__role="liaison").distinct() if any(work(o))]
    assert len(busy) == len([p for p in people() if p["role"] == "liaison"])
    assert Decision.objects.filter(alliance=historic, state=Decision.State.ASKED).count() == 1
    assert all(
        User.objects.get(username=p["username"]).check_password("binglian-demo") for p in people()
    )
    assert all(verify_chain(name).is_sound for name in chain_names())
    assert all(_days_follow_each_other(name) for name in chain_names())
    _every_month_has_its_records(historic)
    assert loader.is_loaded()
    _three_projects_share_offices()


def _days_follow_each_other(chain):
    instants = list(
        LedgerEntry.objects.filter(chain=chain).order_by("number").values_list("at", flat=True)
    )
    return instants == sorted(instants)


def _every_month_has_its_records(historic):
    """Two months that are over can be told, and the ledger knows them as they were."""
    this = month(today())
    last, before = months_until(this.first, 3)[1::-1]
    told = {one.code: one for one in figures_of(Records(historic, now()), last, before)}
    for code in ("accepted", "fulfilled", "received", "answered", "tasks", "decisions"):
        assert told[code].now != "0", code
        assert told[code].before != "0", code
    then = Records(historic, end_of(last.last))
    members = [one for one in then.members if one.belongs_on(last.last)]
    assert len(members) == 23
    assert len(then.fulfilled(last)) > 0


def work(officer):
    desk = desk_of(officer)
    return [list(rows) for rows in (desk.asked, desk.overdue, desk.due_this_week, desk.to_judge)]


@pytest.mark.parametrize("days", [0, 6, 7, 400])
def test_the_lists_move_by_whole_weeks(days):
    base = date(2026, 11, 23)

    files = DemonstrationFiles(base + timedelta(days=days))

    assert files.shift == timedelta(days=days // 7 * 7)
    assert files.day("2026-12-01").weekday() == date(2026, 12, 1).weekday()


def test_only_the_wanted_rows_of_a_list_are_given():
    numbers = set(DemonstrationFiles(today()).first_round["offers"])

    rows = DemonstrationFiles(today()).rows("historic", "offers", numbers.__contains__)

    assert rows.decode("utf-8-sig").count("\n") == len(numbers) + 1


def test_the_demonstration_stays_out_of_a_database_with_real_people(outsider):
    with pytest.raises(CommandRefused, match="BINGLIAN_DATA"):
        demo._refuse_real_data()


@pytest.mark.django_db
def test_the_demonstration_is_at_home_in_an_empty_database():
    assert loader.is_at_home()


def _three_projects_share_offices():
    road, courtyard, complex_ = Project.objects.filter(alliance__slug="historic").order_by(
        "starts_on"
    )
    assert {road.state, courtyard.state, complex_.state} == {"running"}
    courtyard, complex_ = sorted((courtyard, complex_), key=lambda one: one.kind)
    plan = complex_.baseline
    assert (plan.serial_days, plan.working_days, plan.rows.count()) == (216, 71, 27)
    permit = plan.rows.get(task__number="20")
    assert working_days_between(plan.starts_on, permit.finishes_on) == 51
    assert courtyard.tasks.get(number="H3").need.number
    late = {one.task.number for one in awaited_of(complex_) if one.late_days}
    assert late == {"05", "12", "16"}
    assert complex_.tasks.get(number="12").state == "stopped"
    (expiry,) = expiring_in(Project.objects.all())
    assert expiry.task.project == road
    shared = [row.task.organisation for row in rows_of(plan) if row.task.organisation]
    # What has happened took the time it took; what lies ahead overloads nobody.
    ahead = today() + timedelta(days=1)
    used = capacity_use(set(shared), ahead, complex_.due_on)
    assert [use.organisation.name for use in used if use.is_exceeded] == []
    _an_office_works_for_all_three_alliances(complex_)


def _an_office_works_for_all_three_alliances(complex_):
    rows = PlannedTask.objects.filter(plan__in=Project.objects.values("current"))
    served = defaultdict(set)
    for row in rows.select_related("task__organisation", "task__project__alliance"):
        served[row.task.organisation].add(row.task.project.alliance.slug)
    shared = {office for office, slugs in served.items() if office and len(slugs) == 3}
    terminal = Project.objects.get(alliance__slug="port")
    used = capacity_use(shared, today() + timedelta(days=1), terminal.current.finish_on)
    waits = [row.reason_zh for row in terminal.baseline.rows.all()]
    assert "自然资源和规划局（示例）" in {office.name for office in shared}
    assert [use.organisation.name for use in used if use.is_exceeded] == []
    assert any("其他联盟的事项" in reason for reason in waits)
