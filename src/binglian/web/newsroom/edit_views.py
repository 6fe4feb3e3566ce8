"""Writing an announcement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.actions import change_announcement, start_announcement
from binglian.domain.newsroom.facts import TEXTS
from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.queries import may_write, writes_for
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404

from .access import announcement_or_404
from .forms import AnnouncementForm, PictureFormSet, pictures_formset


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty announcement in the name of a member the reader writes for."""
    alliance = alliance_or_404(request, slug)
    organisations = writes_for(request.user, alliance)
    if not organisations.exists():
        raise PermissionDenied(_("您没有这项权限：%(what)s。") % {"what": _("起草公告")})
    form = AnnouncementForm(request.POST or None, organisations=organisations)
    pictures = pictures_formset(alliance, None, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and pictures.is_valid():
        try:
            started = start_announcement(
                alliance=alliance,
                organisation=form.cleaned_data["organisation"],
                draft=form.draft(pictures.illustrations({})),
                by=request.user,
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, started)
    return _page(request, alliance, None, form, pictures)


def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write a draft on, or begin the correction of what is published."""
    alliance, found = announcement_or_404(request, slug, pk)
    if not may_write(request.user, found):
        raise PermissionDenied(_("只有发布单位的联络员和秘书处能改这则公告。"))
    latest = found.versions.last()
    facts = {name: getattr(latest, name) for name in (*TEXTS, "is_statement")}
    form = AnnouncementForm(request.POST or None, initial=facts)
    pictures = pictures_formset(alliance, latest, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and pictures.is_valid():
        kept = {one.picture_id: one.picture for one in latest.illustrations.all()} if latest else {}
        try:
            change_announcement(
                announcement=found,
                draft=form.draft(pictures.illustrations(kept)),
                by=request.user,
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, found)
    return _page(request, alliance, found, form, pictures)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    announcement: Announcement | None,
    form: AnnouncementForm,
    pictures: PictureFormSet,
) -> HttpResponse:
    context: dict[str, Any] = {
        "alliance": alliance,
        "section": "news",
        "announcement": announcement,
        "form": form,
        "pictures": pictures,
        # A browser does not send a chosen file twice.
        "has_lost_files": request.method == "POST" and bool(request.FILES),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "newsroom/edit.html", context, status=status)


def _saved(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    messages.success(request, _("已保存。"))
    slug = announcement.alliance.slug
    if "more" in request.POST:  # another picture
        return redirect("newsroom:edit", slug, announcement.pk)
    if "submit" in request.POST:
        return redirect("newsroom:submit", slug, announcement.pk)
    return redirect("newsroom:announcement", slug, announcement.pk)
