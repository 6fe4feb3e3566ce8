"""The three rates: what of what, what is left out and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import today
from binglian.domain.indicators.kept import kept
from binglian.domain.matters.models import Exclusion, Reply
from binglian.domain.matters.queries import ThreeRates, overdue_matters, three_rates
from binglian.sheets.columns import Column
from binglian.sheets.writing import SheetOut
from binglian.web.access import alliance_or_404
from binglian.web.alliance.forms.parts import day_input
from binglian.web.downloads import download

from .desk_views import frame
from .reader import Reader

_COLUMNS = (
    Column("rate", "指标", "Rate"),
    Column("numerator", "分子", "Numerator"),
    Column("denominator", "分母", "Denominator"),
    Column("share", "比率", "Share"),
    Column("pending", "尚未计入", "Not counted yet"),
    Column("excluded", "剔除（按理由）", "Left out, by reason", longest=400),
)


class SpanForm(forms.Form):
    """From which day to which, by the day of dispatch."""

    first = forms.DateField(label=gettext_lazy("分派日期自"), widget=day_input(), required=False)
    last = forms.DateField(label=gettext_lazy("至"), widget=day_input(), required=False)

    def span(self) -> tuple[date, date]:
        """What was chosen, else this month and the two before it; never backwards."""
        typed = self.cleaned_data if self.is_valid() else {}
        last = typed.get("last") or today()
        first = typed.get("first") or (last.replace(day=1) - timedelta(days=59)).replace(day=1)
        return min(first, last), last


@require_safe
def rates(request: HttpRequest, slug: str) -> HttpResponse:
    """Each rate with numerator, denominator and exclusions; too small a share is not shown."""
    alliance = alliance_or_404(request, slug)
    first, last = SpanForm(request.GET).span()
    found = kept(alliance, "rates", first, last, make=lambda: three_rates(alliance, first, last))
    language = get_language() or "zh-hans"
    if request.GET.get("format"):
        name = f"{alliance.slug}-rates-{first}-{last}"
        return download(_sheet(found, language), name, request.GET["format"])
    outcomes = [(label, found.outcomes.get(code, 0)) for code, label in Reply.Outcome.choices]
    context = frame(Reader.of(request, alliance), "rates") | {
        "rows": _rows(found),
        "outcomes": outcomes,
        "overdue_count": kept(alliance, "overdue", make=overdue_matters(alliance).count),
        "span": SpanForm(initial={"first": first, "last": last}),
        "first": first,
        "last": last,
    }
    return render(request, "matters/rates.html", context)


def _rows(found: ThreeRates) -> list[dict[str, Any]]:
    rate = Exclusion.Rate
    told = (
        (rate.RESPONSE.label, _("在首次联系期限内联系上的，占留有联系方式的"), found.response),
        (rate.SOLVED.label, _("回访答“已解决”的，占有效回访"), found.solved),
        (rate.CONTENT.label, _("回访答“满意”“基本满意”的，占有效回访"), found.content),
        (_("按期答复率"), _("期限内答复的，占已答复和已逾期的"), found.on_time),
        (_("有效回访率"), _("回访有结果的，占已答复的"), found.revisited),
    )
    return [{"label": label, "of": of, "rate": rate} for label, of, rate in told]


def _sheet(found: ThreeRates, language: str) -> SheetOut:
    rows = [
        {
            "rate": str(row["label"]),
            "numerator": row["rate"].numerator,
            "denominator": row["rate"].denominator,
            "share": round(share, 4) if (share := row["rate"].share) is not None else None,
            "pending": row["rate"].pending,
            "excluded": "；".join(f"{why} {n}" for why, n in row["rate"].exclusions.items()),
        }
        for row in _rows(found)
    ]
    return SheetOut("Rates" if language.startswith("en") else "三率", _COLUMNS, rows)
