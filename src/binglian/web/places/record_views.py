"""What a place's file holds beside its facts: those responsible, photos, documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.heritage.actions import (
    add_file,
    add_guardian,
    change_file,
    end_guardian,
    remove_file,
)
from binglian.domain.heritage.actions.files import MOST_DOCUMENT_BYTES
from binglian.domain.heritage.models import PlaceFile
from binglian.domain.refusals import ActionRefused

from .access import place_or_404, tended_or_404
from .forms import CaptionForm, FileForm, GuardianForm
from .place_views import place_page


@require_POST
def guardian_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Name who is responsible."""
    alliance, found = place_or_404(request, slug, pk, Permission.KEEP_PLACES)
    form = GuardianForm(request.POST, alliance=alliance)
    if not form.is_valid():
        return place_page(request, alliance, found, status=422, guardian_form=form)
    add_guardian(place=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("已登记保护责任单位。"))
    return redirect("places:place", slug, pk)


@require_POST
def guardian_end(request: HttpRequest, slug: str, pk: int, guardian_pk: int) -> HttpResponse:
    """Its responsibility ends today."""
    _alliance, found = place_or_404(request, slug, pk, Permission.KEEP_PLACES)
    guardian = get_object_or_404(found.guardians.select_related("organisation"), pk=guardian_pk)
    end_guardian(guardian=guardian, by=request.user)
    messages.success(request, _("这项责任已结束，历史仍然保留。"))
    return redirect("places:place", slug, pk)


@require_POST
def file_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a photo or a document."""
    alliance, found = tended_or_404(request, slug, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        # Enough to be refused as too large, never all of whatever was sent.
        content = facts.pop("file").read(MOST_DOCUMENT_BYTES + 1)
        try:
            add_file(place=found, content=content, by=request.user, **facts)
        except ActionRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("已加入档案。"))
            return redirect("places:place", slug, pk)
    return place_page(request, alliance, found, status=422, file_form=form)


@require_safe
def file(request: HttpRequest, slug: str, pk: int, file_pk: int) -> HttpResponse:
    """A photo or document as it is kept."""
    _alliance, found = place_or_404(request, slug, pk)
    return file_answer(get_object_or_404(found.files, pk=file_pk), is_public=False)


@require_POST
def file_change(request: HttpRequest, slug: str, pk: int, file_pk: int) -> HttpResponse:
    """Another caption; shown to everybody or not."""
    alliance, found = tended_or_404(request, slug, pk)
    kept = get_object_or_404(found.files.defer("content"), pk=file_pk)
    form = CaptionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写一句说明：拍的是什么，什么时候。"))
        return place_page(request, alliance, found, status=422)
    change_file(file=kept, by=request.user, **form.cleaned_data)
    messages.success(request, _("已保存。"))
    return redirect("places:place", slug, pk)


@require_POST
def file_remove(request: HttpRequest, slug: str, pk: int, file_pk: int) -> HttpResponse:
    """Take it out of the file."""
    _alliance, found = tended_or_404(request, slug, pk)
    remove_file(file=get_object_or_404(found.files.defer("content"), pk=file_pk), by=request.user)
    messages.success(request, _("已移除。"))
    return redirect("places:place", slug, pk)


def file_answer(kept: PlaceFile, *, is_public: bool) -> HttpResponse:
    """A picture of our own making; a paper, which may hold anything, as a file to keep."""
    keep = "public, max-age=86400" if is_public else "private, no-store"
    headers = {"Cache-Control": keep}
    if kept.kind == PlaceFile.Kind.DOCUMENT:
        headers["Content-Disposition"] = content_disposition_header(True, f"{kept}.pdf")
    return HttpResponse(bytes(kept.content), kept.media_type, headers=headers)
