"""What a column of a list is, and those that several lists have."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from binglian.sheets.cells import Choices


@dataclass(frozen=True)
class Column:
    """One column: ``zh``/``en`` are the headings written, ``synonyms`` those also read.

    ``longest`` limits the characters of a plain text.
    """

    key: str
    zh: str
    en: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    help: str = ""
    choices: Choices | None = None
    longest: int = 120

    def heading(self, language: str) -> str:
        """The heading in ``language`` (``zh-hans`` or ``en``)."""
        return self.en if language.startswith("en") else self.zh


LONGITUDE = Column(
    "longitude", "经度", "Longitude", ("lng", "lon", "东经"), example="120.3201",
    help=_("十进制度数，例如 120.3201；可不填。"),
)  # fmt: skip
LATITUDE = Column(
    "latitude", "纬度", "Latitude", ("lat", "北纬"), example="36.0712",
    help=_("十进制度数，例如 36.0712；可不填。"),
)  # fmt: skip
NOTE = Column(
    "note", "备注", "Note", ("说明", "备注说明", "其他说明", "notes", "remark", "remarks"),
    longest=400,
    help=_("其他需要说明的事；请不要写个人信息。"),
)  # fmt: skip
KIND_SYNONYMS: Choices = {
    "venue": (
        "场地",
        "Venue",
        "场所",
        "场馆",
        "会议室",
        "活动场地",
        "阵地",
        "空间",
        "space",
        "room",
    ),
    "expertise": (
        "专家时间",
        "Expert time",
        "专家",
        "专业服务",
        "智力",
        "咨询",
        "师资",
        "讲座",
        "人才",
        "expert",
        "expertise",
    ),
    "equipment": ("设备", "Equipment", "器材", "设备设施", "设施", "音响"),
    "funds": ("资金", "Funds", "经费", "资金支持", "赞助", "money", "funding"),
    "seats": ("席位", "Seats", "名额", "座位", "学位", "床位", "places"),
    "volunteers": ("志愿者", "Volunteers", "志愿服务", "志愿队伍", "人力", "volunteer"),
    "parking": ("停车位", "Parking", "车位", "停车", "泊位", "parking spaces"),
    "materials": ("物资", "Materials", "物品", "材料", "用品", "goods", "supplies"),
    "policy": ("政策协助", "Policy help", "政策", "政策支持", "政策咨询", "policy"),
    "premises": ("经营用房", "Premises to let", "商铺", "铺面", "门面", "待租空间"),
    "other": ("其他", "Other", "其它", "others"),
}
YES_NO: Choices = {
    "yes": ("是", "Yes", "可", "可以", "可重复", "可重复使用", "y", "true", "√"),
    "no": ("否", "No", "一次性", "不可", "不可以", "n", "false", "×"),
}
