"""The words the Gantt island shows; `{n}` stands for a figure or a name."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def chart_words(*, by_project: bool) -> dict[str, str]:
    """Every word the island asks for, in the reader's language."""
    return {
        "task": pgettext("task", "事项"),
        "organisation": _("办理单位"),
        "allOrganisations": _("全部单位"),
        "byGroup": _("按项目排") if by_project else _("按阶段排"),
        "byOrganisation": _("按单位排"),
        "group": _("怎么排"),
        "day": pgettext("zoom", "日"),
        "week": pgettext("zoom", "周"),
        "month": pgettext("zoom", "月"),
        "whole": pgettext("zoom", "全部"),
        "zoom": _("看多细"),
        "today": _("回到今天"),
        "undo": pgettext("edit", "撤销"),
        "redo": _("重做"),
        "save": _("保存改动"),
        "print": _("打印"),
        "show": _("显示"),
        "arrows": _("前置箭头"),
        "baseline": _("基准计划"),
        "criticalOnly": _("只看关键事项"),
        "critical": _("关键：它晚一天，整个项目晚一天。"),
        "float": _("可以晚 {n} 个工作日而不影响完工。"),
        "stopped": _("停时：这段时间不计入审批时限。"),
        "capacity": _("同时办理件数"),
        "over": _("上限 {n}"),
        "days": _("{n} 个工作日"),
        "earlier": _("早一天"),
        "later": _("晚一天"),
        "shorter": _("短一天"),
        "longer": _("长一天"),
        "open": _("看事项"),
        "keys": _(
            "键盘：↑↓ 选事项，Alt+←→ 移动，Alt+Shift+←→ 改时长，Ctrl+Z 撤销，回车打开；"
            "鼠标拖动色条即移动，拖右端改时长。"
        )
        if not by_project
        else _("键盘：↑↓ 选事项，←→ 收起或展开，回车打开。"),
        "tooSoon": _("早于前置“{n}”，保存后系统会顺延。"),
        "nobody": _("未定单位"),
        "unsaved": _("{n} 处改动未保存"),
        "plan": _("计划图"),
        "startsOn": _("开始"),
        "endsOn": _("完成"),
        "rows": _("{n} 项"),
    }
