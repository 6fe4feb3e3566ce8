"""The problems found, as a list and as a spreadsheet; saying that one is resolved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.checkups.actions import settle_problem
from binglian.domain.checkups.exports import checkup_sheet
from binglian.domain.checkups.queries import checkups_visible_to, found_by_dimension
from binglian.web.access import alliance_or_404, may
from binglian.web.coupling.lists.needs import need_page
from binglian.web.downloads import download
from binglian.web.paging import page_of

from .forms import ProblemFilter, SettleForm


@require_safe
def problems(request: HttpRequest, slug: str) -> HttpResponse:
    """Every problem with what became of it; resolved of found for each dimension."""
    alliance = alliance_or_404(request, slug)
    rows = checkups_visible_to(request.user).filter(alliance=alliance)
    narrowing = ProblemFilter(request.GET)
    context = page_of(request, narrowing.narrow(rows)) | {
        "alliance": alliance,
        "section": "needs",
        "filter": narrowing,
        "is_filtered": narrowing.is_used,
        "figures": found_by_dimension(rows),
        "may_keep": may(request, Permission.KEEP_CHECKUPS, alliance),
    }
    return render(request, "checkups/problems.html", context)


@require_safe
def problems_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The problems on the reader's screen, in the template's columns."""
    alliance = alliance_or_404(request, slug)
    rows = checkups_visible_to(request.user).filter(alliance=alliance)
    narrowed = ProblemFilter(request.GET).narrow(rows).prefetch_related("need__components")
    sheet = checkup_sheet(alliance, narrowed, request.LANGUAGE_CODE)
    return download(sheet, f"{alliance}-{_('体检问题')}", request.GET.get("format", ""))


@require_POST
def settle(request: HttpRequest, slug: str, checkup_pk: int) -> HttpResponse:
    """Say that a problem is resolved, and what shows it."""
    alliance = alliance_or_404(request, slug, Permission.SETTLE_CHECKUPS)
    rows = checkups_visible_to(request.user).filter(alliance=alliance)
    found = get_object_or_404(rows, pk=checkup_pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return need_page(request, alliance, found.need_id, status=422, settle_form=form)
    settle_problem(found=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("已认定解决，依据留在台账里。"))
    return redirect("coupling:need", slug, found.need_id)
