"""Anybody asks a project and sees how it went; members review and answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import (
    answer_question,
    ask_project,
    publish_question,
    shelve_question,
)
from binglian.domain.openness.models import ProjectQuestion
from binglian.domain.openness.queries import (
    question_by_token,
    questions_of,
    questions_to_answer,
    questions_visible_to,
)
from binglian.domain.openness.rules import periods
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects
from binglian.domain.together import Reader
from binglian.web.access import alliance_or_404, may, may_for
from binglian.web.paging import page_of
from binglian.web.secret_links import held_or_404, linked_page

from .guard import guard, signs_of_machines
from .question_forms import QuestionAnswerForm, QuestionForm, ReviewForm

State = ProjectQuestion.State
#: Questions shown on a project's page; the rest are on a page of their own.
SHOWN = 5


def questions_shown(project: Project) -> Reader[Mapping[str, Any]]:
    """What ``openness/parts/project_questions.html`` is given beside ``project`` and ``portal``."""
    [rows] = yield (questions_of(project)[: SHOWN + 1],)
    return {"questions": rows[:SHOWN], "has_more": len(rows) > SHOWN}


@login_not_required
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """All public questions of a project, and the form to ask another."""
    project = get_object_or_404(public_projects(), alliance__slug=slug, pk=pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST":
        if not consume(request, action="report_flood"):
            found = {"portal": project.alliance}
            return render(request, "matters/too_many.html", found, status=429)
        if form.is_valid():
            text = form.cleaned_data["text"]
            doubts = signs_of_machines(request, text)
            _made, secret = ask_project(project=project, text=text, doubts=doubts)
            return redirect(reverse("openness:question_follow", args=[secret]) + "?new=1")
    context = page_of(request, questions_of(project), 20) | guard()
    context |= {
        "portal": project.alliance,
        "section": "projects",
        "project": project,
        "form": form,
        "period": periods()["question"],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "openness/ask_project.html", context, status=status)


@require_safe
@login_not_required
def follow(request: HttpRequest, question_secret: str) -> HttpResponse:
    """How far one's own question has come; just asked, with the link to keep."""
    found = held_or_404(question_by_token(question_secret))
    context = {
        "portal": found.alliance,
        "section": "projects",
        "one": found,
    }
    return linked_page(
        request,
        "openness/question_follow.html",
        context,
        route="openness:question_follow",
        secret=question_secret,
    )


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the reader, then what everybody reads."""
    alliance = alliance_or_404(request, slug)
    rows = questions_visible_to(request.user, alliance)
    context = page_of(request, rows.filter(state__in=(State.ANSWERED, State.SHELVED)))
    context |= {
        "alliance": alliance,
        "section": "requests",
        "to_review": rows.filter(state=State.RECEIVED).order_by("pk"),
        "to_answer": questions_to_answer(request.user, alliance),
        "open": rows.filter(state=State.OPEN).order_by("due_at", "pk"),
    }
    return render(request, "openness/questions.html", context)


@require_safe
def question(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One question, and what the reader can do with it."""
    alliance, found = _question_or_404(request, slug, pk)
    return _page(request, alliance, found)


@require_POST
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It stands in public, and the owner is told."""
    alliance, found = _question_or_404(request, slug, pk)
    require_permission(request.user, Permission.ANSWER_REQUESTS, within=alliance)
    form = ReviewForm(request.POST, question=found)
    if not form.is_valid():
        return _page(request, alliance, found, status=422, review_form=form)
    publish_question(question=found, public_text=form.cleaned_data["public_text"], by=request.user)
    messages.success(request, _("已公开，并请项目的责任单位答复。"))
    return redirect("openness:questions", slug)


@require_POST
def shelve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Not put to the project, and why."""
    _alliance, found = _question_or_404(request, slug, pk)
    shelve_question(question=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已说明原因，提问的人凭链接能看到。"))
    return redirect("openness:questions", slug)


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The owner's answer, for everybody."""
    alliance, found = _question_or_404(request, slug, pk)
    require_permission(request.user, Permission.ANSWER_QUESTIONS, within=found.project.seat)
    form = QuestionAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, alliance, found, status=422, answer_form=form)
    answer_question(question=found, answer=form.cleaned_data["public_text"], by=request.user)
    messages.success(request, _("已公开答复。"))
    return redirect("openness:questions", slug)


def _page(
    request: HttpRequest, alliance: Alliance, found: ProjectQuestion, status: int = 200, **more: Any
) -> HttpResponse:
    reviews = found.state == State.RECEIVED and may(request, Permission.ANSWER_REQUESTS, alliance)
    answers = found.state == State.OPEN and may_for(
        request, Permission.ANSWER_QUESTIONS, alliance, found.project.owner
    )
    context = {
        "alliance": alliance,
        "section": "requests",
        "one": found,
        "review_form": ReviewForm(question=found) if reviews else None,
        "answer_form": QuestionAnswerForm() if answers else None,
        **more,
    }
    return render(request, "openness/question.html", context, status=status)


def _question_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, ProjectQuestion]:
    alliance = alliance_or_404(request, slug)
    return alliance, get_object_or_404(questions_visible_to(request.user, alliance), pk=pk)
