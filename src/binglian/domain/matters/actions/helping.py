"""Helpers report to the leader."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.matters.models import Assignment
from binglian.domain.refusals import refuse_unless

from .steps import lead_assignment, locked, note_step, require_for_seat, tell

_REPORTED = gettext_noop("%(who)s已报告诉求 %(number)s 的协办情况。")


@transaction.atomic
def report_to_leader(*, assignment: Assignment, text: str, by: User) -> Assignment:
    """A helper tells the leader what it did (协办情况); it may tell more later."""
    matter = locked(assignment.matter)
    assignment = Assignment.objects.select_related("organisation").get(pk=assignment.pk)
    require_for_seat(by, Permission.HANDLE_MATTERS, matter, assignment.organisation)
    refuse_unless(assignment.part == Assignment.Part.HELP, _("主办单位直接答复诉求人。"))
    refuse_unless(assignment.state == Assignment.State.ACCEPTED, _("请先签收。"))
    refuse_unless(matter.is_open, _("该诉求已不在办理中。"))
    refuse_unless(text.strip(), _("请写明协办情况。"))
    assignment.report, assignment.reported_at = text.strip(), now()
    assignment.save(update_fields=["report", "reported_at"])
    note_step(matter, "help_reported", by, organisation=assignment.organisation)
    leader = lead_assignment(matter)
    if leader is not None:
        tell(
            matter,
            liaison_officers(matter.alliance, leader.organisation),
            key=f"helped:{assignment.pk}:{assignment.reported_at:%Y%m%d%H%M%S}",
            message=_REPORTED,
            who=assignment.organisation.name,
        )
    return assignment
