"""What everybody may see of residents' matters: the list, one of them, the map, the feed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.names import search_terms
from binglian.domain.matters.models import Matter, Photo, Reply
from binglian.domain.matters.public_facts import public_place
from binglian.domain.matters.queries import matter_rules_of, public_matters
from binglian.domain.matters.words import sentence_of
from binglian.domain.search.narrowing import narrowed
from binglian.domain.search.source import Letter
from binglian.web.paging import keyset_page_of
from binglian.web.standing import same_for_all

from .photo_answers import photo_answer
from .public_forms import PublicFilter, consent_text

State = Matter.State
#: States as the public thinks of them.
FAMILIES = {
    "open": [State.RECEIVED, State.DISPATCHED, State.OBJECTED, State.HANDLING],
    "replied": [State.REPLIED, State.CLOSED],
    "parked": [State.PARKED],
}
#: How many were joined to one: asked for the rows shown, not for all there are.
_JOINED = (
    Matter.objects.filter(joined_to=OuterRef("pk"))
    .order_by()
    .values("joined_to")
    .annotate(n=Count("pk"))
    .values("n")
)
#: What a row of the list shows.
_SHOWN = (
    *("number", "public_text", "state", "reported_at", "alliance__id"),
    *("category__name_zh", "category__name_en", "area__name", "area__name_en"),
    *("lead__name", "lead__name_en"),
)
#: Entries of the feed.
FEED_LENGTH = 50


@require_safe
@login_not_required
@same_for_all
def matters(request: HttpRequest, slug: str) -> HttpResponse:
    """All public matters, the newest first."""
    portal = get_object_or_404(Alliance, slug=slug)
    rows, context = _filtered(request, portal)
    context |= keyset_page_of(request, rows.only(*_SHOWN), by="-pk")
    context |= {"portal": portal, "section": "list"}
    return render(request, "matters/public_list.html", context)


@require_safe
@login_not_required
@same_for_all
def matter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One public matter: what, where, who, until when, and the answer."""
    portal = get_object_or_404(Alliance, slug=slug)
    found = get_object_or_404(public_matters(portal), pk=pk)
    events = found.events.filter(is_public=True).select_related("organisation").order_by("-id")
    context = {
        "portal": portal,
        "section": "list",
        "matter": found,
        "follow_key": f"matter-{found.pk}",
        "place": public_place(found),
        "due_on": localdate(found.due_at) if found.due_at else None,
        "course": [{"at": event.at, "sentence": sentence_of(event)} for event in events],
        "replies": _public_replies(found),
        "photos": found.photos.filter(is_public=True).defer("image"),
        "joined_count": found.joined.count(),
    }
    return render(request, "matters/public_matter.html", context)


@require_safe
@login_not_required
def photo(_request: HttpRequest, slug: str, photo_pk: int) -> HttpResponse:
    """A photo that somebody has looked at and made public, of a public matter."""
    portal = get_object_or_404(Alliance, slug=slug)
    shown = Photo.objects.filter(is_public=True, matter__in=public_matters(portal))
    return photo_answer(shown.filter(pk=photo_pk).first(), is_public=True)


@require_safe
@login_not_required
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest public matters as an Atom feed (RFC 4287)."""
    portal = get_object_or_404(Alliance, slug=slug)
    here = request.build_absolute_uri(request.path)
    atom = Atom1Feed(
        title=_("%(alliance)s：公开诉求") % {"alliance": portal},
        link=request.build_absolute_uri(f"/p/{slug}/matters/"),
        description=_("居民和商户反映的事，谁在办，办得怎样。"),
        language=get_language(),
        feed_url=here,
        author_name=str(portal),
    )
    rows, _context = _filtered(request, portal)
    for row in rows.order_by("-id")[:FEED_LENGTH]:
        link = request.build_absolute_uri(f"/p/{slug}/matters/{row.pk}/")
        atom.add_item(
            title=f"{row.category or _('未分类')} · {row.get_state_display()} · {row.number}",
            link=link,
            unique_id=link,
            description=row.public_text,
            pubdate=row.reported_at,
            updateddate=row.changed_at,
        )
    return HttpResponse(atom.writeString("utf-8"), "application/atom+xml; charset=utf-8")


@require_safe
@login_not_required
@same_for_all
def privacy(request: HttpRequest, slug: str) -> HttpResponse:
    """What is kept about whoever reports, why, how long, and who sees it."""
    portal = get_object_or_404(Alliance, slug=slug)
    days = matter_rules_of(portal).kept_days
    context = {"portal": portal, "days": days, "consent": consent_text(portal)}
    return render(request, "matters/privacy.html", context)


def _filtered(request: HttpRequest, portal: Alliance) -> tuple[QuerySet[Matter], dict[str, Any]]:
    """Rows by the conditions typed; words are looked for in what is public, nowhere else."""
    conditions = PublicFilter(request.GET, alliance=portal)
    conditions.is_valid()
    wanted = {name: value for name, value in conditions.cleaned_data.items() if value}
    rows = public_matters(portal).annotate(joined_count=Coalesce(Subquery(_JOINED), 0))
    terms = search_terms(wanted.get("q", ""))
    rows = narrowed(rows, terms, "matter", Letter.PUBLIC, portal, is_sounded=False)
    for word in terms:
        rows = rows.filter(Q(public_text__icontains=word) | Q(number__icontains=word))
    same = {name: wanted[name] for name in ("category", "area") if name in wanted}
    rows = rows.filter(**same)
    if "state" in wanted:
        rows = rows.filter(_in_family(portal, wanted["state"], same))
    return rows, {"filter": conditions, "is_filtered": bool(wanted)}


def _in_family(portal: Alliance, family: str, same: dict[str, Any]) -> Q:
    """Of all there are few are open, and far apart: those are found by themselves first."""
    states = Q(state__in=FAMILIES[family])
    if family == "replied":
        return states
    return Q(pk__in=portal.matters.order_by().filter(states, **same).values("pk"))


def _public_replies(found: Matter) -> QuerySet[Reply]:
    """Answers that count; «unreasonable» only once a second person agreed."""
    replies = found.replies.exclude(outcome=Reply.Outcome.UNREASONABLE, is_confirmed=None)
    return replies.exclude(is_confirmed=False).select_related("organisation").order_by("-id")
