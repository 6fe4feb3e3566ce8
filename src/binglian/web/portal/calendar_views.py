"""What lies ahead in an alliance, for anybody's own calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_default_timezone_name, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.models import Commitment
from binglian.domain.projects.queries import public_projects
from binglian.domain.publishing.hidden import shown_commitments
from binglian.domain.publishing.striking import without_personal

from .work_views import open_needs

#: Days still told after they are over, so that no entry vanishes the day it falls due.
KEPT_DAYS = 30
_NO_SUMMER_TIME_SINCE = date(2000, 1, 1)


@require_safe
@login_not_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Planned ends of public projects, days by which promises are due and needs wanted."""
    portal = get_object_or_404(Alliance, slug=slug)
    book = Calendar()
    book.add("prodid", "-//Binglian//Portal//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    name = _("%(alliance)s：节点与期限") % {"alliance": portal}
    book.add("name", name)
    book.add("x-wr-calname", name)
    zone = get_default_timezone_name()
    book.add_component(Timezone.from_tzid(zone, first_date=_NO_SUMMER_TIME_SINCE))
    host = urlsplit(request.build_absolute_uri("/")).hostname
    for key, day, title, path in _days(portal):
        event = Event()
        event.add("uid", f"{key}@{host}")
        event.add("dtstamp", now())
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", without_personal(title))
        event.add("url", request.build_absolute_uri(path))
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return HttpResponse(book.to_ical(), "text/calendar; charset=utf-8")


def _days(portal: Alliance) -> Iterator[tuple[str, date, str, str]]:
    """Key, day, words and page of each."""
    since, here = today() - timedelta(days=KEPT_DAYS), f"/p/{portal.slug}"
    for project in public_projects().filter(alliance=portal, current__finish_on__gte=since):
        words = _("%(project)s 计划完成") % {"project": project}
        yield (
            f"project-{project.pk}",
            project.current.finish_on,
            words,
            f"{here}/projects/{project.pk}/",
        )
    promised = shown_commitments(portal).filter(state=Commitment.State.ACCEPTED, due_on__gte=since)
    for promise in promised:
        facts = {"giver": promise.giver, "what": promise.title}
        words = _("%(giver)s 应兑现：%(what)s") % facts
        if promise.due_on:
            yield f"commitment-{promise.pk}", promise.due_on, words, f"{here}/commitments/"
    for need in open_needs(portal).filter(deadline__gte=since):
        words = _("需求截止：%(need)s") % {"need": need}
        if need.deadline:
            yield f"need-{need.pk}", need.deadline, words, f"{here}/needs/{need.pk}/"
