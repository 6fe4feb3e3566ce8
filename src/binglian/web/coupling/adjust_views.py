"""Correcting a proposed run by hand, one need at a time."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import set_matches
from binglian.domain.coupling.engine_adapter import STANDING, candidates_for, snapshot_of
from binglian.domain.coupling.models import Commitment, Component, CouplingRun, Match, Need, Offer
from binglian.domain.coupling.queries import needs_visible_to, runs_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404

from .run_forms import AdjustForm

Candidates = list[tuple[Component, list[Offer]]]


def adjust(request: HttpRequest, slug: str, pk: int, need_pk: int) -> HttpResponse:
    """Who could give how much to each part of a need; the judge looks at what is sent."""
    alliance = alliance_or_404(request, slug, Permission.RUN_COUPLING)
    run = get_object_or_404(runs_visible_to(request.user), alliance=alliance, pk=pk)
    need = get_object_or_404(needs_visible_to(request.user), alliance=alliance, pk=need_pk)
    if run.state != CouplingRun.State.PROPOSED:
        messages.info(request, _("只有待审定的结果可以修改。"))
        return redirect("coupling:run", slug, pk)
    matches = {(m.offer_id, m.component_id): m for m in _own_matches(run, need)}
    candidates = _candidates(run, need, list(matches.values()))
    form = AdjustForm(request.POST or None, candidates, matches)
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_matches(
                    run=run, wanted=form.wanted(), by=request.user, why=form.cleaned_data["why"]
                )
            except ActionRefused as refused:
                refusal, status = str(refused), 409
            else:
                messages.success(request, _("“%(need)s”已调整。") % {"need": need.title})
                return redirect("coupling:run", slug, pk)
    context = {
        "alliance": alliance,
        "section": "runs",
        "run": run,
        "need": need,
        "form": form,
        "refusal": refusal,
        "parts": _parts(form, candidates, _taken(run, need, candidates)),
        "unmet": run.unmet.filter(need=need).first(),
    }
    return render(request, "coupling/run_adjust.html", context, status=status)


def _candidates(run: CouplingRun, need: Need, matches: list[Match]) -> Candidates:
    """Each part of the need with the offers that fit it, and those it already has."""
    snapshot = snapshot_of(run, today())
    found = []
    for component in need.components.all():
        offers = {offer.pk: offer for offer, _fit in candidates_for(snapshot, component.pk)}
        has = {m.offer_id: m.offer for m in matches if m.component_id == component.pk}
        found.append((component, list((offers | has).values())))
    return found


def _own_matches(run: CouplingRun, need: Need) -> QuerySet[Match]:
    return run.matches.filter(component__need=need).select_related("offer__organisation")


def _taken(run: CouplingRun, need: Need, candidates: Candidates) -> dict[int, Decimal]:
    """What others get of each candidate: earlier promises, and this run's other needs."""
    offers = {offer.pk for _component, found in candidates for offer in found}
    taken: dict[int, Decimal] = dict.fromkeys(offers, Decimal(0))
    earlier = Commitment.objects.filter(offer__in=offers, state__in=STANDING)
    others = run.matches.exclude(component__need=need).filter(offer__in=offers)
    for rows in (earlier, others):
        for offer, total in rows.order_by().values_list("offer").annotate(s=Sum("quantity")):
            taken[offer] += total
    return taken


def _parts(
    form: AdjustForm, candidates: Candidates, taken: dict[int, Decimal]
) -> list[dict[str, Any]]:
    return [
        {
            "component": component,
            "rows": [
                {
                    "offer": offer,
                    "field": form[f"q-{offer.pk}-{component.pk}"],
                    "free": max(Decimal(0), offer.quantity - taken[offer.pk]),
                }
                for offer in offers
            ],
        }
        for component, offers in candidates
    ]
