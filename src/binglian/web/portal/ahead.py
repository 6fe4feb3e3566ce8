"""What lies ahead in an alliance, as far as everybody may know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Commitment
from binglian.domain.projects.queries import public_projects
from binglian.domain.publishing.hidden import shown_commitments
from binglian.domain.publishing.striking import without_personal

from .work_views import open_needs


@dataclass(frozen=True, slots=True)
class DayAhead:
    """Something that falls on a day; ``key`` stays the same while its thing is the same."""

    key: str
    day: date
    title: str
    path: str


def days_ahead(portal: Alliance, since: date) -> list[DayAhead]:
    """From ``since`` on, the nearest first."""
    return sorted(_days(portal, since), key=lambda one: (one.day, one.key))


def _days(portal: Alliance, since: date) -> Iterator[DayAhead]:
    """Planned ends of public projects, days by which promises are due and needs wanted."""
    here = f"/p/{portal.slug}"
    for project in public_projects().filter(alliance=portal, current__finish_on__gte=since):
        words = _("%(project)s 计划完成") % {"project": project}
        path = f"{here}/projects/{project.pk}/"
        yield DayAhead(f"project-{project.pk}", project.current.finish_on, words, path)
    promised = shown_commitments(portal).filter(state=Commitment.State.ACCEPTED, due_on__gte=since)
    for promise in promised:
        facts = {"giver": promise.giver, "what": promise.title}
        words = without_personal(_("%(giver)s 应兑现：%(what)s") % facts)
        path = f"{here}/commitments/"
        if promise.due_on:
            yield DayAhead(f"commitment-{promise.pk}", promise.due_on, words, path)
    for need in open_needs(portal).filter(deadline__gte=since):
        words = without_personal(_("需求截止：%(need)s") % {"need": need})
        if need.deadline:
            yield DayAhead(f"need-{need.pk}", need.deadline, words, f"{here}/needs/{need.pk}/")
