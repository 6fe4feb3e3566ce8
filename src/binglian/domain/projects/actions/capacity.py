"""What an organisation can do at once, and on which days it works: for all alliances."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.ledger.actions import record
from binglian.domain.projects.models import Capacity, CapacityPeriod, Closure
from binglian.domain.refusals import refuse_unless


@transaction.atomic
def set_capacity(
    *, alliance: Alliance, organisation: Organisation, cases: int | None, by: User, note: str = ""
) -> Capacity | None:
    """Say how many cases the organisation works on at once; ``None`` lifts the limit, always."""
    _require(alliance, organisation, by)
    refuse_unless(cases is None or cases >= 1, _("同时办理件数至少为 1；不限请留空。"))
    before = Capacity.objects.filter(organisation=organisation).first()
    capacity = None
    if cases is not None:
        capacity, _is_new = Capacity.objects.update_or_create(
            organisation=organisation, defaults={"cases": cases, "note": note[:200]}
        )
    elif before is not None:
        before.delete()
        organisation.capacity_periods.all().delete()  # of nothing that is limited
    change = {"cases": [before.cases if before else None, cases]}
    record(
        by, "capacity.set", organisation, within=alliance, organisation=organisation, change=change
    )
    return capacity


@transaction.atomic
def add_capacity_period(
    *,
    alliance: Alliance,
    organisation: Organisation,
    from_on: date,
    cases: int,
    by: User,
    until_on: date | None = None,
    reason: str = "",
) -> CapacityPeriod:
    """Say how many cases it works on at once in a stretch of time; without an end, from then on.

    A period that was to last on ends where a later one begins.

    Raises
    ------
    ActionRefused
        The usual number is not known, or another period covers some of the days.
    """
    _require(alliance, organisation, by)
    usual = Capacity.objects.select_for_update().filter(organisation=organisation).exists()
    refuse_unless(usual, _("请先填平时同时办理几件，再填某段时间的件数。"))
    refuse_unless(cases >= 1, _("同时办理件数至少为 1；不办理的日子请写在“办公日”里。"))
    refuse_unless(until_on is None or until_on >= from_on, _("结束日期不能早于开始日期。"))
    periods = organisation.capacity_periods
    periods.filter(until_on=None, from_on__lt=from_on).update(until_on=from_on - timedelta(days=1))
    others = periods.filter(Q(until_on=None) | Q(until_on__gte=from_on))
    if until_on is not None:
        others = others.filter(from_on__lte=until_on)
    other = others.first()
    days = {"from": other and other.from_on, "until": (other and other.until_on) or "…"}
    refuse_unless(
        other is None, _("%(from)s 至 %(until)s 已另有安排，请先删去，或改成不重叠的日期。") % days
    )
    period = periods.create(
        from_on=from_on, until_on=until_on, cases=cases, reason=reason.strip()[:120]
    )
    change = {"from_on": from_on, "until_on": until_on, "cases": cases}
    record(
        by,
        "capacity_period.added",
        period,
        within=alliance,
        organisation=organisation,
        change=change,
    )
    return period


@transaction.atomic
def remove_capacity_period(*, alliance: Alliance, period: CapacityPeriod, by: User) -> None:
    """The usual number holds in this stretch of time after all."""
    _require(alliance, period.organisation, by)
    record(
        by,
        "capacity_period.removed",
        period,
        within=alliance,
        organisation=period.organisation,
        change={"from_on": period.from_on, "until_on": period.until_on, "cases": period.cases},
    )
    period.delete()


@transaction.atomic
def add_closure(
    *,
    alliance: Alliance,
    organisation: Organisation,
    from_on: date,
    until_on: date,
    reason: str,
    by: User,
    is_open: bool = False,
) -> Closure:
    """Say on which days the organisation works differently from the official calendar."""
    _require(alliance, organisation, by)
    refuse_unless(until_on >= from_on, _("结束日期不能早于开始日期。"))
    refuse_unless((until_on - from_on).days <= 366, _("一次最多调整一年。"))
    refuse_unless(reason.strip(), _("请写明原因。"))
    closure = Closure.objects.create(
        organisation=organisation,
        from_on=from_on,
        until_on=until_on,
        is_open=is_open,
        reason=reason.strip()[:120],
    )
    change = {"from_on": from_on, "until_on": until_on, "is_open": is_open}
    record(by, "closure.added", closure, within=alliance, organisation=organisation, change=change)
    return closure


@transaction.atomic
def remove_closure(*, alliance: Alliance, closure: Closure, by: User) -> None:
    """The organisation works by the official calendar on these days after all."""
    _require(alliance, closure.organisation, by)
    record(by, "closure.removed", closure, within=alliance, organisation=closure.organisation)
    closure.delete()


def _require(alliance: Alliance, organisation: Organisation, by: User) -> None:
    seat = alliance.seat_of(organisation)
    require_permission(by, Permission.EDIT_ORGANISATION, within=seat)
    states = [Membership.State.APPLIED, Membership.State.ADMITTED]
    memberships = Membership.objects.filter(organisation=organisation, state__in=states)
    is_member = memberships.filter(alliance=alliance).exists()
    # An office that is no member anywhere is spoken for by those whose catalogue names it.
    is_named = alliance.approval_items.filter(organisation=organisation).exists()
    refuse_unless(
        is_member or (is_named and not memberships.exists()),
        _("“%(name)s”不是本联盟成员。") % {"name": organisation.name},
    )
