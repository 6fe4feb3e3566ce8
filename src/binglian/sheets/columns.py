"""The columns of the standard lists, their headings, and the words for each choice."""

from dataclasses import replace
from typing import Literal

from django.utils.translation import gettext_noop as _

from binglian.sheets.cells import Choices
from binglian.sheets.checkup_columns import CHECKUP as CHECKUP
from binglian.sheets.column import KIND_SYNONYMS as KIND_SYNONYMS
from binglian.sheets.column import LATITUDE, LONGITUDE, NOTE
from binglian.sheets.column import YES_NO as YES_NO
from binglian.sheets.column import Column as Column
from binglian.sheets.place_columns import PLACES as PLACES

SheetKind = Literal["members", "offers", "needs", "places", "checkup"]

ORGANISATION_KINDS: Choices = {
    "department": ("职能部门", "Government department", "政府部门", "机关", "党政机关", "部门"),
    "subdistrict": ("街道", "Sub-district office", "街道办事处", "街道办", "subdistrict"),
    "community": ("社区", "Community", "社区居委会", "居委会", "村居"),
    "state_firm": ("国有企业", "State-owned firm", "国企", "央企", "国资企业"),
    "private_firm": ("民营企业", "Private firm", "民企", "私营企业", "企业", "公司", "firm"),
    "social": ("社会组织", "Social organisation", "协会", "社团", "商会", "social organization"),
    "institution": ("事业单位", "Public institution", "学校", "医院", "院校"),
    "merchant": ("商户", "Merchant", "个体工商户", "个体户", "店铺"),
    "temporary": ("临时组织", "Temporary body", "项目部", "指挥部", "临时机构"),
    "other": ("其他", "Other", "其它"),
}
MEMBER_CATEGORIES: Choices = {
    "functional": ("职能部门", "Functional department", "机关部门", "部门"),
    "builder": ("建设运营单位", "Builder or operator", "建设单位", "运营单位", "建设运营企业"),
    "subdistrict": ("街道", "Sub-district", "街道办事处", "subdistrict"),
    "community": ("社区", "Community", "社区居委会"),
    "two_new": ("两新组织", "Two-new organisation", "两新", "两企三新"),
    "other": ("其他", "Other", "其它"),
}
PRIORITIES: Choices = {
    "urgent": ("紧急", "Urgent", "急", "特急", "高", "非常紧急", "high", "1"),
    "important": ("重要", "Important", "较急", "中", "优先", "medium", "2"),
    "ordinary": ("一般", "Ordinary", "普通", "低", "常规", "不急", "low", "normal", "3"),
}
MODES: Choices = {
    "all": ("全部满足", "All or nothing", "全部", "整体满足", "不可拆分", "缺一不可"),
    "partial": ("可部分满足", "Partial allowed", "部分满足", "部分", "可部分", "可拆分"),
}


_TAGS = Column(
    "tags", "标签", "Tags", ("能力标签", "关键词", "标签关键词", "tag", "keywords"),
    example="会议、投影", help=_("几个关键词，用“、”分开；供需双方用词一致才容易配上。"),
)  # fmt: skip
_UNIT = Column(
    "unit", "计量单位", "Unit", ("数量单位", "计数单位", "单位(计量)", "unit of measure", "uom"),
    longest=16, example="场", help=_("数量的单位，例如 场、小时、个、元。"),
)  # fmt: skip
_WINDOWS_HELP = _("例如 2026-03-01~2026-05-31 周二周四 14:00-17:00；多段用“；”分开；不填即长期。")

MEMBERS: tuple[Column, ...] = (
    Column(
        "name", "单位名称", "Organisation",
        ("单位", "成员单位", "成员单位名称", "机构名称", "组织名称", "企业名称", "名称", "单位全称",
         "organization", "organisation name", "organization name", "name", "member"),
        required=True, example="示例社区居委会", help=_("单位全称，与公章一致。"),
    ),
    Column(
        "name_en", "英文名称", "English name", ("单位英文名称", "英文名", "name in english"),
        longest=160,
        help=_("可不填。"),
    ),
    Column(
        "kind", "单位类型", "Organisation type",
        ("类型", "单位性质", "机构类型", "性质", "organization type", "type"),
        example="社区", help=_("单位的类型，从下拉表中选。"), choices=ORGANISATION_KINDS,
    ),
    Column(
        "category", "成员类别", "Member category", ("类别", "成员类型", "分类", "category"),
        example="社区", help=_("在联盟中的类别，从下拉表中选。"), choices=MEMBER_CATEGORIES,
    ),
    Column(
        "credit_code", "统一社会信用代码", "Credit code",
        ("信用代码", "社会信用代码", "机构代码", "unified social credit code", "uscc"),
        help=_("18 位；没有法人资格的单位可不填。单元格请设为文本。"),
    ),
    Column(
        "parent", "上级单位", "Parent organisation",
        ("主管单位", "隶属单位", "所属单位", "上级主管单位", "parent organization", "parent"),
        help=_("上级单位的全称；可不填。"),
    ),
    Column(
        "address", "地址", "Address", ("单位地址", "办公地址", "详细地址", "通讯地址", "location"),
        longest=200, example="示例路 12 号", help=_("办公地址。"),
    ),
    LONGITUDE,
    LATITUDE,
    Column(
        "desk", "联系窗口", "Contact desk",
        ("联系电话", "办公电话", "电话", "窗口电话", "联系方式", "单位电话", "邮箱", "电子邮箱",
         "办公邮箱", "phone", "telephone", "email", "e-mail", "contact"),
        example="0532-00000000", help=_("办公电话或公用邮箱；请不要填个人手机。"),
    ),
    Column(
        "joined_on", "加入日期", "Joined on",
        ("入盟日期", "加入时间", "入盟时间", "成为成员日期", "joined", "member since"),
        example="2026-03-05", help=_("加入联盟的日期，例如 2026-03-05。"),
    ),
    replace(NOTE, longest=200),
)  # fmt: skip

OFFERS: tuple[Column, ...] = (
    Column(
        "number", "编号", "No.", ("资源编号", "序号", "number", "id", "no", "offer no."),
        longest=30, example="R1", help=_("本表内不重复；再次导入时按它认出同一条资源。"),
    ),
    Column(
        "organisation", "单位", "Organisation",
        ("单位名称", "提供单位", "供给单位", "资源单位", "资源提供单位", "责任单位", "成员单位",
         "填报单位", "供方", "organization", "provider", "offered by"),
        required=True, example="示例文旅公司", help=_("提供资源的单位，与成员名单一致。"),
    ),
    Column(
        "title", "资源名称", "Offer",
        ("资源", "资源内容", "项目名称", "服务名称", "服务项目", "名称", "可提供资源", "供给内容",
         "offer title", "title", "resource"),
        required=True, example="里院共享会客厅", help=_("一句话说清提供什么。"),
    ),
    Column(
        "kind", "类别", "Kind", ("资源类别", "资源类型", "类型", "分类", "category", "type"),
        required=True, example="场地", help=_("资源的类别，从下拉表中选。"), choices=KIND_SYNONYMS,
    ),
    _TAGS,
    Column(
        "quantity", "数量", "Quantity",
        ("资源数量", "可提供数量", "数额", "规模", "数量/单位", "数量及单位", "qty", "amount"),
        example="2", help=_("一个数；“若干”会按 1 计，“3-5”会按 3 计。"),
    ),
    _UNIT,
    Column(
        "lot", "最小批量", "Smallest useful lot",
        ("最小数量", "起供数量", "最小可用量", "起订量", "minimum lot", "lot", "min lot"),
        help=_("少于这个数就不值得提供；可不填。"),
    ),
    Column(
        "renews", "可重复使用", "Reusable",
        ("重复使用", "可循环使用", "是否可重复使用", "renews", "renewable"),
        help=_("是：每个时段都有这么多，例如会议室；否：用一次少一次。不填即否。"), choices=YES_NO,
    ),
    Column(
        "price", "单价", "Unit price",
        ("单价(元)", "价格", "收费标准", "收费", "price", "unit price (yuan)"),
        help=_("每一计量单位多少元；不填或 0 即无偿。"),
    ),
    Column(
        "windows", "时间段", "Time windows",
        ("可用时间", "时间", "开放时间", "提供时间", "服务时间", "时间安排", "有效期", "time",
         "time window", "when", "available"),
        example="周二周四 14:00-17:00", help=_WINDOWS_HELP,
    ),
    Column(
        "place", "地点", "Place", ("地址", "位置", "场所地址", "所在地", "location", "address"),
        example="示例里院", help=_("在哪里提供；可不填。"),
    ),
    LONGITUDE,
    LATITUDE,
    Column(
        "conditions", "条件", "Conditions",
        ("使用条件", "提供条件", "限制条件", "附加条件", "要求", "condition", "requirements"),
        example="须提前三天预约", help=_("对使用方的要求，几条用“、”分开。"),
    ),
    Column(
        "excludes", "不提供给", "Not for", ("不对外单位", "排除对象", "不面向", "excludes"),
        help=_("不能使用这项资源的单位，用“、”分开。"),
    ),
    NOTE,
)  # fmt: skip

NEEDS: tuple[Column, ...] = (
    Column(
        "number", "编号", "No.", ("需求编号", "序号", "number", "id", "no", "need no."),
        longest=30, example="X1", help=_("同一编号的几行是一项需求的几个组成，须一并满足。"),
    ),
    Column(
        "organisation", "单位", "Organisation",
        ("单位名称", "需求单位", "提出单位", "申请单位", "成员单位", "填报单位", "需方",
         "organization", "requested by", "needed by"),
        required=True, example="示例社区居委会", help=_("提出需求的单位，与成员名单一致。"),
    ),
    Column(
        "title", "需求名称", "Need",
        ("需求", "需求内容", "需求事项", "项目名称", "事项", "名称", "需求描述", "need title",
         "title", "request"),
        required=True, example="长者法律课堂", help=_("一句话说清需要什么。"),
    ),
    Column(
        "component", "组成", "Component",
        ("组成部分", "需求组成", "分项", "子项", "明细", "part", "item"),
        example="讲师", help=_("一项需求由几部分组成时，每行写一部分；单项需求可不填。"),
    ),
    Column(
        "kind", "类别", "Kind", ("需求类别", "需求类型", "类型", "分类", "category", "type"),
        required=True, example="专家时间", help=_("需求的类别，从下拉表中选。"),
        choices=KIND_SYNONYMS,
    ),
    _TAGS,
    Column(
        "quantity", "数量", "Quantity",
        ("需求数量", "所需数量", "数额", "规模", "数量/单位", "数量及单位", "qty", "amount"),
        example="4", help=_("一个数；“若干”会按 1 计，“3-5”会按 3 计。"),
    ),
    _UNIT,
    Column(
        "priority", "优先级", "Priority", ("紧急程度", "优先程度", "轻重缓急", "urgency"),
        example="重要", help=_("紧急、重要或一般；不填即一般。"), choices=PRIORITIES,
    ),
    Column(
        "deadline", "截止日期", "Deadline",
        ("截止时间", "完成时限", "需求时限", "期限", "最迟日期", "due", "due date", "by"),
        example="2026-05-31", help=_("最迟何时满足，例如 2026-05-31；可不填。"),
    ),
    Column(
        "windows", "时间段", "Time windows",
        ("需求时间", "使用时间", "时间", "活动时间", "希望时间", "时间安排", "time", "time window",
         "when"),
        example="周二 14:00-16:00", help=_WINDOWS_HELP,
    ),
    Column(
        "place", "地点", "Place", ("地址", "位置", "需求地点", "活动地点", "location", "address"),
        example="示例社区活动室", help=_("在哪里需要；可不填。"),
    ),
    LONGITUDE,
    LATITUDE,
    Column(
        "within_km", "服务半径(公里)", "Within km",
        ("服务半径", "距离", "最远距离", "范围(公里)", "距离(公里)", "radius", "distance"),
        help=_("资源离需求地点最远多少公里；不填即不限。"),
    ),
    Column(
        "beneficiaries", "受益人数", "Beneficiaries",
        ("受益人数(人)", "惠及人数", "服务人数", "覆盖人数", "people served"),
        example="60", help=_("大约多少人受益。"),
    ),
    Column(
        "mode", "满足方式", "Fulfilment", ("满足要求", "fulfillment", "mode"), example="全部满足",
        help=_("全部满足或可部分满足；不填时，单项可部分满足，多项须全部满足。"),
        choices=MODES,
    ),
    Column(
        "times", "次数", "Times", ("期数", "场次数", "频次", "几次", "occasions"),
        help=_("在几个不同的时段各满足一次，例如 3；不填即 1。"),
    ),
    Column(
        "consecutive", "须连续", "Consecutive", ("连续", "是否连续", "in a row"),
        help=_("几次须落在相接的时段：是或否；不填即否。"), choices=YES_NO,
    ),
    Column(
        "max_suppliers", "最多供方数", "Most suppliers",
        ("供方数", "最多供方", "最多单位数", "max suppliers", "maximum suppliers"),
        help=_("最多由几家单位提供；不填即不限。"),
    ),
    Column(
        "prefers", "优先单位", "Prefers", ("意向单位", "希望单位", "preferred"),
        help=_("希望由哪些单位提供，用“、”分开。"),
    ),
    Column(
        "rules_out", "排除单位", "Rules out", ("不接受单位", "回避单位", "excluded"),
        help=_("不由哪些单位提供，用“、”分开。"),
    ),
    Column(
        "refuses", "不接受条件", "Refuses conditions",
        ("不接受的条件", "拒绝条件", "refuses"),
        help=_("不能接受的资源条件，例如 收费；用“、”分开。"),
    ),
    NOTE,
)  # fmt: skip

COLUMNS: dict[SheetKind, tuple[Column, ...]] = {
    "members": MEMBERS,
    "offers": OFFERS,
    "needs": NEEDS,
    "places": PLACES,
    "checkup": CHECKUP,
}
SHEET_TITLES: dict[SheetKind, tuple[str, str]] = {
    "members": ("成员名单", "Members"),
    "offers": ("资源清单", "Offers"),
    "needs": ("需求清单", "Needs"),
    "places": ("里院和历史建筑", "Places"),
    "checkup": ("城市体检问题", "City check-up problems"),
}
