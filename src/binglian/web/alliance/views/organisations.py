"""One organisation within an alliance."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.actions import change_organisation, hand_over
from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.alliance.queries import liaison_officers, organisations_visible_to
from binglian.domain.coupling.queries import promises_of
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import BY_DUE, matters_visible_to
from binglian.domain.projects.queries import awaited_from, projects_visible_to
from binglian.web.access import alliance_or_404, may, may_for
from binglian.web.alliance.credit_codes import credit_code_warning
from binglian.web.alliance.forms import HandoverForm, OrganisationForm
from binglian.web.matters.filters import as_rows

#: Longer lists are found through the lists' own pages.
SHOWN = 50


@require_safe
@crossing_alliances("All that is awaited of an organisation, wherever")
def organisation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What it is, who speaks for it, what it gives, needs, promised and was promised."""
    alliance = alliance_or_404(request, slug)
    memberships = alliance.memberships.filter(organisation=pk).order_by("-pk")
    membership = memberships.select_related("organisation__parent", "organisation__area").first()
    if membership is None:
        raise Http404
    found = membership.organisation
    promises = list(promises_of(found, alliance)[:SHOWN])
    context = {
        "alliance": alliance,
        "section": "members",
        "organisation": found,
        "membership": membership,
        "credit_warning": credit_code_warning(found.credit_code),
        "officers": liaison_officers(alliance, found),
        "offers": alliance.offers.filter(organisation=found)[:SHOWN],
        "needs": alliance.needs.filter(organisation=found).prefetch_related("components")[:SHOWN],
        "given": [p for p in promises if p.giver_id == found.pk],
        "received": [p for p in promises if p.receiver_id == found.pk],
        "matters": _matters_led_by(request, alliance, found),
        "awaited": awaited_from(found, projects_visible_to(request.user))[:SHOWN],
        "may_edit": may_for(request, Permission.EDIT_ORGANISATION, alliance, found),
        "may_hand_over": may_for(request, Permission.HAND_OVER, alliance, found),
        "may_withdraw": may(request, Permission.MANAGE_MEMBERS, alliance)
        and membership.state == Membership.State.ADMITTED
        and found.pk not in alliance.lead_ids,
    }
    return render(request, "alliance/organisation.html", context)


def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct what is known of an organisation."""
    alliance = alliance_or_404(request, slug)
    found = _organisation_or_404(alliance, pk)
    require_permission(request.user, Permission.EDIT_ORGANISATION, within=alliance.seat_of(found))
    # The form writes into its instance; the action compares with an untouched one.
    form = OrganisationForm(
        request.POST or None,
        instance=_organisation_or_404(alliance, pk),
        among=organisations_visible_to(request.user),
    )
    if request.method == "POST" and form.is_valid():
        change_organisation(organisation=found, alliance=alliance, by=request.user, **form.facts())
        if warning := credit_code_warning(found.credit_code):
            messages.warning(request, warning)
        messages.success(request, _("单位信息已保存。"))
        return redirect("alliance:organisation", slug, pk)
    context = {"alliance": alliance, "section": "members", "organisation": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/organisation_edit.html", context, status=status)


def handover(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One liaison officer gives the seat to another in one step."""
    alliance = alliance_or_404(request, slug)
    found = _organisation_or_404(alliance, pk)
    require_permission(request.user, Permission.HAND_OVER, within=alliance.seat_of(found))
    form = HandoverForm(
        request.POST or None,
        alliance=alliance,
        organisation=found,
        initial={"leaving": request.user.pk},
    )
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data
        hand_over(alliance=alliance, organisation=found, by=request.user, **people)
        messages.success(
            request,
            _("已交接给“%(who)s”，本单位的清单和承诺都未变动。") % {"who": people["taking_over"]},
        )
        # Whoever handed over their only seat no longer sees the alliance.
        is_self = people["leaving"] == request.user
        return redirect("home") if is_self else redirect("alliance:organisation", slug, pk)
    context = {"alliance": alliance, "section": "members", "organisation": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/handover.html", context, status=status)


def _matters_led_by(
    request: HttpRequest, alliance: Alliance, organisation: Organisation
) -> list[Matter]:
    """What it has to answer, the first to be due first, as far as the reader may see it."""
    rows = matters_visible_to(request.user).filter(alliance=alliance, lead=organisation)
    running = rows.filter(state__in=Matter.RUNNING)
    return list(as_rows(running).order_by(*BY_DUE)[:SHOWN])


def _organisation_or_404(alliance: Alliance, pk: int) -> Organisation:
    belonging = alliance.memberships.values("organisation")
    organisations = Organisation.objects.filter(pk__in=belonging).select_related("parent", "area")
    return get_object_or_404(organisations, pk=pk)
