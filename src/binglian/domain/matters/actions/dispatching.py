"""Whose matter it is: dispatched, accepted, objected to once, and then settled for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import (
    admitted_organisations,
    liaison_officers,
    people_with,
)
from binglian.domain.matters.models import Assignment, Category, Matter, Objection
from binglian.domain.matters.queries.catalogue import responsibility_for
from binglian.domain.matters.queries.rules import matter_rules_of
from binglian.domain.refusals import found_or_refused, refuse_unless

from .due_dates import FIELDS, start_clock
from .steps import (
    NO_LEADER,
    leading,
    locked,
    note_step,
    refuse_unless_in,
    require_for,
    require_for_seat,
    tell,
)

State, Part = Matter.State, Assignment.Part
_SENT = gettext_noop("诉求 %(number)s 由贵单位主办，请签收，%(until)s 前办结。")
_HELP = gettext_noop("诉求 %(number)s 请贵单位协办，情况报主办单位%(lead)s。")
_OBJECTED = gettext_noop("%(who)s对诉求 %(number)s 提出异议，请复核。")
_STAYS = gettext_noop("诉求 %(number)s 的异议不成立，指定贵单位承办，不再退回。")
_LEFT = gettext_noop("诉求 %(number)s 的异议成立，已改派，贵单位不再承办。")


@transaction.atomic
def dispatch_matter(
    *,
    matter: Matter,
    category: Category,
    by: User | None,
    lead: Organisation | None = None,
    co_handlers: Iterable[Organisation] | None = None,
    note: str = "",
) -> Matter:
    """Send a matter to who answers for it (分派); the catalogue says who, unless told otherwise.

    ``by`` is ``None`` where the platform dispatches by the catalogue itself. The category differs
    from the one proposed where a person knew better; both are kept, to learn from.

    Raises
    ------
    PermissionDenied
        ``by`` dispatches no matters here.
    ActionRefused
        It was dispatched before; the catalogue names nobody; or the one named is no member.
    """
    matter = locked(matter)
    if by is not None:
        require_for(by, Permission.DISPATCH_MATTERS, matter)
    refuse_unless_in(
        matter, [State.RECEIVED], _("该诉求已分派。首接单位负责到底，改派须经异议复核。")
    )
    refuse_unless(category.alliance_id == matter.alliance_id, _("没有这一诉求类别。"))
    entry = responsibility_for(category, matter.area)
    by_catalogue = entry.organisation if entry else None
    lead = found_or_refused(
        lead or by_catalogue,
        _("责任清单里没有这一类诉求的主办单位，请选择主办单位。"),
    )
    if co_handlers is None:
        co_handlers = entry.co_handlers.all() if entry and lead == by_catalogue else []
    matter.category, matter.dispatched_at = category, now()
    legal_basis = entry.legal_basis if entry else ""
    _send(matter, lead, by, legal_basis=legal_basis, note=note)
    for organisation in co_handlers:
        if organisation != lead:
            _ask_help(matter, organisation, by)
    return matter


@transaction.atomic
def ask_for_help(*, matter: Matter, organisation: Organisation, by: User) -> Assignment:
    """The leader, or who dispatches, asks another member to help (协办)."""
    matter = locked(matter)
    leader = leading(matter)
    if not has_permission(by, Permission.DISPATCH_MATTERS, within=matter.alliance):
        require_for_seat(by, Permission.HANDLE_MATTERS, matter, leader.organisation)
    refuse_unless(matter.is_open, _("该诉求已不在办理中。"))
    return _ask_help(matter, organisation, by)


@transaction.atomic
def accept_assignment(*, assignment: Assignment, by: User) -> Assignment:
    """The organisation takes its part on (签收). Who leads and has accepted cannot pass it on."""
    matter, assignment = _own(assignment, by)
    refuse_unless(assignment.state == Assignment.State.SENT, _("已签收或已有异议。"))
    assignment.state, assignment.accepted_at = Assignment.State.ACCEPTED, now()
    assignment.save(update_fields=["state", "accepted_at"])
    if assignment.part == Part.LEAD and matter.state == State.DISPATCHED:
        matter.state = State.HANDLING
        matter.save(update_fields=["state", "changed_at"])
    note_step(matter, "accepted", by, organisation=assignment.organisation)
    return assignment


@transaction.atomic
def object_to(
    *, assignment: Assignment, reason: str, by: User, suggested: Organisation | None = None
) -> Objection:
    """«This is not ours» (异议): once, before accepting, and within the period.

    Raises
    ------
    ActionRefused
        Accepted already, designated by the review desk, too late, a helper's part, or no reason.
    """
    matter, assignment = _own(assignment, by)
    refuse_unless(assignment.part == Part.LEAD, _("协办单位不提异议，请与主办单位商量。"))
    refuse_unless(not assignment.is_final, _("已由复核指定承办，不再退回。"))
    refuse_unless(
        assignment.state == Assignment.State.SENT, _("已签收，首接单位负责到底，不能再提异议。")
    )
    days = matter_rules_of(matter.alliance).objection_days
    last = add_working_days(localtime(assignment.sent_at).date(), days)
    refuse_unless(localdate() <= last, _("异议期限已过（%(day)s），请签收办理。") % {"day": last})
    refuse_unless(reason.strip(), _("请写明为什么不属于本单位职责。"))
    objection = Objection.objects.create(
        assignment=assignment, reason=reason.strip(), suggested=suggested, by=by, at=now()
    )
    assignment.state, matter.state = Assignment.State.OBJECTED, State.OBJECTED
    assignment.save(update_fields=["state"])
    matter.save(update_fields=["state", "changed_at"])
    note_step(matter, "objected", by, organisation=assignment.organisation)
    tell(
        matter,
        people_with(matter.alliance, Role.REVIEWER, Role.SECRETARIAT),
        key=f"objection:{objection.pk}",
        message=_OBJECTED,
        who=assignment.organisation.name,
    )
    return objection


@transaction.atomic
def decide_objection(
    *,
    objection: Objection,
    is_upheld: bool,
    by: User,
    lead: Organisation | None = None,
    note: str = "",
) -> Objection:
    """The review desk designates who leads, for good (复核): the same, or another one.

    While it was looked at the clock ran on; for another leader both clocks begin anew.
    """
    matter = locked(objection.assignment.matter)
    require_for(by, Permission.REVIEW_OBJECTIONS, matter)
    objection = Objection.objects.select_related("assignment__organisation").get(pk=objection.pk)
    assignment = objection.assignment
    refuse_unless(objection.verdict == Objection.Verdict.WAITING, _("该异议已复核。"))
    refuse_unless(objection.by != by, _("异议须由另一人复核。"))
    objection.verdict = Objection.Verdict.UPHELD if is_upheld else Objection.Verdict.REFUSED
    objection.decided_by, objection.decided_at, objection.note = by, now(), note.strip()
    objection.save()
    organisation = assignment.organisation
    if not is_upheld:
        refuse_unless(note.strip(), _("请写明理由，承办单位会看到。"))
        assignment.state, assignment.is_final = Assignment.State.SENT, True
        assignment.save(update_fields=["state", "is_final"])
        matter.state = State.DISPATCHED
        matter.save(update_fields=["state", "changed_at"])
        note_step(matter, "objection_refused", by, organisation=organisation)
        _tell_officers(matter, organisation, f"stays:{assignment.pk}", _STAYS)
        return objection
    lead = found_or_refused(lead or objection.suggested, _("请选择改派的主办单位。"))
    refuse_unless(lead != organisation, _("请选择另一个主办单位。"))
    assignment.state = Assignment.State.MOVED
    assignment.save(update_fields=["state"])
    note_step(matter, "objection_upheld", by, organisation=organisation)
    _tell_officers(matter, organisation, f"left:{assignment.pk}", _LEFT)
    _send(matter, lead, by, legal_basis="", note=note, is_final=True)
    return objection


def _send(
    matter: Matter,
    lead: Organisation,
    by: User | None,
    *,
    legal_basis: str,
    note: str,
    is_final: bool = False,
) -> None:
    """Make an organisation the leader and start the clocks."""
    _require_member(matter, lead)
    category = found_or_refused(matter.category, _("没有这一诉求类别。"))
    # Whoever helped so far and now leads does not help itself.
    matter.assignments.filter(organisation=lead, part=Part.HELP).exclude(
        state=Assignment.State.MOVED
    ).update(state=Assignment.State.MOVED)
    assignment = Assignment.objects.create(
        matter=matter,
        organisation=lead,
        part=Part.LEAD,
        is_final=is_final,
        legal_basis=legal_basis,
        sent_at=now(),
    )
    matter.lead, matter.state = lead, State.DISPATCHED
    start_clock(matter, responsibility_for(category, matter.area))
    matter.save(update_fields=["category", "dispatched_at", "lead", "state", *FIELDS])
    note_step(
        matter,
        "dispatched",
        by,
        organisation=lead,
        change={"category": category.code, "note": note, "due": str(matter.due_at)},
    )
    until = f"{localtime(matter.due_at):%Y-%m-%d %H:%M}"
    _tell_officers(matter, lead, f"sent:{assignment.pk}", _SENT, until=until)


def _ask_help(matter: Matter, organisation: Organisation, by: User | None) -> Assignment:
    _require_member(matter, organisation)
    current = matter.assignments.exclude(state=Assignment.State.MOVED)
    refuse_unless(
        not current.filter(organisation=organisation).exists(),
        _("%(who)s已在承办。") % {"who": organisation},
    )
    assignment = Assignment.objects.create(
        matter=matter, organisation=organisation, part=Part.HELP, sent_at=now()
    )
    note_step(matter, "help_asked", by, organisation=organisation)
    lead = found_or_refused(matter.lead, NO_LEADER)
    _tell_officers(matter, organisation, f"help:{assignment.pk}", _HELP, lead=lead.name)
    return assignment


def _own(assignment: Assignment, by: User) -> tuple[Matter, Assignment]:
    matter = locked(assignment.matter)
    assignment = Assignment.objects.select_related("organisation").get(pk=assignment.pk)
    require_for_seat(by, Permission.HANDLE_MATTERS, matter, assignment.organisation)
    return matter, assignment


def _require_member(matter: Matter, organisation: Organisation) -> None:
    is_member = admitted_organisations(matter.alliance).filter(pk=organisation.pk).exists()
    refuse_unless(is_member, _("“%(name)s”不是本联盟成员。") % {"name": organisation.name})


def _tell_officers(
    matter: Matter, organisation: Organisation, key: str, message: str, **facts: str
) -> None:
    officers = liaison_officers(matter.alliance, organisation)
    tell(matter, officers, key=key, message=message, **facts)
