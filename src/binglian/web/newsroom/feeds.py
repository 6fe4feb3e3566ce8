"""Announcements as Atom feeds (RFC 4287): of one alliance, and of the city's."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.markdown import html_of
from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.queries import public_announcements

LENGTH = 30


class WholeTexts(Atom1Feed):
    """Atom whose entries hold the whole text."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
@login_not_required
def of_alliance(request: HttpRequest, slug: str) -> HttpResponse:
    """What an alliance announced last."""
    portal = get_object_or_404(Alliance, slug=slug)
    title = _("%(alliance)s：公告") % {"alliance": portal}
    rows = public_announcements(portal)
    return _feed(request, rows, title, f"/p/{slug}/news/", str(portal))


@require_safe
@login_not_required
@crossing_alliances("The news of the whole city")
def of_city(request: HttpRequest) -> HttpResponse:
    """What all alliances of the city announced last."""
    rows = public_announcements()
    return _feed(request, rows, _("全市各片区联盟：公告"), "/p/", _("全市各片区联盟"))


def _feed(
    request: HttpRequest, rows: QuerySet[Announcement], title: str, link: str, author: str
) -> HttpResponse:
    atom = WholeTexts(
        title=title,
        link=request.build_absolute_uri(link),
        description=_("联盟告诉大家的事。"),
        language=get_language(),
        feed_url=request.build_absolute_uri(request.path),
        author_name=author,
    )
    for row in rows.order_by("-changed_at", "-pk")[:LENGTH]:
        here = request.build_absolute_uri(row.path)
        atom.add_item(
            link=here,
            unique_id=here,
            pubdate=row.published_at,
            updateddate=row.changed_at,
            author_name=str(row.organisation),
            **_told(row),
        )
    return HttpResponse(atom.writeString("utf-8"), "application/atom+xml; charset=utf-8")


def _told(row: Announcement) -> dict[str, str]:
    """The entry's words; of what is withdrawn the note takes the place of the text."""
    assert row.shown is not None  # noqa: S101 - what is public is shown
    title = row.shown.in_language("title")
    if row.state == Announcement.State.WITHDRAWN:
        gone = _("已撤回：%(title)s") % {"title": title}
        return {"title": gone, "description": escape(row.withdrawal_note), "content": ""}
    return {
        "title": title,
        "description": escape(row.shown.in_language("summary")),
        "content": html_of(row.shown.in_language("body")),
    }
