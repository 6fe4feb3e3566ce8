"""What the sample alliance and a form alone do not tell of forms that are sent twice."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import today
from binglian.domain.clients.models import Webhook
from binglian.domain.governance.models import DutySwap, HandoverPoint

from . import sent_twice_states as states
from .news_samples import photograph
from .sending_twice import Case

DAY = str(today() + timedelta(days=10))
#: How to reach somebody without an account, who agrees that it is kept.
CONTACT = {"phone": "13912345678", "has_agreed": "on"}
GOODS = "收据编号,捐赠单位,接收日期,品名,计量单位,单价（元）,收到\n"
GOODS += f"SJ-9,建设集团（示例）,{today()},矿泉水,箱,24.5,10\n"
TASKS = "序号,任务,单位,工期,前置\n1,设计,海关后社区（示例）,5,\n"
CATALOGUE = "代码,名称,主办单位,期限,计时\nlamps,路灯,建设集团（示例）,5,工作日\n"
PART = {"title": "会议室", "kind": "venue", "quantity": "1", "unit": "间"}
GOOD = {"item": "矿泉水", "quantity": "3", "unit": "箱", "unit_price": "24"}


def _file(text: str) -> tuple[str, bytes, str]:
    return "list.csv", text.encode("utf-8-sig"), "text/csv"


def _looked_at(text: str) -> str:
    """A file that was looked at on the page before, and comes back with it."""
    return b64encode(text.encode("utf-8-sig")).decode()


def _first(prefix: str, facts: dict[str, str]) -> dict[str, Any]:
    """The first row of several in a form."""
    return {f"{prefix}-0-{name}": value for name, value in facts.items()}


CASES: dict[str, Case] = {
    "alliance:join": Case({"username": "newcomer", "password": "correct horse 9 battery"}),
    "alliance:settings": Case({"name": "另一个联盟"}),
    "alliance:handover": Case({"taking_over": "viewer"}),
    "alliance:seat_new": Case(
        {"new-username": "newcomer", "new-email": "n@example.org", "new-display_name": "新人"}
    ),
    "alliance:account_new": Case({"username": "newcomer"}),
    "alliance:found": Case(
        {"slug": "second", "name": "第二联盟", "lead_a_name": "甲局", "lead_b_name": "乙街道"}
    ),
    "governance:comment": Case({"text": "再议"}, by="giver"),
    "governance:version_freeze": Case(before=states.without_comments),
    "governance:clause_move": Case(before=states.a_draft_with_clauses, by="secretariat"),
    "governance:pledge_save": Case(before=states.a_draft_with_clauses, by="secretariat"),
    "governance:meeting_move": Case(before=states.before_the_meeting),
    "governance:meeting_cancel": Case(before=states.a_meeting_ahead),
    "governance:meeting_convene": Case(before=states.a_meeting_ahead),
    "governance:agenda_remove": Case(before=states.a_meeting_ahead),
    "governance:meeting_reply": Case(before=states.before_the_meeting, by="giver"),
    "governance:rota_swap": Case(before=lambda _samples: DutySwap.objects.all().delete()),
    "governance:rota_swap_answer": Case(before=states.a_turn_of_a_lead, by="receiver"),
    "governance:handover": Case(before=lambda _samples: HandoverPoint.objects.all().delete()),
    "coupling:offer_edit": Case({"title": "大会议室"}),
    "coupling:need_new": Case({"title": "议事"} | _first("parts", PART), by="giver"),
    "coupling:need_edit": Case({"title": "议事厅"}),
    "coupling:import": Case({"pasted": "资源名称,类别,数量\n会议室,场地,3\n"}, by="giver"),
    "coupling:filter_keep": Case(
        {"name": "场地"}, by="giver", page="coupling:offers", query="?kind=venue"
    ),
    "coupling:runs": Case(by="secretariat", query="?start=monthly"),
    "coupling:what_if": Case(by="secretariat", query="?kind-venue=2"),
    "coupling:run_cancel": Case(before=states.queued),
    "projects:run_cancel": Case(before=states.planning),
    "coupling:deliver": Case(before=states.accepted),
    "coupling:judge": Case(before=states.delivered),
    "coupling:move": Case({"why": "等材料"}, before=states.accepted),
    "coupling:explain": Case({"why": "等材料"}, before=states.accepted),
    "projects:capacity_period": Case(before=states.a_limited_office),
    "projects:capacity_period_remove": Case(before=states.a_limited_office),
    "projects:precedence_save": Case(before=states.two_tasks),
    "projects:what_if": Case(by="giver", query="?days-{task_pk}=9"),
    "projects:network_import": Case(
        {"seen": "1", "filename": "tasks.csv", "content": _looked_at(TASKS)},
        before=states.an_empty_project,
    ),
    "places:file_add": Case({"file": ("a.png", photograph(), "image/png"), "caption_zh": "院门"}),
    "public_places:space": Case(CONTACT),
    "matters:new": Case(
        {"text": "路灯不亮", "is_place_unknown": "on"},
        before=states.seated("giver", Role.WORKER, "lead_b"),
        by="giver",
    ),
    "matters:themes_propose": Case(before=states.what_recurs),
    "matters:category_new": Case({"code": "another"}),
    "matters:catalogue_import": Case({"content": _looked_at(CATALOGUE), "name": "list.csv"}),
    "matters:act_dispatch": Case(before=states.received),
    "matters:act_divert": Case(before=states.received),
    "matters:act_join": Case(
        {"to": lambda samples: states.matter(samples).number}, before=states.received
    ),
    "matters:act_reject": Case({"note": "不属受理范围"}, before=states.received),
    "matters:act_accept": Case(before=states.dispatched),
    "matters:act_object": Case(before=states.dispatched),
    "matters:act_decide": Case(before=states.objected),
    "matters:act_park": Case({"look_again_on": DAY}),
    "matters:act_resume": Case(before=states.paused),
    "matters:act_unpark": Case(before=states.parked),
    "matters:act_revisit": Case({"solved": "yes", "content": "yes"}, before=states.answered),
    "matters:act_close": Case(before=states.answered),
    "matters:act_exclude": Case(before=states.answered),
    "matters:act_review": Case(before=states.answered_unreasonable),
    "matters:act_whistle": Case(
        {"kind": "residents", "calls": states.the_giving},
        before=states.seated("giver", Role.LIAISON, "lead_b"),
        by="giver",
    ),
    "matters:act_sign": Case(before=states.whistle_drafted, by="receiver", page="matters:matter"),
    "matters:act_arrive": Case(before=states.whistle_blown, by="giver"),
    "matters:act_result": Case(before=states.whistle_followed, by="giver"),
    "matters:act_judge_call": Case(before=states.whistle_answered, by="giver"),
    "matters:act_judge_whistler": Case(before=states.whistle_answered, by="giver"),
    "matters:act_help_report": Case(before=states.helped, by="giver"),
    "matters:act_reopen": Case(before=states.closed),
    "matters:act_confirm_exclusion": Case(
        before=states.left_out, by="receiver", page="matters:matter"
    ),
    "public_matters:report": Case(CONTACT | {"text": "路灯不亮", "is_place_unknown": "on"}),
    "public_matters:judge": Case(before=states.public_and_answered),
    "portal:need": Case(CONTACT, before=states.public_needs, by="anonymous"),
    "openness:ask": Case({"text": "花了多少钱？"}),
    "openness:ask_project": Case({"text": "何时通车？"}),
    "openness:request_answer": Case(
        {"outcome": "public", "public_text": "费用", "answer": "八万。"}
    ),
    "openness:question_publish": Case(before=states.a_new_question),
    "openness:question_shelve": Case(before=states.a_new_question),
    "books:contract": Case(before=states.a_new_contract),
    "books:contract_new": Case(
        {"digest": "0" * 64, "signed_on": str(today()), "parties": states.two_members}
    ),
    "books:goods_import": Case({"file": _file(GOODS)}),
    "books:donation_new": Case(
        {"donor": "建设集团（示例）", "receipt_number": "SJ-9"} | _first("form", GOOD)
    ),
    "books:donation_publish": Case(before=states.a_new_donation),
    "books:donation_cancel": Case(before=states.a_new_donation),
    "books:open_day_new": Case(
        {"title_zh": "开放日", "starts": "09:00", "ends": "11:00", "capacity": "10"}
    ),
    "books:open_day_record": Case(before=states.after_the_open_day),
    "books:observation_new": Case(
        {"place": "北门", "text": "围挡缺一块"},
        before=states.seated("giver", Role.SUPERVISOR, "lead_b"),
        by="giver",
    ),
    "public_books:open_day": Case(CONTACT | {"people": "1"}),
    "site:plan_new": Case({"title": "负三层", "picture": ("a.png", photograph(), "image/png")}),
    "site:checklist_new": Case({"title_zh": "用电", "items": "配电箱有门"}),
    "site:checklists_take": Case(before=states.without_checklists),
    "site:inspection": Case(before=states.the_inspector, by="secretariat"),
    "site:new_finding": Case(
        {"what": "无护栏", "place": "三层", "standard": "有护栏", "grade": "general"},
        before=states.the_inspector,
        by="secretariat",
    ),
    "news_import:upload": Case({"pasted": "联盟成立\n片区联盟今天成立。"}),
    "newsroom:new": Case({"title": "公告", "body": "内容", "summary": "摘要"}, by="giver"),
    "newsroom:edit": Case({"title": "公告"}, before=states.an_announcement_begun),
    "newsroom:submit": Case(before=states.an_announcement_begun),
    "newsroom:drop": Case(before=states.an_announcement_begun),
    "newsroom:review": Case(before=states.an_announcement_in_review),
    "newsroom:back": Case(before=states.an_announcement_in_review),
    "clients:webhook_resume": Case(before=lambda _samples: Webhook.objects.update(state="stopped")),
    "clients:webhooks": Case(
        {"url": "http://127.0.0.1:1025/", "form": "program", "topics": ["offers"]}
    ),
}

_SIGN_IN = "a page of the library for signing in, which makes no row that counts twice"
_NOTHING = (
    "the second arrival finds nothing left to do; in the samples the first makes no row either"
)
_PROGRAMS = "for programs, under an Idempotency-Key: tests/api/test_posting.py, test_writing.py"
_STATE = "its form is there only in a state that no sample is in; its record claims the key"
#: Not measured here, and why. A route that makes something does not belong here.
ELSEWHERE = {
    **dict.fromkeys(
        (
            *("account_login", "account_logout", "account_change_password", "account_set_password"),
            *("account_reset_password", "account_reset_password_from_key", "mfa_authenticate"),
            *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_edit_webauthn"),
            *("mfa_remove_webauthn", "devices_end", "device_end"),
        ),
        _SIGN_IN,
    ),
    **dict.fromkeys(
        (
            *("account", "preferences", "governance:agenda_gather", "governance:agenda_shift"),
            *("coupling:run_adjust", "matters:new_hints", "public_matters:hints"),
        ),
        _NOTHING,
    ),
    **dict.fromkeys(
        (
            *("open311:v2:requests", "open311:v2:updates"),
            *("open311:test:requests", "open311:test:updates"),
            *("api:openapi-json", "api:openapi-view", "api:api-root", "api:matters"),
            *("api:enter_offer", "api:enter_need", "api:withdraw_offer", "api:withdraw_need"),
            *("api:accept", "api:decline", "api:deliver"),
        ),
        _PROGRAMS,
    ),
    **dict.fromkeys(
        (
            *("governance:version_begin", "governance:pledge_remove"),
            *("governance:expel", "governance:leave", "governance:sign", "governance:paper"),
            *("governance:agenda_order", "governance:minutes_ask", "governance:handover_confirm"),
            *("governance:evaluation_ask", "governance:evaluation_publish"),
            *("governance:evaluation_remark", "coupling:scenario_adopt"),
            *("projects:project_finish", "projects:task_take_back", "projects:task_settle"),
            *("projects:task_unpin", "projects:precedence_remove", "projects:plan_move"),
            *("projects:plan_adopt", "projects:what_if_adopt", "checkups:settle"),
            *("matters:theme_finish", "matters:act_revisit_here", "books:sign"),
            *("newsroom:move", "indicators:briefing_correct"),
        ),
        _STATE,
    ),
    "openness:follower_leave": "mail programs send it, without any key; left once is left for good",
}
