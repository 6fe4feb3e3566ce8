"""What bars a team from a flag, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.checks.models import Accident, Team, TeamDay

#: Wages owed bar the year in which they were owed; an accident bars so many years from its day.
YEARS_AFTER_ACCIDENT = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Why not, and the first day on which it bars no longer."""

    why: str
    until: date


@crossing_alliances("A team is the same at another site, in another alliance")
def bars_on_flag(team: Team, on: date) -> list[Bar]:
    """What stands against a flag on a day, the longest last.

    A team is its organisation and its name: entered anew, or at another site, it is the same.
    """
    same = Team.objects.filter(organisation=team.organisation, name=team.name)
    bars = []
    if TeamDay.objects.filter(team__in=same, owes_wages=True, on__year=on.year, on__lte=on):
        bars.append(Bar(_("今年报过拖欠工资，本年度不能授予旗帜"), date(on.year + 1, 1, 1)))
    for accident in Accident.objects.filter(team__in=same, withdrawn_at=None, on__lte=on):
        until = _years_after(accident.on, YEARS_AFTER_ACCIDENT)
        if until > on:
            why = _("%(day)s 发生过事故，三年内不能授予旗帜") % {"day": accident.on.isoformat()}
            bars.append(Bar(why, until))
    return sorted(bars, key=lambda bar: bar.until)


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; after 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
