"""The columns of a city check-up's list of problems (城市体检问题清单)."""

from django.utils.translation import gettext_noop as _

from binglian.sheets.cells import Choices
from binglian.sheets.column import KIND_SYNONYMS, LATITUDE, LONGITUDE, NOTE, Column

#: The four scales at which a city is examined.
DIMENSIONS: Choices = {
    "housing": ("住房", "Housing", "房屋", "住宅"),
    "estate": (
        "小区（社区）",
        "Estate (community)",
        "小区",
        "社区",
        "小区社区",
        "estate",
        "community",
    ),
    "block": ("街区", "Neighbourhood", "街道", "片区", "block"),
    "city": ("城区（城市）", "City", "城区", "城市", "市县", "district"),
}
SEVERITIES: Choices = {
    "severe": ("严重", "Severe", "重大", "高", "急", "high", "1"),
    "serious": ("较重", "Serious", "较大", "较严重", "中", "medium", "2"),
    "slight": ("一般", "Slight", "轻微", "低", "low", "3"),
}

CHECKUP: tuple[Column, ...] = (
    Column(
        "number", "编号", "No.", ("问题编号", "序号", "number", "id", "no"),
        longest=30, example="T-001", help=_("同一年度同一来源内不重复；没有就留空。"),
    ),
    Column(
        "dimension", "维度", "Dimension",
        ("体检维度", "体检尺度", "尺度", "层级", "体检层级", "scale"),
        required=True, example="小区（社区）", choices=DIMENSIONS,
        help=_("住房、小区（社区）、街区或城区（城市）。"),
    ),
    Column(
        "indicator", "指标", "Indicator",
        ("体检指标", "指标名称", "指标项", "体检指标名称", "体检内容", "indicator name"),
        required=True, longest=80, example="电动自行车充电设施", help=_("体检的哪一项指标。"),
    ),
    Column(
        "problem", "问题", "Problem",
        ("体检问题", "存在问题", "问题描述", "问题内容", "主要问题", "具体问题", "what is wrong"),
        required=True, example="三处院落没有集中充电点", help=_("一句话说清缺什么、坏在哪里。"),
    ),
    Column(
        "place", "地点", "Place",
        ("位置", "问题位置", "所在位置", "所在小区", "小区名称", "地址", "具体位置", "location"),
        example="示例里", help=_("在哪里；可不填。"),
    ),
    LONGITUDE,
    LATITUDE,
    Column(
        "severity", "严重程度", "Severity", ("程度", "问题等级", "等级", "问题程度", "级别"),
        example="较重", choices=SEVERITIES, help=_("严重、较重或一般；不填即一般。"),
    ),
    Column(
        "organisation", "责任单位", "Responsible organisation",
        ("责任部门", "牵头单位", "整改单位", "整改责任单位", "主管部门", "单位",
         "responsible department", "organization"),
        required=True, example="示例街道办事处",
        help=_("谁负责解决，与成员名单一致；需求记在它名下。"),
    ),
    Column(
        "source", "体检来源", "Source", ("来源", "数据来源", "体检名称", "体检报告"),
        required=True, longest=60, example="示例区城市体检", help=_("哪一次体检查出来的。"),
    ),
    Column(
        "year", "年度", "Year", ("体检年度", "年份", "体检年份"),
        example="2026", help=_("体检年度；表名或标题写了年份时可不填。"),
    ),
    Column(
        "deadline", "整改期限", "Deadline",
        ("完成时限", "整改时限", "截止日期", "完成期限", "计划完成时间", "期限", "due date"),
        example="2026-12-31", help=_("最迟何时解决；可不填。"),
    ),
    Column(
        "kind", "需要类别", "Kind needed", ("需求类别", "类别", "kind"),
        choices=KIND_SYNONYMS, help=_("解决它需要哪一类资源；不填即其他。"),
    ),
    Column(
        "quantity", "需要数量", "Quantity needed", ("需求数量", "数量", "quantity"),
        help=_("需要多少，例如 3 处；不填即 1 项。"),
    ),
    Column("unit", "计量单位", "Unit", ("数量单位", "unit of measure"), longest=16),
    NOTE,
)  # fmt: skip
