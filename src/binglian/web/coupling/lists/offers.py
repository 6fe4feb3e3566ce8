"""The list of offers, one offer, and its form."""

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
from binglian.domain.coupling.actions import save_offer, withdraw_row
from binglian.domain.coupling.exports import offers_sheet
from binglian.domain.coupling.models import Offer
from binglian.domain.coupling.queries import (
    commitments_visible_to,
    offers_visible_to,
    with_quantity_left,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may_for
from binglian.web.downloads import download

from .access import preselected, require_for
from .forms import OfferForm
from .pages import filter_of, list_context

#: What a row of the list shows.
_SHOWN = (
    *("number", "title", "state", "tags", "kind", "renews", "quantity", "unit", "price"),
    *("windows", "place", "conditions", "organisation__name", "organisation__name_en"),
)


@require_safe
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    """What members can give, and how much of it is left."""
    alliance = alliance_or_404(request, slug)
    rows = with_quantity_left(offers_visible_to(request.user).filter(alliance=alliance))
    rows = rows.select_related(None).select_related("organisation").only(*_SHOWN)
    return render(request, "coupling/offers.html", list_context(request, alliance, "offers", rows))


@require_safe
def offers_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The offers on the reader's screen, in the template's columns."""
    alliance = alliance_or_404(request, slug)
    rows = offers_visible_to(request.user).filter(alliance=alliance).prefetch_related("excludes")
    narrowed = filter_of(request, alliance, "offers").narrow(rows)
    sheet = offers_sheet(alliance, narrowed, request.LANGUAGE_CODE)
    return download(sheet, f"{alliance}-{_('资源清单')}", request.GET.get("format", ""))


@require_safe
def offer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One offer and what was promised of it."""
    alliance = alliance_or_404(request, slug)
    row = _offer_or_404(request, alliance, pk)
    context = {
        "alliance": alliance,
        "section": "offers",
        "offer": row,
        "commitments": commitments_visible_to(request.user).filter(offer=row).order_by("pk"),
        "may_edit": may_for(request, Permission.EDIT_LISTS, alliance, row.organisation),
    }
    return render(request, "coupling/offer.html", context)


def offer_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter an offer."""
    alliance = alliance_or_404(request, slug)
    if not keeps_lists(request.user, alliance):
        raise PermissionDenied(_("您在本联盟没有可填报的单位。"))
    return _form(request, alliance, None)


def offer_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an offer."""
    alliance = alliance_or_404(request, slug)
    row = _offer_or_404(request, alliance, pk)
    require_for(request, row)
    return _form(request, alliance, row)


@require_POST
def offer_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an offer off the list."""
    alliance = alliance_or_404(request, slug)
    row = withdraw_row(row=_offer_or_404(request, alliance, pk), by=request.user)
    messages.success(request, _("已撤回“%(title)s”，已有的承诺仍然有效。") % {"title": row.title})
    return redirect("coupling:offers", slug)


def _form(request: HttpRequest, alliance: Alliance, row: Offer | None) -> HttpResponse:
    form = OfferForm(
        request.POST or None,
        instance=copy(row),  # a form writes what was typed into its instance
        initial=preselected(request),
        alliance=alliance,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_offer(alliance=alliance, by=request.user, offer=row, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存“%(title)s”。") % {"title": saved.title})
            return redirect("coupling:offer", alliance.slug, saved.pk)
    context = {"alliance": alliance, "section": "offers", "form": form, "row": row}
    status = 422 if request.method == "POST" else 200
    return render(request, "coupling/offer_form.html", context, status=status)


def _offer_or_404(request: HttpRequest, alliance: Alliance, pk: int) -> Offer:
    rows = with_quantity_left(offers_visible_to(request.user).filter(alliance=alliance))
    return get_object_or_404(rows, pk=pk)
