"""Sixty matters of residents of the historic quarter, in every state."""

from decimal import Decimal
from functools import partial
from typing import Any

from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Need
from binglian.domain.matters import actions as act
from binglian.domain.matters.models import Matter, Revisit

from .quarter import Quarter, Row, rows_of
from .recipes import EARLIER, RECIPES, handled, judged, leader_of

#: Of the matter that became a need.
_INSPECTION: dict[str, Any] = {
    "number": "S-M01",
    "title": "老院污水管道内窥检测",
    "priority": Need.Priority.URGENT,
    "components": [
        ComponentFacts(kind="equipment", quantity=Decimal(2), unit="天", tags=["管道检测"])
    ],
}


def begin(quarter: Quarter) -> None:
    """What no single office could solve goes on the spring list of needs."""
    row = next(row for row in rows_of(quarter) if row.recipe == "need_met")
    matter = handled(quarter, row)
    act.become_need(matter=matter, by=leader_of(quarter, matter), **_INSPECTION)
    quarter.matters["need_met"] = matter


def enter(quarter: Quarter) -> None:
    """Every other matter on its day, and the end of the one that others solved."""
    diary = quarter.diary
    for row in rows_of(quarter):
        if row.recipe == "need_met":
            diary.on(diary.ago(row.days_ago), partial(_come_back, quarter, row))
        else:
            began = row.days_ago + EARLIER.get(row.recipe, 0)
            diary.on(diary.ago(began), partial(RECIPES[row.recipe], quarter, row))


def _come_back(quarter: Quarter, row: Row) -> None:
    act.bring_back()
    met = Matter.objects.get(pk=quarter.matters["need_met"].pk)
    judged(quarter, met, row, Revisit.Solved.YES, Revisit.Content.YES)


def look_back(quarter: Quarter) -> None:
    """What recurs, and one of it taken up."""
    themes = act.propose_themes(
        alliance=quarter.alliance, month=today(), by=quarter.cast.secretariat
    )
    for theme in themes[:1]:
        lead = quarter.organisation("市北建投集团")
        act.adopt_theme(
            theme=theme, title="老院排水反复堵塞", lead=lead, by=quarter.cast.secretariat
        )
