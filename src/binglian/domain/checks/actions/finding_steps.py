"""What acts on a finding have in common: lock, permission, step, photos, who is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.checks.models import Finding, FindingPhoto, FindingStep, SiteUnit
from binglian.domain.checks.recusal import require_impartial
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.matters.photos import MOST_PHOTOS
from binglian.domain.projects.models import Project
from binglian.domain.refusals import refuse_unless

from .steps import note

State, What = Finding.State, FindingStep.What


def locked(finding: Finding) -> Finding:
    """The finding as it stands now, and nobody else changes it until this act is over."""
    rows = Finding.objects.select_for_update(of=("self",))
    with_project = rows.select_related("project__alliance", "project__owner", "organisation")
    return with_project.get(pk=finding.pk)


def require_inspecting(by: User, finding: Finding) -> None:
    """May inspect, and not the works of their own organisation."""
    require_permission(by, Permission.INSPECT, within=finding.project.alliance)
    require_impartial(by, finding.project, finding.organisation)


def require_rectifying(by: User, finding: Finding) -> None:
    seat = finding.project.alliance.seat_of(finding.organisation)
    require_permission(by, Permission.REPORT_FROM_SITE, within=seat)


def require_state(finding: Finding, *states: Finding.State) -> None:
    refuse_unless(
        finding.state in states,
        _("问题 %(number)s 现为“%(state)s”，不能这样做。")
        % {"number": finding.number, "state": finding.get_state_display()},
    )


def require_words(words: str, message: Any) -> str:
    refuse_unless(words.strip(), message)
    return words.strip()


def take_step(
    finding: Finding,
    what: FindingStep.What,
    by: User | None,
    words: str = "",
    photos: Sequence[PhotoFacts] = (),
    **change: Any,
) -> FindingStep:
    """Keep one step with its photos, and record it in the chain."""
    refuse_unless(len(photos) <= MOST_PHOTOS, _("最多 %(n)s 张照片。") % {"n": MOST_PHOTOS})
    step = FindingStep.objects.create(finding=finding, what=what, by=by, words=words)
    for photo in photos:
        FindingPhoto.objects.create(
            step=step,
            image=photo.image,
            media_type=photo.media_type,
            width=photo.width,
            height=photo.height,
        )
    facts = {"number": finding.number, "words": words, **change}
    note(by, f"finding.{what}", finding, finding.project, facts, finding.organisation)
    return step


def tell(
    finding: Finding, users: Iterable[User], message: str, *, key: str = "", **facts: Any
) -> None:
    """Tell people of the step just taken; with ``key``, once for that."""
    latest = finding.steps.order_by("-pk").values_list("pk", flat=True).first()
    notify(
        users,
        key=f"finding:{finding.pk}:{key or latest}",
        message=message,
        facts={"number": finding.number, "project": finding.project.title, **facts},
        url=path(finding),
    )


def tell_responsible(finding: Finding, message: str, **facts: Any) -> None:
    own = liaison_officers(finding.project.alliance, finding.organisation)
    tell(finding, own, message, **facts)


def tell_observer(finding: Finding, message: str) -> None:
    """Whoever saw it for the residents reads what became of it."""
    if seen := finding.observation:
        tell(finding, [seen.by], message, key=f"seen:{finding.state}:{finding.times_reopened}")


def people_upward(project: Project) -> QuerySet[User]:
    """The regulator, the leads and the secretariat: told at once of what cannot wait."""
    people = people_with(project.alliance, *LEADS, Role.SECRETARIAT)
    regulators = project.units.filter(role=SiteUnit.Role.REGULATOR)
    for unit in regulators.select_related("organisation"):
        people = people | liaison_officers(project.alliance, unit.organisation)
    return people.distinct()


def path(finding: Finding) -> str:
    return f"/a/{finding.project.alliance.slug}/findings/{finding.pk}/"


def responsible_organisations(finding_project: Any) -> set[Organisation]:
    """Who can be made responsible on a site: its owner and the units named for it."""
    units = finding_project.units.select_related("organisation")
    return {finding_project.owner, *(unit.organisation for unit in units)}
