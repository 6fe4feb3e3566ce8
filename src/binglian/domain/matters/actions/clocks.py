"""First contact, and the clock: stopped and started with a reason, and given more time."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.matters.models import Extension, Matter, Pause
from binglian.domain.refusals import found_or_refused, refuse_unless

from .due_dates import FIELDS, set_due
from .steps import led_by, locked, note_step, refuse_unless_in

State = Matter.State
#: A leader extends once; more than that, and longer, is for who dispatches.
MOST_DAYS = 30
_NOT_HANDLED = _("该诉求不在办理中，请先签收。")


@transaction.atomic
def note_contact(*, matter: Matter, by: User) -> Matter:
    """The leader has reached the reporter for the first time (首次联系)."""
    matter = locked(matter)
    organisation = led_by(matter, by)
    refuse_unless_in(matter, [State.DISPATCHED, State.HANDLING], _NOT_HANDLED)
    refuse_unless(matter.contacted_at is None, _("已登记首次联系。"))
    matter.contacted_at = now()
    matter.save(update_fields=["contacted_at", "changed_at"])
    note_step(matter, "contacted", by, organisation=organisation)
    return matter


@transaction.atomic
def pause(*, matter: Matter, reason: str, by: User) -> Pause:
    """The clock stands still (暂停计时), e.g. until the reporter is at home; they read why."""
    matter = locked(matter)
    organisation = led_by(matter, by)
    refuse_unless_in(matter, [State.HANDLING], _NOT_HANDLED)
    refuse_unless(reason.strip(), _("请写明为什么暂停计时，诉求人会看到。"))
    refuse_unless(_open_pause(matter) is None, _("计时已暂停。"))
    row = begin_pause(matter, reason.strip())
    facts = {"reason": row.reason}
    note_step(matter, "paused", by, organisation=organisation, facts=facts)
    return row


@transaction.atomic
def resume(*, matter: Matter, by: User) -> Matter:
    """The clock goes on (恢复计时); the deadline moves by the time it stood still."""
    matter = locked(matter)
    organisation = led_by(matter, by)
    row = found_or_refused(_open_pause(matter), _("计时没有暂停。"))
    is_waiting = matter.need is not None and matter.need.state == matter.need.State.OPEN
    refuse_unless(not is_waiting, _("需求仍在清单上，解决或撤回后自动恢复计时。"))
    end_pause(matter, row)
    note_step(matter, "resumed", by, organisation=organisation)
    return matter


@transaction.atomic
def extend(*, matter: Matter, reason: str, working_days: int, by: User) -> Extension:
    """More time, before the time is over, for a reason that the reporter reads (延期).

    Raises
    ------
    PermissionDenied
        ``by`` neither speaks for the leader nor dispatches matters.
    ActionRefused
        Too late, no reason, too long, or the leader has extended before.
    """
    matter = locked(matter)
    grants = has_permission(by, Permission.DISPATCH_MATTERS, within=matter.alliance)
    organisation = matter.lead if grants else led_by(matter, by)
    refuse_unless_in(matter, [State.DISPATCHED, State.HANDLING], _NOT_HANDLED)
    refuse_unless(_open_pause(matter) is None, _("计时已暂停，恢复后再延期。"))
    refuse_unless(reason.strip(), _("请写明为什么延期，诉求人会看到。"))
    refuse_unless(
        0 < working_days <= MOST_DAYS, _("延期须在 1 至 %(n)s 个工作日之间。") % {"n": MOST_DAYS}
    )
    before = found_or_refused(matter.due_at, _NOT_HANDLED)
    refuse_unless(now() <= before, _("已超过办理期限，不能再延期。请尽快答复。"))
    earlier = matter.extensions.filter(at__gte=matter.counted_from)
    refuse_unless(
        grants or not earlier.exists(), _("已延期一次。再延期请与秘书处商量，由秘书处办理。")
    )
    row = Extension.objects.create(
        matter=matter,
        reason=reason.strip(),
        working_days=working_days,
        due_before=before,
        due_after=before,
        by=by,
        at=now(),
    )
    set_due(matter)
    row.due_after = matter.due_at or before
    row.save(update_fields=["due_after"])
    matter.save(update_fields=FIELDS)
    facts = {"until": f"{localtime(row.due_after):%Y-%m-%d}", "reason": row.reason}
    change = {"working_days": working_days, "due": str(row.due_after)}
    note_step(matter, "extended", by, organisation=organisation, facts=facts, change=change)
    return row


def begin_pause(matter: Matter, reason: str) -> Pause:
    return Pause.objects.create(matter=matter, reason=reason[:200], from_at=now())


def end_pause(matter: Matter, row: Pause) -> None:
    """Start the clock again and move the deadline."""
    row.until_at = now()
    row.save(update_fields=["until_at"])
    set_due(matter)
    matter.save(update_fields=FIELDS)


def _open_pause(matter: Matter) -> Pause | None:
    return matter.pauses.filter(until_at=None).first()
