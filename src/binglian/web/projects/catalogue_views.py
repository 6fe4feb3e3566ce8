"""The alliance's approval items: looked at, entered, changed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.actions import adopt_catalogue, save_item
from binglian.domain.projects.models import ApprovalItem
from binglian.domain.projects.queries import items_visible_to
from binglian.domain.projects.words import KINDS, codes
from binglian.web.access import alliance_or_404, may

from .item_form import ItemForm


@require_safe
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """All items by stage, for one type of project or all."""
    alliance = alliance_or_404(request, slug)
    items = list(items_visible_to(request.user).filter(alliance=alliance).order_by("stage", "pk"))
    kind = request.GET.get("kind", "")
    if kind in codes(KINDS):
        items = [item for item in items if kind in item.kinds]
    stages = [
        (ApprovalItem.Stage(stage).label, list(rows))
        for stage, rows in groupby(items, key=lambda item: item.stage)
    ]
    context = {
        "alliance": alliance,
        "section": "projects",
        "stages": stages,
        "kind": kind,
        "kinds": KINDS,
        "may_manage": may(request, Permission.MANAGE_PROJECTS, alliance),
    }
    return render(request, "projects/catalogue.html", context)


@require_POST
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over the shipped items the alliance does not have yet."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_PROJECTS)
    count = adopt_catalogue(alliance=alliance, by=request.user)
    messages.success(request, _("引入 %(count)s 项；请核对办理单位和承诺时限。") % {"count": count})
    return redirect("projects:catalogue", slug)


def item_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter an item."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_PROJECTS)
    return _edit(request, alliance, None)


def item(request: HttpRequest, slug: str, item_pk: int) -> HttpResponse:
    """One item; whoever keeps the catalogue changes it here."""
    alliance = alliance_or_404(request, slug)
    found = get_object_or_404(items_visible_to(request.user), alliance=alliance, pk=item_pk)
    if request.method == "POST":
        require_permission(request.user, Permission.MANAGE_PROJECTS, within=alliance)
    return _edit(request, alliance, found)


def _edit(request: HttpRequest, alliance: Alliance, found: ApprovalItem | None) -> HttpResponse:
    form = ItemForm(request.POST or None, alliance, found)
    if request.method == "POST" and form.is_valid():
        saved = save_item(
            alliance=alliance, item=found, by=request.user, after=form.links, **form.facts
        )
        messages.success(request, _("已保存。已经开始的项目不受影响。"))
        return redirect("projects:item", alliance.slug, saved.pk)
    context: dict[str, Any] = {
        "alliance": alliance,
        "section": "projects",
        "item": found,
        "form": form if may(request, Permission.MANAGE_PROJECTS, alliance) else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/item.html", context, status=status)
