"""The page on which everybody looks after one project."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory

from binglian.domain.alliance.models import today
from binglian.domain.openness.actions import ask_project
from binglian.domain.projects.actions import create_project, save_task
from binglian.domain.projects.actions.tasks import ModeFacts
from binglian.domain.projects.models import Project, Task
from binglian.domain.together import Reader
from binglian.web.portal import supervising


@pytest.fixture
def project(alliance, giving, needing, giver) -> Project:
    made = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="里院修缮",
        kind="courtyard",
        features=[],
        starts_on=today(),
    )
    save_task(project=made, by=giver, title_zh="测绘", organisation=needing, modes=[ModeFacts(4)])
    made.is_public, made.state = True, Project.State.RUNNING
    made.save()
    return made


def _said(project: Project) -> Reader[dict[str, str] | None]:
    [rows] = yield (project.tasks.filter(project__is_public=project.is_public),)
    return {"words": "已整改"} if rows else None


@pytest.fixture
def findings(tmp_path, settings) -> Iterator[None]:
    """A room that fills a section, and leaves again."""
    (tmp_path / "said.html").write_text("<p>{{ project }}：{{ words }}</p>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    supervising.fill(
        "findings",
        template="said.html",
        content=_said,
    )
    yield
    supervising._filled["findings"].pop()


def test_everybody_sees_who_is_awaited_and_what_will_stand_here(project):
    page = Client().get(f"/p/historic/projects/{project.pk}/supervise/")
    text = page.content.decode()

    assert [one.task.title_zh for one in page.context["awaited"]] == ["测绘"]
    assert [section.section.key for section in page.context["sections"]] == [
        "open-days",
        "questions",
        "findings",
        "goods",
    ]
    assert all(str(section.meanwhile) in text for section in supervising.SECTIONS)


def test_a_project_that_is_not_public_is_supervised_by_nobody_from_outside(project):
    project.is_public = False
    project.save()

    assert Client().get(f"/p/historic/projects/{project.pk}/supervise/").status_code == 404


def test_a_room_fills_its_section_where_it_has_something_to_show(project, findings):
    request = RequestFactory().get("/")
    shown = {one.section.key: one.parts for one in supervising.sections_of(project, request)}
    project.is_public = False
    hidden = {one.section.key: one.parts for one in supervising.sections_of(project, request)}

    assert shown["findings"] == ["<p>里院修缮：已整改</p>"]
    assert hidden["findings"] == []


def test_many_tasks_and_questions_cost_no_more_statements(
    project, giver, needing, django_assert_num_queries
):
    address = f"/p/historic/projects/{project.pk}/supervise/"
    for n in range(6):
        save_task(
            project=project, by=giver, title_zh=f"清理{n}", organisation=needing,
            modes=[ModeFacts(2)],
        )  # fmt: skip
        ask_project(project=project, text=f"几时完工？{n}", doubts=[])
    project.tasks.exclude(title_zh="测绘").update(
        state=Task.State.PASSED, started_on=today(), finished_on=today()
    )
    with django_assert_num_queries(4):
        page = Client().get(address)

    assert [str(one.organisation) for one in page.context["newest_done"]] == [str(needing)] * 3
    assert (page.context["done_count"], page.context["task_count"]) == (6, 7)


def test_where_a_project_was_before_leads_to_where_it_is(project):
    answer = Client().get(f"/p/historic/{project.pk}/")

    assert (answer.status_code, answer["Location"]) == (301, f"/p/historic/projects/{project.pk}/")
