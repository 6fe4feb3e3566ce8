"""Which stretch of time is looked at, and by what was known on which day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.indicators.periods import Period, end_of, month, read_period, year
from binglian.web.alliance.forms.parts import day_input

#: So many months back can be chosen; years as far as the alliance goes.
MONTHS = 12


class SpanForm(forms.Form):
    """A year or a month, this year unless said otherwise; ``as_of`` is a day until today."""

    period = forms.ChoiceField(label=_("统计期"), required=False)
    as_of = forms.DateField(
        label=_("按哪天所知"),
        required=False,
        widget=day_input(),
        help_text=_("不填即今天；填过去的一天，看到的就是当天的数"),
    )

    def __init__(self, typed: object, alliance: Alliance) -> None:
        super().__init__(typed)
        self.fields["period"].choices = [(str(one), str(one)) for one in _choices(alliance)]
        self.is_valid()

    @property
    def chosen(self) -> Period:
        return read_period(self._typed("period")) or year(today().year)

    @property
    def instant(self) -> datetime:
        """The end of the day asked for; now, where that is not over."""
        day = self.cleaned_data.get("as_of")
        return min(end_of(day), now()) if day else now()

    @property
    def is_past(self) -> bool:
        return bool(self.cleaned_data.get("as_of"))

    @property
    def query(self) -> str:
        """The same choice as it stands in an address."""
        day = self.cleaned_data.get("as_of")
        return f"period={self.chosen}" + (f"&as_of={day:%Y-%m-%d}" if day else "")

    def _typed(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")


def _choices(alliance: Alliance) -> list[Period]:
    """Years since the founding, the latest first, and the last twelve months."""
    first = alliance.founded_on.year if alliance.founded_on else today().year - 1
    years = [year(number) for number in range(today().year, min(first, today().year) - 1, -1)]
    months = [month(today())]
    while len(months) < MONTHS:
        months.append(month(months[-1].first - timedelta(days=1)))
    return [*years, *months]
