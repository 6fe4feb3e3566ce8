"""What law sends elsewhere (六类引导): how a text gives it away, and whom to turn to.

Words only suggest. Nobody is turned away by them: the reporter reads the right address and may
send the report all the same, and people decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Matter

Kind = Matter.Diversion


@dataclass(frozen=True, slots=True)
class Channel:
    """Whom to turn to: a name, and a number to call where there is one."""

    name: Any
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say for one of the six kinds, in the reader's language."""

    kind: Matter.Diversion
    heading: Any
    text: Any
    channels: tuple[Channel, ...] = ()

    @property
    def is_urgent(self) -> bool:
        return self.kind == Kind.EMERGENCY


ADVICE = {
    advice.kind: advice
    for advice in (
        Advice(
            Kind.EMERGENCY,
            _("如果有人正处在危险中，请先打电话"),
            _("这里不是急救台，工作人员不会立刻看到。险情处理后，仍可以在这里反映。"),
            (
                Channel(_("报警"), "110"),
                Channel(_("火警、救援"), "119"),
                Channel(_("急救"), "120"),
                Channel(_("交通事故"), "122"),
            ),
        ),
        Advice(
            Kind.STATUTORY,
            _("这件事可能有法定的办理渠道"),
            _("诉讼、仲裁、行政复议、信访、举报和信息公开由法定机关受理，期限和权利都有保障。"),
            (
                Channel(_("法院诉讼服务"), "12368"),
                Channel(_("劳动仲裁、工资社保"), "12333"),
                Channel(_("消费纠纷"), "12315"),
                Channel(_("免费法律咨询、法律援助"), "12348"),
                Channel(_("信访：国家信访局网站或当地信访局")),
                Channel(_("信息公开：向掌握信息的机关书面申请")),
            ),
        ),
        Advice(
            Kind.REPEATED,
            _("以前反映过同一件事？"),
            _(
                "请打开上次的查询链接：可以看进度，也可以补充新情况。没有新情况的重复诉求不会办得更快。"
            ),
        ),
        Advice(
            Kind.SECRET,
            _("请不要写他人的隐私或涉密内容"),
            _(
                "身份证号、病情、家庭情况、商业秘密等请删去，只写事情本身。涉及国家秘密的，请向保密部门反映。"
            ),
            (Channel(_("国家安全机关举报"), "12339"),),
        ),
        Advice(
            Kind.BEYOND,
            _("这件事可能不属于公共服务"),
            _("邻里、家庭、租房、买卖之间的纠纷，可以先请社区人民调解委员会调解，或咨询法律援助。"),
            (
                Channel(_("免费法律咨询、法律援助"), "12348"),
                Channel(_("政务服务便民热线"), "12345"),
            ),
        ),
        Advice(
            Kind.UNLAWFUL,
            _("这样的内容不能受理"),
            _("违法或者违背公序良俗的要求不予受理。被人威胁或者遭遇违法行为，请报警。"),
            (Channel(_("报警"), "110"),),
        ),
    )
}

#: What people write when they mean one of the kinds; each pattern is looked for in the whole text.
_SIGNS = {
    Kind.EMERGENCY: (
        r"着火|起火|失火|冒(浓)?烟|爆炸|煤气味|燃气(味|泄漏)|漏(燃|煤)气|触电|坍塌|要塌|塌了|"
        r"有人(被困|受伤|晕倒|溺水|落水|跳楼)|困在电梯|晕倒|大出血|心脏病|打人|打架|持刀|抢劫|正在偷|"
        r"救命|家暴|跳楼|自杀|车祸"
    ),
    Kind.STATUTORY: (
        r"起诉|诉讼|打官司|判决|法院|仲裁|行政复议|上访|信访|欠薪|拖欠工资|讨薪|工伤认定|"
        r"信息公开|举报.{0,8}(干部|领导|贪|腐)|受贿|贪污|拆迁补偿|征收补偿"
    ),
    Kind.REPEATED: r"又反映|再次反映|多次反映|反映(过)?(很多|好几|多|几)次|上次反映|一直没人管",
    Kind.SECRET: r"身份证(号|件)|病历|艾滋|国家秘密|机密|商业秘密|\b\d{17}[\dXx]\b",
    Kind.BEYOND: (
        r"离婚|彩礼|遗产|借钱不还|欠我钱|房东|押金不退|网购|退货|婆媳|抚养费|邻居.{0,6}(吵|骂)"
    ),
    Kind.UNLAWFUL: r"代开发票|办(假)?证|刷单|赌博网|博彩|约炮|买.{0,3}(枪|毒)",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Hint:
    """One kind that a text speaks of, and the words that say so."""

    advice: Advice
    words: tuple[str, ...]


def hints_in(text: str) -> list[Hint]:
    """The kinds a text speaks of, danger to life first."""
    found = []
    for kind, pattern in _COMPILED.items():
        words = dict.fromkeys(match.group() for match in pattern.finditer(text))
        if words:
            found.append(Hint(ADVICE[kind], tuple(words)))
    return found
