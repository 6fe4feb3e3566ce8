"""What cannot be solved now, and what the rates leave out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.coupling.models import Need
from binglian.domain.matters import actions
from binglian.domain.matters.models import Matter
from binglian.web.matters import forms as typed

from .act import Act, State, by_leader, in_states


def _can_become_need(matter: Matter) -> bool:
    is_listed = matter.need is not None and matter.need.state == Need.State.OPEN
    return matter.state in (State.HANDLING, State.PARKED) and not is_listed


LATER: dict[str, Act] = {
    "unpark": Act(
        _("销账，恢复办理"),
        _("已恢复办理。"),
        Permission.HANDLE_MATTERS,
        actions.unpark,
        is_now=in_states(State.PARKED),
        whose=by_leader,
        desk=Permission.DISPATCH_MATTERS,
    ),
    "park": Act(
        _("暂时无法解决，挂账"),
        _("已挂账，到期再研究。"),
        Permission.HANDLE_MATTERS,
        actions.park,
        is_now=in_states(State.HANDLING, State.PARKED),
        whose=by_leader,
        desk=Permission.DISPATCH_MATTERS,
        form=typed.ParkForm,
    ),
    "need": Act(
        _("本单位解决不了，列入需求清单"),
        _("已列入需求清单，下一轮耦合会为它寻找资源。"),
        Permission.HANDLE_MATTERS,
        actions.become_need,
        is_now=_can_become_need,
        whose=by_leader,
        desk=Permission.DISPATCH_MATTERS,
        form=typed.NeedForm,
    ),
    "exclude": Act(
        _("提请统计剔除"),
        _("已提请，另一人确认后生效。"),
        Permission.REVISIT,
        actions.ask_exclusion,
        is_now=in_states(State.REPLIED, State.CLOSED),
        form=typed.ExcludeForm,
    ),
    "confirm_exclusion": Act(
        _("确认统计剔除"),
        _("已确认剔除。"),
        Permission.REVIEW_OBJECTIONS,
        actions.confirm_exclusion,
        takes="exclusion",
        parts=lambda matter: list(matter.exclusions.all()),
        is_now=lambda exclusion: exclusion.confirmed_at is None,
    ),
}
