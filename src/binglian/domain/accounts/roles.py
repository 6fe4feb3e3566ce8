"""The roles, as a table that an auditor can read: name, meaning, permissions."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .permissions import Permission as P

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Role(Enum):
    """A seat somebody holds, in one alliance or on the platform."""

    SECRETARIAT = "secretariat"
    LEAD_A = "lead_a"
    LEAD_B = "lead_b"
    LIAISON = "liaison"
    SIGNATORY = "signatory"
    REVIEWER = "reviewer"
    INSPECTOR = "inspector"
    WORKER = "worker"
    STREET_LEADER = "street"
    SUPERVISOR = "supervisor"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> StrPromise:
        return _ROWS[self][0]

    @property
    def meaning(self) -> StrPromise:
        return _ROWS[self][1]

    @property
    def permissions(self) -> frozenset[P]:
        return _ROWS[self][2]

    @property
    def is_on_platform(self) -> bool:
        return self in (Role.ADMINISTRATOR, Role.AUDITOR)


#: The two cores.
LEADS = (Role.LEAD_A, Role.LEAD_B)
#: Held for one member organisation, and worth nothing at its neighbours.
OF_AN_ORGANISATION = (Role.LIAISON, Role.SIGNATORY, Role.WORKER, Role.STREET_LEADER)

_ROWS = {
    Role.SECRETARIAT: (
        _("秘书处"),
        _("为两个牵头单位办事：登记成员和清单，开展耦合，统排项目，提请决定，分派诉求。"),
        frozenset(
            {
                P.VIEW_ALLIANCE,
                P.MANAGE_ALLIANCE,
                P.MANAGE_MEMBERS,
                P.ASK_LEADS,
                P.RUN_COUPLING,
                P.DRAFT_AGREEMENTS,
                P.MANAGE_PROJECTS,
                P.EDIT_PROJECT,
                P.REPORT_PROGRESS,
                P.MANAGE_MEETINGS,
                P.VIEW_LEDGER,
                P.EDIT_LISTS,
                P.EDIT_ORGANISATION,
                P.HAND_OVER,
                P.DISPATCH_MATTERS,
                P.REVIEW_OBJECTIONS,
                P.REVISIT,
                P.MANAGE_CATALOGUE,
                P.READ_CONTACT,
                P.WRITE_NEWS,
                P.REVIEW_NEWS,
                P.PUBLISH_NEWS,
                P.KEEP_PLACES,
                P.KEEP_CHECKUPS,
                P.SETTLE_CHECKUPS,
                P.TAKE_APPLICATIONS,
                P.ANSWER_REQUESTS,
                P.TEND_PLACE,
                P.KEEP_SITE_BOOKS,
                P.WRITE_BRIEFING,
                P.MANAGE_DISPLAYS,
                P.PLAN_INSPECTIONS,
            }
        ),
    ),
    Role.LEAD_A: (
        _("牵头单位甲"),
        _("代表第一牵头单位对保留事项作出决定。"),
        frozenset(
            {
                P.VIEW_ALLIANCE,
                P.DECIDE_AS_LEAD_A,
                P.DELEGATE,
                P.ASK_LEADS,
                P.VIEW_LEDGER,
                P.REVIEW_NEWS,
            }
        ),
    ),
    Role.LEAD_B: (
        _("牵头单位乙"),
        _("代表第二牵头单位对保留事项作出决定。"),
        frozenset(
            {
                P.VIEW_ALLIANCE,
                P.DECIDE_AS_LEAD_B,
                P.DELEGATE,
                P.ASK_LEADS,
                P.VIEW_LEDGER,
                P.REVIEW_NEWS,
            }
        ),
    ),
    Role.LIAISON: (
        _("联络员"),
        _("代表一个成员单位：填报清单，认领和兑现承诺，评价收到的兑现，报告项目进展，办理诉求。"),
        frozenset(
            {
                P.VIEW_ALLIANCE,
                P.EDIT_LISTS,
                P.EDIT_ORGANISATION,
                P.HAND_OVER,
                P.ANSWER_COMMITMENT,
                P.JUDGE_DELIVERY,
                P.COMMENT_ON_AGREEMENTS,
                P.EDIT_PROJECT,
                P.REPORT_PROGRESS,
                P.JOIN_MEETINGS,
                P.EVALUATE,
                P.HANDLE_MATTERS,
                P.WHISTLE,
                P.READ_CONTACT,
                P.WRITE_NEWS,
                P.TEND_PLACE,
                P.KEEP_SITE_BOOKS,
                P.REPORT_FROM_SITE,
                P.CONFIRM_GOODS,
                P.NOMINATE_SUPERVISORS,
                P.ANSWER_QUESTIONS,
            }
        ),
    ),
    Role.SIGNATORY: (
        _("签署人"),
        _("经一个成员单位授权，代表它确认或谢绝协议，提出退出。"),
        frozenset({P.VIEW_ALLIANCE, P.COMMENT_ON_AGREEMENTS, P.SIGN_FOR_ORGANISATION}),
    ),
    Role.REVIEWER: (
        _("复核员"),
        _("独立于分派和承办：复核异议、不合理诉求和剔除，回访诉求人。"),
        frozenset({P.VIEW_ALLIANCE, P.REVIEW_OBJECTIONS, P.REVISIT, P.READ_CONTACT}),
    ),
    Role.INSPECTOR: (
        _("检查员"),
        _("检查工地：签发整改和停工，复查别人签发的问题，同意复工。"),
        frozenset({P.VIEW_ALLIANCE, P.INSPECT}),
    ),
    Role.WORKER: (
        _("社区工作者"),
        _("代居民提出诉求、查看办理、代为回访。"),
        frozenset({P.VIEW_ALLIANCE, P.FILE_FOR_RESIDENT, P.NOMINATE_SUPERVISORS}),
    ),
    Role.STREET_LEADER: (
        _("街道负责人"),
        _("签发本街道的吹哨，不签自己起草的。"),
        frozenset({P.VIEW_ALLIANCE, P.SIGN_WHISTLE}),
    ),
    Role.SUPERVISOR: (
        _("群众监督员"),
        _("由居民推选、社区提名：看工地，提监督意见，读答复；除账号外不留个人信息。"),
        frozenset({P.VIEW_ALLIANCE, P.OBSERVE_SITES}),
    ),
    Role.VIEWER: (
        _("观察员"),
        _("只能查看联盟的情况。"),
        frozenset({P.VIEW_ALLIANCE}),
    ),
    Role.ADMINISTRATOR: (
        _("平台管理员"),
        _("建立联盟，管理账号，导入名单；不作决定，不代任何单位承诺。"),
        frozenset(
            {
                P.VIEW_ALLIANCE,
                P.MANAGE_ALLIANCE,
                P.MANAGE_MEMBERS,
                P.MANAGE_PLATFORM,
                P.APPOINT_LEADS,
                P.EDIT_LISTS,
                P.EDIT_ORGANISATION,
                P.HAND_OVER,
                P.MANAGE_CATALOGUE,
                P.KEEP_PLACES,
                P.KEEP_CHECKUPS,
            }
        ),
    ),
    Role.AUDITOR: (
        _("审计员"),
        _("查看全部联盟和台账，签发检查点；不能改动任何内容。"),
        frozenset({P.VIEW_ALLIANCE, P.VIEW_LEDGER, P.SIGN_CHECKPOINT}),
    ),
}
