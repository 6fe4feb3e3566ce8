"""Anybody asks a project; somebody reviews the words; its owner answers for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.ledger.actions import record
from binglian.domain.matters.engine_adapter import due
from binglian.domain.matters.models import Clock
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.openness.models import ProjectQuestion
from binglian.domain.openness.rules import periods
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects
from binglian.domain.refusals import refuse_unless

State = ProjectQuestion.State
LONGEST, LONGEST_ANSWER = 1000, 3000
_NEW = gettext_noop("收到对“%(project)s”的提问 %(number)s，请先审核。")
_PUT = gettext_noop("公众对“%(project)s”的提问 %(number)s，请于 %(until)s 前公开答复。")
_LATE = gettext_noop("对“%(project)s”的提问 %(number)s 已超过答复期限（%(until)s）。")


@transaction.atomic
def ask_project(
    *, project: Project, text: str, doubts: Sequence[str] = (), asked_at: datetime | None = None
) -> tuple[ProjectQuestion, str]:
    """Take a question in from anybody; returns it with its secret, told once.

    ``asked_at`` is when it was said, where that is earlier than now: at an open day, by letter.

    Raises
    ------
    ActionRefused
        The project is not public, nothing or too much was written.
    """
    text, asked_at = text.strip(), asked_at or now()
    is_public = public_projects().filter(pk=project.pk).exists()
    refuse_unless(is_public, _("这个项目没有公开，不能提问。"))
    refuse_unless(text, _("请写要问的问题。"))
    refuse_unless(len(text) <= LONGEST, _("太长了，请控制在 %(n)s 字以内。") % {"n": LONGEST})
    refuse_unless(asked_at <= now(), _("提问时间不能在将来。"))
    alliance = project.alliance
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    token = new_token()
    question = ProjectQuestion.objects.create(
        alliance=alliance,
        project=project,
        number=f"W-{alliance.project_questions.count() + 1:04d}",
        text=text,
        doubts="、".join(doubts)[:200],
        token_digest=digest_of(token),
        asked_at=asked_at,
    )
    _note(None, "asked", question, {"project": str(project), "doubts": list(doubts)})
    _tell(people_with(alliance, Role.SECRETARIAT), question, "new", _NEW)
    return question, token


@transaction.atomic
def publish_question(*, question: ProjectQuestion, public_text: str, by: User) -> ProjectQuestion:
    """The question stands in public in these words, and its project's owner has to answer.

    Raises
    ------
    PermissionDenied
        ``by`` does not review questions here.
    ActionRefused
        Reviewed before, no words, or a number in them is certainly somebody's.
    """
    question = _to_review(question, by)
    refuse_unless(public_text.strip(), _("请写公开的问题。"))
    refuse_certain(public_text)
    question.state, question.public_text = State.OPEN, public_text.strip()
    question.published_at = now()
    days = periods()["question"].working_days
    question.due_at = due(question.published_at, days, Clock.WORKING_DAYS).at
    question.save()
    _note(by, "published", question, {"question": question.public_text})
    _tell(_answering(question), question, "put", _PUT)
    return question


@transaction.atomic
def shelve_question(*, question: ProjectQuestion, reason: str, by: User) -> ProjectQuestion:
    """It is not put to the project (不公开); whoever asked reads why."""
    question = _to_review(question, by)
    refuse_unless(reason.strip(), _("请写明原因，提问的人会看到。"))
    question.state, question.reason = State.SHELVED, reason.strip()[:200]
    question.save()
    _note(by, "shelved", question, {"reason": question.reason})
    return question


@transaction.atomic
def answer_question(*, question: ProjectQuestion, answer: str, by: User) -> ProjectQuestion:
    """The project's owner answers, for everybody and on the record; it is not changed later.

    Raises
    ------
    PermissionDenied
        ``by`` does not answer for the project's owner.
    ActionRefused
        Not public, answered before, or a number in the answer is certainly somebody's.
    """
    question = _locked(question)
    project, answer = question.project, answer.strip()
    require_permission(by, Permission.ANSWER_QUESTIONS, within=project.seat)
    refuse_unless(question.state == State.OPEN, _("这个提问不在待答复中。"))
    refuse_unless(answer, _("请写答复，人人可见。"))
    too_long = _("太长了，请控制在 %(n)s 字以内。") % {"n": LONGEST_ANSWER}
    refuse_unless(len(answer) <= LONGEST_ANSWER, too_long)
    refuse_certain(answer)
    question.state, question.answer = State.ANSWERED, answer
    question.answered_for, question.answered_at = project.owner, now()
    question.save()
    _note(by, "answered", question, {"answer": answer, "is_late": question.is_answered_late})
    return question


def watch_questions() -> None:
    """Note once that an answer is late, and tell owner and secretariat; safe at any time."""
    late = ProjectQuestion.objects.filter(state=State.OPEN, due_at__lt=now(), overdue_at=None)
    for question in late:
        _escalate(question)


@transaction.atomic
def _escalate(question: ProjectQuestion) -> None:
    question = _locked(question)
    question.overdue_at = now()
    question.save(update_fields=["overdue_at"])
    _note(None, "overdue", question)
    people = _answering(question) | people_with(question.alliance, Role.SECRETARIAT)
    _tell(people.distinct(), question, "late", _LATE)


def _to_review(question: ProjectQuestion, by: User) -> ProjectQuestion:
    question = _locked(question)
    require_permission(by, Permission.ANSWER_REQUESTS, within=question.alliance)
    refuse_unless(question.state == State.RECEIVED, _("这个提问已经审核。"))
    return question


def _answering(question: ProjectQuestion) -> Any:
    return liaison_officers(question.alliance, question.project.owner)


def _locked(question: ProjectQuestion) -> ProjectQuestion:
    rows = ProjectQuestion.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "project__alliance", "project__owner").get(
        pk=question.pk
    )


def _note(
    by: User | None,
    what: str,
    question: ProjectQuestion,
    change: Mapping[str, Any] | None = None,
) -> None:
    """Record a step; words enter the ledger once they are public, never before."""
    owner = question.answered_for
    record(
        by,
        f"project_question.{what}",
        question,
        within=question.alliance,
        organisation=owner,
        change=change,
    )


def _tell(people: Iterable[User], question: ProjectQuestion, what: str, message: str) -> None:
    until = f"{localdate(question.due_at):%Y-%m-%d}" if question.due_at else ""
    notify(
        people,
        key=f"project_question:{question.pk}:{what}",
        message=message,
        facts={"number": question.number, "project": str(question.project), "until": until},
        url=f"/a/{question.alliance.slug}/questions/{question.pk}/",
    )
