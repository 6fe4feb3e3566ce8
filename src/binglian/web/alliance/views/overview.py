"""An alliance at one glance."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Membership
from binglian.domain.alliance.queries import members_of
from binglian.domain.counting import number_of
from binglian.domain.coupling.desk_queries import standing_of
from binglian.domain.coupling.models import Offer
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import awaited_in
from binglian.web.access import alliance_or_404, may

#: What is awaited, on the alliance's page; the rest has a page of its own.
MOST_AWAITED = 5


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Who leads and belongs, what is on the lists, how promises stand, the latest run."""
    alliance = alliance_or_404(request, slug)
    members = list(members_of(alliance).order_by().values_list("state", "category"))
    states = Counter(state for state, _category in members)
    admitted = [word for state, word in members if state == Membership.State.ADMITTED]
    standing = standing_of(alliance)
    counts = Alliance.objects.filter(pk=alliance.pk).values(
        offer_count=number_of(alliance.offers.filter(state=Offer.State.OPEN)),
        project_count=number_of(alliance.projects.filter(state__in=Project.OPEN)),
    )
    context = {
        "alliance": alliance,
        "section": "overview",
        "admitted": states[Membership.State.ADMITTED],
        "applied": states[Membership.State.APPLIED],
        "categories": _members_by_category(alliance, admitted),
        "standing": standing,
        "need_count": standing.open_needs,
        **counts.get(),
        "run": alliance.runs.first(),
        "awaited": awaited_in(alliance)[:MOST_AWAITED],
        "may_manage_members": may(request, Permission.MANAGE_MEMBERS, alliance),
    }
    return render(request, "alliance/overview.html", context)


def _members_by_category(alliance: Alliance, admitted: list[str]) -> list[tuple[str, str, int]]:
    """(code, label, members) in the alliance's own order; categories without members left out."""
    counts = Counter(admitted)
    labels = {word.code: str(word) for word in alliance.category_words()}
    known = [(code, label, counts.pop(code, 0)) for code, label in labels.items()]
    return [row for row in known if row[2]] + [(code, code, n) for code, n in counts.items()]
