"""What can be done, who may do it, and the one place where it is asked. Denied by default."""

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import User
    from .roles import Role


class Permission(Enum):
    """One thing a person may be allowed to do; the value is its plain description."""

    # within an alliance
    VIEW_ALLIANCE = _("查看联盟、清单、耦合结果、承诺和项目")
    MANAGE_ALLIANCE = _("修改联盟的用语、类别和期限")
    MANAGE_MEMBERS = _("邀请、登记成员单位，办理申请，安排任职")
    DECIDE_AS_LEAD_A = _("代表牵头单位甲作出决定")
    DECIDE_AS_LEAD_B = _("代表牵头单位乙作出决定")
    DELEGATE = _("委托本单位人员代为决定，设定上级联系人")
    ASK_LEADS = _("提请修改保留事项表，提请章程和公开声明")
    RUN_COUPLING = _("开展耦合运算，修改并提请公布结果")
    MANAGE_PROJECTS = _("维护审批事项目录，统排本联盟的项目计划")
    DRAFT_AGREEMENTS = _("起草协议，组织征求意见和确认")
    MANAGE_MEETINGS = _("筹备联席会议，记录纪要，安排轮值，整理年度评议")
    VIEW_LEDGER = _("查看和核验台账")
    DISPATCH_MATTERS = _("受理、引导、公开和分派诉求，挂账，提请立题")
    REVIEW_OBJECTIONS = _("复核异议、不合理诉求和剔除")
    REVISIT = _("回访诉求人，决定重新办理")
    MANAGE_CATALOGUE = _("维护诉求类别和责任清单")
    REVIEW_NEWS = _("审核别人起草的公告")
    PUBLISH_NEWS = _("安排公告的发布时间，撤回公告")
    KEEP_PLACES = _("维护里院和历史建筑档案、定级和保护审批表")
    KEEP_CHECKUPS = _("导入城市体检问题")
    SETTLE_CHECKUPS = _("凭依据认定体检问题已解决")
    TAKE_APPLICATIONS = _("受理用房申请和帮助意向，查看申请人的联系方式，每次查看留痕")
    INSPECT = _("检查工地，签发整改和停工，复查销号，同意复工")
    PLAN_INSPECTIONS = _("启用检查表，安排检查，随机抽取")
    ANSWER_REQUESTS = _("答复信息公开申请，审核对项目的提问，查看申请人的联系方式，每次查看留痕")
    WRITE_BRIEFING = _("编写月度简报，提请报送")
    MANAGE_DISPLAYS = _("开设和停用驾驶舱大屏")
    OBSERVE_SITES = _("看工地情况，提监督意见")
    # within one member organisation
    EDIT_LISTS = _("填报和修改本单位的资源与需求")
    EDIT_ORGANISATION = _("修改本单位信息")
    HAND_OVER = _("交接本单位联络员")
    ANSWER_COMMITMENT = _("代表本单位认领、谢绝、兑现承诺")
    JUDGE_DELIVERY = _("代表需求单位评价兑现")
    COMMENT_ON_AGREEMENTS = _("代表本单位对协议提意见")
    SIGN_FOR_ORGANISATION = _("代表本单位确认或谢绝协议、提出退出")
    EDIT_PROJECT = _("建立、修改和排定本单位的项目")
    REPORT_PROGRESS = _("代表本单位报告办理进展")
    JOIN_MEETINGS = _("代表本单位提出议题、回复参会、对调和交接轮值")
    EVALUATE = _("代表本单位写评语，答复本单位的年度评议")
    HANDLE_MATTERS = _("代表本单位签收、办理和答复诉求，向主办单位报告，应哨报到")
    FILE_FOR_RESIDENT = _("代居民提出诉求，代为回访")
    WHISTLE = _("代表街道起草吹哨，评价应哨单位")
    SIGN_WHISTLE = _("代表街道签发吹哨")
    READ_CONTACT = _("查看本单位所办诉求的联系方式，每次查看留痕")
    WRITE_NEWS = _("以本单位的名义起草公告")
    TEND_PLACE = _("更新本单位负责的里院和历史建筑，登记待租空间")
    KEEP_SITE_BOOKS = _("登记本单位工地的合同、捐赠物资和开放日，公布收支")
    REPORT_FROM_SITE = _("代表本单位上报到场人数，签收、整改和报告问题")
    CONFIRM_GOODS = _("代表接收单位确认收到物资")
    NOMINATE_SUPERVISORS = _("代表社区提名居民推选的群众监督员")
    ANSWER_QUESTIONS = _("代表本单位公开答复公众对本单位项目的提问")
    # on the platform
    MANAGE_PLATFORM = _("建立联盟，管理账号")
    APPOINT_LEADS = _("按牵头单位的委派，安排其代表任职")
    SIGN_CHECKPOINT = _("签发台账检查点")

    def __repr__(self) -> str:
        return f"Permission.{self.name}"

    @property
    def is_for_one_organisation(self) -> bool:
        return self in _FOR_ONE_ORGANISATION


_FOR_ONE_ORGANISATION = {
    Permission.EDIT_LISTS,
    Permission.EDIT_ORGANISATION,
    Permission.HAND_OVER,
    Permission.ANSWER_COMMITMENT,
    Permission.JUDGE_DELIVERY,
    Permission.COMMENT_ON_AGREEMENTS,
    Permission.SIGN_FOR_ORGANISATION,
    Permission.EDIT_PROJECT,
    Permission.REPORT_PROGRESS,
    Permission.JOIN_MEETINGS,
    Permission.EVALUATE,
    Permission.HANDLE_MATTERS,
    Permission.FILE_FOR_RESIDENT,
    Permission.WHISTLE,
    Permission.SIGN_WHISTLE,
    Permission.READ_CONTACT,
    Permission.WRITE_NEWS,
    Permission.TEND_PLACE,
    Permission.KEEP_SITE_BOOKS,
    Permission.REPORT_FROM_SITE,
    Permission.CONFIRM_GOODS,
    Permission.NOMINATE_SUPERVISORS,
    Permission.ANSWER_QUESTIONS,
}


class Scope(Protocol):
    """Where a permission is asked for: an alliance, or one organisation's seat in it."""

    is_one_organisation: bool

    def roles_of(self, user: "User") -> Iterable["Role"]: ...


def has_permission(user: "User | None", permission: Permission, *, within: Scope | None) -> bool:
    """Whether any role of ``user`` within the scope grants ``permission``.

    A permission that belongs to one organisation must be asked within one organisation,
    so that a liaison officer never acts for a neighbour by a slip of the caller.
    """
    if permission.is_for_one_organisation and not (within and within.is_one_organisation):
        raise TypeError(f"{permission!r} must be asked within one organisation.")
    return permission in permissions_of(user, within=within)


def permissions_of(user: "User | None", *, within: Scope | None) -> set[Permission]:
    """All that the roles of ``user`` grant within the scope, which is asked once."""
    if user is None or not user.is_active:
        return set()
    roles = [*user.platform_roles, *(within.roles_of(user) if within else ())]
    return {permission for role in roles for permission in role.permissions}


def require_permission(
    user: "User | None", permission: Permission, *, within: Scope | None
) -> None:
    """Raise ``PermissionDenied``, saying what was missing, unless ``user`` has the permission."""
    if not has_permission(user, permission, within=within):
        raise PermissionDenied(_("您没有这项权限：%(what)s。") % {"what": permission.value})
