"""The briefing of the month just over, sent; and this month's, still being written."""

from __future__ import annotations

from datetime import timedelta

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.governance.queries import open_decision
from binglian.domain.indicators import actions as act
from binglian.domain.indicators.actions.briefings import SENDING
from binglian.domain.indicators.briefing.wording import FIRST_TEXTS
from binglian.domain.refusals import found_or_refused

from .rounds import Cast, agree

_CASES = "（示例）牵头单位每周一看一次“等谁”，先办等得最久的。"


def enter(alliance: Alliance, cast: Cast) -> None:
    """Both leads agreed to the first; nobody has yet been asked about the second."""
    last = act.start_briefing(
        alliance=alliance, on=today().replace(day=1) - timedelta(days=1), by=cast.secretariat
    )
    act.write_briefing(
        briefing=last,
        texts=FIRST_TEXTS | {"cases": _CASES},
        left_out=(),
        edition=0,
        by=cast.secretariat,
    )
    act.ask_briefing(briefing=last, by=cast.secretariat)
    agree(found_or_refused(open_decision(alliance, SENDING, last.pk), "No decision."), cast)
    act.start_briefing(alliance=alliance, on=today(), by=cast.secretariat)
