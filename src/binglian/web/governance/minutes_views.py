"""Minutes: written beside the agenda, confirmed, and taken along as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.governance import queries
from binglian.domain.governance.actions import (
    ask_minutes,
    count_attendance,
    resolve,
    strike_resolution,
    write_conclusion,
    write_summary,
)
from binglian.domain.governance.actions.minutes import MINUTES
from binglian.domain.governance.minutes_paper import minutes_paper
from binglian.domain.governance.models import AgendaItem, Meeting
from binglian.domain.refusals import ActionRefused, refuse_unless
from binglian.papers import minutes as papers
from binglian.web.downloads import as_file

from .meeting_forms import PresentForm, ResolutionForm
from .meeting_views import SECTION, found_meeting


@require_safe
def minutes(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """The agenda with room to write beside each point."""
    alliance, found = _written(request, slug, meeting_pk)
    return _page(request, alliance, found)


def _page(request: HttpRequest, alliance: Alliance, found: Meeting, **failed: Any) -> HttpResponse:
    points = [
        {
            "item": item,
            "resolved": item.resolutions.select_related("owner", "receiver"),
            "form": ResolutionForm(alliance=alliance, auto_id=f"point_{item.pk}_%s"),
        }
        for item in found.items.select_related("organisation")
    ]
    for point in points:
        if failed and point["item"] == failed["item"]:
            point["form"] = failed["form"]
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "meetings",
        "meeting": found,
        "points": points,
        "failed": failed.get("item"),
        "present_form": failed.get("present") or PresentForm(meeting=found),
        "decision": queries.open_decision(alliance, MINUTES, found.pk),
        "can_write": queries.can_write_minutes(found),
    }
    return render(request, "governance/minutes.html", context, status=422 if failed else 200)


@require_POST
def minutes_summary(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """What the meeting was about; saves itself while being typed."""
    _alliance, found = _written(request, slug, meeting_pk)
    write_summary(meeting=found, summary=request.POST.get("summary", ""), by=request.user)
    if request.htmx:
        return render(request, "governance/minutes.html#saved", {"at": now()})
    return redirect("governance:minutes", slug, meeting_pk)


@require_POST
def minutes_point(request: HttpRequest, slug: str, meeting_pk: int, agenda_pk: int) -> HttpResponse:
    """What was said about one point; saves itself, and overwrites nobody."""
    _alliance, found = _written(request, slug, meeting_pk)
    item = get_object_or_404(found.items, pk=agenda_pk)
    seen = request.POST.get("version", "")
    refuse_unless(seen.isascii() and seen.isdigit(), _("请刷新页面后再写。"))
    try:
        item = write_conclusion(
            item=item, text=request.POST.get("conclusion", ""), version=int(seen), by=request.user
        )
    except ActionRefused as refused:
        if not request.htmx:
            raise
        context = {"item": item, "seen": seen, "refused": str(refused)}
        return render(request, "governance/minutes.html#saved", context, status=409)
    if request.htmx:
        context = {"item": item, "seen": item.version, "at": now()}
        return render(request, "governance/minutes.html#saved", context)
    return _back(slug, meeting_pk, item)


@require_POST
def minutes_attendance(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """How many came from each organisation."""
    alliance, found = _written(request, slug, meeting_pk)
    form = PresentForm(request.POST, meeting=found)
    if not form.is_valid():
        return _page(request, alliance, found, item=None, present=form)
    count_attendance(meeting=found, present=form.counted(), by=request.user)
    messages.success(request, _("到会人数已登记。"))
    return redirect("governance:minutes", slug, meeting_pk)


@require_POST
def minutes_resolve(
    request: HttpRequest, slug: str, meeting_pk: int, agenda_pk: int
) -> HttpResponse:
    """Who does what, for whom, by when."""
    alliance, found = _written(request, slug, meeting_pk)
    item = get_object_or_404(found.items, pk=agenda_pk)
    form = ResolutionForm(request.POST, alliance=alliance, auto_id=f"point_{item.pk}_%s")
    if not form.is_valid():
        return _page(request, alliance, found, item=item, form=form)
    resolve(meeting=found, item=item, by=request.user, **form.cleaned_data)
    return _back(slug, meeting_pk, item)


@require_POST
def minutes_strike(
    request: HttpRequest, slug: str, meeting_pk: int, resolution_pk: int
) -> HttpResponse:
    """Take a resolution out again."""
    _alliance, found = _written(request, slug, meeting_pk)
    resolution = get_object_or_404(found.resolutions, pk=resolution_pk)
    strike_resolution(resolution=resolution, by=request.user)
    return _back(slug, meeting_pk, resolution.item)


@require_POST
def minutes_ask(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """Have the minutes confirmed."""
    _alliance, found = _written(request, slug, meeting_pk)
    asked = ask_minutes(meeting=found, by=request.user)
    is_done = asked.state == Meeting.State.MINUTED
    messages.success(
        request, _("纪要已确认，议定事项已成为承诺。") if is_done else _("已提请牵头单位确认纪要。")
    )
    return redirect("governance:meeting", slug, meeting_pk)


@require_safe
def minutes_docx(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """The minutes for Word."""
    return _file(request, slug, meeting_pk, papers.write_docx, "docx")


@require_safe
def minutes_pdf(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """The minutes, typeset."""
    return _file(request, slug, meeting_pk, papers.typeset, "pdf")


def _file(
    request: HttpRequest,
    slug: str,
    meeting_pk: int,
    write: Callable[[papers.MinutesPaper], bytes],
    ending: str,
) -> HttpResponse:
    alliance, found = found_meeting(request, slug, meeting_pk)
    if found.state != Meeting.State.MINUTED:  # a draft is the secretariat's own
        require_permission(request.user, Permission.MANAGE_MEETINGS, within=alliance)
    paper = minutes_paper(found)
    return as_file(write(paper), f"{paper.alliance}{paper.title}.{ending}")


def _written(request: HttpRequest, slug: str, meeting_pk: int) -> tuple[Alliance, Meeting]:
    return found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)


def _back(slug: str, meeting_pk: int, item: AgendaItem | None) -> HttpResponse:
    response = redirect("governance:minutes", slug, meeting_pk)
    response["Location"] += f"#point-{item.pk}" if item else ""
    return response
