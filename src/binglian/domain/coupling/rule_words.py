"""The judge's sentences about broken rules, in the reader's language."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

#: What the judge says, and how it is told; figures are in the judge's whole units.
_TOLD = (
    (r"Offer (?P<offer>.+) gives (?P<gives>\d+) of (?P<has>\d+)\.",
     _("资源 %(offer)s 只有 %(has)s，安排了 %(gives)s。")),
    (r"Offer (?P<offer>.+) gives need (?P<need>.+) only (?P<gives>\d+), less than its lot"
     r" (?P<has>\d+)\.",
     _("资源 %(offer)s 最小批量 %(has)s，给需求 %(need)s 的只有 %(gives)s。")),
    (r"Offer (?P<offer>.+) serves need (?P<need>.+), but .*",
     _("资源 %(offer)s 与需求 %(need)s 的条件或单位不相容。")),
    (r"Need (?P<need>.+) gets (?P<gives>\d+) of (?P<has>\d+) in part \d+\.",
     _("需求 %(need)s 的一个组成只要 %(has)s，安排了 %(gives)s。")),
    (r"Need (?P<need>.+) is all or nothing but lacks (?P<gives>\d+) in part \d+\.",
     _("需求 %(need)s 须全部满足，还差 %(gives)s；请一并安排，或全部改为 0。")),
    (r"Need (?P<need>.+) has (?P<count>\d+) suppliers of (?P<most>\d+)\.",
     _("需求 %(need)s 最多 %(most)s 家供方，安排了 %(count)s 家。")),
    (r"no longer on the list", _("资源或需求已不在清单上。")),
    (r"tags", _("标签不符。")),
    (r"time", _("时间不重合。")),
    (r"distance", _("超出服务半径。")),
    (r"unit", _("计量单位不同。")),
    (r"own", _("不能由本单位提供给自己。")),
)  # fmt: skip


def rules_in_words(broken: Iterable[str], scale: int) -> str:
    """Every sentence told again; one that is not known stays as the judge wrote it."""
    return " ".join(_in_words(sentence, scale) for sentence in broken)


def _in_words(sentence: str, scale: int) -> str:
    for pattern, told in _TOLD:
        found = re.fullmatch(pattern, sentence)
        if found:
            facts = found.groupdict()
            for name in {"gives", "has"} & facts.keys():
                facts[name] = f"{int(facts[name]) / scale:g}"
            return str(told) % facts
    return sentence
