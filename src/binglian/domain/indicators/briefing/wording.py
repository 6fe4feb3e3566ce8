"""What people write in a briefing; a figure in it stands as 〔its name〕 and is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from binglian.domain.refusals import refuse_unless

from .composing import Composition

_FIGURE = re.compile(r"〔([^〔〕\n]*)〕")
#: Numbers that are no figures of the month: days, times, names in quotation marks, addresses.
_DAYS = re.compile(r"\d+\s*(年|月|日|时|分|号|路|次|期|点)|《[^》]*》|“[^”]*”|\d{1,2}:\d{2}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s*[%％‰]?")

#: What stands in each part until somebody writes something else.
FIRST_TEXTS = {
    "done": (
        "本月新登记需求〔新登记的需求〕项，新认领承诺〔新认领的承诺〕项，"
        "兑现并经对方确认〔兑现并经对方确认的承诺〕项，办结审批事项和任务"
        "〔办结的审批事项和任务〕项，收到诉求〔收到的诉求〕件、答复〔答复的诉求〕件。"
    ),
    "stuck": (
        "月末逾期未兑现的承诺〔月末逾期未兑现的承诺〕项，"
        "逾期未答复的诉求〔月末逾期未答复的诉求〕件。"
    ),
    "ahead": "",
    "cases": "",
}


def filled(text: str, composition: Composition) -> str:
    """The text with every figure in its place; a name nobody knows stays as it was typed."""
    values = {figure.label: figure.now for figure in composition.figures}
    return _FIGURE.sub(lambda found: _value(found, values), text)


def refuse_unknown(text: str, composition: Composition) -> None:
    """Raises ``ActionRefused`` where a text names a figure that there is not."""
    known = [figure.label for figure in composition.figures]
    unknown = [name for name in _FIGURE.findall(text) if name.strip() not in known]
    refuse_unless(
        not unknown,
        _("没有名为“%(name)s”的数据。可以用：%(known)s。")
        % {"name": unknown[0] if unknown else "", "known": _("、").join(known)},
    )


def typed_numbers(text: str) -> list[str]:
    """Numbers that are bound to no record, each once; days and names in quotes are none."""
    bare = _DAYS.sub("", _FIGURE.sub("", text))
    return list(dict.fromkeys(number.strip() for number in _NUMBER.findall(bare)))


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    return values.get(found.group(1).strip(), found.group(0))
