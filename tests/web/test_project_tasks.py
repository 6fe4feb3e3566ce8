"""Claims on what a task's page lets its keepers do."""

from datetime import date

import pytest

from binglian.domain.alliance.models import today
from binglian.domain.coupling.models import Need
from binglian.domain.projects.actions import create_project, save_task
from binglian.domain.projects.actions.tasks import ModeFacts

MONDAY = date(2027, 3, 1)
LACKING = {"need-title": "议事场地", "need-kind": "venue", "need-quantity": "2"}


@pytest.fixture
def task(alliance, giving, giver):
    project = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="里院修缮",
        kind="courtyard",
        features=[],
        starts_on=today(),
    )
    return save_task(project=project, by=giver, title_zh="测绘", modes=[ModeFacts(4)])


def address(task, rest: str = "") -> str:
    return f"/a/historic/projects/{task.project_id}/tasks/{task.pk}/{rest}"


def test_a_task_moved_by_hand_is_let_go(task, giver, client_of):
    client = client_of(giver)
    task.pinned_on = MONDAY
    task.save()

    before = client.get(address(task)).content.decode()
    answer = client.post(address(task, "unpin/"))
    task.refresh_from_db()

    assert "取消人工排定" in before
    assert answer["Location"] == address(task)
    assert task.pinned_on is None
    assert address(task, "unpin/") not in client.get(address(task)).content.decode()


def test_what_a_task_lacks_becomes_a_need(task, giver, giving, client_of):
    client = client_of(giver)

    answer = client.post(address(task, "need/"), LACKING)

    need = Need.objects.get()
    task.refresh_from_db()
    part = need.components.get()
    assert answer["Location"] == address(task)
    assert (task.need, need.organisation, need.title) == (need, giving, "议事场地")
    assert (part.kind, part.quantity) == ("venue", 2)
    assert client.get(address(task)).context["lacks"] is None


def test_a_need_without_a_quantity_is_asked_for_again(task, giver, client_of):
    answer = client_of(giver).post(address(task, "need/"), LACKING | {"need-quantity": ""})

    assert answer.status_code == 422
    assert list(answer.context["lacks"].errors) == ["quantity"]
    assert not Need.objects.exists()


def test_who_only_looks_on_is_offered_no_need(task, viewer, client_of):
    assert client_of(viewer).get(address(task)).context["lacks"] is None
