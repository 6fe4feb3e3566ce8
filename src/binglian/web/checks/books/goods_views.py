"""Goods given to sites, at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import members_of
from binglian.domain.checks.actions import (
    cancel_donation,
    confirm_hand_out,
    enter_donation,
    find_donor,
    hand_out,
    publish_donation,
    take_back,
)
from binglian.domain.checks.exports import goods_sheet
from binglian.domain.checks.models import Donation, HandOut
from binglian.domain.checks.queries import (
    donations_visible_to,
    hand_outs_to_confirm,
    sites_kept_by,
    totals_of,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.downloads import download
from binglian.web.paging import page_of

from .access import keeps, require_keeping, sites_or_403
from .goods_forms import DonationForm, GoodForms, HandOutForm


@require_safe
def goods(request: HttpRequest, slug: str) -> HttpResponse:
    """What came, what went, what is left; and what the reader has to confirm."""
    alliance = alliance_or_404(request, slug)
    rows = donations_visible_to(request.user).filter(alliance=alliance)
    context = page_of(request, rows) | {
        "alliance": alliance,
        "section": "books",
        "totals": totals_of(rows),
        "to_confirm": hand_outs_to_confirm(request.user, alliance),
        "may_enter": bool(sites_kept_by(request.user, alliance)),
    }
    return render(request, "checks/goods.html", context)


@require_safe
def goods_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Every good given, with what went and what is left, as a spreadsheet."""
    alliance = alliance_or_404(request, slug)
    rows = donations_visible_to(request.user).filter(alliance=alliance)
    name = f"{alliance}-{_('慰问品和捐赠')}"
    return download(goods_sheet(rows), name, request.GET.get("format", ""))


def donation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter what an organisation gave under one receipt."""
    alliance, sites = sites_or_403(request, slug)
    form = DonationForm(request.POST or None, sites=sites)
    lines = GoodForms(request.POST or None, prefix="goods")
    # Both, always: a person corrects all mistakes at once.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            made = _entered(request, dict(form.cleaned_data), lines)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记。发放一笔记一笔，核对后公示。"))
            return redirect("books:donation", slug, made.pk)
    members = members_of(alliance).values("organisation")
    context = {
        "alliance": alliance,
        "section": "books",
        "form": form,
        "lines": lines,
        "donors": Organisation.objects.filter(pk__in=members).order_by("name"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/donation_form.html", context, status=status)


@require_safe
def donation(request: HttpRequest, slug: str, donation_pk: int) -> HttpResponse:
    """One receipt: its goods, where they went, and what is to be done next."""
    alliance, found = _donation_or_404(request, slug, donation_pk)
    return _page(request, alliance, found)


@require_POST
def donation_publish(request: HttpRequest, slug: str, donation_pk: int) -> HttpResponse:
    """Everybody may see it from now on."""
    _alliance, found = _donation_or_404(request, slug, donation_pk)
    publish_donation(donation=found, by=request.user)
    messages.success(request, _("已公示。以后的发放也会自动出现在公众页。"))
    return redirect("books:donation", slug, donation_pk)


@require_POST
def donation_cancel(request: HttpRequest, slug: str, donation_pk: int) -> HttpResponse:
    """Entered wrongly, or given back."""
    _alliance, found = _donation_or_404(request, slug, donation_pk)
    cancel_donation(donation=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已撤销，记录和原因仍保留。"))
    return redirect("books:goods", slug)


@require_POST
def good_hand_out(request: HttpRequest, slug: str, donation_pk: int) -> HttpResponse:
    """Some of it goes to an organisation, which is asked to confirm."""
    alliance, found = _donation_or_404(request, slug, donation_pk)
    require_keeping(request, found.project)
    form = HandOutForm(request.POST, goods=found.goods.all(), alliance=alliance)
    if form.is_valid():
        try:
            hand_out(by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已记下，接收单位会收到通知，请它确认。"))
            return redirect("books:donation", slug, donation_pk)
    return _page(request, alliance, found, form, status=422)


@require_POST
def hand_out_confirm(request: HttpRequest, slug: str, hand_out_pk: int) -> HttpResponse:
    """The receiving organisation says that it came."""
    _alliance, row = _hand_out_or_404(request, slug, hand_out_pk)
    confirm_hand_out(hand_out=row, by=request.user)
    messages.success(request, _("已确认收到。"))
    return redirect("books:goods", slug)


@require_POST
def hand_out_take_back(request: HttpRequest, slug: str, hand_out_pk: int) -> HttpResponse:
    """Handed out wrongly, or brought back."""
    _alliance, row = _hand_out_or_404(request, slug, hand_out_pk)
    take_back(hand_out=row, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已收回，数量回到结存。"))
    return redirect("books:donation", slug, row.good.donation_id)


@transaction.atomic
def _entered(request: HttpRequest, facts: dict[str, Any], lines: Any) -> Donation:
    project = facts["project"]
    name, code = facts.pop("donor"), facts.pop("credit_code")
    donor = find_donor(project=project, name=name, credit_code=code, by=request.user)
    return enter_donation(donor=donor, goods=lines.filled(), by=request.user, **facts)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    found: Donation,
    form: HandOutForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_kept = keeps(request, found.project)
    is_standing = found.state != Donation.State.CANCELLED
    has_left = any(good.remaining for good in found.goods.all())
    if is_kept and is_standing and has_left and form is None:
        form = HandOutForm(goods=found.goods.all(), alliance=alliance)
    waiting = hand_outs_to_confirm(request.user, alliance)
    context = {
        "alliance": alliance,
        "section": "books",
        "donation": found,
        "totals": totals_of([found]),
        "keeps": is_kept and is_standing,
        "form": form,
        "to_confirm": set(waiting.values_list("pk", flat=True)),
        "is_untouched": not any(good.handed_out for good in found.goods.all()),
    }
    return render(request, "checks/donation.html", context, status=status)


def _donation_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Donation]:
    alliance = alliance_or_404(request, slug)
    rows = donations_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(rows, pk=pk)


def _hand_out_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, HandOut]:
    alliance = alliance_or_404(request, slug)
    rows = HandOut.objects.filter(good__donation__alliance=alliance)
    return alliance, get_object_or_404(rows.select_related("good__donation"), pk=pk)
