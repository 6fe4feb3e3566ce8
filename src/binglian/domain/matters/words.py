"""The sentences of a matter's steps, as its reporter reads them."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .models import MatterEvent

#: The kind of a step → its sentence; ``%(who)s`` is the organisation, the rest are its facts.
SENTENCES = {
    "reported": _("诉求已收到。"),
    "doubted": _("系统提示：可能不是真实诉求（%(signs)s）。"),
    "added": _("诉求人补充了情况。"),
    "diverted": _("诉求已引导至：%(channel)s。%(note)s"),
    "rejected": _("诉求不予受理：%(note)s"),
    "published": _("诉求已公开。"),
    "hidden": _("诉求不公开。"),
    "joined": _("已并入同类诉求 %(number)s，一并办理。"),
    "dispatched": _("已分派给%(who)s主办。"),
    "help_asked": _("请%(who)s协办。"),
    "accepted": _("%(who)s已签收。"),
    "objected": _("%(who)s认为不属于本单位职责，正在复核。"),
    "objection_upheld": _("复核同意改派。"),
    "objection_refused": _("复核指定%(who)s承办，不再退回。"),
    "contacted": _("%(who)s已联系诉求人。"),
    "paused": _("暂停计时：%(reason)s"),
    "resumed": _("恢复计时。"),
    "extended": _("办理期限延至 %(until)s：%(reason)s"),
    "due_moved": _("办公日历已更新，办理期限由 %(before)s 调整为 %(until)s。"),
    "help_reported": _("%(who)s已向主办单位报告办理情况。"),
    "whistle_drafted": _("%(who)s提出吹哨。"),
    "whistle_blown": _("%(who)s已吹哨，请相关单位到场协同解决。"),
    "whistle_withdrawn": _("%(who)s的吹哨未签发。"),
    "arrived": _("%(who)s已到场。"),
    "result_reported": _("%(who)s已反馈处置结果。"),
    "judged": _("吹哨街道已评价%(who)s的到场情况。"),
    "whistler_judged": _("%(who)s已评价吹哨。"),
    "whistle_ended": _("吹哨事项已处置完毕。"),
    "replied": _("%(who)s已答复。"),
    "review_asked": _("答复正在复核。"),
    "review_refused": _("复核未同意，继续办理。"),
    "revisited": _("已回访。"),
    "reopened": _("重新办理：%(reason)s"),
    "closed": _("诉求已办结。"),
    "parked": _("暂时无法解决，已挂账，%(on)s 再研究：%(reason)s"),
    "unparked": _("恢复办理。"),
    "need_made": _("本单位无力单独解决，已列入联盟需求清单 %(number)s，寻求共同解决。"),
    "need_met": _("联盟成员已共同解决需求 %(number)s，恢复办理。"),
    "need_dropped": _("需求 %(number)s 未能落实，恢复办理。"),
    "exclusion_asked": _("提请统计剔除：%(reason)s"),
    "exclusion_confirmed": _("统计剔除已经第二人确认。"),
    "overdue": _("已超过办理期限。"),
    "contact_overdue": _("已超过首次联系期限。"),
    "contact_erased": _("联系方式已删除。"),
    "reporter_erased": _("应诉求人要求，联系方式和非公开内容已删除。"),
}


def sentence_of(event: MatterEvent) -> str:
    """What happened, in the reader's language; the code where nobody knows the words."""
    template = SENTENCES.get(event.what)
    if template is None:
        return event.what
    return gettext(template) % {"who": event.organisation or "", **event.facts}
