"""Topics and the agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.governance import queries
from binglian.domain.governance.actions import (
    accept_topic,
    add_agenda_item,
    defer_topic,
    gather_agenda,
    offer_topic,
    order_agenda,
    remove_agenda_item,
)
from binglian.domain.governance.models import AgendaItem, Topic
from binglian.web.access import alliance_or_404, may

from .meeting_forms import TopicForm
from .meeting_views import SECTION, found_meeting


def topic_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A member asks for a place on the agenda."""
    alliance = alliance_or_404(request, slug)
    own = own_organisations(request.user, alliance)
    if not own.exists():  # asked of the alliance's own seat, which nobody holds for others
        require_permission(
            request.user, Permission.JOIN_MEETINGS, within=alliance.seat_of(alliance.lead_a)
        )
    form = TopicForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        topic = offer_topic(alliance=alliance, by=request.user, **form.cleaned_data)
        messages.success(request, _("议题已提出，秘书处会答复。"))
        return redirect("governance:topic", slug, topic.pk)
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "meetings",
        "form": form,
        "ahead": queries.meeting_in_preparation(alliance),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/topic_new.html", context, status=status)


@require_safe
def topic(request: HttpRequest, slug: str, topic_pk: int) -> HttpResponse:
    """A topic with its paper and the secretariat's answer."""
    alliance, found = _found_topic(request, slug, topic_pk)
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "meetings",
        "topic": found,
        "ahead": queries.meeting_in_preparation(alliance),
        "may_manage": may(request, Permission.MANAGE_MEETINGS, alliance),
    }
    return render(request, "governance/topic.html", context)


@require_POST
def topic_answer(request: HttpRequest, slug: str, topic_pk: int) -> HttpResponse:
    """Accepted onto the agenda, or deferred with a word."""
    _alliance, found = _found_topic(request, slug, topic_pk, Permission.MANAGE_MEETINGS)
    word = request.POST.get("word", "")[:200]
    if request.POST.get("answer") == "accept":
        accepted = accept_topic(topic=found, word=word, by=request.user)
        messages.success(request, _("已列入议程，提出单位会收到通知。"))
        return redirect("governance:meeting", slug, accepted.meeting_id)
    defer_topic(topic=found, word=word, by=request.user)
    messages.success(request, _("已暂缓，提出单位会看到理由。"))
    return redirect("governance:topic", slug, topic_pk)


@require_POST
def agenda_gather(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """Put on the agenda whatever is unfinished."""
    _alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    count = gather_agenda(meeting=found, by=request.user)
    if count:
        said = ngettext("议程新增 %(count)s 项。", "议程新增 %(count)s 项。", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("没有新的未办结事项，可以自己添加议程。"))
    return redirect("governance:meeting", slug, meeting_pk)


@require_POST
def agenda_add(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """A point of the secretariat's own."""
    _alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    title = request.POST.get("title", "")[:200]
    add_agenda_item(meeting=found, title=title, by=request.user)
    return _back_to_agenda(slug, meeting_pk)


@require_POST
def agenda_remove(request: HttpRequest, slug: str, meeting_pk: int, agenda_pk: int) -> HttpResponse:
    """Strike a point off."""
    remove_agenda_item(item=_found_item(request, slug, meeting_pk, agenda_pk), by=request.user)
    return _back_to_agenda(slug, meeting_pk)


@require_POST
def agenda_shift(request: HttpRequest, slug: str, meeting_pk: int, agenda_pk: int) -> HttpResponse:
    """One point up or down, by its arrows."""
    item = _found_item(request, slug, meeting_pk, agenda_pk)
    order = list(item.meeting.items.values_list("pk", flat=True))
    here = order.index(item.pk)
    there = here + (-1 if request.POST.get("to") == "up" else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    order_agenda(meeting=item.meeting, order=order, by=request.user)
    return _back_to_agenda(slug, meeting_pk, agenda_pk)


@require_POST
def agenda_order(request: HttpRequest, slug: str, meeting_pk: int) -> HttpResponse:
    """The whole order at once, as dragged."""
    _alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    typed = request.POST.get("order", "").split(",")
    order = [int(one) for one in typed if one.isascii() and one.isdigit()]
    order_agenda(meeting=found, order=order, by=request.user)
    return _back_to_agenda(slug, meeting_pk)


def _back_to_agenda(slug: str, meeting_pk: int, agenda_pk: int | None = None) -> HttpResponse:
    response = redirect("governance:meeting", slug, meeting_pk)
    response["Location"] += f"#point-{agenda_pk}" if agenda_pk else "#agenda"
    return response


def _found_item(request: HttpRequest, slug: str, meeting_pk: int, agenda_pk: int) -> AgendaItem:
    _alliance, found = found_meeting(request, slug, meeting_pk, Permission.MANAGE_MEETINGS)
    return get_object_or_404(found.items, pk=agenda_pk)


def _found_topic(
    request: HttpRequest, slug: str, topic_pk: int, permission: Permission | None = None
) -> tuple[Alliance, Topic]:
    alliance = alliance_or_404(request, slug, permission)
    visible = queries.topics_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(visible, pk=topic_pk)
