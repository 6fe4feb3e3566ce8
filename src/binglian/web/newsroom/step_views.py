"""The steps of an announcement: to review, through it, into the queue, back, away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.newsroom.actions import (
    drop_changes,
    move_publication,
    review_announcement,
    submit_for_review,
    take_back,
    withdraw_announcement,
)
from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.personal import flags_of
from binglian.domain.newsroom.queries import may_write
from binglian.domain.refusals import ActionRefused, found_or_refused

from .access import announcement_or_404
from .forms import MoveForm, ReviewForm, SubmitForm, WithdrawForm

State = Announcement.State


def submit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Look at what seems personal, say when it goes out, put it up for review."""
    alliance, found = announcement_or_404(request, slug, pk)
    if not may_write(request.user, found):
        raise PermissionDenied(_("只有发布单位的联络员和秘书处能送审这则公告。"))
    latest = found_or_refused(found.latest, _("这则公告还没有内容。"))
    flags = flags_of(latest)
    form = SubmitForm(request.POST or None, flags=flags)
    if request.method == "POST" and form.is_valid():
        try:
            submit_for_review(announcement=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已送审，另一个人审核后发布。"))
            return redirect("newsroom:announcement", slug, pk)
    context = {
        "alliance": alliance,
        "section": "news",
        "announcement": found,
        "latest": latest,
        "form": form,
        "certain": [flag for flag in flags if flag.is_certain],
        "has_flags": bool(flags),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "newsroom/submit.html", context, status=status)


@require_POST
def review(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    alliance, found = announcement_or_404(request, slug, pk)
    require_permission(request.user, Permission.REVIEW_NEWS, within=alliance)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择通过或退回。"))
        return redirect("newsroom:announcement", slug, pk)
    is_yes = form.cleaned_data["verdict"] == "yes"
    why = form.cleaned_data["why"]
    reviewed = review_announcement(announcement=found, is_yes=is_yes, why=why, by=request.user)
    told = {
        State.DRAFT: _("已退回起草人。"),
        State.ASKED: _("审核通过；已提请牵头单位同意。"),
        State.QUEUED: _("审核通过，到时间自动发布。"),
        State.PUBLISHED: _("审核通过，已发布。"),
    }
    messages.success(request, told[State(reviewed.state)])
    return redirect("newsroom:announcement", slug, pk)


@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _alliance, found = announcement_or_404(request, slug, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        moved = move_publication(announcement=found, by=request.user, **form.cleaned_data)
        is_out = moved.state == State.PUBLISHED
        messages.success(request, _("已发布。") if is_out else _("发布时间已改。"))
    else:
        messages.error(request, _("时间写得不对，例如 2026-12-01 09:00。"))
    return redirect("newsroom:announcement", slug, pk)


@require_POST
def back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _alliance, found = announcement_or_404(request, slug, pk)
    take_back(announcement=found, by=request.user)
    messages.success(request, _("已收回，可以修改。"))
    return redirect("newsroom:announcement", slug, pk)


@require_POST
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _alliance, found = announcement_or_404(request, slug, pk)
    drop_changes(announcement=found, by=request.user)
    messages.success(request, _("草稿已作废。"))
    return redirect("newsroom:announcements", slug)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _alliance, found = announcement_or_404(request, slug, pk)
    form = WithdrawForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    withdraw_announcement(announcement=found, why=why, by=request.user)
    messages.success(request, _("已撤回；原来的网址上留有说明。"))
    return redirect("newsroom:announcement", slug, pk)
