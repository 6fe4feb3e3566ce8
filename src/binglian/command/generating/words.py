"""What the made-up city is about: kinds of matters and how often each comes, resources, names.

How often: as the 12345 line of 泰州 counted requests by subject in its report of 17 August 2018
(12345.taizhou.gov.cn): daily services 1,412, traffic 1,155, environment 1,055 (noise 52.3 %, air
31.3 %, water 12.7 %), unlawful building 714, managed housing 657, street order 406. Where a
subject is split here, the parts are our guess.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A category of matters: its weight, its period with clock, and what people write."""

    code: str
    zh: str
    en: str
    group: tuple[str, str]
    weight: int
    period: int
    clock: str
    keywords: tuple[str, ...]
    said: tuple[str, ...]


_WORKS, _TRAFFIC = ("市政设施", "Public works"), ("交通停车", "Traffic")
_AROUND, _HOUSING = ("环境", "Environment"), ("房屋物业", "Housing")
_ORDER = ("城市管理", "Street order")
_H, _D, _W = "hours", "days", "working_days"

KINDS = (
    Kind("drains", "下水堵塞与积水", "Blocked drains", _WORKS, 430, 24, _H,
         ("下水道", "积水", "返水", "井盖"),
         ("下水道堵了，污水漫到门口", "一下雨路面就积水，过不去人", "窨井盖松了，车压上去很响")),
    Kind("lamps", "路灯与楼道照明", "Street and stair lamps", _WORKS, 310, 3, _W,
         ("路灯", "不亮", "楼道灯"),
         ("路灯坏了一周没人修", "楼道灯不亮，老人上下楼看不清", "小巷里没有路灯，晚上不敢走")),
    Kind("rubbish", "垃圾清运与保洁", "Rubbish and cleaning", _WORKS, 372, 2, _W,
         ("垃圾", "清运", "保洁"),
         ("垃圾桶满了两天没有清", "建筑垃圾堆在绿地里", "垃圾分类点味道很大，希望勤清")),
    Kind("supply", "水电气暖供应", "Water, power, gas, heating", _WORKS, 300, 24, _H,
         ("停水", "停电", "燃气", "暖气"),
         ("停水没有通知，家里做不了饭", "暖气不热，屋里只有十四度", "水压太小，高层洗不了澡")),
    Kind("parking", "停车与占道", "Parking", _TRAFFIC, 610, 3, _W,
         ("停车", "消防通道", "占道"),
         ("消防通道停满了车", "小区门口乱停车，公交进不来", "收费停车位白天晚上都被占着")),
    Kind("roads", "道路与信号", "Roads and signals", _TRAFFIC, 545, 7, _W,
         ("路面", "坑", "红绿灯", "斑马线"),
         ("路面塌了一个坑，骑车很危险", "红绿灯时间太短，老人走不完", "斑马线磨没了，请重新画")),
    Kind("noise", "噪声扰民", "Noise", _AROUND, 552, 2, _W,
         ("噪声", "噪音", "施工", "音响"),
         ("工地施工到深夜，睡不着觉", "广场舞音响太大，孩子没法写作业", "楼下排风机整夜响")),
    Kind("air", "油烟与扬尘", "Fumes and dust", _AROUND, 330, 5, _W,
         ("油烟", "扬尘", "异味"),
         ("饭店油烟直排，衣服没法晾", "渣土车过后全是灰", "附近有刺鼻的气味，夜里更重")),
    Kind("water", "河道与污水", "Streams and sewage", _AROUND, 134, 10, _W,
         ("河道", "污水", "发臭"),
         ("河水发黑发臭", "有人往雨水口倒污水", "河边护栏断了一段")),
    Kind("unlawful", "违法建设", "Unlawful building", _ORDER, 714, 15, _W,
         ("违建", "私搭", "阳光房"),
         ("顶楼私搭阳光房，楼下漏水", "一楼把绿地围成了院子", "楼道里砌墙占了公共地方")),
    Kind("trade", "占道经营与市容", "Street trade", _ORDER, 406, 2, _W,
         ("摆摊", "占道经营", "小广告"),
         ("摊位占了人行道，轮椅过不去", "店外堆满货物", "墙上小广告清了又贴")),
    Kind("housing", "物业服务与维修", "Managed housing", _HOUSING, 657, 5, _W,
         ("物业", "电梯", "漏雨", "维修"),
         ("电梯三天两头坏", "屋顶漏雨，报修一个月没人来", "物业收费没有公示")),
)  # fmt: skip

#: When, where and how much: put before what is said.
OPENINGS = (
    "", "您好，", "最近", "从上周起", "这几天", "已经反映过一次，", "每天晚上", "早高峰时", "雨后",
    "小区南门外", "菜市场旁边", "学校门口", "公交站后面", "幼儿园对面", "老旧楼院里", "单元门口",
)  # fmt: skip
ENDINGS = (
    "。", "，请尽快处理。", "，请告知什么时候能解决。", "，附近居民都有意见。", "，谢谢。",
    "，已经影响出行。", "，家里有老人和孩子。", "，希望有人到现场看看。",
)  # fmt: skip
ANSWERS = (
    "已到现场处理，请您查看。", "已安排维修，当日完成。", "已清理，并列入每周巡查。",
    "已责令整改，三日后复查合格。", "已与相关单位协调解决。", "已纳入本月改造计划，完成后回访。",
)  # fmt: skip
CANNOT = "经核实，现阶段不具备条件，已向您说明，列入明年计划。"

#: Kind of resource → unit, and what it may be called; tags stand in brackets.
RESOURCES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "venue": ("场", (("会议室", "会议"), ("展厅", "展览"), ("活动室", "课堂"), ("操场", "运动"))),
    "expertise": (
        "小时",
        (("法律咨询", "法律顾问"), ("结构查看", "结构加固"), ("健康讲座", "健康"),
         ("消防指导", "消防审查"), ("财税辅导", "财税")),
    ),
    "equipment": ("天", (("登高作业车", "登高"), ("高压疏通车", "疏通"), ("音响", "音响"))),
    "funds": ("万元", (("公益资金", "公益"), ("微改造资金", "改造"))),
    "volunteers": ("人次", (("志愿服务", "助老"), ("义工", "环境"), ("讲解员", "文化"))),
    "parking": ("个", (("夜间停车位", "夜间"), ("临时停车位", "临时"))),
    "materials": ("件", (("防汛物资", "防汛"), ("图书", "文化"), ("健身器材", "健身"))),
    "policy": ("件", (("资质指导", "办证"), ("补贴申报协助", "补贴"))),
}  # fmt: skip
PURPOSES = ("居民课堂", "楼院改造", "汛期备勤", "便民服务日", "商户培训", "消防演练", "文化节")

#: Kinds of organisations of a member list: code, category of membership, share in percent, names.
BODIES = (
    ("department", "functional", 8, ("住建局", "城管局", "民政局", "文旅局", "市场监管所")),
    ("subdistrict", "subdistrict", 4, ("街道办事处",)),
    ("community", "community", 22, ("社区居委会",)),
    ("state_firm", "builder", 8, ("城投公司", "水务公司", "热力公司", "燃气公司")),
    ("private_firm", "two_new", 26, ("物业公司", "建筑公司", "设计公司", "餐饮公司", "科技公司")),
    ("social", "two_new", 12, ("社会工作服务中心", "志愿者协会", "行业商会")),
    ("institution", "other", 8, ("小学", "社区卫生服务中心", "文化馆", "图书馆")),
    ("merchant", "two_new", 12, ("商户联合会", "老字号商行", "菜市场")),
)  # fmt: skip
#: Two of them make the name of a place or a firm.
SYLLABLES = "安宁康平和泰兴顺昌盛永福嘉祥瑞德信义仁礼文景明华锦绣江河海山林园桥港湾塘"
