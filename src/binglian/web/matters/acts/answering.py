"""The answer and what is thought of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters import actions
from binglian.domain.matters.models import Reply
from binglian.web.matters import forms as typed

from .act import (
    Act,
    FilersAct,
    State,
    by_leader,
    in_states,
    is_under_review,
    last_reply,
    to_revisit,
)

ANSWERING: dict[str, Act] = {
    "review": Act(
        _("复核“不合理”答复"),
        _("已复核。"),
        Permission.REVIEW_OBJECTIONS,
        actions.review_unreasonable,
        takes="reply",
        parts=last_reply,
        is_now=lambda reply: (
            reply.outcome == Reply.Outcome.UNREASONABLE and reply.is_confirmed is None
        ),
        form=typed.ReviewForm,
        waits=_("“不合理”答复待复核"),
        look="primary",
    ),
    "reply": Act(
        _("答复"),
        _("已答复，诉求人能看到，将回访其是否满意。"),
        Permission.HANDLE_MATTERS,
        actions.reply,
        is_now=lambda matter: (
            matter.state in (State.HANDLING, State.PARKED) and not is_under_review(matter)
        ),
        whose=by_leader,
        form=typed.ReplyForm,
        waits=_("办理中，待答复"),
        look="primary",
    ),
    "revisit": Act(
        _("记录回访"),
        _("回访已记录。"),
        Permission.REVISIT,
        actions.revisit,
        takes="reply",
        parts=last_reply,
        is_now=to_revisit,
        form=typed.RevisitForm,
        waits=_("待回访"),
        look="primary",
    ),
    "revisit_here": FilersAct(
        _("当面回访"),
        _("回访已记录。"),
        Permission.FILE_FOR_RESIDENT,
        actions.revisit,
        takes="reply",
        parts=last_reply,
        is_now=to_revisit,
        form=typed.DoorstepForm,
        waits=_("代报的诉求，待回访"),
        look="primary",
    ),
    "reopen": Act(
        _("重新办理"),
        _("已重新办理，期限重新计算。"),
        Permission.REVISIT,
        actions.reopen,
        is_now=in_states(State.REPLIED, State.CLOSED),
        form=typed.ReasonForm,
    ),
    "close": Act(
        pgettext_lazy("verb", "办结"),
        _("已办结。"),
        Permission.REVISIT,
        actions.close_matter,
        is_now=in_states(State.REPLIED),
    ),
}
