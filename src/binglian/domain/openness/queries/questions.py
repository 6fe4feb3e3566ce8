"""Questions to projects: who sees which, and how well owners keep the time."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to, own_organisations
from binglian.domain.openness.models import ProjectQuestion
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects

State = ProjectQuestion.State
_WITH = ("alliance", "project__alliance", "project__owner", "answered_for")


def questions_visible_to(user: User, alliance: Alliance) -> QuerySet[ProjectQuestion]:
    """Members see what is public; who reviews questions sees all."""
    rows = alliance.project_questions.filter(alliance__in=alliances_visible_to(user))
    if not has_permission(user, Permission.ANSWER_REQUESTS, within=alliance):
        rows = rows.filter(state__in=ProjectQuestion.PUBLIC)
    return rows.select_related(*_WITH)


def questions_to_answer(user: User, alliance: Alliance) -> QuerySet[ProjectQuestion]:
    """Open ones to projects of the organisations the person answers for, first due first."""
    own = own_organisations(user, alliance)
    rows = alliance.project_questions.filter(state=State.OPEN, project__owner__in=own)
    return rows.select_related(*_WITH).order_by("due_at", "pk")


def public_questions(alliance: Alliance) -> QuerySet[ProjectQuestion]:
    """What everybody reads: reviewed questions to projects that are public, the newest first."""
    shown = Q(state__in=ProjectQuestion.PUBLIC, project__in=public_projects())
    return alliance.project_questions.filter(shown).select_related(*_WITH)


def questions_of(project: Project) -> QuerySet[ProjectQuestion]:
    """The public ones of one project."""
    return public_questions(project.alliance).filter(project=project)


def question_by_token(token: str) -> ProjectQuestion | None:
    """The question whose secret link this is."""
    rows = ProjectQuestion.objects.filter(token_digest=digest_of(token))
    return rows.select_related(*_WITH).first()
