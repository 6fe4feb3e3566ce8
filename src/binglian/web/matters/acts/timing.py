"""The clocks while a matter is handled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters import actions
from binglian.web.matters import forms as typed

from .act import Act, State, by_leader, is_running

TIMING: dict[str, Act] = {
    "contacted": Act(
        _("已联系诉求人"),
        _("首次联系已记录。"),
        Permission.HANDLE_MATTERS,
        actions.note_contact,
        is_now=lambda matter: (
            matter.state == State.HANDLING and matter.is_reachable and not matter.contacted_at
        ),
        whose=by_leader,
        waits=_("待首次联系诉求人"),
        look="primary",
    ),
    "extend": Act(
        _("申请延期"),
        _("已延期，诉求人能看到理由。"),
        Permission.HANDLE_MATTERS,
        actions.extend,
        is_now=lambda matter: matter.state == State.HANDLING and is_running(matter),
        whose=by_leader,
        desk=Permission.DISPATCH_MATTERS,
        form=typed.ExtendForm,
    ),
    "pause": Act(
        _("暂停计时"),
        _("已暂停计时，诉求人能看到原因。"),
        Permission.HANDLE_MATTERS,
        actions.pause,
        is_now=lambda matter: matter.state == State.HANDLING and is_running(matter),
        whose=by_leader,
        form=typed.ReasonForm,
    ),
    "resume": Act(
        _("恢复计时"),
        _("已恢复计时，期限已顺延。"),
        Permission.HANDLE_MATTERS,
        actions.resume,
        is_now=lambda matter: matter.state == State.HANDLING and not is_running(matter),
        whose=by_leader,
    ),
}
