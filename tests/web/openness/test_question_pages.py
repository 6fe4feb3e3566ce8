"""Asking a project on the public page, reviewing and answering at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.openness.models import ProjectQuestion
from binglian.domain.projects.models import Project

DESK = "/a/historic/questions/"


@pytest.fixture
def page(project: Project) -> str:
    return f"/p/historic/projects/{project.pk}/"


@pytest.fixture
def question(client: Client, page: str) -> ProjectQuestion:
    client.post(f"{page}ask/", {"text": "何时通车？"})
    return ProjectQuestion.objects.get()


def test_a_question_goes_round_and_ends_on_the_supervising_page(
    client: Client,
    page: str,
    question: ProjectQuestion,
    secretariat: User,
    giver: User,
    client_of: Callable[[User], Client],
):
    before = client.get(f"{page}supervise/").content.decode()
    reviewed = client_of(secretariat).post(
        f"{DESK}{question.pk}/publish/", {"public_text": "几月通车？"}
    )
    waiting = client.get(f"{page}supervise/").content.decode()
    answered = client_of(giver).post(f"{DESK}{question.pk}/answer/", {"public_text": "六月底。"})
    after = client.get(f"{page}supervise/").content.decode()

    assert (reviewed.status_code, answered.status_code) == (302, 302)
    assert ("几月通车？" in before, "几月通车？" in waiting, "六月底。" in after) == (
        False,
        True,
        True,
    )
    assert "六月底。" in client.get(f"{page}ask/").content.decode()


def test_whoever_asked_follows_by_a_link_and_leaves_no_trace(client: Client, page: str):
    sent = client.post(f"{page}ask/", {"text": "何时通车？"})
    followed = client.get(sent["Location"])

    assert (sent.status_code, followed["Cache-Control"]) == (302, "private, no-store")
    assert "请保存下面的链接" in followed.content.decode()


def test_what_looks_personal_in_an_answer_needs_a_second_look(
    question: ProjectQuestion,
    secretariat: User,
    giver: User,
    client_of: Callable[[User], Client],
):
    client_of(secretariat).post(f"{DESK}{question.pk}/publish/", {"public_text": "几月通车？"})
    typed = {"public_text": "请问李经理。"}
    marked = client_of(giver).post(f"{DESK}{question.pk}/answer/", typed)

    assert marked.status_code == 422
    assert "<mark>李经理</mark>" in marked.content.decode()


def test_a_question_before_its_review_is_for_the_desk_alone(
    question: ProjectQuestion, secretariat: User, giver: User, client_of: Callable[[User], Client]
):
    assert "何时通车？" in client_of(secretariat).get(DESK).content.decode()
    assert "何时通车？" not in client_of(giver).get(DESK).content.decode()
    assert client_of(giver).get(f"{DESK}{question.pk}/").status_code == 404


def test_a_project_that_is_not_public_has_no_page_to_ask_on(
    client: Client, project: Project, page: str
):
    Project.objects.filter(pk=project.pk).update(is_public=False)

    assert client.get(f"{page}ask/").status_code == 404
