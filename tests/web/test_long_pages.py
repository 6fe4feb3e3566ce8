"""What a page asks does not grow with what it shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.governance.actions import delegate_decisions, save_pledge, start_agreement
from binglian.domain.governance.models import Lead
from binglian.domain.indicators.kept import forget
from binglian.domain.projects.models import PlannedTask, Precedence, Project, Task, TaskMode

from .route_samples import MONDAY, planned_project
from .statements_asked import MOST


@pytest.fixture
def asked(client_of: Callable[[User], Client]) -> Callable[[User, str], int]:
    """How many statements a page asks of somebody, when nothing was worked out before."""

    def count(user: User, path: str) -> int:
        client = client_of(user)
        forget()
        with CaptureQueriesContext(connection) as said:
            assert client.get(path).status_code == 200
        return len(said)

    return count


@pytest.fixture
def project(alliance: Alliance, giving: Organisation, secretariat: User) -> Project:
    """Public, under way, worked by its second plan of three; the baseline is the first."""
    made = planned_project(alliance, giving, secretariat)
    made.baseline = made.current
    for number in (2, 3):
        copy = made.plans.get(number=1)
        copy.pk, copy.number = None, number
        copy.save()
    made.current, made.state = made.plans.get(number=2), Project.State.RUNNING
    made.save()
    return made


def _grow(project: Project, offices: list[Organisation | None], tasks: int) -> None:
    """So many tasks more, each after the one before, in every plan, each plan a day later."""
    made = [
        Task.objects.create(
            project=project,
            number=str(n + 1),
            title_zh=f"事项{n}",
            organisation=offices[n % len(offices)],
        )
        for n in range(project.tasks.count(), project.tasks.count() + tasks)
    ]
    TaskMode.objects.bulk_create(TaskMode(task=task, days=5) for task in made)
    Precedence.objects.bulk_create(
        Precedence(before=made[0], after=task, least=0) for task in made[1:]
    )
    for plan in project.plans.all():
        starts_on = MONDAY + timedelta(days=plan.number)
        PlannedTask.objects.bulk_create(
            PlannedTask(
                plan=plan,
                task=task,
                days=5,
                starts_on=starts_on,
                finishes_on=starts_on + timedelta(days=4),
            )
            for task in made
        )


def test_a_project_of_forty_tasks_asks_what_one_of_four_asks(
    project, alliance, giving, needing, secretariat, viewer, asked
):
    _grow(project, [giving, needing, None], 4)
    first, newest = project.tasks.first(), project.plans.get(number=3)
    base = f"/a/historic/projects/{project.pk}/"
    pages = {
        "project": base,
        "task": f"{base}tasks/{first.pk}/",
        "plan worked by": f"{base}plans/{project.current_id}/",
        "plan to compare": f"{base}plans/{newest.pk}/",
        "public": f"/p/historic/projects/{project.pk}/",
    }
    few = {name: asked(secretariat, path) for name, path in pages.items()}

    _grow(project, [giving, needing, None], 36)

    assert {name: asked(secretariat, path) for name, path in pages.items()} == few
    assert {name: number for name, number in few.items() if number > MOST} == {}


def test_a_draft_of_many_pledges_asks_its_members_once(
    alliance, giving, needing, secretariat, asked
):
    version = start_agreement(alliance=alliance, kind="cobuilding", by=secretariat, title="协议")
    facts = {"title": "场地", "target": "每年 4 场", "due_on": today(), "by": secretariat}
    clause = version.clauses.first()
    save_pledge(clause=clause, giver=giving, receiver=needing, **facts)
    few = asked(secretariat, f"{version.path}edit/")

    for clause in version.clauses.all():
        save_pledge(clause=clause, giver=needing, receiver=giving, **facts)

    assert asked(secretariat, f"{version.path}edit/") == few
    assert few <= MOST


def test_each_delegation_more_asks_nothing_more(alliance, lead_a, asked):
    def colleague(number: int) -> User:
        user = User.objects.create(username=f"c{number}", email=f"c{number}@example.org")
        Appointment.objects.create(
            alliance=alliance,
            user=user,
            role=Role.VIEWER.value,
            organisation=alliance.lead_a,
            from_on=today(),
        )
        return user

    def delegate(user: User) -> None:
        delegate_decisions(
            alliance=alliance,
            lead=Lead.A,
            delegate=user,
            from_on=today(),
            until_on=today(),
            by=lead_a,
        )

    delegate(colleague(0))
    few = asked(lead_a, "/a/historic/decisions/delegations/")

    for number in (1, 2, 3):
        delegate(colleague(number))

    assert asked(lead_a, "/a/historic/decisions/delegations/") == few
    assert few <= MOST
