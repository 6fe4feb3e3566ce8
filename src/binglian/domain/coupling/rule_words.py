"""The judge's findings about broken rules, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from .engine_adapter import BrokenRule

#: By the judge's code.
_TOLD = {
    "no_pair": _("资源或需求已不在清单上。"),
    "no_slot": _("没有这一时段。"),
    "offer": _("资源 %(offer)s 只有 %(allowed)s，安排了 %(found)s。"),
    "effort": _("“%(party)s”能承担 %(allowed)s，安排了 %(found)s。"),
    "budget": _("预算“%(party)s”有 %(allowed)s，安排了 %(found)s。"),
    "lot": _("资源 %(offer)s 最小批量 %(allowed)s，给需求 %(need)s 的只有 %(found)s。"),
    "offer_absent": _("资源 %(offer)s 在该时段不可用。"),
    "need_absent": _("需求 %(need)s 不在该时段。"),
    "too_much": _("需求 %(need)s 的一个组成只要 %(allowed)s，安排了 %(found)s。"),
    "times": _("需求 %(need)s 只要 %(allowed)s 次，安排了 %(found)s 次。"),
    "in_a_row": _("需求 %(need)s 的几次须连续。"),
    "lacks": _("需求 %(need)s 须全部满足，还差 %(short)s；请一并安排，或全部改为 0。"),
    "too_seldom": _("需求 %(need)s 须满足 %(allowed)s 次，只安排了 %(found)s 次。"),
    "suppliers": _("需求 %(need)s 最多 %(allowed)s 家供方，安排了 %(found)s 家。"),
    "part_suppliers": _("需求 %(need)s 的一个组成最多 %(allowed)s 家供方，安排了 %(found)s 家。"),
    "tags": _("标签不符。"),
    "time": _("时间不重合。"),
    "distance": _("超出服务半径。"),
    "unit": _("计量单位不同。"),
    "own": _("不能由本单位提供给自己。"),
    "kind": _("类别不同。"),
    "excluded": _("资源 %(offer)s 不提供给该单位。"),
    "ruled_out": _("需求 %(need)s 排除该单位。"),
    "condition": _("需求 %(need)s 不接受资源 %(offer)s 的条件。"),
}
#: Codes whose figures count something else than quantities.
_COUNTS = {"times", "in_a_row", "too_seldom", "suppliers", "part_suppliers", "effort", "budget"}


def rules_in_words(broken: Iterable[BrokenRule], scale: int) -> str:
    """Each finding in one sentence; one that is not known stays as the judge wrote it."""
    return " ".join(_in_words(rule, scale) for rule in broken)


def _in_words(rule: BrokenRule, scale: int) -> str:
    told = _TOLD.get(rule.code.value)
    if told is None:
        return str(rule)
    unit = 1 if rule.code.value in _COUNTS else scale
    return str(told) % {
        "offer": rule.offer,
        "need": rule.need,
        "party": rule.party,
        "found": f"{rule.found / unit:g}",
        "allowed": f"{rule.allowed / unit:g}",
        "short": f"{(rule.allowed - rule.found) / unit:g}",
    }
