"""The desk's lists of matters: what waits for the reader, all of them, the parked ones."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Matter, Parking
from binglian.domain.matters.queries import matters_visible_to
from binglian.domain.refusals import refuse_unless
from binglian.web.access import alliance_or_404, seats_held
from binglian.web.downloads import download
from binglian.web.paging import keyset_page_of

from .filters import MatterFilter, as_rows
from .reader import Reader
from .sheets import matters_sheet
from .waiting import MOST, awaited_in

#: A workbook is built in memory.
MOST_ROWS = 20_000


def frame(reader: Reader, tab: str) -> dict[str, Any]:
    """What every desk page of matters needs."""
    return {
        "alliance": reader.alliance,
        "section": "matters",
        "tab": tab,
        "may_file": reader.may_for_some(Permission.FILE_FOR_RESIDENT),
        "may_dispatch": reader.may(Permission.DISPATCH_MATTERS),
    }


@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the reader, and what they may do about it at once."""
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    context = frame(reader, "desk") | {"queues": awaited_in(request, reader)}
    context["most"] = MOST
    context["has_more"] = sum(len(queue.steps) for queue in context["queues"]) >= MOST
    return render(request, "matters/desk.html", context)


@require_safe
def matters(request: HttpRequest, slug: str) -> HttpResponse:
    """Every matter the reader may see that fits the conditions, the newest first."""
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    narrowed = MatterFilter(request.GET, alliance)
    rows = narrowed.narrow(_visible(request, alliance))
    context = frame(reader, "list") | keyset_page_of(request, as_rows(rows), by="-pk")
    context |= {"filter": narrowed, "is_filtered": narrowed.is_used}
    return render(request, "matters/list.html", context)


@require_safe
def matters_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as narrowed, without how to reach anybody."""
    alliance = alliance_or_404(request, slug)
    narrowed = MatterFilter(request.GET, alliance).narrow(_visible(request, alliance))
    rows = list(narrowed[: MOST_ROWS + 1])
    refuse_unless(
        len(rows) <= MOST_ROWS,
        _("超过 %(most)s 行，放不进一个工作簿。请先缩小范围。") % {"most": MOST_ROWS},
    )
    sheet = matters_sheet(rows, get_language() or "zh-hans")
    return download(sheet, f"{alliance.slug}-matters", request.GET.get("format", "xlsx"))


@require_safe
def parked(request: HttpRequest, slug: str) -> HttpResponse:
    """What cannot be solved now, the first to be looked at again first."""
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    standing = Parking.objects.filter(ended_at=None)
    rows = (
        _visible(request, alliance)
        .filter(state=Matter.State.PARKED)
        .prefetch_related(Prefetch("parkings", standing, "standing"))
    )
    found = [(matter, next(iter(matter.standing), None)) for matter in rows[:MOST_ROWS]]
    found.sort(key=lambda pair: (pair[1] is None, pair[1].look_again_on if pair[1] else None))
    return render(request, "matters/parked.html", frame(reader, "parked") | {"rows": found})


def _visible(request: HttpRequest, alliance: Alliance) -> Any:
    seen = matters_visible_to(request.user, seats_held(request))
    return seen.filter(alliance=alliance)
