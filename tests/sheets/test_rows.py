"""Tables to typed rows: what is right is kept, what is wrong is named."""

import datetime as dt
from decimal import Decimal

import pytest

from binglian.sheets.cells import TimeWindow
from binglian.sheets.columns import COLUMNS
from binglian.sheets.reading import RawSheet, read_workbook, recognise
from binglian.sheets.rows import Problem, parse_members, parse_needs, parse_offers

pytestmark = pytest.mark.once

PARSE = {"members": parse_members, "offers": parse_offers, "needs": parse_needs}
OFFER = ["单位", "资源名称", "类别", "数量", "计量单位"]
NEED = ["编号", "单位", "需求名称", "组成", "类别", "数量"]


def parsed(kind, *rows, **options):
    width = max(len(row) for row in rows)
    raw = RawSheet("清单", tuple((*row, *[None] * (width - len(row))) for row in rows))
    return PARSE[kind](recognise(raw, COLUMNS[kind]), **options)


def faults(result):
    return [(p.row, p.column, p.severity, p.value) for p in result.problems]


def test_a_nasty_workbook_gives_its_needs_and_its_problems(nasty_needs):
    (raw,) = read_workbook(nasty_needs, "需求.xlsx")
    result = parse_needs(recognise(raw, COLUMNS["needs"]))

    law, parking, murals, policy = result.rows
    assert (law.row, law.number, law.organisation, law.title) == (
        6, "1", "示例东里社区", "长者法律课堂",
    )  # fmt: skip
    assert [(c.row, c.title, c.kind, c.quantity, c.unit) for c in law.components] == [
        (6, "教室", "venue", 1, "场"),
        (7, "讲师", "expertise", 4, "小时"),
        (8, "引导员", "volunteers", 3, "名"),
    ]
    assert (law.priority, law.deadline, law.beneficiaries, law.all_or_nothing) == (
        "important", dt.date(2026, 5, 31), 60, True,
    )  # fmt: skip
    afternoon = {"start": dt.time(12), "end": dt.time(18)}
    assert law.windows == (TimeWindow(weekdays=frozenset({2, 4}), **afternoon),)

    assert (parking.components[0].quantity, parking.components[0].unit) == (20, "个")
    assert (parking.deadline, parking.all_or_nothing) == (dt.date(2026, 6, 30), False)
    assert (murals.components[0].quantity, murals.components[0].unit) == (20_000, "元")
    assert (murals.deadline, murals.beneficiaries) == (dt.date(2026, 6, 30), None)
    assert (policy.deadline, policy.beneficiaries) == (dt.date(2026, 6, 30), 1_200)
    assert policy.windows == (TimeWindow(dt.date(2026, 3, 1), dt.date(2026, 5, 31)),)

    assert faults(result) == [
        (8, "F", "warning", "3-5名"),
        (13, "F", "warning", "若干"),
        (14, "F", "warning", "多"),
        (14, "E", "error", "岗位"),
        (14, "J", "error", "特别急"),
        (14, "H", "error", "2026.2.30"),
        (14, "I", "error", "暑假"),
    ]


def test_a_problem_names_sheet_row_column_value_and_remedy():
    result = parsed("offers", OFFER, ["示例街道", "里院", "场所馆", "2", "场"])
    assert result.rows == ()
    (problem,) = result.problems
    assert problem == Problem(
        sheet="清单",
        row=2,
        column="C",
        heading="类别",
        value="场所馆",
        message="没有“场所馆”这个选项。",
        remedy=problem.remedy,
        severity="error",
    )
    assert str(problem).startswith("工作表“清单”第 2 行 C 列（类别）：没有“场所馆”这个选项。")
    assert "是否为“场地”？" in problem.remedy


def test_what_is_right_in_the_same_file_is_kept():
    result = parsed(
        "offers",
        OFFER,
        ["示例街道", "里院", "场地", "2", "场"],
        ["示例街道", None, "场地", "两三个", "场"],
        ["示例社区", "桌椅", "物资", "30", "套"],
    )
    assert [(offer.row, offer.title) for offer in result.rows] == [(2, "里院"), (4, "桌椅")]
    assert [(p.row, p.column, p.message) for p in result.errors] == [
        (3, "D", "看不懂数量“两三个”。"),
        (3, "B", "“资源名称”没有填。"),
    ]


@pytest.mark.parametrize(
    ("quantity", "unit", "amount", "base"),
    [
        ("2万元", None, 20_000, "元"),
        ("2", "万元", 20_000, "元"),
        ("2万", "元", 20_000, "元"),
        ("2万元", "万元", 20_000, "元"),
        ("３", "台", 3, "台"),
    ],
)
def test_quantity_and_unit_are_read_together(quantity, unit, amount, base):
    result = parsed("offers", OFFER, ["示例街道", "里院", "资金", quantity, unit])
    assert [(o.quantity, o.unit) for o in result.rows] == [(amount, base)]
    assert result.problems == ()


def test_an_unsure_quantity_counts_as_one_and_says_so():
    rows = [["示例街道", f"资源{word}", "物资", word, "箱"] for word in ("若干", "3-5", None)]
    result = parsed("offers", OFFER, *rows)
    assert [offer.quantity for offer in result.rows] == [1, 3, 1]
    assert [(p.severity, p.remedy) for p in result.problems] == [
        ("warning", "按 1 计，请核实。"),
        ("warning", "按 3 计，请核实。"),
        ("warning", "按 1 计，请核实。"),
    ]


def test_a_number_is_used_once_per_organisation():
    headings = ["编号", *OFFER]
    rows = [["R1", who, "里院", "场地", 1, "场"] for who in ("示例街道", "示例社区", "示例街道")]
    result = parsed("offers", headings, *rows)
    assert [offer.row for offer in result.rows] == [2, 3]
    assert faults(result) == [(4, "A", "error", "R1")]


def test_a_lot_larger_than_the_quantity_is_a_fault():
    result = parsed("offers", [*OFFER, "最小批量"], ["示例街道", "水", "物资", 5, "箱", 10])
    assert faults(result) == [(2, "F", "error", "10")]


def test_the_liaison_officers_own_list_needs_no_organisation_column():
    result = parsed("offers", OFFER[1:], ["里院", "场地", 1, "场"], organisation="示例街道")
    assert [offer.organisation for offer in result.rows] == ["示例街道"]


def test_missing_columns_are_one_problem_each_and_no_row_is_guessed():
    result = parsed("offers", ["单位", "数量"], ["示例街道", 1])
    assert result.rows == ()
    assert [(p.row, p.message) for p in result.problems] == [
        (1, "没有找到“资源名称”这一列。"),
        (1, "没有找到“类别”这一列。"),
    ]


def test_an_alliance_may_have_its_own_kinds():
    kinds = {"boat": ("船只", "Boats", "快艇")}
    result = parsed("offers", OFFER, ["示例街道", "小艇", "快艇", 1, "艘"], kinds=kinds)
    assert [offer.kind for offer in result.rows] == ["boat"]


def test_rows_with_one_number_are_one_need():
    result = parsed(
        "needs",
        NEED,
        ["N1", "示例社区", "课堂", "教室", "场地", 1],
        ["N2", "示例社区", "停车", None, "车位", 5],
        ["N1", None, None, "讲师", "专家", 2],
    )
    assert [(n.number, [c.row for c in n.components]) for n in result.rows] == [
        ("N1", [2, 4]),
        ("N2", [3]),
    ]


def test_a_blank_number_and_title_below_continue_the_bundle():
    result = parsed(
        "needs",
        NEED,
        [None, "示例社区", "课堂", "教室", "场地", 1],
        [None, None, None, "讲师", "专家", 2],
        [None, "示例社区", "停车", None, "车位", 5],
    )
    assert [(n.title, len(n.components)) for n in result.rows] == [("课堂", 2), ("停车", 1)]


def test_one_number_in_two_organisations_is_two_needs():
    rows = [["1", who, "停车", None, "车位", 5] for who in ("示例东里", "示例西里")]
    assert [need.organisation for need in parsed("needs", NEED, *rows).rows] == [
        "示例东里",
        "示例西里",
    ]


def test_a_bundle_with_one_bad_component_is_left_out_whole():
    result = parsed(
        "needs",
        NEED,
        ["N1", "示例社区", "课堂", "教室", "场地", 1],
        ["N1", None, None, "讲师", "天文台长", 2],
    )
    assert result.rows == ()
    assert faults(result) == [(3, "E", "error", "天文台长")]


def test_one_number_with_two_titles_is_a_fault():
    result = parsed(
        "needs",
        NEED,
        ["N1", "示例社区", "课堂", None, "场地", 1],
        ["N1", "示例社区", "停车", None, "车位", 2],
    )
    assert faults(result) == [(3, "C", "error", "停车")]


def test_a_fault_of_the_whole_need_is_shown_where_it_stands():
    result = parsed(
        "needs",
        [*NEED, "截止日期"],
        ["N1", "示例社区", "课堂", "教室", "场地", 1],
        ["N1", None, None, "讲师", "专家", 2, "2026.2.30"],
    )
    assert faults(result) == [(3, "G", "error", "2026.2.30")]


def test_a_need_says_how_far_and_from_how_many():
    headings = [*NEED, "满足方式", "最多供方数", "服务半径(公里)", "优先单位", "不接受条件"]
    row = ["N1", "示例社区", "停车", None, "车位", 9, "全部满足", 2, "500米", "甲、乙", "收费"]
    (need,) = parsed("needs", headings, row).rows
    assert (need.all_or_nothing, need.max_suppliers, need.within_km) == (True, 2, Decimal("0.5"))
    assert (need.prefers, need.refuses) == (("甲", "乙"), ("收费",))


def test_a_member_row_is_typed_and_a_false_code_only_warns():
    headings = ["单位名称", "单位类型", "成员类别", "统一社会信用代码", "联系窗口", "加入日期"]
    result = parsed(
        "members",
        headings,
        ["示例街道", "街道办", "街道", "91110000101623741k", "0532-00000000", "2026年3月5日"],
        ["示例社区", "社区", None, "91310115MA1H8R7C6D", "13800000000", 46086],
        ["示例街道", None, None, None, None, None],
    )
    street, community = result.rows
    assert (street.kind, street.category, street.credit_code, street.joined_on) == (
        "subdistrict", "subdistrict", "91110000101623741K", dt.date(2026, 3, 5),
    )  # fmt: skip
    assert (community.category, community.credit_code) == ("other", "91310115MA1H8R7C6D")
    assert faults(result) == [
        (3, "D", "warning", "91310115MA1H8R7C6D"),
        (3, "E", "warning", "13800000000"),
        (4, "A", "error", "示例街道"),
    ]


def test_a_code_that_lost_its_digits_is_not_imported():
    result = parsed("members", ["单位名称", "信用代码"], ["示例街道", 9.1110000101624e17])
    assert [(p.column, p.severity) for p in result.problems] == [("B", "error")]


def test_a_broken_formula_is_named():
    result = parsed("offers", OFFER, ["#REF!", "里院", "场地", 1, "场"])
    assert [(p.column, p.message) for p in result.problems] == [("A", "单元格是公式错误“#REF!”。")]


def test_half_a_position_is_no_position():
    headings = [*OFFER, "经度", "纬度"]
    result = parsed(
        "offers",
        headings,
        ["示例街道", "甲", "场地", 1, "场", 120.32, 36.07],
        ["示例街道", "乙", "场地", 1, "场", 120.32, None],
        ["示例街道", "丙", "场地", 1, "场", 36.07, 120.32],
    )
    assert [(o.longitude, o.latitude) for o in result.rows] == [(120.32, 36.07), (None, None)]
    assert faults(result) == [(3, "G", "warning", ""), (4, "G", "error", "120.32")]


def test_many_rows_are_read_in_time_proportional_to_their_number():
    rows = [[f"N{i}", "示例社区", f"需求{i}", None, "车位", 5] for i in range(5_000)]
    assert len(parsed("needs", NEED, *rows).rows) == 5_000


def test_a_text_too_long_for_its_column_is_a_fault():
    result = parsed("offers", OFFER, ["示例街道", "长" * 121, "场地", 1, "场"])
    assert [(p.column, p.message) for p in result.problems] == [
        ("B", "文字有 121 个字，超过 120 个。")
    ]


def test_quantities_keep_hundredths():
    rows = [["示例街道", f"资源{n}", "物资", n, "吨"] for n in (0.25, 0.333, 0.001)]
    result = parsed("offers", OFFER, *rows)
    assert [offer.quantity for offer in result.rows] == [Decimal("0.25"), Decimal("0.33")]
    assert faults(result) == [(3, "D", "warning", "0.333"), (4, "D", "error", "0.001")]


def test_what_an_offer_costs_and_whether_it_comes_back_are_read():
    heading = [*OFFER, "可重复使用", "单价"]
    result = parsed(
        "offers",
        heading,
        ["示例街道", "会议室", "场地", 1, "间", "是", "200元/间"],
        ["示例街道", "饮用水", "物资", 5, "箱", None, "免费"],
        ["示例街道", "讲师", "专家时间", 4, "小时", "否", 150.5],
        ["示例街道", "大巴", "设备", 1, "辆", "也许", "3公里"],
    )

    read = [(row.title, row.renews, row.price) for row in result.rows]
    assert read == [
        ("会议室", True, 200),
        ("饮用水", False, None),
        ("讲师", False, Decimal("150.5")),
    ]
    assert faults(result) == [(5, "F", "error", "也许"), (5, "G", "error", "3公里")]


def test_how_often_a_need_recurs_is_read():
    heading = [*NEED, "次数", "须连续"]
    result = parsed(
        "needs",
        heading,
        ["1", "示例社区", "课堂", None, "场地", 1, 3, "是"],
        ["2", "示例社区", "讲座", None, "场地", 1, None, None],
    )

    assert [(row.times, row.consecutive) for row in result.rows] == [(3, True), (None, False)]
