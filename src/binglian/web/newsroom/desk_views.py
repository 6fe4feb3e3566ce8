"""The desk's list of announcements, one of them with what can be done, and its versions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.governance.queries import open_decision
from binglian.domain.newsroom.actions.publishing import STATEMENT
from binglian.domain.newsroom.differences import version_changes
from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.queries import (
    announcements_visible_to,
    pictures_visible_to,
    sees_drafts,
    writes_for,
)
from binglian.web.access import alliance_or_404, may
from binglian.web.paging import page_of

from .access import allowed_with, announcement_or_404
from .forms import MoveForm, ReviewForm, WithdrawForm
from .pictures import picture_answer
from .reading import article_of

State = Announcement.State
PAGE = 30
PICTURE = "newsroom:picture"
#: Families of states, as tabs.
SHOWN = {
    "open": (_("办理中"), [*Announcement.OPEN]),
    "published": (State.PUBLISHED.label, [State.PUBLISHED]),
    "gone": (_("撤回和作废"), [State.WITHDRAWN, State.DROPPED]),
}


@require_safe
def announcements(request: HttpRequest, slug: str) -> HttpResponse:
    """Announcements the reader may see, those that wait for somebody first."""
    alliance = alliance_or_404(request, slug)
    rows = announcements_visible_to(request.user).filter(alliance=alliance)
    counts = {key: rows.filter(state__in=states).count() for key, (_l, states) in SHOWN.items()}
    show = request.GET.get("show", "")
    if show not in SHOWN:
        show = "open" if counts["open"] else "published"
    rows = rows.filter(state__in=SHOWN[show][1]).prefetch_related("versions__written_by")
    context = page_of(request, rows.order_by("-id"), PAGE)
    context |= {
        "alliance": alliance,
        "section": "news",
        "show": show,
        "tabs": [(key, label, counts[key]) for key, (label, _s) in SHOWN.items()],
        "may_import": may(request, Permission.MANAGE_MEMBERS, alliance),
        "may_write": writes_for(request.user, alliance).exists(),
    }
    return render(request, "newsroom/announcements.html", context)


@require_safe
def announcement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One announcement as it would be read, with the next step and its versions."""
    alliance, found = announcement_or_404(request, slug, pk)
    versions = list(found.versions.select_related("written_by", "reviewed_by"))
    latest = versions[-1]
    allowed = allowed_with(request, found)
    is_whole = sees_drafts(request.user, found)
    shown = latest if is_whole or found.shown is None else found.shown
    context = {
        "alliance": alliance,
        "section": "news",
        "announcement": found,
        "latest": latest,
        "article": article_of(found, shown, PICTURE),
        "versions": versions[::-1] if is_whole else [],
        "may": allowed,
        "decision": open_decision(alliance, STATEMENT, found.pk),
        "changes": version_changes(found.shown, latest) if allowed.review and found.shown else [],
        "review_form": ReviewForm(),
        "move_form": MoveForm(initial={"goes_out_at": found.goes_out_at}),
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "newsroom/announcement.html", context)


@require_safe
def version(request: HttpRequest, slug: str, pk: int, version: int) -> HttpResponse:
    """A version beside the one before it."""
    alliance, found = announcement_or_404(request, slug, pk)
    if not sees_drafts(request.user, found):
        raise Http404
    asked = get_object_or_404(found.versions, number=version)
    before = found.versions.filter(number=version - 1).first()
    context = {
        "alliance": alliance,
        "section": "news",
        "announcement": found,
        "version": asked,
        "before": before,
        "changes": version_changes(before, asked),
    }
    return render(request, "newsroom/version.html", context)


@require_safe
def picture(request: HttpRequest, slug: str, image_pk: int) -> HttpResponse:
    """A picture of an announcement the reader may see."""
    alliance = alliance_or_404(request, slug)
    found = pictures_visible_to(request.user, alliance).filter(pk=image_pk).first()
    return picture_answer(request, found, is_public=False)
