"""Spreadsheets as offices send them."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Bytes of a workbook with one sheet: its rows, its name and its merged ranges."""

    def make(
        rows: Sequence[Sequence[Any]], name: str = "Sheet1", merged: Sequence[str] = ()
    ) -> bytes:
        book = Workbook()
        page = book.worksheets[0]
        page.title = name
        for row in rows:
            page.append([*row])
        for block in merged:
            page.merge_cells(block)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def nasty_needs(xlsx: Callable[..., bytes]) -> bytes:
    """A need list with everything offices do: titles, merges, two-line headings, notes."""
    rows = [
        ["示例片区党建联盟２０２６年上半年需求清单"],
        ["填报单位（盖章）：示例街道办事处", *[None] * 9, "填表日期：2026.2.10"],
        ["序号", "需求单位", "需求内容*", "需求组成", "需求要求", None, None, "时间安排", None,
         "紧急程度", "联系人", "受益人数（人）"],
        [None, None, None, None, "类别", "数量", "单位", "截止日期", "使用时间", None, None, None],
        ["一、社区需求"],
        [1, "示例东里社区", "长者法律课堂", "教室", "场地", "１", "场", "2026.5.31",
         "周二、周四下午",
         "重要", "某某", "约60人"],
        [None, None, None, "讲师", "专家", "四", "小时", None, None, None, None, None],
        [None, None, None, "引导员", "志愿服务", "3-5名", "名", None, None, None, None, None],
        [],
        [2, "示例西里社区", "夜间停车", None, "车位", "约20个", None, "2026年6月底",
         "18:00-24:00", "紧急", None, 50],
        [3, "示例西里社区", "楼道微更新", None, "经费", 2, "万元", 46203, "长期", None, None,
         "若干"],
        ["二、其他需求"],
        [4, "示例湾畔学院", "人才政策解读", None, "政策", "若干", "场", "6月30日",
         "2026年3月-5月", "一般", None, "１,２００"],
        [5, "示例湾畔学院", "实习岗位", None, "岗位", "多", "个", "2026.2.30", "暑假",
         "特别急", None, None],
        [6],
        ["合计", None, None, None, None, 12],
        ["注：1. 请如实填写，数量不确定的填“若干”。"],
        ["2. 请于２月底前报送。"],
        ["填表人：某某"],
    ]  # fmt: skip
    merged = ["A1:L1", "A2:J2", "A5:L5", "A12:L12", "E3:G3", "H3:I3"]
    merged += [f"{letter}3:{letter}4" for letter in "ABCDJKL"]
    merged += [f"{letter}6:{letter}8" for letter in "ABCHIJL"]
    return xlsx(rows, "Sheet1", merged)
