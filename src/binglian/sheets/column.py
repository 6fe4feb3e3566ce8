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
YES_NO: Choices = {
    "yes": ("是", "Yes", "可", "可以", "可重复", "可重复使用", "y", "true", "√"),
    "no": ("否", "No", "一次性", "不可", "不可以", "n", "false", "×"),
}
