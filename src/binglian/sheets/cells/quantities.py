"""Quantities as people write them: 若干, 3-5名, 约20个, 2万元, １２台, 半天."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.numerals import with_digits
from binglian.sheets.cells.words import normalise, plain_dashes, refuse_long

MOST = Decimal(10) ** 12

_SCALE = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_POWERS = {"2": "平方米", "3": "立方米"}
_VAGUE = re.compile(
    r"(若干|不限|不定|无限|按需|待定|面议|多|少量|适量|大量|部分|十?几[十百千万]*|数[十百千万]+|"
    r"some|several|any|many|unlimited|as needed|tbd)(?P<unit>.*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(约|大约|大概|将近|近|估计|预计|about|around|approximately|approx\.?|ca\.?|~|≈)\s*",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(不少于|不低于|至少|最少|at least|min\.?|>=|≥|>)\s*(.+)|(.+?)(及以上|以上|起|\+)",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(不超过|不高于|不多于|至多|最多|up to|at most|max\.?|<=|≤|<)\s*(.+)|(.+?)(以内|之内|以下)",
    re.IGNORECASE,
)
_NUMBER = r"\d+(?:\.\d+)?"
_MULTIPLE = r"(?:[百千](?![克米瓦]))?[万亿]?"
_AMOUNT = re.compile(
    rf"(?P<money>[¥$]|rmb|cny|人民币)?\s*"
    rf"(?P<low>{_NUMBER})\s*(?P<low_scale>{_MULTIPLE})(?P<more>余|多|来)?(?P<half>个半)?"
    rf"(?P<unit>\s*[^\d\s~,;、。\-至到][^\d~,;、。\-至到]*?)?"
    rf"(?:\s*(?:-|~|至|到|to)\s*(?P<high>{_NUMBER})\s*(?P<high_scale>{_MULTIPLE})"
    rf"(?P<high_unit>[^\d~,;、。]*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """How much: ``amount`` is the safe figure, None where only a vague word stands.

    ``low`` and ``high`` are None where that side is open; ``unit`` is as written ("" if none).
    """

    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    text: str
    approximate: bool


def read_quantity(text: object) -> Quantity:
    """Read a number or a phrase; of a range the lower end is the amount.

    Raises
    ------
    CellError
        The value is empty, negative, a date, too large, or no quantity.
    """
    if isinstance(text, dt.date | dt.time):
        raise CellError(
            _("“%(value)s”是日期或时间，不是数量。") % {"value": text},
            _("表格软件可能把 3-5 变成了日期：请把单元格设为文本后重写。"),
        )
    if isinstance(text, float) and text == text and abs(text) < float(MOST):
        text = format(Decimal(repr(round(text, 6))).normalize(), "f")
    shown = normalise(text)
    refuse_long(shown, 60)
    if isinstance(text, bool) or not shown:
        raise _unreadable(shown)

    phrase = plain_dashes(shown)
    phrase = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", phrase)
    phrase = re.sub(r"\s*\([^()]*\)$", "", phrase)
    phrase = re.sub(r"(?:m|米)\^?([23])$", lambda m: _POWERS[m[1]], phrase)
    phrase = re.sub(r"^(共计|共|总共|总计|合计)\s*", "", phrase)
    if re.match(r"-\s*\d|负", phrase):
        raise CellError(_("数量“%(value)s”是负数。") % {"value": shown}, _("请填大于 0 的数。"))

    vague = _VAGUE.fullmatch(phrase)
    if vague:
        return Quantity(None, None, None, vague["unit"].strip(), shown, True)
    return _counted(with_digits(phrase), shown)


def _counted(phrase: str, shown: str) -> Quantity:
    per = re.match(r"每(天|日|周|月|季度|年|次|场|人|户)\s*", phrase)
    phrase = phrase[per.end() :] if per else phrase

    about = _ABOUT.match(phrase)
    phrase = phrase[about.end() :] if about else phrase
    around = re.search(r"\s*(左右|上下|or so)$", phrase)
    phrase = phrase[: around.start()] if around else phrase

    at_least, at_most = _AT_LEAST.fullmatch(phrase), _AT_MOST.fullmatch(phrase)
    open_ended = at_least or at_most
    phrase = (open_ended[2] or open_ended[3]) if open_ended else phrase

    phrase = re.sub(r"^半个?(?!\d)", "0.5", phrase)
    halved = re.fullmatch(r"(\d+)(\D+)半", phrase)  # 两天半
    phrase = f"{halved[1]}.5{halved[2]}" if halved and halved[2] != "个" else phrase

    found = _AMOUNT.fullmatch(phrase.strip())
    unit = (found["high_unit"] or found["unit"] or "").strip() if found else ""
    if not found or len(unit) > 16:
        raise _unreadable(shown)

    low = _scaled(found["low"], found["low_scale"]) + (Decimal("0.5") if found["half"] else 0)
    high = low
    if found["high"]:
        high = _scaled(found["high"], found["high_scale"])
        if not found["low_scale"] and found["high_scale"] and low < Decimal(found["high"]):
            low *= high / Decimal(found["high"])  # 2-3万 is 20000 to 30000
        if low > high:
            raise CellError(
                _("数量“%(value)s”的范围前大后小。") % {"value": shown},
                _("请把小的数写在前面，例如 3-5。"),
            )
    if high >= MOST:
        raise CellError(_("数量“%(value)s”太大。") % {"value": shown}, _("请核对数字和单位。"))

    unit = "元" if found["money"] and not unit else unit
    return Quantity(
        amount=low,
        low=None if at_most else low,
        high=None if at_least else high,
        unit=f"{unit}/{per[1]}" if per else unit,
        text=shown,
        approximate=bool(about or around or found["more"] or open_ended or low != high),
    )


def _scaled(number: str, multiples: str) -> Decimal:
    value = Decimal(number)
    for multiple in multiples:
        value *= _SCALE[multiple]
    return Decimal(format(value.normalize(), "f"))


def _unreadable(shown: str) -> CellError:
    return CellError(
        _("看不懂数量“%(value)s”。") % {"value": shown},
        _("请只写一个数量，例如 20、3-5名、约20个、2万元。"),
    )
