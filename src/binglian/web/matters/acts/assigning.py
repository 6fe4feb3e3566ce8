"""Whose matter it is: accepted, objected to, settled by the review desk, helped with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters import actions
from binglian.domain.matters.models import Objection
from binglian.web.matters import forms as typed

from .act import Act, Part, Sent, State, assignments, by_leader, in_states, objections, of_part

ASSIGNING: dict[str, Act] = {
    "decide": Act(
        _("复核异议"),
        _("已复核，双方会收到通知。"),
        Permission.REVIEW_OBJECTIONS,
        actions.decide_objection,
        takes="objection",
        parts=objections,
        is_now=lambda one: one.verdict == Objection.Verdict.WAITING,
        form=typed.ObjectionForm,
        waits=_("异议待复核"),
        look="primary",
    ),
    "accept": Act(
        _("签收"),
        _("已签收。请在期限前联系诉求人并答复。"),
        Permission.HANDLE_MATTERS,
        actions.accept_assignment,
        takes="assignment",
        parts=assignments,
        is_now=lambda part: part.state == Sent.SENT,
        whose=of_part,
        waits=_("待签收"),
        look="primary",
    ),
    "object": Act(
        _("不属于本单位，提出异议"),
        _("异议已提交复核，只能提一次。"),
        Permission.HANDLE_MATTERS,
        actions.object_to,
        takes="assignment",
        parts=assignments,
        is_now=lambda part: (
            part.part == Part.LEAD and part.state == Sent.SENT and not part.is_final
        ),
        whose=of_part,
        form=typed.ObjectForm,
        look="danger",
    ),
    "help_report": Act(
        _("向主办单位报告"),
        _("已报告，主办单位会收到通知。"),
        Permission.HANDLE_MATTERS,
        actions.report_to_leader,
        takes="assignment",
        parts=assignments,
        is_now=lambda part: (
            part.part == Part.HELP and part.state == Sent.ACCEPTED and part.matter.is_open
        ),
        whose=of_part,
        form=typed.TextForm,
        waits=_("协办，待报告"),
        look="primary",
    ),
    "help": Act(
        _("请其他单位协办"),
        _("已请协办。"),
        Permission.HANDLE_MATTERS,
        actions.ask_for_help,
        is_now=in_states(State.DISPATCHED, State.HANDLING),
        whose=by_leader,
        desk=Permission.DISPATCH_MATTERS,
        form=typed.HelpForm,
    ),
}
