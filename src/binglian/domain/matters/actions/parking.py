"""What no single office can solve: parked and looked at again, or put on the list of needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.coupling.actions import save_need
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Need
from binglian.domain.matters.models import Matter, Parking
from binglian.domain.refusals import found_or_refused, refuse_unless

from .clocks import begin_pause, end_pause
from .due_dates import FIELDS, set_due
from .steps import NO_LEADER, led_by, locked, note_step, refuse_unless_in, tell

State = Matter.State
_WAITING = gettext_noop("已列入联盟需求清单")
_MET = gettext_noop("诉求 %(number)s 所列需求 %(need)s 已由联盟成员解决，请答复诉求人。")
_DROPPED = gettext_noop("诉求 %(number)s 所列需求 %(need)s 已撤回，请继续办理。")


@transaction.atomic
def park(*, matter: Matter, reason: str, look_again_on: date, by: User) -> Parking:
    """It cannot be solved now (挂账): explained to the reporter, and looked at again on a day.

    A parked matter is parked again with another day when it was looked at in vain; none is ever
    deleted. Meanwhile its clock stands still.
    """
    matter = locked(matter)
    _leads_or_dispatches(matter, by)
    refuse_unless_in(matter, [State.HANDLING, State.PARKED], _("请先签收，再挂账。"))
    refuse_unless(reason.strip(), _("请写明为什么暂时无法解决，诉求人会看到。"))
    refuse_unless(look_again_on > localdate(), _("下次研究的日期须在今天之后。"))
    matter.parkings.filter(ended_at=None).update(ended_at=now())
    matter.pauses.filter(until_at=None).update(until_at=now())
    row = Parking.objects.create(
        matter=matter, reason=reason.strip(), look_again_on=look_again_on, by=by, at=now()
    )
    matter.state = State.PARKED
    matter.save(update_fields=["state", "changed_at"])
    facts = {"on": str(look_again_on), "reason": row.reason}
    note_step(matter, "parked", by, organisation=matter.lead, facts=facts)
    return row


@transaction.atomic
def unpark(*, matter: Matter, by: User) -> Matter:
    """It can be solved after all (销账): handled on, and the clock goes on."""
    matter = locked(matter)
    _leads_or_dispatches(matter, by)
    refuse_unless_in(matter, [State.PARKED], _("该诉求没有挂账。"))
    matter.parkings.filter(ended_at=None).update(ended_at=now())
    matter.state = State.HANDLING
    set_due(matter)
    matter.save(update_fields=["state", *FIELDS])
    note_step(matter, "unparked", by, organisation=matter.lead)
    return matter


@transaction.atomic
def become_need(
    *, matter: Matter, by: User, components: Sequence[ComponentFacts], **facts: Any
) -> Need:
    """No member can solve it alone: what is lacking goes on the alliance's list of needs.

    ``facts`` are those of :func:`~binglian.domain.coupling.actions.save_need`; the title is for
    everybody to read. The clock stands still until the need is closed or withdrawn.
    """
    matter = locked(matter)
    _leads_or_dispatches(matter, by)
    refuse_unless_in(matter, [State.HANDLING, State.PARKED], _("请先签收，再列入需求清单。"))
    is_listed = matter.need is not None and matter.need.state == Need.State.OPEN
    refuse_unless(not is_listed, _("该诉求的需求已在清单上。"))
    lead = found_or_refused(matter.lead, NO_LEADER)
    place = {
        "place": matter.address,
        "longitude": matter.longitude,
        "latitude": matter.latitude,
    }
    need = save_need(
        alliance=matter.alliance,
        organisation=lead,
        by=by,
        components=components,
        **(place | facts),
    )
    matter.parkings.filter(ended_at=None).update(ended_at=now())
    if not matter.pauses.filter(until_at=None).exists():
        with override("zh-hans"):
            begin_pause(matter, gettext(_WAITING))
    matter.need, matter.state = need, State.HANDLING
    matter.save(update_fields=["need", "state", "changed_at"])
    note_step(matter, "need_made", by, organisation=lead, facts={"number": need.number})
    return need


def bring_back() -> int:
    """Matters whose need was closed or withdrawn are handled on; returns how many."""
    settled = Matter.objects.filter(state=State.HANDLING, pauses__until_at=None)
    settled = settled.filter(need__isnull=False).exclude(need__state=Need.State.OPEN)
    return sum(_brought_back(matter) for matter in settled.distinct())


@transaction.atomic
def _brought_back(matter: Matter) -> bool:
    matter = locked(matter)
    row = matter.pauses.filter(until_at=None).first()
    need = matter.need
    if row is None or need is None or need.state == Need.State.OPEN:
        return False
    end_pause(matter, row)
    is_met = need.state == Need.State.CLOSED
    facts = {"number": need.number}
    note_step(
        matter,
        "need_met" if is_met else "need_dropped",
        None,
        organisation=matter.lead,
        facts=facts,
    )
    if matter.lead is not None:
        officers = liaison_officers(matter.alliance, matter.lead)
        key, message = f"need:{need.pk}:{need.state}", _MET if is_met else _DROPPED
        tell(matter, officers, key=key, message=message, need=need.number)
    return True


def _leads_or_dispatches(matter: Matter, by: User) -> None:
    if not has_permission(by, Permission.DISPATCH_MATTERS, within=matter.alliance):
        led_by(matter, by)
