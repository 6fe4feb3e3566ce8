"""Open days at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions import (
    announce_open_day,
    cancel_open_day,
    change_open_day,
    read_sign_up_contacts,
    record_open_day,
    withdraw_sign_up,
)
from binglian.domain.checks.models import OpenDay, SignUp
from binglian.domain.checks.queries import (
    coming,
    looks_at_visitors,
    open_days_visible_to,
    past,
    sites_kept_by,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404

from .access import keeps, require_keeping, sites_or_403
from .open_day_forms import OpenDayFacts, OpenDayForm, RecordForm, facts_of

MOST_PAST = 50


@require_safe
def open_days(request: HttpRequest, slug: str) -> HttpResponse:
    """Those to come, those to be told about, those that are over."""
    alliance = alliance_or_404(request, slug)
    rows = open_days_visible_to(request.user).filter(alliance=alliance)
    context = _frame(alliance) | {
        "coming": coming(rows),
        "past": past(rows)[:MOST_PAST],
        "may_enter": bool(sites_kept_by(request.user, alliance)),
    }
    return render(request, "checks/open_days.html", context)


def open_day_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a site to visitors."""
    alliance, sites = sites_or_403(request, slug)
    form = OpenDayForm(request.POST or None, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            made = announce_open_day(by=request.user, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            is_over = made.starts_at <= now()
            said = _("已补录，请登记现场问答。") if is_over else _("已公布，公众可以报名。")
            messages.success(request, said)
            return redirect("books:open_day", slug, made.pk)
    context = _frame(alliance) | {"form": form, "day": None}
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/open_day_form.html", context, status=status)


def open_day_edit(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """Other hours, another place, more places."""
    alliance, found = _kept_day(request, slug, day_pk)
    form = OpenDayFacts(request.POST or None, initial=facts_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_open_day(open_day=found, by=request.user, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。改了时间或地点的，会发邮件告诉留邮箱的人。"))
            return redirect("books:open_day", slug, day_pk)
    context = _frame(alliance) | {"form": form, "day": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/open_day_form.html", context, status=status)


@require_safe
def open_day(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """One open day: who comes, and what is to be done next."""
    alliance, found = _day_or_404(request, slug, day_pk)
    return _page(request, alliance, found)


@require_POST
def open_day_cancel(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """It does not take place."""
    _alliance, found = _day_or_404(request, slug, day_pk)
    cancel_open_day(open_day=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已取消。留邮箱的人会收到邮件；只留手机的，请查看联系方式后告知。"))
    return redirect("books:open_day", slug, day_pk)


@require_POST
def open_day_record(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """What was asked and answered, for everybody to read."""
    alliance, found = _day_or_404(request, slug, day_pk)
    require_keeping(request, found.project)
    form = RecordForm(request.POST)
    if form.is_valid():
        try:
            record_open_day(open_day=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已公开在项目的公众页上。"))
            return redirect("books:open_day", slug, day_pk)
    return _page(request, alliance, found, status=422, record_form=form)


@require_POST
def open_day_contacts(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """How to reach those who come; the look is recorded with its reason."""
    alliance, found = _day_or_404(request, slug, day_pk)
    contacts = read_sign_up_contacts(
        open_day=found, reason=request.POST.get("reason", ""), by=request.user
    )
    response = _page(request, alliance, found, contacts=contacts)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def sign_up_remove(request: HttpRequest, slug: str, sign_up_pk: int) -> HttpResponse:
    """Take off what a machine wrote; its places are free again."""
    alliance = alliance_or_404(request, slug)
    row = get_object_or_404(SignUp, pk=sign_up_pk, open_day__alliance=alliance)
    withdraw_sign_up(row=row, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消这份报名，名额已空出。"))
    return redirect("books:open_day", slug, row.open_day_id)


def _page(
    request: HttpRequest, alliance: Alliance, found: OpenDay, status: int = 200, **more: Any
) -> HttpResponse:
    is_kept = keeps(request, found.project)
    is_announced = found.state == OpenDay.State.ANNOUNCED
    has_begun = found.starts_at <= now()
    is_told = found.state == OpenDay.State.HELD
    may_record = is_kept and has_begun and (is_announced or is_told)
    told = {"visitors": found.visitors, "record_zh": found.record_zh, "record_en": found.record_en}
    context = _frame(alliance) | {
        "day": found,
        "keeps": is_kept,
        "sign_ups": found.sign_ups.filter(withdrawn_at=None) if is_kept else [],
        "may_change": is_kept and is_announced and not has_begun,
        "record_form": RecordForm(initial=told) if may_record else None,
        "looks": looks_at_visitors(found) if is_kept else [],
        **more,
    }
    return render(request, "checks/open_day.html", context, status=status)


def _day_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, OpenDay]:
    alliance = alliance_or_404(request, slug)
    rows = open_days_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(rows, pk=pk)


def _kept_day(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, OpenDay]:
    alliance, found = _day_or_404(request, slug, pk)
    require_keeping(request, found.project)
    return alliance, found


def _frame(alliance: Alliance) -> dict[str, Any]:
    return {"alliance": alliance, "section": "books"}
