"""Who decides for the leads: seats, delegates for a while, and who hears of silence."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, keep_seats_of
from binglian.domain.governance.actions import (
    add_superior,
    delegate_decisions,
    remove_superior,
    revoke_delegation,
)
from binglian.domain.governance.models import Delegation, Lead
from binglian.domain.governance.queries import (
    body_of,
    delegation_to,
    delegations_in,
    seat_holders,
    seats_held,
)
from binglian.web.access import alliance_or_404

from .forms import DelegationForm, SuperiorForm

PAST_SHOWN = 20


@require_safe
def delegations(request: HttpRequest, slug: str) -> HttpResponse:
    """For each core: seat, delegations now and to come, superiors; then those that are over."""
    alliance = alliance_or_404(request, slug)
    return _page(request, alliance)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    delegation: DelegationForm | None = None,
    superior: SuperiorForm | None = None,
) -> HttpResponse:
    held = seats_held(request.user, alliance)
    made = list(delegations_in(alliance))
    running = [one for one in made if not one.is_over]
    keep_seats_of([person for one in running for person in (one.giver, one.delegate)])
    holders, superiors = seat_holders(alliance), list(alliance.superiors.all())
    lead = held[0] if held else None
    context = {
        "alliance": alliance,
        "section": "decisions",
        "cores": [
            {
                "lead": one,
                "body": body_of(alliance, one),
                "holders": holders[one],
                "delegations": [
                    (given, _counts(given, running, alliance))
                    for given in running
                    if given.lead == one
                ],
                "superiors": [office for office in superiors if office.lead == one],
                "is_mine": one in held,
            }
            for one in Lead
        ],
        "past": [one for one in made if one.is_over][:PAST_SHOWN],
        "lead": lead,
        "delegation_form": delegation
        or (DelegationForm(alliance=alliance, lead=lead, giver=request.user) if lead else None),
        "superior_form": superior or (SuperiorForm() if lead else None),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/delegations.html", context, status=status)


def _counts(given: Delegation, running: list[Delegation], alliance: Alliance) -> bool:
    """Whether it is the one by which its delegate decides today."""
    theirs = [one for one in running if one.delegate_id == given.delegate_id and one.is_current]
    return given == delegation_to(given.delegate, Lead(given.lead), alliance, theirs)


@require_POST
def delegate(request: HttpRequest, slug: str) -> HttpResponse:
    """The holder of a seat lets a colleague decide for some days."""
    alliance, lead = _own_lead(request, slug)
    form = DelegationForm(request.POST, alliance=alliance, lead=lead, giver=request.user)
    if not form.is_valid():
        return _page(request, alliance, delegation=form)
    given = delegate_decisions(alliance=alliance, lead=lead, by=request.user, **form.cleaned_data)
    messages.success(request, _("已委托“%(who)s”。") % {"who": given.delegate})
    return redirect("governance:delegations", slug)


@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """From now on the delegate answers nothing more."""
    alliance = alliance_or_404(request, slug)
    given = get_object_or_404(delegations_in(alliance), pk=pk)
    revoke_delegation(delegation=given, by=request.user)
    messages.success(request, _("已撤销给“%(who)s”的委托。") % {"who": given.delegate})
    return redirect("governance:delegations", slug)


@require_POST
def superior_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A lead names an office that is to hear of its silence."""
    alliance, lead = _own_lead(request, slug)
    form = SuperiorForm(request.POST)
    if not form.is_valid():
        return _page(request, alliance, superior=form)
    named = add_superior(alliance=alliance, lead=lead, by=request.user, **form.cleaned_data)
    messages.success(request, _("已登记“%(office)s”。") % {"office": named})
    return redirect("governance:delegations", slug)


@require_POST
def superior_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A lead takes the office off again."""
    alliance = alliance_or_404(request, slug)
    superior = get_object_or_404(alliance.superiors, pk=pk)
    remove_superior(superior=superior, by=request.user)
    messages.success(request, _("已取消“%(office)s”。") % {"office": superior})
    return redirect("governance:delegations", slug)


def _own_lead(request: HttpRequest, slug: str) -> tuple[Alliance, Lead]:
    """The core whose seat the reader holds."""
    alliance = alliance_or_404(request, slug, Permission.DELEGATE)
    return alliance, seats_held(request.user, alliance)[0]
