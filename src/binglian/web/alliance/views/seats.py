"""Who sits where."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.actions import appoint, end_appointment, open_account
from binglian.domain.alliance.queries import seats_in
from binglian.web.access import alliance_or_404, may
from binglian.web.alliance.forms import AccountForm, SeatForm
from binglian.web.alliance.people import send_password_link
from binglian.web.paging import page_of


@require_safe
def seats(request: HttpRequest, slug: str) -> HttpResponse:
    """The present seats; names as their holders show themselves."""
    alliance = alliance_or_404(request, slug)
    context = page_of(request, seats_in(alliance)) | {
        "alliance": alliance,
        "section": "seats",
        "may_manage": may(request, Permission.MANAGE_MEMBERS, alliance),
        "may_appoint_leads": has_permission(request.user, Permission.APPOINT_LEADS, within=None),
        "leads": [role.value for role in LEADS],
    }
    return render(request, "alliance/seats.html", context)


def seat_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody a seat; opens an account for a person who has none."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEMBERS)
    may_appoint_leads = has_permission(request.user, Permission.APPOINT_LEADS, within=None)
    form = SeatForm(request.POST or None, alliance=alliance, may_appoint_leads=may_appoint_leads)
    is_new_person = request.method == "POST" and not request.POST.get("person", "").strip()
    account = AccountForm(request.POST if is_new_person else None, prefix="new")
    account.use_required_attribute = False  # else browsers refuse to seat a known person
    # Both, always: a person corrects all mistakes at once.
    is_good = all([form.is_valid(), not is_new_person or account.is_valid()])
    if request.method == "POST" and is_good:
        with transaction.atomic():
            user = form.cleaned_data["person"] or open_account(
                alliance=alliance, by=request.user, **account.cleaned_data
            )
            appoint(
                alliance=alliance,
                user=user,
                role=Role(form.cleaned_data["role"]),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
            )
        if is_new_person:
            send_password_link(request, user)
        messages.success(request, _("已安排“%(who)s”任职。") % {"who": user})
        return redirect("alliance:seats", slug)
    context = {"alliance": alliance, "section": "seats", "form": form, "account": account}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/seat_new.html", context, status=status)


@require_POST
def seat_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A seat is given up from today."""
    alliance = alliance_or_404(request, slug)
    seat = get_object_or_404(seats_in(alliance), pk=pk)
    end_appointment(appointment=seat, by=request.user)
    messages.success(request, _("“%(who)s”的任职今日结束。") % {"who": seat.user})
    return redirect("alliance:seats", slug)
