"""A question to a project is reviewed, stands in public, and is answered there by its owner."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.ledger.queries import records_of
from binglian.domain.openness.actions import (
    answer_question,
    ask_project,
    publish_question,
    shelve_question,
    watch_questions,
)
from binglian.domain.openness.models import ProjectQuestion
from binglian.domain.openness.queries import (
    public_questions,
    question_by_token,
    questions_of,
    questions_to_answer,
    questions_visible_to,
)
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

PHONE = "13900001234"


@pytest.fixture
def question(project: Project) -> ProjectQuestion:
    return ask_project(project=project, text="我是王师傅，路什么时候通？")[0]


@pytest.fixture
def put(question: ProjectQuestion, secretariat: User) -> ProjectQuestion:
    """The question, reviewed and public."""
    return publish_question(question=question, public_text="路什么时候通？", by=secretariat)


def test_nothing_is_public_before_somebody_has_reviewed_it(
    question: ProjectQuestion, project: Project, giver: User, alliance: Alliance
):
    assert questions_of(project).count() == 0
    assert questions_visible_to(giver, alliance).count() == 0


def test_a_reviewed_question_is_due_in_ten_working_days_and_its_owner_is_told(
    put: ProjectQuestion, project: Project, giver: User, alliance: Alliance
):
    until = add_working_days(localdate(), 10)

    assert (questions_of(project).get(), put.due_on) == (put, until)
    assert questions_to_answer(giver, alliance).get() == put
    assert giver.notifications.first().text_zh == (
        f"公众对“道路改造（示例）”的提问 {put.number}，请于 {until:%Y-%m-%d} 前公开答复。"
    )


def test_only_the_desk_reviews_and_only_the_owner_answers(
    question: ProjectQuestion, giver: User, receiver: User, secretariat: User
):
    with pytest.raises(PermissionDenied):
        publish_question(question=question, public_text="路什么时候通？", by=giver)
    publish_question(question=question, public_text="路什么时候通？", by=secretariat)
    for other in (receiver, secretariat):
        with pytest.raises(PermissionDenied):
            answer_question(question=question, answer="六月。", by=other)


def test_the_answer_is_public_and_stands_in_the_record_word_for_word(
    put: ProjectQuestion, giving: Organisation, giver: User, alliance: Alliance
):
    answer_question(question=put, answer="六月底通车。", by=giver)

    shown = public_questions(alliance).get()
    assert (shown.answer, shown.answered_for) == ("六月底通车。", giving)
    last = records_of(put).last()
    assert (last.act, "六月底通车。" in last.change) == ("project_question.answered", True)
    with pytest.raises(ActionRefused, match="不在待答复"):
        answer_question(question=put, answer="改口。", by=giver)


def test_the_words_of_who_asked_never_enter_the_record(put: ProjectQuestion):
    kept = " ".join(f"{one.change} {one.object_label}" for one in records_of(put))

    assert ("王师傅" in kept, "路什么时候通？" in kept) == (False, True)


def test_a_number_that_is_certainly_somebodys_does_not_go_out(
    question: ProjectQuestion, put: ProjectQuestion, giver: User
):
    with pytest.raises(ActionRefused, match="手机号"):
        answer_question(question=put, answer=f"请打 {PHONE}", by=giver)


def test_a_question_that_is_not_put_says_why_to_whoever_asked(project: Project, secretariat: User):
    question, token = ask_project(project=project, text="老板叫什么？")
    with pytest.raises(ActionRefused, match="写明原因"):
        shelve_question(question=question, reason="", by=secretariat)
    shelve_question(question=question, reason="问的是个人信息", by=secretariat)

    found = question_by_token(token)
    assert (found.state, found.reason) == ("shelved", "问的是个人信息")
    assert questions_of(project).count() == 0


def test_a_project_that_is_not_public_takes_no_questions(put: ProjectQuestion, project: Project):
    Project.objects.filter(pk=project.pk).update(is_public=False)

    with pytest.raises(ActionRefused, match="没有公开"):
        ask_project(project=project, text="何时开工？")
    assert questions_of(project).count() == 0


def test_a_late_answer_is_noted_once_and_told_to_owner_and_desk(
    put: ProjectQuestion, giver: User, secretariat: User
):
    put.due_at = now() - timedelta(hours=1)
    put.save()
    watch_questions()
    watch_questions()

    acts = [one.act for one in records_of(put)]
    assert acts.count("project_question.overdue") == 1
    for person in (giver, secretariat):
        assert "已超过答复期限" in person.notifications.first().text_zh
