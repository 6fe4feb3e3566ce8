"""Nobody inspects what their own organisation builds (回避)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Appointment, Organisation
from binglian.domain.checks.models import SiteUnit
from binglian.domain.projects.models import Project
from binglian.domain.refusals import refuse_unless

#: Whoever supervises the works or answers for their supervision is there to inspect them.
_WATCHING = (SiteUnit.Role.SUPERVISOR, SiteUnit.Role.REGULATOR)


def own_part_in(
    user: User, project: Project, responsible: Organisation | None = None
) -> Organisation | None:
    """The person's own organisation, in any alliance, if the works of the site are also its own.

    Its own are the works of the owner, of a unit that builds, designs or measures, and whatever
    it is itself made responsible for.
    """
    building = project.units.exclude(role__in=_WATCHING).values("organisation")
    part = Q(pk=project.owner_id) | Q(pk__in=building)
    if responsible:
        part |= Q(pk=responsible.pk)
    seats = Appointment.objects.current().filter(user=user, organisation__isnull=False)
    return Organisation.objects.filter(part, pk__in=seats.values("organisation")).first()


def require_impartial(
    user: User, project: Project, responsible: Organisation | None = None
) -> None:
    """Raise ``ActionRefused``, naming the organisation, where the person has to stand back."""
    own = own_part_in(user, project, responsible)
    refuse_unless(
        own is None,
        _("须回避：“%(who)s”参加“%(site)s”的建设，它的人不检查、不复查。请换别的单位的检查员。")
        % {"who": own, "site": project},
    )
