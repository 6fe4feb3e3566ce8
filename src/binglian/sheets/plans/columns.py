"""The columns of a plan's sheets: tasks, modes, capacities, calendar, settings."""

from typing import Literal

from django.utils.translation import gettext_noop as _

from binglian.sheets.cells import Choices
from binglian.sheets.columns import YES_NO, Column

PlanSheet = Literal["tasks", "modes", "capacities", "calendar", "settings"]

UNITS: Choices = {
    "working": ("工作日", "Working days", "个工作日", "wd", "working day", "日", "天", "d", "days"),
    "calendar": ("自然日", "Calendar days", "日历日", "日历天", "自然天", "cd", "calendar day"),
}
CAPACITY_KINDS: Choices = {
    "renewable": ("每日", "Each day", "可再生", "人员", "班组", "renewable", "people", "per day"),
    "budget": ("总额", "In all", "预算", "不可再生", "资金", "budget", "nonrenewable", "total"),
}
WORKS: Choices = {
    "closed": ("休息", "Closed", "休", "放假", "停", "不上班", "off", "holiday"),
    "open": ("上班", "Open", "班", "补班", "调休上班", "加班", "works", "on", "working"),
}
SETTINGS: Choices = {
    "start": ("计划开始日期", "Start date", "开始日期", "开工日期", "起始日期", "start"),
    "today": ("今天", "Today", "报告日期", "状态日期", "status date"),
    "title": ("计划名称", "Plan", "项目名称", "名称", "name", "title"),
}

_NUMBER = Column(
    "number", "编号", "No.", ("序号", "任务编号", "事项编号", "id", "number", "no", "task no."),
    required=True, longest=30, example="3", help=_("本表内不重复；前置任务按它指明。"),
)  # fmt: skip
_USES = Column(
    "uses", "占用", "Uses", ("占用资源", "资源", "资源需求", "resources", "demands"), longest=400,
    example="审批窗口 2；经费 30",
    help=_("占用哪些资源、多少，用“；”分开。不填时，“容量”表里有的单位占用 1。"),
)  # fmt: skip

TASKS: tuple[Column, ...] = (
    _NUMBER,
    Column(
        "title", "任务", "Task",
        ("任务名称", "事项", "事项名称", "审批事项", "工作内容", "名称", "item", "name", "title"),
        required=True, example="环评报告表审批", help=_("一句话说清做什么。"),
    ),
    Column(
        "organisation", "责任单位", "Organisation",
        ("单位", "单位名称", "审批部门", "部门", "责任部门", "承办单位", "牵头单位",
         "organization", "department", "owner"),
        example="示例生态环境局", help=_("由谁办理。"),
    ),
    Column(
        "project", "项目", "Project", ("所属项目", "子项目"),
        help=_("几个项目同在一张表时填写；可不填。"),
    ),
    Column(
        "duration", "工期", "Duration",
        ("办理时限", "时限", "承诺时限", "持续时间", "历时", "天数", "工日", "days", "length"),
        required=True, example="7", help=_("整数；节点填 0。"),
    ),
    Column(
        "unit", "时间单位", "Unit", ("单位(时间)", "工期单位", "计时单位", "unit of time"),
        example="工作日", help=_("工作日或自然日；不填即工作日。"), choices=UNITS,
    ),
    Column(
        "statutory", "法定时限", "Statutory limit", ("法定期限", "法定天数", "statutory"),
        help=_("只作对照，不影响计划。"),
    ),
    Column(
        "modes", "其他方式", "Other modes", ("方式", "办理方式", "modes", "mode"), longest=400,
        example="告知承诺 2；容缺受理 4",
        help=_("还可以怎样办、要几天，用“；”分开；更细的写在“方式”表。"),
    ),
    _USES,
    Column(
        "counted", "计入时限", "Clock runs", ("是否计时", "计时", "计入", "counted", "clock"),
        example="是", help=_("公示、专家评审、听证、招标等停止计时的填“否”；不填即是。"),
        choices=YES_NO,
    ),
    Column(
        "predecessors", "前置任务", "Predecessors",
        ("前置", "前置事项", "紧前工作", "前序任务", "依赖", "after", "depends on"), longest=400,
        example="3；5FS+2；7SS；8FF+1；20FS<=63",
        help=_(
            "编号，用“；”分开。FS 完成后开始（可省），SS 同时开始，FF 同时完成，SF 开始后完成；"
            "+2 再隔 2 天，-2 提前 2 天，<=63 最迟在 63 天内。"
        ),
    ),
    Column(
        "release", "最早开始", "Not before",
        ("不早于", "最早开始日期", "最早开始时间", "release", "earliest start"),
        help=_("日期，或计划开始后的第几天（0 为第一天）。"),
    ),
    Column(
        "due", "目标日期", "Due",
        ("目标完成日期", "计划完成", "计划完成日期", "due date", "target"),
        help=_("希望完成的日期，或天数；迟了会提示。"),
    ),
    Column(
        "deadline", "硬期限", "Deadline",
        ("最迟完成", "截止日期", "最迟完成日期", "必须完成日期", "must finish by"),
        help=_("必须完成的日期，或天数。"),
    ),
    Column(
        "started", "实际开始", "Started", ("实际开始日期", "开始于", "actual start"),
        help=_("已经开始的任务填实际日期，不再移动。"),
    ),
    Column(
        "finished", "实际完成", "Finished", ("实际完成日期", "完成于", "actual finish"),
        help=_("已经完成的任务填实际日期。"),
    ),
    Column(
        "basis", "依据", "Basis", ("法律依据", "办理依据", "legal basis"), longest=400,
        help=_("法律或文件依据；可不填。"),
    ),
    Column(
        "note", "备注", "Note", ("说明", "notes", "remark", "remarks"), longest=400,
        help=_("其他需要说明的事；请不要写个人信息。"),
    ),
)  # fmt: skip

MODES: tuple[Column, ...] = (
    _NUMBER,
    Column(
        "mode", "方式", "Mode", ("方式名称", "办理方式", "mode name"), required=True,
        example="告知承诺", help=_("怎样办，例如 告知承诺、容缺受理。"),
    ),
    Column(
        "duration", "工期", "Duration", ("时限", "天数", "办理时限", "days"), required=True,
        example="2", help=_("这样办要几天，单位同任务。"),
    ),
    _USES,
)  # fmt: skip

CAPACITIES: tuple[Column, ...] = (
    Column(
        "organisation", "单位或资源", "Organisation or resource",
        ("单位", "资源", "单位名称", "资源名称", "organisation", "organization", "resource"),
        required=True, example="示例自然资源局", help=_("写法与“任务”表一致。"),
    ),
    Column(
        "capacity", "容量", "Capacity", ("数量", "同时办理数", "上限", "人数", "limit"),
        required=True, example="3", help=_("同一天最多同时办几件，或总共有多少。"),
    ),
    Column(
        "kind", "种类", "Kind", ("类型", "type"), example="每日",
        help=_("每日：每天都有这么多；总额：用一次少一次。不填即每日。"), choices=CAPACITY_KINDS,
    ),
    Column(
        "first", "自", "From", ("从", "起", "开始", "开始日期", "起始日期", "since"),
        help=_("某段时间里不一样多时，另写一行，填那段的第一天；平常的一行不填。"),
    ),
    Column(
        "last", "至", "Until", ("到", "止", "结束", "结束日期", "to"),
        help=_("那段的最后一天；不填即从那天起一直如此。"),
    ),
)  # fmt: skip

CALENDAR: tuple[Column, ...] = (
    Column(
        "organisation", "单位", "Organisation", ("单位名称", "organization", "who"),
        help=_("不填即对所有单位。"),
    ),
    Column(
        "first", "从", "From", ("开始", "起", "开始日期", "日期", "date", "first"), required=True,
        example="2026-04-20", help=_("第一天。"),
    ),
    Column(
        "last", "到", "To", ("结束", "止", "至", "结束日期", "until", "last"),
        example="2026-04-21", help=_("最后一天；不填即一天。"),
    ),
    Column(
        "works", "休或班", "Closed or open", ("休班", "类别", "安排", "状态", "works"),
        example="休息", help=_("休息，或上班（例如补班）；不填即休息。"), choices=WORKS,
    ),
    Column("note", "备注", "Note", ("说明", "notes", "reason"), longest=400, help=_("可不填。")),
)  # fmt: skip

PLAN_SETTINGS: tuple[Column, ...] = (
    Column(
        "item", "项", "Item", ("项目", "设置项", "key"), required=True,
        example="计划开始日期", help=_("计划开始日期、今天或计划名称。"), choices=SETTINGS,
    ),
    Column("value", "值", "Value", ("内容",), required=True, example="2026-03-02"),
)  # fmt: skip

PLAN_COLUMNS: dict[PlanSheet, tuple[Column, ...]] = {
    "tasks": TASKS,
    "modes": MODES,
    "capacities": CAPACITIES,
    "calendar": CALENDAR,
    "settings": PLAN_SETTINGS,
}
#: Chinese, English, then other names under which a sheet is found.
PLAN_TITLES: dict[PlanSheet, tuple[str, ...]] = {
    "tasks": ("任务", "Tasks", "任务表", "事项", "审批事项", "计划"),
    "modes": ("方式", "Modes", "办理方式"),
    "capacities": ("容量", "Capacities", "资源", "资源容量", "Resources"),
    "calendar": ("日历", "Calendar", "日历例外", "工作日历", "Calendar exceptions"),
    "settings": ("设置", "Settings", "参数"),
}
