"""An accident at a team's work is reported upward at once; it bars the team's honours."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import today
from binglian.domain.checks.models import Accident, Team
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.refusals import refuse_unless

from .finding_steps import people_upward
from .steps import note, require_keeping

_HAPPENED = gettext_noop("事故上报：%(project)s，%(team)s，%(day)s。")


@transaction.atomic
def report_accident(*, team: Team, on: date, what: str, by: User) -> Accident:
    """The team's organisation or who keeps the site says what happened (登记事故); no names.

    Raises
    ------
    PermissionDenied
        ``by`` neither reports for the team's organisation nor keeps the site's books.
    ActionRefused
        A day to come, nothing said, or a number in it is certainly somebody's.
    """
    project = team.project
    seat = project.alliance.seat_of(team.organisation)
    if not has_permission(by, Permission.REPORT_FROM_SITE, within=seat):
        require_keeping(by, project)
    refuse_unless(on <= today(), _("日期不能晚于今天。"))
    refuse_unless(what.strip(), _("请写发生了什么；不写伤者姓名和身体情况。"))
    refuse_certain(what)
    accident = Accident.objects.create(team=team, on=on, what=what.strip()[:300], reported_by=by)
    note(by, "accident.reported", accident, project, {"on": on}, team.organisation)
    notify(
        people_upward(project),
        key=f"accident:{accident.pk}",
        message=_HAPPENED,
        facts={"project": project.title, "team": team.name, "day": f"{on:%Y-%m-%d}"},
        url=f"/a/{project.alliance.slug}/sites/teams/{team.pk}/",
    )
    return accident


@transaction.atomic
def withdraw_accident(*, accident: Accident, reason: str, by: User) -> Accident:
    """Entered wrongly: the secretariat says why; the row stays and bars nothing."""
    rows = Accident.objects.select_for_update(of=("self",))
    accident = rows.select_related("team__project__alliance", "team__organisation").get(
        pk=accident.pk
    )
    project = accident.team.project
    require_permission(by, Permission.PLAN_INSPECTIONS, within=project.alliance)
    refuse_unless(accident.withdrawn_at is None, _("这条事故登记已撤回。"))
    refuse_unless(reason.strip(), _("请写明原因。"))
    accident.withdrawn_at, accident.reason = now(), reason.strip()[:200]
    accident.save(update_fields=["withdrawn_at", "reason"])
    change = {"reason": accident.reason}
    note(by, "accident.withdrawn", accident, project, change, accident.team.organisation)
    return accident
