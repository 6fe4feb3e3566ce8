"""The columns of goods given to sites, as they are written and read."""

from django.utils.translation import gettext_noop as _

from binglian.sheets.column import Column

GOODS = (
    Column("receipt", "收据编号", "Receipt", ("收据号", "票据编号"), required=True,
        example="SJ-001", help=_("同一张收据的几样物资写几行，编号相同。")),
    Column("donor", "捐赠单位", "Donor", ("赠送单位", "慰问单位"), required=True,
        example="示例商会", help=_("写单位全称；只收单位捐赠的物资。")),
    Column("credit_code", "统一社会信用代码", "Credit code", ("信用代码",),
        help=_("没有登记过的单位才要填。")),
    Column("site", "工地", "Site", ("项目", "工地名称"),
        help=_("项目名称或编号；只管一个工地的可以不填。")),
    Column("given_on", "接收日期", "Received on", ("日期", "捐赠日期"), required=True,
        example="2026-03-05", help=_("不晚于今天。")),
    Column("item", "品名", "Item", ("物资", "物品", "名称"), required=True, example="矿泉水",
        help=_("只写物资；钱和购物卡不收。")),
    Column("unit", "计量单位", "Unit", ("单位",), required=True, example="箱",
        help=_("箱、条、盒……")),
    Column("unit_price", "单价（元）", "Unit price (yuan)", ("单价",), required=True,
        example="24.5", help=_("按购买票据或市价，最多两位小数。")),
    Column("quantity", "收到", "Received", ("数量", "收到数量"), required=True, example="100",
        help=_("正整数。")),
    Column("value", "金额（元）", "Worth (yuan)", ("金额", "折价"), example="2450",
        help=_("可不填；填了须等于收到乘单价。")),
    Column("handed_out", "已发放", "Handed out", ("发放数量",), example="0",
        help=_("可不填；填了须等于各接收单位之和。")),
    Column("remaining", "结存", "Left", ("剩余",), example="100",
        help=_("可不填；填了须等于收到减已发放。")),
    Column("receivers", "接收单位", "Receivers", ("发给谁",), longest=1000,
        help=_("单位全称和数量，用“、”分开，例如“甲公司 60、乙公司 30”。")),
    Column("state", "状态", "State"),
)  # fmt: skip
