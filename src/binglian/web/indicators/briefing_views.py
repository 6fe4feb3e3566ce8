"""Briefings at the desk: read, written, sent, taken along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import is_naive, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.governance.queries import open_decision
from binglian.domain.indicators import actions
from binglian.domain.indicators.actions.briefings import SENDING
from binglian.domain.indicators.briefing import PARTS, lines_of
from binglian.domain.indicators.briefing.reading import (
    briefings_visible_to,
    paper_of_version,
    reads_drafts,
)
from binglian.domain.indicators.briefing.subjects import COUNTS
from binglian.domain.indicators.briefing.wording import typed_numbers
from binglian.domain.indicators.models import Briefing, BriefingVersion
from binglian.domain.indicators.periods import Period, months_until, read_period
from binglian.domain.indicators.records import Records
from binglian.papers import briefing as papers
from binglian.web.access import alliance_or_404, may
from binglian.web.downloads import as_file

from .briefing_form import BriefingForm, MonthForm

#: So many months back a briefing can be begun.
_BACK = 4
#: Records listed on the page of one figure.
_MOST = 500


@require_safe
def briefings(request: HttpRequest, slug: str) -> HttpResponse:
    """Every briefing of the alliance, and the months without one."""
    alliance = alliance_or_404(request, slug)
    rows = list(briefings_visible_to(request.user, alliance))
    writes = may(request, Permission.WRITE_BRIEFING, alliance)
    context = _frame(alliance) | {"rows": rows, "may_write": writes}
    if writes:
        context["months"] = _months_without(alliance)
    return render(request, "indicators/briefings.html", context)


@require_POST
def briefing_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Compose the briefing of a month."""
    alliance = alliance_or_404(request, slug, Permission.WRITE_BRIEFING)
    form = MonthForm(request.POST, _months_without(alliance))
    period = read_period(form.cleaned_data["month"]) if form.is_valid() else None
    if period is None:
        messages.error(request, _("请选择还没有简报的月份。"))
        return redirect("indicators:briefings", slug)
    started = actions.start_briefing(alliance=alliance, on=period.first, by=request.user)
    return redirect("indicators:briefing", slug, started.period)


@require_safe
def briefing(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """The briefing as it is printed, and what can be done with it."""
    alliance, found = _found(request, slug, month)
    version = _version(request, alliance, found)
    paper = paper_of_version(version)
    writes = may(request, Permission.WRITE_BRIEFING, alliance)
    is_draft = found.state == Briefing.State.DRAFT and version.number == found.latest.number
    drafts = reads_drafts(request.user, alliance)
    context = _frame(alliance) | {
        "briefing": found,
        "version": version,
        "versions": [one for one in found.versions.all() if drafts or one.sent_at],
        "paper": paper,
        "characters": papers.characters_of(paper),
        "most": papers.MOST_CHARACTERS,
        # Made by us; every word in them is escaped.
        "drawings": [(mark_safe(one.svg), one.caption) for one in paper.drawings],
        "may_edit": writes and is_draft,
        "may_correct": writes and found.state == Briefing.State.SENT,
        "typed": [one for text in version.texts.values() for one in typed_numbers(text)],
        "decision": open_decision(alliance, SENDING, found.pk),
    }
    return render(request, "indicators/briefing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def briefing_write(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """A text for each part; figures are named, not typed."""
    alliance, found = _found(request, slug, month, Permission.WRITE_BRIEFING)
    version = found.versions.select_related("briefing__alliance").get(pk=found.latest.pk)
    form = BriefingForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        actions.write_briefing(
            briefing=found,
            texts=form.texts,
            left_out=form.left_out,
            edition=form.cleaned_data["edition"],
            by=request.user,
        )
        messages.success(request, _("已保存。"))
        return redirect("indicators:briefing", slug, month)
    context = _frame(alliance) | {
        "briefing": found,
        "form": form,
        "names": [one.label for one in form.composition.figures],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/briefing_write.html", context, status=status)


@require_POST
def briefing_compose(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Figures and lines as they are known now."""
    done = _("数据和事项已按此刻的记录更新。")
    return _step(request, slug, month, actions.recompose_briefing, done)


@require_POST
def briefing_ask(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Have it sent."""
    _alliance, found = _found(request, slug, month, Permission.WRITE_BRIEFING)
    asked = actions.ask_briefing(briefing=found, by=request.user)
    is_sent = asked.state == Briefing.State.SENT
    messages.success(request, _("简报已报送。") if is_sent else _("已提请牵头单位同意报送。"))
    return redirect("indicators:briefing", slug, month)


@require_POST
def briefing_correct(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Begin a correction."""
    done = _("已开始更正：报送之前，原来的一版仍然有效。")
    return _step(request, slug, month, actions.correct_briefing, done)


@require_safe
def briefing_docx(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """For Word."""
    return _file(request, slug, month, papers.write_docx, "docx")


@require_safe
def briefing_pdf(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Typeset."""
    return _file(request, slug, month, papers.typeset, "pdf")


@require_safe
def briefing_figure(request: HttpRequest, slug: str, month: str, figure: str) -> HttpResponse:
    """The very records behind a figure, by what was known when it was counted."""
    alliance = alliance_or_404(request, slug)
    count, period = COUNTS.get(figure), _period(month)
    if count is None:
        raise Http404
    as_of = _instant(request.GET.get("at", ""))
    cases = list(count.cases(Records(alliance, as_of), period))
    context = _frame(alliance) | {
        "count": count,
        "period": period,
        "as_of": as_of,
        "cases": cases[:_MOST],
        "total": len(cases),
        "most": _MOST,
    }
    return render(request, "indicators/briefing_figure.html", context)


@require_safe
def briefing_part(request: HttpRequest, slug: str, month: str, part: str) -> HttpResponse:
    """Every line of a part, of which the paper may have room for some only."""
    alliance = alliance_or_404(request, slug)
    if part not in PARTS:
        raise Http404
    as_of, period = _instant(request.GET.get("at", "")), _period(month)
    lines = lines_of(part, Records(alliance, as_of), period)
    context = _frame(alliance) | {
        "title": PARTS[part][0],
        "period": period,
        "as_of": as_of,
        "lines": lines[:_MOST],
        "total": len(lines),
        "most": _MOST,
    }
    return render(request, "indicators/briefing_part.html", context)


def _step(
    request: HttpRequest, slug: str, month: str, act: Callable[..., object], done: str
) -> HttpResponse:
    _alliance, found = _found(request, slug, month, Permission.WRITE_BRIEFING)
    act(briefing=found, by=request.user)
    messages.success(request, done)
    return redirect("indicators:briefing", slug, month)


def _file(
    request: HttpRequest,
    slug: str,
    month: str,
    write: Callable[[papers.BriefingPaper], bytes],
    ending: str,
) -> HttpResponse:
    alliance, found = _found(request, slug, month)
    paper = paper_of_version(_version(request, alliance, found))
    return as_file(write(paper), f"{paper.alliance}{paper.title}.{ending}")


def _found(
    request: HttpRequest, slug: str, month: str, permission: Permission | None = None
) -> tuple[Alliance, Briefing]:
    alliance = alliance_or_404(request, slug, permission)
    visible = briefings_visible_to(request.user, alliance)
    return alliance, get_object_or_404(visible, month=_period(month).first)


def _version(request: HttpRequest, alliance: Alliance, found: Briefing) -> BriefingVersion:
    """The one asked for; else to writers the latest, to everybody else the one that was sent."""
    drafts = reads_drafts(request.user, alliance)
    wanted = request.GET.get("version", "")
    rows = found.versions.select_related("briefing__alliance__lead_a", "briefing__alliance__lead_b")
    if not drafts:
        rows = rows.exclude(sent_at=None)
    if wanted:
        if not (wanted.isascii() and wanted.isdigit()):
            raise Http404
        return get_object_or_404(rows, number=int(wanted[:6]))
    return get_object_or_404(rows, pk=found.latest.pk if drafts else found.sent_id)


def _months_without(alliance: Alliance) -> list[str]:
    """The last months that have no briefing, the month just over first."""
    have = set(alliance.briefings.values_list("month", flat=True))
    months = [str(one) for one in months_until(today(), _BACK) if one.first not in have][::-1]
    return sorted(months, key=lambda one: one == str(months_until(today(), 1)[0]))


def _period(typed: str) -> Period:
    period = read_period(typed)
    if period is None or "-" not in typed:
        raise Http404
    return period


def _instant(typed: str) -> datetime:
    """The instant of an address; now, where there is none."""
    try:
        found = datetime.fromisoformat(typed.replace(" ", "+"))
    except ValueError:
        return now()
    return now() if is_naive(found) else min(found, now())


def _frame(alliance: Alliance) -> dict[str, Any]:
    return {"alliance": alliance, "section": "briefings", "base": f"/a/{alliance.slug}/"}
