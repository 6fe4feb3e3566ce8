"""A page is sent, what it says is shown, a person confirms; nothing is written before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binglian.announcements.page.decoding import UnreadableFile
from binglian.announcements.reading import (
    MOST_CHARS,
    TooLong,
    from_json,
    read_announcement,
)
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.actions import (
    ImportOutcome,
    confirm_import,
    discard_import,
    keep_import,
)
from binglian.domain.newsroom.models import NewsImport
from binglian.domain.newsroom.queries import known_among, writes_for
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404

from .forms import DraftForm, UploadForm, draft_initial, rows_of

_MOST_BYTES = 4_000_000


def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a saved page or a text, and read it."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEMBERS)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, name = _sent(form)
        told, why = _read(content)
        if told is None:
            form.add_error("file" if form.cleaned_data["file"] else "pasted", why)
        else:
            kept = keep_import(alliance=alliance, filename=name, told=told, by=request.user)
            return redirect("news_import:proposal", slug, kept.pk)
    waiting = alliance.news_imports.filter(confirmed_at=None)[:10]
    context = {"alliance": alliance, "section": "news", "form": form, "waiting": waiting}
    status = 422 if request.method == "POST" else 200
    return render(request, "newsroom/import_upload.html", context, status=status)


def proposal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the page says, to be ticked and corrected; POST carries it out."""
    alliance, imported = _import_or_404(request, slug, pk)
    announcement = from_json(imported.told)
    known = known_among(alliance, [(one.name, *one.aliases) for one in announcement.organisations])
    sent = request.POST if request.method == "POST" else None
    form = DraftForm(
        sent,
        organisations=writes_for(request.user, alliance),
        initial=draft_initial(announcement, alliance),
    )
    rows = rows_of(alliance, announcement, known, sent)
    if sent is not None and _all_valid(form, rows):
        members = [member for row in rows if not _is_member(row) and (member := row.form.member())]
        try:
            outcome = confirm_import(
                imported=imported,
                draft=form.draft(),
                organisation=form.cleaned_data["organisation"],
                members=members,
                by=request.user,
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _confirmed(request, slug, outcome)
    context: dict[str, Any] = {
        "alliance": alliance,
        "section": "news",
        "imported": imported,
        "told": announcement,
        "form": form,
        "rows": rows,
        "lists": _lists(announcement),
    }
    status = 422 if sent is not None else 200
    return render(request, "newsroom/import_proposal.html", context, status=status)


@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Forget it and start again."""
    _alliance, imported = _import_or_404(request, slug, pk)
    discard_import(imported=imported, by=request.user)
    messages.success(request, _("导入稿已删除，没有写入任何内容。"))
    return redirect("news_import:upload", slug)


def _import_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, NewsImport]:
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEMBERS)
    found = alliance.news_imports.select_related("alliance", "announcement")
    return alliance, get_object_or_404(found, pk=pk)


def _sent(form: UploadForm) -> tuple[bytes, str]:
    file = form.cleaned_data["file"]
    if file:
        return file.read(_MOST_BYTES + 1), file.name
    return form.cleaned_data["pasted"].encode(), _("粘贴的文字")


def _read(content: bytes) -> tuple[dict[str, Any] | None, str]:
    """What was read, or why nothing could be."""
    if len(content) > _MOST_BYTES:
        return None, _("文件超过 4 MB。请只保存网页本身，不含图片。")
    try:
        announcement = read_announcement(content)
    except UnreadableFile:
        return None, _("这不是网页或文字稿。请在浏览器里“另存为”网页，或直接粘贴全文。")
    except TooLong:
        return None, _("正文超过 %(most)s 字，不像一篇公告。请只留要导入的那一篇。") % {
            "most": MOST_CHARS
        }
    if not announcement.body:
        return None, _("没有读到正文。若网页要打开后才显示内容，请直接粘贴全文。")
    return announcement.as_record(), ""


def _all_valid(form: DraftForm, rows: list[Any]) -> bool:
    checked = [form.is_valid(), *(row.form.is_valid() for row in rows if not _is_member(row))]
    return all(checked)


def _is_member(row: Any) -> bool:
    return row.known is not None and row.known.is_member


def _lists(announcement: Any) -> list[tuple[str, tuple[str, ...]]]:
    days = tuple(day.isoformat() for day in announcement.days)
    named = (
        (_("项目"), announcement.projects),
        (_("队伍和旗帜"), announcement.teams),
        (_("地点"), announcement.places),
        (_("其他联盟"), announcement.alliances),
        (_("日期"), days),
        (_("图注"), announcement.captions),
    )
    return [(label, names) for label, names in named if names]


def _confirmed(request: HttpRequest, slug: str, outcome: ImportOutcome) -> HttpResponse:
    if outcome.memberships:
        count = {"count": len(outcome.memberships)}
        messages.success(request, _("已就 %(count)s 个单位提请两个牵头单位决定。") % count)
    if outcome.announcement:
        messages.success(request, _("公告稿已起草，请核对后送审。"))
        return redirect(f"/a/{slug}/news/{outcome.announcement.pk}/")
    return redirect("alliance:members", slug)
