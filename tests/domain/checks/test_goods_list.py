"""A sheet of goods is entered whole or not at all; what does not balance names its cell."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import Workbook, load_workbook

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.checks.actions import enter_goods_list
from binglian.domain.checks.exports import goods_sheet, goods_template
from binglian.domain.checks.imports import GoodsPlan, plan_goods
from binglian.domain.checks.models import Donation
from binglian.domain.checks.queries import donations_visible_to, hand_outs_to_confirm, totals_of
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused
from binglian.sheets.writing import write_csv, write_workbook

HEADINGS = (
    *("收据编号", "捐赠单位", "统一社会信用代码", "接收日期", "品名", "计量单位"),
    *("单价（元）", "收到", "金额（元）", "已发放", "结存", "接收单位"),
)


@pytest.fixture
def planned(alliance: Alliance, site: Project) -> Callable[..., GoodsPlan]:
    """The plan of a sheet; each row is given under ``HEADINGS``, from row 2 on."""

    def plan(*rows: Sequence[Any]) -> GoodsPlan:
        book, file = Workbook(), BytesIO()
        for row in (HEADINGS, *rows):
            book.active.append(row)
        book.save(file)
        return plan_goods(alliance, [site], file.getvalue(), "goods.xlsx")

    return plan


def a_row(giving: Organisation, **cells: Any) -> list[Any]:
    """Ten boxes of water at 24.50 from the giving member, nothing handed out."""
    row = dict.fromkeys(HEADINGS) | {
        "收据编号": "SJ-1",
        "捐赠单位": giving.name,
        "接收日期": today(),
        "品名": "矿泉水",
        "计量单位": "箱",
        "单价（元）": 24.5,
        "收到": 10,
    }
    return list((row | cells).values())


def test_goods_of_one_receipt_are_entered_together_and_their_receivers_asked(
    planned: Callable[..., GoodsPlan],
    alliance: Alliance,
    giving: Organisation,
    needing: Organisation,
    giver: User,
    receiver: User,
) -> None:
    whole = {"已发放": 7, "结存": 3, "金额（元）": 245, "接收单位": f"{needing.name} 7"}
    plan = planned(
        a_row(giving, **whole),
        a_row(giving, 品名="毛巾", 计量单位="条", **{"单价（元）": 8.9, "收到": 100}),
        a_row(giving, 收据编号="SJ-2"),
    )
    assert [str(one) for one in plan.problems] == []

    first, second = enter_goods_list(plan=plan, are_no_wages=True, by=giver)

    assert [str(good) for good in first.goods.all()] == ["矿泉水", "毛巾"]
    assert (first.receipt_number, second.receipt_number) == ("SJ-1", "SJ-2")
    totals = totals_of([first, second])
    assert totals.given == plan.given == Decimal("1380.00")  # 245 + 890 + 245
    assert totals.handed_out == plan.handed_out == Decimal("171.50")  # 7 × 24.50
    assert totals.remaining == Decimal("1208.50")
    assert [row.quantity for row in hand_outs_to_confirm(receiver, alliance)] == [7]
    assert {one.state for one in Donation.objects.all()} == {Donation.State.ENTERED}


@pytest.mark.parametrize(
    ("cells", "cell", "why"),
    [
        ({"已发放": 6, "接收单位": "海关后社区（示例） 7"}, "J", "对不上：应是 7"),
        ({"结存": 9}, "K", "对不上：应是 10"),
        ({"金额（元）": 244}, "I", "对不上：应是 245.00"),
        ({"接收单位": "海关后社区（示例） 11"}, "L", "发放 11，超过收到的 10"),
        ({"接收单位": "外地公司 1"}, "L", "不是本联盟成员"),
        ({"接收单位": "海关后社区（示例）"}, "L", "没有写明数量"),
        ({"收到": 2.5}, "H", "不是整数"),
        ({"收到": None}, "H", "没有填"),
        ({"单价（元）": 1.005}, "G", "最多两位小数"),
        ({"品名": "购物卡"}, "E", "是钱或当钱用的东西"),
        ({"捐赠单位": "某先生"}, "C", "没有登记过“某先生”"),
        ({"接收日期": today() + timedelta(days=1)}, "D", "不能晚于今天"),
        ({"收据编号": None}, "A", "没有填"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_entered(
    planned: Callable[..., GoodsPlan],
    giving: Organisation,
    needing: Organisation,
    giver: User,
    cells: dict[str, Any],
    cell: str,
    why: str,
) -> None:
    assert needing.name == "海关后社区（示例）"
    plan = planned(a_row(giving, 收据编号="SJ-0"), a_row(giving, **cells))

    (problem,) = plan.problems
    assert (problem.row, problem.column) == (3, cell)
    assert why in problem.advice
    with pytest.raises(ActionRefused, match="什么也没有登记"):
        enter_goods_list(plan=plan, are_no_wages=True, by=giver)
    assert Donation.objects.count() == 0


def test_a_receipt_tells_of_one_donor_and_is_entered_once(
    planned: Callable[..., GoodsPlan], giving: Organisation, needing: Organisation, giver: User
) -> None:
    (other,) = planned(a_row(giving), a_row(needing)).problems
    assert (other.row, other.column) == (3, "B")
    enter_goods_list(plan=planned(a_row(giving)), are_no_wages=True, by=giver)

    (again,) = planned(a_row(giving)).problems

    assert (again.row, again.column, "已登记过" in again.advice) == (2, "A", True)


def test_only_who_keeps_the_site_enters_a_list(
    planned: Callable[..., GoodsPlan], giving: Organisation, receiver: User
) -> None:
    with pytest.raises(PermissionDenied):
        enter_goods_list(plan=planned(a_row(giving)), are_no_wages=True, by=receiver)


def test_what_was_exported_is_read_again_elsewhere(
    planned: Callable[..., GoodsPlan],
    alliance: Alliance,
    site: Project,
    giving: Organisation,
    needing: Organisation,
    giver: User,
) -> None:
    row = a_row(giving, 接收单位=f"{needing.name} 4")
    (entered,) = enter_goods_list(plan=planned(row), are_no_wages=True, by=giver)
    file = write_csv(goods_sheet(donations_visible_to(giver)), "zh-hans")
    Donation.objects.filter(pk=entered.pk).update(state="cancelled", reason="另行登记")

    plan = plan_goods(alliance, [site], file, "goods.csv")

    assert [str(one) for one in plan.problems] == []
    assert (plan.given, plan.handed_out) == (Decimal("245.00"), Decimal("98.00"))


def test_the_template_has_the_headings_that_are_read() -> None:
    book = load_workbook(BytesIO(write_workbook([goods_template()])))
    assert {cell.value for cell in book.active[1]} >= set(HEADINGS)
