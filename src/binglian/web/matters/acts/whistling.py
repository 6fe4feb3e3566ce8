"""The whistle: drafted, signed by another, answered on the spot, judged by both sides."""

from __future__ import annotations

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters import actions
from binglian.domain.matters.models import Matter, Whistle, WhistleCall
from binglian.web.matters import forms as typed

from .act import Act, calls, of_part, streets, whistles

State = Whistle.State


def _is_on(call: WhistleCall) -> bool:
    return call.whistle.state == State.BLOWN


def _can_be_judged(call: WhistleCall) -> bool:
    is_due = call.result_at is not None or now() > call.result_due_at
    return _is_on(call) and is_due and not call.verdict


WHISTLING: dict[str, Act] = {
    "sign": Act(
        _("签发吹哨"),
        _("已审签。"),
        Permission.SIGN_WHISTLE,
        actions.sign_whistle,
        takes="whistle",
        parts=whistles,
        is_now=lambda whistle: whistle.state == State.DRAFTED,
        whose=of_part,
        form=typed.SignForm,
        waits=_("吹哨待签发"),
        look="primary",
    ),
    "arrive": Act(
        _("报到"),
        _("已报到。处置后请反馈结果。"),
        Permission.HANDLE_MATTERS,
        actions.arrive,
        takes="call",
        parts=calls,
        is_now=lambda call: _is_on(call) and call.arrived_at is None,
        whose=of_part,
        waits=_("吹哨，待到场报到"),
        look="primary",
    ),
    "result": Act(
        _("反馈处置结果"),
        _("已反馈，吹哨街道会评价。"),
        Permission.HANDLE_MATTERS,
        actions.report_result,
        takes="call",
        parts=calls,
        is_now=lambda call: _is_on(call) and bool(call.arrived_at) and call.result_at is None,
        whose=of_part,
        form=typed.TextForm,
        waits=_("吹哨，待反馈处置结果"),
        look="primary",
    ),
    "judge_call": Act(
        _("评价应哨单位"),
        _("已评价。"),
        Permission.WHISTLE,
        actions.judge_call,
        takes="call",
        parts=calls,
        is_now=_can_be_judged,
        whose=lambda call: call.whistle.organisation_id,
        form=typed.JudgeForm,
        waits=_("待评价应哨单位"),
        look="primary",
    ),
    "judge_whistler": Act(
        _("评价吹哨"),
        _("已评价。"),
        Permission.HANDLE_MATTERS,
        actions.judge_whistler,
        takes="call",
        parts=calls,
        is_now=lambda call: call.result_at is not None and not call.verdict_on_whistler,
        whose=of_part,
        form=typed.JudgeForm,
    ),
    "whistle": Act(
        _("吹哨，请相关单位到场"),
        _("已提请街道负责人签发。"),
        Permission.WHISTLE,
        actions.draft_whistle,
        takes="organisation",
        parts=lambda matter: streets(matter) if _may_whistle(matter) else [],
        whose=lambda street: street.pk,
        form=typed.WhistleForm,
    ),
}


def _may_whistle(matter: Matter) -> bool:
    under_way = (State.DRAFTED, State.BLOWN)
    return matter.is_open and not any(one.state in under_way for one in whistles(matter))
