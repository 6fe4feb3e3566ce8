"""What in a text may tell who somebody is, found before anybody else reads it.

Numbers are certain, by their form and check digits; names are likely, by surname and address.
Nothing is changed: a person decides, and what is certain is not published.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from binglian.domain.refusals import refuse_unless


class Kind(Enum):
    """What was found; the value is its plain name."""

    ID_NUMBER = _("身份证号")
    CARD = _("银行卡号")
    MOBILE = _("手机号")
    PHONE = _("固定电话")
    EMAIL = _("电子邮箱")
    PLATE = _("车牌号")
    NAME = _("可能是姓名")


#: Never public: whoever writes such a number into a public text has made a mistake.
CERTAIN = (Kind.ID_NUMBER, Kind.CARD, Kind.MOBILE, Kind.PLATE)


@dataclass(frozen=True, slots=True)
class Found:
    """Characters ``start``..``end`` (not included) of the text."""

    kind: Kind
    start: int
    end: int
    text: str


#: Without those that stand before a name far oftener than in it, such as 和 and 从.
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范"
    "彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬傅皮卞齐康伍余卜"
    "顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路"
    "娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸"
    "左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮储靳邴松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋"
    "仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎薄印宿白怀蒲台鄂索咸籍赖卓蔺屠蒙池乔阴胥闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容"
    "古易慎戈廖庾终暨居衡步耿弘匡国文寇广禄阙东殴沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚简饶"
    "曾毋沙乜养鞠须丰巢关蒯查荆红游竺权逯盖益桓公肖闫付覃"
)
_TITLES = "先生|女士|小姐|老师|师傅|大爷|大妈|大叔|阿姨|奶奶|爷爷|同志|经理|医生|书记|主任"
_SPACED = r"[ \-]?"
_PATTERNS = (
    (Kind.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (Kind.ID_NUMBER, re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")),
    (
        Kind.MOBILE,
        re.compile(rf"(?<!\d)(?:\+?86{_SPACED})?1[3-9]\d{_SPACED}\d{{4}}{_SPACED}\d{{4}}(?!\d)"),
    ),
    (
        Kind.CARD,
        re.compile(rf"(?<!\d)\d{{4}}(?:{_SPACED}\d{{4}}){{3}}(?:{_SPACED}\d{{1,3}})?(?!\d)"),
    ),
    (Kind.PHONE, re.compile(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")),
    (
        Kind.PLATE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
            r"[·. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警](?![A-Za-z0-9])"
        ),
    ),
    (Kind.NAME, re.compile(rf"[{_SURNAMES}](?:[一-龥]{{0,2}}?(?:{_TITLES})|某某?)")),
    (
        Kind.NAME,
        re.compile(
            r"(?<=我叫)[一-龥]{2,4}|(?<=姓名[：:])[一-龥]{2,4}|(?<=联系人[：:])[一-龥]{2,4}"
        ),
    ),
)


def personal_in(text: str) -> list[Found]:
    """What may tell who somebody is, in order; overlaps belong to the one named first above.

    >>> [(found.kind.name, found.text) for found in personal_in("电话１３９ 0000 0000")]
    [('MOBILE', '１３９ 0000 0000')]
    """
    plain = _narrow(text)
    found: list[Found] = []
    for kind, pattern in _PATTERNS:
        for start, end in _spans(kind, pattern, plain):
            if all(end <= other.start or other.end <= start for other in found):
                found.append(Found(kind, start, end, text[start:end]))
    return sorted(found, key=lambda one: one.start)


def refuse_certain(text: str) -> None:
    """Raise ``ActionRefused``, naming the first one, where a number is certainly somebody's."""
    for one in personal_in(text):
        refuse_unless(
            one.kind not in CERTAIN,
            _("公开内容里有%(what)s“%(text)s”（第 %(at)s 字），请删去。")
            % {"what": one.kind.value, "text": one.text, "at": one.start + 1},
        )


def _spans(kind: Kind, pattern: re.Pattern[str], plain: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        if kind is Kind.CARD and not luhn.is_valid(digits):
            continue
        if kind is Kind.ID_NUMBER and not _has_check_digit(match[0]):
            continue
        yield match.span()


def _has_check_digit(number: str) -> bool:
    try:
        return ric.calc_check_digit(number) == number[-1].upper()
    except ValidationError:
        return False


def _narrow(text: str) -> str:
    """Full-width digits and letters as plain ones; positions stay what they were."""
    folded = (unicodedata.normalize("NFKC", character) for character in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))
