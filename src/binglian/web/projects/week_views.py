"""Who is awaited, and what is to be done this week."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.projects.exports import feed_token
from binglian.domain.projects.models import Report, Task
from binglian.domain.projects.queries import (
    Awaited,
    awaited_from_us,
    awaited_in,
    expiring_in,
    projects_visible_to,
    week_ahead,
)
from binglian.domain.projects.states import USUAL, possible_events
from binglian.web.access import alliance_or_404

#: Steps offered at once; the other possibilities are on the task's page.
MOST_BUTTONS = 2


@require_safe
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """«My tasks this week»: each with its usual next step, one click and a day."""
    alliance = alliance_or_404(request, slug)
    ours = list(own_organisations(request.user, alliance))
    chosen = _chosen(request, ours)
    projects = projects_visible_to(request.user).filter(alliance=alliance)
    ahead = week_ahead(projects, chosen)
    waiting = awaited_from_us(request.user, alliance) if ours else []
    context = {
        "alliance": alliance,
        "section": "projects",
        "ours": ours,
        "chosen": chosen,
        "today": today(),
        "awaited": [(one, usual_steps(one)) for one in waiting],
        "ahead": ahead,
        "expiring": expiring_in(projects),
        "feed": reverse("projects:feed", args=[feed_token(request.user, alliance)]),
    }
    return render(request, "projects/week.html", context)


@require_safe
def awaited(request: HttpRequest, slug: str) -> HttpResponse:
    """Who waits for whom in the whole alliance, what holds up most first."""
    alliance = alliance_or_404(request, slug)
    context = {
        "alliance": alliance,
        "section": "projects",
        "by_office": by_office(awaited_in(alliance)),
    }
    return render(request, "projects/awaited.html", context)


def by_office(found: list[Awaited]) -> list[tuple[Organisation, list[Awaited]]]:
    """What is awaited from each organisation; who holds up most comes first."""
    groups: dict[Organisation, list[Awaited]] = {}
    for one in found:
        groups.setdefault(one.organisation, []).append(one)
    return sorted(groups.items(), key=lambda pair: -sum(len(o.holds_up) for o in pair[1]))


def usual_steps(one: Awaited) -> list[Report.Event]:
    """The one or two things that are most likely to be reported next."""
    task: Task = one.task
    if one.is_for_applicant:
        wanted: tuple[Report.Event, ...] = (Report.Event.RECEIVED, Report.Event.COMPLETED)
    else:
        wanted = USUAL
    possible = possible_events(task)
    return [event for event in wanted if event in possible][:MOST_BUTTONS]


def _chosen(request: HttpRequest, ours: list[Organisation]) -> Organisation | None:
    """Whose week: the first of one's own, or the one asked for."""
    typed = request.GET.get("of", "")
    if typed == "all":
        return None
    return next((one for one in ours if str(one.pk) == typed), ours[0] if ours else None)
