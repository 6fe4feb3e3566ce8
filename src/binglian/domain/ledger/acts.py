"""What the codes of the ledger mean in plain words."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "account.opened": _("开通账号"),
    "alliance.changed": _("修改联盟设置"),
    "alliance.founded": _("建立联盟"),
    "application.received": _("收到入盟申请"),
    "application.refused": _("不予受理入盟申请"),
    "application.taken_up": _("受理入盟申请"),
    "appointment.ended": _("任职结束"),
    "appointment.made": _("安排任职"),
    "area.added": _("登记片区"),
    "capacity.set": _("设定办理容量"),
    "catalogue.adopted": _("采用审批事项目录"),
    "catalogue.office_assigned": _("明确办理单位"),
    "closure.added": _("调整办公日"),
    "closure.removed": _("取消办公日调整"),
    "commitment.accepted": _("认领"),
    "commitment.declined": _("谢绝"),
    "commitment.delivered": _("报告兑现"),
    "commitment.explained": _("说明未能兑现"),
    "commitment.judged": _("评价兑现"),
    "commitment.moved": _("改期"),
    "commitment.pledged": _("作出承诺"),
    "commitment.proposed": _("提请认领"),
    "decision.approved": _("牵头单位同意"),
    "decision.asked": _("提请决定"),
    "decision.in_force": _("决定生效"),
    "decision.lapsed": _("决定作废"),
    "decision.refused": _("决定未获同意"),
    "expiry.settled": _("了结失效提醒"),
    "invitation.made": _("发出邀请"),
    "invitation.used": _("使用邀请"),
    "item.changed": _("修改审批事项"),
    "item.entered": _("登记审批事项"),
    "membership.admitted": _("接纳成员"),
    "membership.applied": _("登记待接纳单位"),
    "membership.changed": _("修改成员关系"),
    "membership.refused": _("未接纳成员"),
    "membership.withdrawn": _("成员退出"),
    "need.changed": _("修改需求"),
    "need.closed": _("需求办结"),
    "need.entered": _("登记需求"),
    "need.withdrawn": _("撤回需求"),
    "offer.changed": _("修改资源"),
    "offer.entered": _("登记资源"),
    "offer.withdrawn": _("撤回资源"),
    "organisation.changed": _("修改单位信息"),
    "organisation.entered": _("登记单位"),
    "planning.asked": _("提出计划运算"),
    "planning.begun": _("开始计划运算"),
    "planning.cancel_asked": _("要求取消计划运算"),
    "planning.cancelled": _("取消计划运算"),
    "planning.failed": _("计划运算未能完成"),
    "planning.ready": _("计划运算完成"),
    "planning.revived": _("重新开始中断的计划运算"),
    "project.baselined": _("确定基准计划"),
    "project.changed": _("修改项目"),
    "project.entered": _("登记项目"),
    "project.finished": _("项目完成"),
    "project.imported": _("从文件导入任务"),
    "project.network_generated": _("由目录生成任务"),
    "project.plan_adopted": _("采用计划版本"),
    "project.planned": _("形成计划版本"),
    "project.running": _("项目开始推进"),
    "project.template_applied": _("套用项目模板"),
    "project.withdrawn": _("中止项目"),
    "run.asked": _("提出耦合运算"),
    "run.begun": _("开始运算"),
    "run.cancel_asked": _("要求取消运算"),
    "run.cancelled": _("取消运算"),
    "run.failed": _("运算未能完成"),
    "run.match_set": _("人工调整匹配"),
    "run.proposed": _("运算完成，待审定"),
    "run.published": _("公布耦合结果"),
    "run.revived": _("重新开始中断的运算"),
    "scenario.adopted": _("采用政策权重"),
    "scenario.kept": _("保存假如方案"),
    "task.changed": _("修改任务"),
    "task.entered": _("登记任务"),
    "task.need_raised": _("由任务提出需求"),
    "task.precedence_removed": _("取消前后关系"),
    "task.precedence_set": _("设定前后关系"),
    "task.removed": _("删去任务"),
    "task.report_taken_back": _("更正进展"),
    "task.reported": _("报告进展"),
    "task.unpinned": _("取消人工排定"),
    "template.kept": _("保存项目模板"),
    "what_if.adopted": _("采用假如计划"),
    "what_if.kept": _("保存假如计划"),
}


def act_label(act: str) -> Any:
    """The plain words for an act; its code when there are none."""
    return ACTS.get(act, act)


def object_label(object_type: str) -> Any:
    """What kind of thing an entry is about, e.g. ``coupling.offer`` → 资源."""
    try:
        return apps.get_model(object_type)._meta.verbose_name
    except (LookupError, ValueError):
        return object_type
