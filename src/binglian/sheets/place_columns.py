"""The columns of the inventory of courtyards and historic buildings."""

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from binglian.sheets.cells import Choices
from binglian.sheets.column import LATITUDE, LONGITUDE, NOTE, YES_NO, Column

PLACE_KINDS: Choices = {
    "courtyard": ("里院", "Courtyard", "院落", "里", "院"),
    "building": (
        "单体建筑",
        "Building",
        "建筑",
        "古建筑",
        "历史建筑",
        "近现代重要史迹及代表性建筑",
    ),
    "street": ("街巷", "Street", "街区", "街道", "里弄"),
    "site": (
        "遗址、构筑物",
        "Site or structure",
        "遗址",
        "古遗址",
        "古墓葬",
        "石窟寺及石刻",
        "其他",
    ),
}
GRADE_WORDS: Choices = {
    "national": ("全国重点文物保护单位", "National protected monument", "国保", "国家级"),
    "provincial": ("省级文物保护单位", "Provincial protected monument", "省保", "省级"),
    "municipal": (
        "市县级文物保护单位",
        "Municipal or county protected monument",
        "市级文物保护单位",
        "县级文物保护单位",
        "区级文物保护单位",
        "市保",
        "区保",
    ),
    "relic": (
        "未定级不可移动文物",
        "Ungraded immovable monument",
        "一般不可移动文物",
        "不可移动文物",
        "三普登录点",
    ),
    "historic": ("历史建筑", "Historic building", "优秀历史建筑"),
    "traditional": ("传统风貌建筑", "Traditional-style building", "风貌建筑"),
    "core": ("核心保护范围内其他建筑", "Other building in a core protection zone"),
    "control": ("建设控制地带内建筑", "Building in a construction control zone"),
    "none": ("不属保护对象", "Not protected", "无"),
}
PLACE_STATES: Choices = {
    "surveyed": ("已普查", "Surveyed", "普查"),
    "graded": ("已定级", "Graded", "定级"),
    "planned": ("已编方案", "Planned", "方案"),
    "works": ("施工中", "Works", "修缮中", "在修"),
    "in_use": ("已投用", "In use", "使用中", "投用"),
}
CONDITIONS: Choices = {
    "good": ("完好", "Good", "好", "A级"),
    "fair": ("一般", "Fair", "基本完好", "B级"),
    "poor": ("较差", "Poor", "差", "破损", "C级"),
    "dangerous": ("危险", "Dangerous", "危房", "D级"),
}
TENANCIES: Choices = {
    "public": ("直管公房", "Public housing", "公房"),
    "state": ("国有单位自管", "State body", "国有"),
    "private": ("私有", "Private", "私房"),
    "mixed": ("混合产权", "Mixed", "混合"),
}
_NAMES_HELP = _("单位全称，与成员名单一致；几家用“、”分开。")

PLACES: tuple[Column, ...] = (
    Column(
        "number", "编号", "No.", ("里院编号", "建筑编号", "序号", "number", "id", "no"),
        longest=30, example="L-001", help=_("本表内不重复；再次导入时按它认出同一处。"),
    ),
    Column(
        "name_zh", "名称", "Name",
        ("里院名称", "院落名称", "建筑名称", "历史建筑名称", "文物名称", "单位名称", "name"),
        required=True, longest=80, example="示例里", help=_("里院或建筑的名称。"),
    ),
    Column("name_en", "英文名称", "English name", ("英文名",), help=_("可不填。")),
    Column(
        "kind", "类型", "Type", ("类别", "建筑类型", "type", "kind"), example="里院",
        help=_("里院、单体建筑、街巷或遗址；不填即里院。"), choices=PLACE_KINDS,
    ),
    Column(
        "part_of", "所属里院", "Part of", ("所属院落", "所属", "part of"), longest=80,
        help=_("单体建筑属于哪处里院：写编号或名称。"),
    ),
    Column(
        "address", "地址", "Address", ("位置", "坐落", "门牌", "location", "address"),
        longest=160, example="示例路 12 号", help=_("门牌地址。"),
    ),
    Column(
        "area", "社区或街道", "Area", ("社区", "街道", "所在社区", "所在街道", "片区", "area"),
        longest=60, help=_("已登记的社区或街道；不填则按经纬度认出街道。"),
    ),
    LONGITUDE,
    LATITUDE,
    Column(
        "outline", "轮廓", "Outline (WKT)", ("轮廓(WKT)", "wkt", "geometry"), longest=20_000,
        help=_("WGS-84 经纬度的 WKT 多边形，例如 POLYGON ((120.31 36.07, …))；可不填。"),
    ),
    Column(
        "grade", "保护等级", "Protection grade", ("保护级别", "等级", "级别", "grade"),
        example="传统风貌建筑", help=_("从下拉表中选；还没定级就留空。"), choices=GRADE_WORDS,
    ),
    Column(
        "grade_basis", "定级依据", "Basis of the grade", ("公布文件", "批次", "依据", "文号"),
        longest=200, help=_("公布文件的文号或批次。"),
    ),
    Column(
        "key_parts", "重点保护部位", "Key protected parts", ("保护部位", "价值要素"),
        longest=1_000, example="砖拱门洞、外廊木栏杆", help=_("不能动的部位。"),
    ),
    Column("history", "历史沿革", "History", ("沿革", "简介"), longest=2_000, help=_("可不填。")),
    Column(
        "history_en", "英文历史沿革", "History in English", (), longest=3_000, help=_("可不填。")
    ),
    Column(
        "built", "建造年代", "Built", ("年代", "建成年代", "时代", "建造时间", "year", "built"),
        longest=40, example="1910年代", help=_("年份或年代。"),
    ),
    Column("structure", "结构", "Structure", ("结构类型", "建筑结构"), longest=40, example="砖木"),
    Column("storeys", "层数", "Storeys", ("楼层", "层", "floors"), example="2"),
    Column(
        "floor_area", "建筑面积", "Floor area (m²)",
        ("面积", "建筑面积(㎡)", "建筑面积（平方米）", "floor area"), example="1200",
        help=_("平方米。"),
    ),
    Column("units", "房间数", "Rooms", ("间数", "户数", "rooms", "units"), example="36"),
    Column(
        "vacant_units", "空置间数", "Vacant rooms", ("空置", "空置户数", "vacant"), example="30",
        help=_("不多于房间数。"),
    ),
    Column("tenancy", "产权", "Tenancy", ("产权性质", "权属"), choices=TENANCIES),
    Column(
        "condition", "完损状况", "Condition", ("状况", "房屋状况", "完好程度", "危险等级"),
        example="较差", choices=CONDITIONS,
    ),
    Column("fire_access", "消防车可到达", "Fire access", ("消防通道",), choices=YES_NO),
    Column(
        "intended_trade", "修缮前打算的业态", "Intended trade",
        ("打算的业态", "规划业态", "拟引入业态"), example="老字号餐饮、青年创客",
        help=_("施工前写；开工后不再改。"),
    ),
    Column(
        "actual_use", "实际使用", "Actual use", ("现状用途", "使用现状", "现用途"),
        help=_("现在实际做什么；空着就写“空置”。"),
    ),
    Column(
        "state", "阶段", "Stage", ("状态", "进度", "stage"), example="已定级",
        help=_("已普查、已定级、已编方案、施工中、已投用。"), choices=PLACE_STATES,
    ),
    Column("state_on", "进入本阶段", "Since", ("阶段日期",), help=_("日期；可不填。")),
    Column("owner", "所有权人", "Owner", ("产权单位", "产权人", "owner"), help=_NAMES_HELP),
    Column("agent", "代管人", "Agent", ("代管单位", "管理单位", "agent"), help=_NAMES_HELP),
    Column("user", "使用人", "User", ("使用单位", "user"), help=_NAMES_HELP),
    Column(
        "public", "向公众公开", "Public", ("公开", "是否公开"), choices=YES_NO,
        help=_("是或否；不填即否。"),
    ),
    replace(NOTE, longest=400),
)  # fmt: skip
