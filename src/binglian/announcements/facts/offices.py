"""«市发改、财政、住建等部门»: offices told by what they are for, without a head word."""

import re
from collections.abc import Sequence

from .lexicon import COMMISSIONS, OFFICE
from .mention import Mention
from .segments import Segment

_FIRST = re.compile(
    rf"(?P<above>(?:[\u4e00-\u9fff]{{2,3}}(?=[市区县]))?[省市区县])(?P<office>{OFFICE.pattern})$"
)
_CLOSES = re.compile(
    rf"(?P<office>{OFFICE.pattern})(?:等[^，。]{{0,8}})?(?:部门|单位|领导|负责|分管|同志|人员)"
)
_NO_AREA = re.compile(r"[由在与和及请向经对区县市]|两|各")


def add_short_offices(
    run: Sequence[int], parts: Sequence[Segment], headed: list[list[Mention]], sentence: int
) -> None:
    """Add the offices of an enumeration that begins with their area and ends with «部门»."""
    first = _FIRST.search(parts[run[0]].text)
    closing = next((at for at in run[1:] if not OFFICE.fullmatch(parts[at].text)), run[-1])
    last = _CLOSES.match(parts[closing].text)
    if len(run) < 2 or first is None or last is None:
        return
    run = range(run[0], closing + 1)
    area = first.group("above")
    cut = max((found.end() for found in _NO_AREA.finditer(area[:-1])), default=0)
    area = area[cut:]
    for index in run:
        part = parts[index]
        edge = first if index == run[0] else last if index == run[-1] else None
        office = edge.group("office") if edge else part.text
        start = part.start + (first.start("above") + cut if edge is first else 0)
        is_commission = area[-1] in "省市" and office in COMMISSIONS
        headed[index] = [
            Mention(
                area + office + ("委" if is_commission else "局"), "department", "局", start,
                start + len(office) + (len(area) if edge is first else 0), sentence, index, True,
                said=area + office,
            )
        ]  # fmt: skip
