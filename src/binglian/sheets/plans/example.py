"""The example plan: permits for a government-invested underground complex by a historic block.

Twenty-seven items with the days that authorities pledge (a composite of published pledges of
several cities, not one city's law) and the statutory limits. One after another they take 216
working days, in parallel 71; the construction permit comes after 51. Publicity and tender stop
the statutory clock. Organisations are fictional.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

Words = tuple[str, str]
Example = Mapping[str, Any]

_REFORM: Words = ("示例发展改革局", "Example Development and Reform Bureau")
_LAND: Words = ("示例自然资源局", "Example Natural Resources Bureau")
_ECOLOGY: Words = ("示例生态环境局", "Example Ecology Bureau")
_WATER: Words = ("示例水务局", "Example Water Bureau")
_HERITAGE: Words = ("示例文物局", "Example Heritage Bureau")
_OWNER: Words = ("示例地下空间建设公司", "Example Underground Works Company")
_REVIEW: Words = ("示例图审机构", "Example Drawing Review Body")
_HOUSING: Words = ("示例住房城乡建设局", "Example Housing and Construction Bureau")
_SHELTER: Words = ("示例人防办", "Example Civil Air Defence Office")
_ARCHIVES: Words = ("示例城建档案馆", "Example Urban Archives")

_LICENSING: Words = ("行政许可法第42条", "Administrative Licensing Law, art. 42")
_NONE: Words = ("", "")

# Title, organisation, statutory days, pledged days, predecessors, basis.
_ITEMS: tuple[tuple[Words, Words, int, int, str, Words], ...] = (
    (("项目建议书审批", "Project proposal"), _REFORM, 20, 5, "", _LICENSING),
    (("用地预审与选址意见", "Land pre-review and siting"), _LAND, 20, 7, "1", _LICENSING),
    (
        ("环评报告表审批", "Environmental impact form"), _ECOLOGY, 22, 7, "1",
        ("环境影响评价法（30 日折合）", "Environmental Impact Assessment Law (30 calendar days)"),
    ),
    (("节能审查", "Energy review"), _REFORM, 20, 7, "1", _NONE),
    (("水土保持方案审批", "Soil and water plan"), _WATER, 20, 7, "1", _NONE),
    (("可行性研究报告审批", "Feasibility approval"), _REFORM, 20, 5, "2; 4", _LICENSING),
    (("建设用地规划许可", "Land-use planning permit"), _LAND, 20, 5, "6", _LICENSING),
    (
        ("用地手续与不动产权证", "Land formalities and title"), _LAND, 30, 16, "7",
        ("不动产登记暂行条例第20条", "Real Estate Registration Regulation, art. 20"),
    ),
    (
        ("初步设计及概算审批", "Preliminary design and budget"), _REFORM, 20, 7, "6", _NONE,
    ),
    (("设计方案联合审查", "Joint design review"), _LAND, 20, 7, "6", _LICENSING),
    (
        ("设计方案公示", "Publicity of the design"), _LAND, 14, 14, "10",
        ("历史文化名城名镇名村保护条例第29条",
         "Regulation on Historic Cities, Towns and Villages, art. 29"),
    ),
    (
        ("建设控制地带文物部门同意", "Heritage consent in the control zone"), _HERITAGE, 20, 7,
        "6", ("文物保护法第29条", "Cultural Relics Protection Law, art. 29"),
    ),
    (
        ("建设工程规划许可", "Construction planning permit"), _LAND, 20, 7, "8; 10; 11; 12",
        _LICENSING,
    ),
    (
        ("施工招标（含公示）", "Tender with its notice"), _OWNER, 17, 17, "9",
        ("招标投标法第24条、实施条例第54条",
         "Bidding Law, art. 24; its Implementing Regulation, art. 54"),
    ),
    (("施工图审查", "Drawing review"), _REVIEW, 15, 3, "9; 10", _NONE),
    (("特殊工程消防设计审查", "Fire design review"), _HOUSING, 15, 7, "15", _NONE),
    (("人防工程审查", "Civil air defence review"), _SHELTER, 20, 3, "10", _NONE),
    (("质量安全监督手续", "Quality and safety supervision"), _HOUSING, 5, 5, "14; 15", _NONE),
    (
        ("工资专户、担保与保证金", "Wage account, guarantee and deposit"), _OWNER, 5, 5, "14",
        ("保障农民工工资支付条例第23—32条",
         "Regulation on Wages of Migrant Workers, arts. 23–32"),
    ),
    (
        ("施工许可", "Construction permit"), _HOUSING, 7, 5, "8; 13; 14; 15; 16; 17; 18; 19",
        ("建筑法第8条", "Construction Law, art. 8"),
    ),
    (
        ("开工（施工许可后三个月内）", "Start of works (within three months of the permit)"),
        _OWNER, 0, 0, "20FS<=63; 3; 5", ("建筑法第9条", "Construction Law, art. 9"),
    ),
    (("规划核实", "Planning verification"), _LAND, 20, 5, "21", _LICENSING),
    (("消防验收", "Fire acceptance"), _HOUSING, 15, 15, "21", _NONE),
    (("人防工程验收", "Civil air defence acceptance"), _SHELTER, 20, 15, "21", _NONE),
    (("城建档案验收", "Urban archives acceptance"), _ARCHIVES, 20, 15, "21", _NONE),
    (
        ("竣工验收备案", "Completion filing"), _HOUSING, 15, 15, "21",
        ("建设工程质量管理条例第49条", "Construction Quality Regulation, art. 49"),
    ),
    (
        ("不动产首次登记", "First registration"), _LAND, 30, 5, "22; 23; 24; 25; 26",
        ("不动产登记暂行条例第20条", "Real Estate Registration Regulation, art. 20"),
    ),
)  # fmt: skip
_CLOCK_STOPS = {11, 14}

TASKS: tuple[Example, ...] = tuple(
    {
        "number": number,
        "title": title,
        "organisation": organisation,
        "duration": pledged,
        "unit": "working",
        "statutory": statutory,
        "counted": "no" if number in _CLOCK_STOPS else "yes",
        "predecessors": predecessors,
        "basis": basis,
    }
    for number, (title, organisation, statutory, pledged, predecessors, basis) in enumerate(
        _ITEMS, 1
    )
)
CAPACITIES: tuple[Example, ...] = (
    {"organisation": _LAND, "capacity": 3, "kind": "renewable"},
    {"organisation": _HOUSING, "capacity": 2, "kind": "renewable"},
)
CALENDAR: tuple[Example, ...] = (
    {
        "organisation": _ARCHIVES,
        "first": dt.date(2026, 3, 12),
        "last": dt.date(2026, 3, 13),
        "works": "closed",
        "note": ("库房检修", "Stack room under repair"),
    },
)
SETTINGS: tuple[Example, ...] = (
    {"item": "start", "value": dt.date(2026, 3, 2)},
    {
        "item": "title",
        "value": ("示例地下综合体报批", "Permits of the example underground complex"),
    },
)
