"""When a matter comes in: dispatched, sent elsewhere, joined, shown or not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters import actions
from binglian.web.matters import forms as typed

from .act import Act, State, in_states

INTAKE: dict[str, Act] = {
    "dispatch": Act(
        _("分派"),
        _("已分派，主办单位会收到通知。"),
        Permission.DISPATCH_MATTERS,
        actions.dispatch_matter,
        is_now=in_states(State.RECEIVED),
        form=typed.DispatchForm,
        waits=_("待分派"),
        look="primary",
    ),
    "divert": Act(
        _("引导至法定渠道"),
        _("已引导，诉求人能看到该找谁。"),
        Permission.DISPATCH_MATTERS,
        actions.divert_matter,
        is_now=in_states(State.RECEIVED),
        form=typed.DivertForm,
    ),
    "join": Act(
        pgettext_lazy("verb", "并入同类诉求"),
        _("已并入，两件一并办理和答复。"),
        Permission.DISPATCH_MATTERS,
        actions.join_matter,
        is_now=in_states(State.RECEIVED),
        form=typed.JoinForm,
    ),
    "publish": Act(
        _("审核公开"),
        _("已保存公开设置。"),
        Permission.DISPATCH_MATTERS,
        actions.check_publication,
        is_now=lambda matter: matter.state != State.REJECTED,
        form=typed.PublishForm,
    ),
    "reject": Act(
        _("不予受理"),
        _("已记为不予受理。"),
        Permission.DISPATCH_MATTERS,
        actions.reject_matter,
        is_now=in_states(State.RECEIVED),
        form=typed.NoteForm,
        look="danger",
    ),
}
