"""Meetings: what is ahead, one meeting, its invitation, and who comes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.governance import queries
from binglian.domain.governance.actions import (
    cancel_meeting,
    change_meeting_rules,
    convene_meeting,
    move_meeting,
    note_superiors_told,
    prepare_meeting,
    reply_to_invitation,
)
from binglian.domain.governance.actions.minutes import MINUTES
from binglian.domain.governance.invitation import Method, invitation
from binglian.domain.governance.models import Meeting, Topic
from binglian.domain.ledger.queries import records_of
from binglian.web.access import alliance_or_404, may
from binglian.web.paging import page_of

from .meeting_forms import MeetingForm, ReplyForm, RulesForm, WhyForm
from .meeting_steps import next_steps

SECTION = "meetings"


@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting ahead, what is still to be done of earlier ones, topics, and all meetings."""
    alliance = alliance_or_404(request, slug)
    own = own_organisations(request.user, alliance)
    visible = queries.meetings_visible_to(request.user).filter(alliance=alliance)
    topics = queries.topics_visible_to(request.user).filter(alliance=alliance)
    runs_it = may(request, Permission.MANAGE_MEETINGS, alliance)
    context = page_of(request, visible)
    context |= {
        "alliance": alliance,
        "section": SECTION,
        "tab": "meetings",
        "ahead": queries.meeting_ahead(alliance),
        "suggested": queries.suggested_start(alliance) if runs_it else None,
        "may_manage": runs_it,
        "speaks": own.exists(),
        "topics": topics.filter(state=Topic.State.OFFERED) if runs_it else [],
        "own_topics": topics.filter(organisation__in=own)[:10],
        "own_open": queries.open_resolutions(alliance, own) if own.exists() else [],
    }
    return render(request, "governance/meetings.html", context)


@require_safe
def resolutions(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything resolved, open ones first, with how each stands."""
    alliance = alliance_or_404(request, slug)
    rows = queries.with_promises(alliance, queries.resolutions_of(alliance).order_by("-pk"))
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "resolutions",
        "open": sorted(filter(_is_open, rows), key=lambda row: row.resolution.due_on),
        "closed": [row for row in rows if not row.is_open],
    }
    return render(request, "governance/resolutions.html", context)


def _is_open(row: queries.ResolutionRow) -> bool:
    return row.is_open


def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """When the alliance meets and with which lead times."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEETINGS)
    form = RulesForm(request.POST or None, instance=queries.rules_of(alliance))
    if request.method == "POST" and form.is_valid():
        change_meeting_rules(alliance=alliance, by=request.user, **form.facts())
        messages.success(request, _("会议规则已保存，从下一次会议起适用。"))
        return redirect("governance:meetings", slug)
    context = {"alliance": alliance, "section": SECTION, "tab": "meetings", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/meeting_rules.html", context, status=status)


def meeting_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare the next meeting; the day by the cadence is filled in."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEETINGS)
    known = queries.rules_of(alliance)
    start = queries.suggested_start(alliance)
    values = MeetingForm.values_of(start, known.minutes_long, known.place)
    form = MeetingForm(request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid():
        prepared = prepare_meeting(
            alliance=alliance,
            starts_at=form.starts_at,
            minutes_long=form.cleaned_data["minutes_long"],
            place=form.cleaned_data["place"],
            by=request.user,
        )
        if prepared.state == Meeting.State.PREPARED:
            messages.success(request, _("会议已列入日程，各单位会收到征集议题的通知。"))
        else:
            messages.success(request, _("已补录，请添加议程并记录纪要。"))
        return redirect("governance:meeting", slug, prepared.pk)
    context = {"alliance": alliance, "section": SECTION, "tab": "meetings", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/meeting_new.html", context, status=status)


@require_safe
def meeting(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """One meeting: what to do next, agenda, who comes, what was resolved."""
    alliance, found = found_meeting(request, slug, meeting_pk)
    return meeting_page(request, alliance, found)


def meeting_page(
    request: HttpRequest, alliance: Alliance, found: Meeting, **failed: Any
) -> HttpResponse:
    """The page of a meeting, with forms that could not be taken as they were typed."""
    runs_it = may(request, Permission.MANAGE_MEETINGS, alliance)
    asked = queries.open_decision(alliance, MINUTES, found.pk)
    coming = queries.own_attendances(request.user, found)
    items = found.items.select_related("organisation").prefetch_related("resolutions")
    resolved = found.resolutions.select_related("owner", "receiver", "meeting__alliance")
    if found.state != Meeting.State.MINUTED and not runs_it:  # a draft is the secretariat's own
        resolved = resolved.none()
    values = MeetingForm.values_of(found.starts_at, found.minutes_long, found.place)
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "meetings",
        "meeting": found,
        "items": items,
        "may_manage": runs_it,
        "steps": next_steps(found, asked, has_agenda=bool(items))
        if runs_it and found.is_open
        else [],
        "decision": asked,
        "topics": alliance.topics.filter(state=Topic.State.OFFERED).select_related("organisation"),
        "replies": found.attendances.select_related("organisation"),
        "own_replies": [(row, _reply_form(row)) for row in coming],
        "resolved": queries.with_promises(alliance, resolved),
        "confirmed": records_of(found).filter(act="minutes.confirmed").last(),
        "can_write": queries.can_write_minutes(found),
        "move_form": MeetingForm(initial=values, auto_id="move_%s"),
        "cancel_form": WhyForm(auto_id="cancel_%s"),
    }
    status = 422 if failed else 200
    return render(request, "governance/meeting.html", context | failed, status=status)


def _reply_form(row: Any) -> ReplyForm:
    values = {"expected": row.expected or 1, "note": row.note}
    return ReplyForm(initial=values, auto_id=f"reply_{row.organisation_id}_%s")


@require_POST
def meeting_move(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """Another time or place; the invited get the changed invitation."""
    alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    form = MeetingForm(request.POST, auto_id="move_%s")
    if not form.is_valid():
        return meeting_page(request, alliance, found, move_form=form)
    facts = {name: form.cleaned_data[name] for name in ("minutes_long", "place")}
    move_meeting(meeting=found, starts_at=form.starts_at, by=request.user, **facts)
    messages.success(request, _("会议时间地点已保存。"))
    return redirect("governance:meeting", slug, meeting_pk)


@require_POST
def meeting_cancel(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """The meeting does not take place."""
    alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    form = WhyForm(request.POST, auto_id="cancel_%s")
    if not form.is_valid():
        return meeting_page(request, alliance, found, cancel_form=form)
    cancel_meeting(meeting=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("会议已取消，各单位会收到通知。"))
    return redirect("governance:meetings", slug)


@require_POST
def meeting_convene(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """Send the invitation with the agenda."""
    _alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    convene_meeting(meeting=found, by=request.user)
    messages.success(request, _("通知和议程已发出，附日历邀请。"))
    return redirect("governance:meeting", slug, meeting_pk)


@require_POST
def meeting_superiors(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """Note that the superiors know."""
    _alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    note_superiors_told(meeting=found, by=request.user)
    messages.success(request, _("已记录报告上级。"))
    return redirect("governance:meeting", slug, meeting_pk)


@require_POST
def meeting_reply(
    request: HttpRequest, slug: str, meeting_pk: int, organisation_pk: int
) -> HttpResponse:
    """One organisation comes, or does not."""
    _alliance, found = found_meeting(request, slug, meeting_pk)
    organisation = get_object_or_404(Organisation, pk=organisation_pk)
    form = ReplyForm(request.POST)
    facts = form.cleaned_data if form.is_valid() else {"reply": ""}
    reply_to_invitation(meeting=found, organisation=organisation, by=request.user, **facts)
    messages.success(request, _("已回复。有变化可以再改。"))
    return redirect("governance:meeting", slug, meeting_pk)


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """The meeting as a calendar file."""
    _alliance, found = found_meeting(request, slug, meeting_pk)
    text = invitation(
        found,
        Method.CANCEL if found.state == Meeting.State.CANCELLED else Method.PUBLISH,
        site=settings.SITE_URL,
        sender=settings.DEFAULT_FROM_EMAIL,
        to=None,
    )
    disposition = content_disposition_header(True, f"{found}.ics")
    headers = {"Content-Disposition": disposition}
    return HttpResponse(text, "text/calendar; charset=utf-8", headers=headers)


def found_meeting(
    request: HttpRequest, slug: str, pk: int, permission: Permission | None = None
) -> tuple[Alliance, Meeting]:
    """The meeting of a page's address, for those who may see it."""
    alliance = alliance_or_404(request, slug, permission)
    visible = queries.meetings_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(visible, pk=pk)
