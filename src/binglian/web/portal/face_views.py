"""First pages for whoever has no account: the city's alliances, and each alliance's own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.matters.public_facts import answer_to
from binglian.domain.matters.queries import public_matters
from binglian.domain.newsroom.queries import standing_announcements
from binglian.domain.openness.topics import Kind, Topic, days_of
from binglian.domain.projects.queries import public_projects
from binglian.domain.publishing.hidden import shown_commitments
from binglian.domain.together import asked_together
from binglian.web.standing import same_for_all

from .navigation import places_of
from .promise_figures import promise_figures
from .work_views import commitment_families, open_needs, projects_with_progress

#: Rows of each list on the first page; the rest is a click away.
SHOWN = 4


@require_safe
@login_not_required
@same_for_all
def city(request: HttpRequest) -> HttpResponse:
    """The city's alliances side by side: who leads them, and how much one can look at in each."""
    portals = list(Alliance.objects.select_related("area", "lead_a", "lead_b"))
    counts = {
        "projects": _by_alliance(public_projects().filter(alliance__in=portals)),
        "matters": _by_alliance(public_matters(*portals)),
        "needs": _by_alliance(open_needs(*portals)),
    }
    rows = [
        {"portal": portal, **{name: found.get(portal.pk, 0) for name, found in counts.items()}}
        for portal in portals
    ]
    return render(request, "portal/city.html", {"rows": rows})


def _by_alliance(rows: QuerySet[Any]) -> dict[int, int]:
    """How many there are of each alliance, in one statement."""
    counted = rows.order_by().values("alliance").annotate(n=Count("pk"))
    return dict(counted.values_list("alliance", "n"))


@require_safe
@login_not_required
@same_for_all
def face(request: HttpRequest, slug: str) -> HttpResponse:
    """What is going on in one alliance, and what a visitor can do."""
    portal = get_object_or_404(Alliance.objects.select_related("lead_a", "lead_b"), slug=slug)
    families = commitment_families()
    promised = shown_commitments(portal).order_by().select_related(None).prefetch_related(None)
    counted = {name: Count("pk", filter=family) for name, family in families.items()}
    under_way = projects_with_progress(portal).filter(finished_on=None)
    news, projects, needs, matters, counts = asked_together(
        standing_announcements(portal)[:SHOWN],
        under_way[:SHOWN],
        open_needs(portal).prefetch_related(None)[:SHOWN],
        _newest_answers(portal)[:SHOWN],
        promised.values("alliance").annotate(**counted).values(*counted),
    )
    for matter in matters:
        matter.answer = answer_to(matter)
    context = {
        "portal": portal,
        "section": "face",
        "news": news,
        "matters": matters,
        "projects": projects,
        "needs": needs,
        "ahead": days_of(Topic(portal, Kind.ALLIANCE), today())[:SHOWN],
        "promises": promise_figures(portal),
        "counts": next((one for one in counts if any(one.values())), None),
    }
    return render(request, "portal/face.html", context)


def _newest_answers(portal: Alliance) -> QuerySet[Any]:
    """Public matters with their replies, those answered last first."""
    newest = public_matters(portal).order_by(F("replied_at").desc(nulls_last=True), "-pk")
    return newest.prefetch_related("replies")


@require_safe
@login_not_required
@same_for_all
def all_places(request: HttpRequest, slug: str) -> HttpResponse:
    """Every public place of an alliance with a word on what is there."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = {"portal": portal, "section": "all", "places": places_of(portal)}
    return render(request, "portal/all.html", context)
