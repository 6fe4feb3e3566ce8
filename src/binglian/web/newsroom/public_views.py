"""What everybody reads: the list, one announcement, the note where one was."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.names import search_terms
from binglian.domain.newsroom.actions import count_reading
from binglian.domain.newsroom.models import Announcement, Illustration
from binglian.domain.newsroom.queries import (
    much_read,
    public_announcements,
    public_pictures,
    standing_announcements,
)
from binglian.domain.search.narrowing import narrowed
from binglian.domain.search.source import Letter
from binglian.web.paging import page_of
from binglian.web.standing import same_for_all

from .aside import related_links
from .pictures import picture_answer
from .reading import article_of
from .structured import news_article
from .visitors import is_somebody_reading

PAGE = 20
PICTURE = "news:picture"
#: The first picture of each, without its pixels.
_FIRST_PICTURES = Prefetch(
    "shown__illustrations",
    Illustration.objects.filter(position=1)
    .select_related("picture")
    .defer("picture__image", "picture__small"),
    to_attr="first_pictures",
)


@require_safe
@login_not_required
@same_for_all
def announcements(request: HttpRequest, slug: str) -> HttpResponse:
    """All announcements of an alliance, the newest first."""
    portal = get_object_or_404(Alliance, slug=slug)
    rows = standing_announcements(portal).prefetch_related(_FIRST_PICTURES)
    asked = request.GET.get("q", "").strip()[:80]
    terms = search_terms(asked)
    rows = narrowed(rows, terms, "announcement", Letter.PUBLIC, portal, is_sounded=False)
    for word in terms:
        rows = rows.filter(
            Q(shown__title__icontains=word)
            | Q(shown__summary__icontains=word)
            | Q(shown__body__icontains=word)
            | Q(shown__title_en__icontains=word)
            | Q(shown__body_en__icontains=word)
        )
    context = page_of(request, rows, PAGE)
    context |= {"portal": portal, "section": "news", "asked": asked, "much_read": much_read(portal)}
    return render(request, "newsroom/public_list.html", context)


@require_safe
@login_not_required
def announcement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One announcement; of a withdrawn one, the note that says why it is gone."""
    portal = get_object_or_404(Alliance, slug=slug)
    found = get_object_or_404(public_announcements(portal), pk=pk)
    context = {"portal": portal, "section": "news", "announcement": found}
    if found.state == Announcement.State.WITHDRAWN:
        return render(request, "newsroom/public_withdrawn.html", context)
    if is_somebody_reading(request):
        count_reading(announcement=found)
    assert found.shown is not None  # noqa: S101 - what is public is shown
    article = article_of(found, found.shown, PICTURE)
    picture = article.figures[0].url if article.figures else ""
    context |= {
        "article": article,
        "structured": news_article(request, found, article),
        "here": request.build_absolute_uri(found.path),
        "picture": picture and request.build_absolute_uri(picture),
        "related": related_links(found),
        "much_read": [one for one in much_read(portal) if one != found],
    }
    return render(request, "newsroom/public_announcement.html", context)


@require_safe
@login_not_required
def picture(request: HttpRequest, slug: str, image_pk: int) -> HttpResponse:
    """A picture of what everybody reads now."""
    portal = get_object_or_404(Alliance, slug=slug)
    shown = public_pictures(portal).filter(pk=image_pk).first()
    return picture_answer(request, shown, is_public=True)
