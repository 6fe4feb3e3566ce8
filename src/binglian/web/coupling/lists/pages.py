"""What the pages of offers and of needs have in common."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import keeps_lists
from binglian.domain.coupling.actions import drop_filter, keep_filter
from binglian.domain.coupling.models import SavedFilter
from binglian.domain.coupling.queries import filters_of
from binglian.web.access import alliance_or_404
from binglian.web.paging import page_of

from .forms import ListFilter


def list_context(
    request: HttpRequest, alliance: Alliance, section: str, rows: QuerySet[Any]
) -> dict[str, Any]:
    """A narrowed page of a list with its filter, saved filters, and what may be done."""
    narrowed = filter_of(request, alliance, section)
    saved = list(filters_of(request.user, alliance, section))
    context = page_of(request, narrowed.narrow(rows))
    return context | {
        "alliance": alliance,
        "section": section,
        "filter": narrowed,
        "is_filtered": narrowed.is_used,
        "saved": saved,
        "is_saved": any(one.query == context["query"] for one in saved),
        "may_enter": keeps_lists(request.user, alliance),
    }


def filter_of(request: HttpRequest, alliance: Alliance, section: str) -> ListFilter:
    """The filter that the query string says."""
    return ListFilter(
        request.GET, alliance=alliance, user=request.user, has_priority=section == "needs"
    )


@require_POST
def filter_keep(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Keep the present filter under a name."""
    alliance = alliance_or_404(request, slug)
    query, name = request.POST.get("query", ""), request.POST.get("name", "").strip()
    if name and len(query) <= 600:
        keep_filter(alliance=alliance, list=section, name=name, query=query, by=request.user)
        messages.success(request, _("已保存筛选“%(name)s”。") % {"name": name[:40]})
    else:
        messages.error(request, _("请给筛选起一个名称。"))
    address = redirect(f"coupling:{section}", slug).url
    return redirect(f"{address}?{query}")


@require_POST
def filter_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Forget one of the reader's own filters."""
    alliance_or_404(request, slug)
    saved = get_object_or_404(SavedFilter, pk=pk, user=request.user, alliance__slug=slug)
    drop_filter(saved=saved, by=request.user)
    messages.success(request, _("已删除筛选“%(name)s”。") % {"name": saved.name})
    return redirect(f"coupling:{saved.list}", slug)
