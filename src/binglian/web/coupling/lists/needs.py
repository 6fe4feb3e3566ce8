"""The list of needs, one need, and its form."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import keeps_lists
from binglian.domain.checkups.queries import checkup_of
from binglian.domain.coupling.actions import save_need, withdraw_row
from binglian.domain.coupling.exports import needs_sheet
from binglian.domain.coupling.help_queries import help_visible_to
from binglian.domain.coupling.models import HelpApplication, Need
from binglian.domain.coupling.queries import commitments_visible_to, needs_visible_to, rounds_waited
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may, may_for
from binglian.web.checkups.forms import SettleForm
from binglian.web.downloads import download

from .access import preselected, require_for
from .forms import ComponentRows, NeedForm, component_rows, components_of
from .pages import filter_of, list_context

#: What a row of the list shows, beside its components.
_SHOWN = (
    *("number", "title", "state", "priority", "deadline", "windows", "times", "is_consecutive"),
    *("place", "organisation__name", "organisation__name_en"),
)


@require_safe
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """What members need, with the components of each bundle."""
    alliance = alliance_or_404(request, slug)
    rows = needs_visible_to(request.user).filter(alliance=alliance)
    rows = rows.select_related(None).select_related("organisation").only(*_SHOWN)
    offered = help_visible_to(request.user, alliance)
    context = list_context(request, alliance, "needs", rows)
    context["help_waiting"] = offered.filter(state=HelpApplication.State.RECEIVED).count()
    return render(request, "coupling/needs.html", context)


@require_safe
def needs_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The needs on the reader's screen, in the template's columns."""
    alliance = alliance_or_404(request, slug)
    rows = needs_visible_to(request.user).filter(alliance=alliance)
    narrowed = filter_of(request, alliance, "needs").narrow(rows)
    narrowed = narrowed.prefetch_related("prefers", "rules_out")
    sheet = needs_sheet(alliance, narrowed, request.LANGUAGE_CODE)
    return download(sheet, f"{alliance}-{_('需求清单')}", request.GET.get("format", ""))


@require_safe
def need(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One need, its components, and what was promised to it."""
    return need_page(request, alliance_or_404(request, slug), pk)


def need_page(
    request: HttpRequest,
    alliance: Alliance,
    pk: int,
    status: int = 200,
    settle_form: SettleForm | None = None,
) -> HttpResponse:
    """The page of a need; ``settle_form`` is what was typed about the check-up it comes from."""
    row = _need_or_404(request, alliance, pk)
    checkup = checkup_of(row)
    may_settle = (
        checkup and not checkup.is_resolved and may(request, Permission.SETTLE_CHECKUPS, alliance)
    )
    promised = commitments_visible_to(request.user).filter(component__need=row)
    context = {
        "alliance": alliance,
        "section": "needs",
        "need": row,
        "waited": dict(rounds_waited([row])).get(row.pk, 0),
        "commitments": promised.order_by("component__position", "pk"),
        "helpers": help_visible_to(request.user, alliance).filter(need=row),
        "may_edit": may_for(request, Permission.EDIT_LISTS, alliance, row.organisation),
        "checkup": checkup,
        "settle_form": (settle_form or SettleForm()) if may_settle else None,
    }
    return render(request, "coupling/need.html", context, status=status)


def need_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a need."""
    alliance = alliance_or_404(request, slug)
    if not keeps_lists(request.user, alliance):
        raise PermissionDenied(_("您在本联盟没有可填报的单位。"))
    return _form(request, alliance, None)


def need_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a need."""
    alliance = alliance_or_404(request, slug)
    row = _need_or_404(request, alliance, pk)
    require_for(request, row)
    return _form(request, alliance, row)


@require_POST
def need_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a need off the list."""
    alliance = alliance_or_404(request, slug)
    row = withdraw_row(row=_need_or_404(request, alliance, pk), by=request.user)
    messages.success(request, _("已撤回“%(title)s”，已有的承诺仍然有效。") % {"title": row.title})
    return redirect("coupling:needs", slug)


def _form(request: HttpRequest, alliance: Alliance, row: Need | None) -> HttpResponse:
    if "add" in request.POST:
        return _with_more_rows(request, alliance, row)
    is_sent = request.method == "POST"
    form = NeedForm(
        request.POST or None,
        instance=copy(row),  # a form writes what was typed into its instance
        initial=preselected(request),
        alliance=alliance,
        user=request.user,
    )
    if not is_sent:
        parts = component_rows(alliance, rows=components_of(row) if row else ())
        return _page(request, alliance, row, form, parts)
    parts = component_rows(alliance, data=request.POST)
    if all([form.is_valid(), parts.is_valid()]):
        try:
            saved = save_need(
                alliance=alliance,
                by=request.user,
                need=row,
                components=parts.facts(),
                **form.facts(),
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存“%(title)s”。") % {"title": saved.title})
            return redirect("coupling:need", alliance.slug, saved.pk)
    return _page(request, alliance, row, form, parts, status=422)


def _with_more_rows(request: HttpRequest, alliance: Alliance, row: Need | None) -> HttpResponse:
    """The same page with what was typed so far and more empty rows; nothing is judged yet."""
    several = {"prefers", "rules_out"}
    typed = {
        name: request.POST.getlist(name) if name in several else request.POST.get(name, "")
        for name in NeedForm.base_fields
    }
    form = NeedForm(instance=row, initial=typed, alliance=alliance, user=request.user)
    parts = component_rows(alliance, rows=component_rows(alliance, data=request.POST).typed())
    return _page(request, alliance, row, form, parts)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    row: Need | None,
    form: NeedForm,
    parts: ComponentRows,
    status: int = 200,
) -> HttpResponse:
    context = {"alliance": alliance, "section": "needs", "form": form, "parts": parts, "row": row}
    return render(request, "coupling/need_form.html", context, status=status)


def _need_or_404(request: HttpRequest, alliance: Alliance, pk: int) -> Need:
    rows = needs_visible_to(request.user).filter(alliance=alliance)
    return get_object_or_404(rows.prefetch_related("prefers", "rules_out"), pk=pk)
