"""Correcting a proposed run by hand, one need at a time."""

from collections import defaultdict
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
from binglian.domain.coupling.engine_adapter import (
    Snapshot,
    candidates_for,
    slots_for,
    snapshot_of,
)
from binglian.domain.coupling.models import CouplingRun, Match, Need, Offer
from binglian.domain.coupling.queries import needs_visible_to, runs_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.templatetags.desk import slot as slot_label

from .run_forms import AdjustForm, Part


def adjust(request: HttpRequest, slug: str, pk: int, need_pk: int) -> HttpResponse:
    """Who could give how much to each part of a need; the judge looks at what is sent."""
    alliance = alliance_or_404(request, slug, Permission.RUN_COUPLING)
    run = get_object_or_404(runs_visible_to(request.user), alliance=alliance, pk=pk)
    if run.state != CouplingRun.State.PROPOSED:
        messages.info(request, _("只有待审定的结果可以修改。"))
        return redirect("coupling:run", slug, pk)
    snapshot = snapshot_of(run, today())
    need = next((one for one in snapshot.needs if one.pk == need_pk), None)
    if need is None:  # withdrawn since, perhaps
        need = get_object_or_404(needs_visible_to(request.user), alliance=alliance, pk=need_pk)
    matches = {(m.offer_id, m.component_id, m.slot): m for m in _own_matches(run, need)}
    suiting = slots_for(snapshot, need.pk)
    slots = _shown_slots(suiting, list(matches.values()), request.GET.get("slot", ""))
    parts = _parts(snapshot, need, slots, list(matches.values()))
    form = AdjustForm(request.POST or None, parts, matches)
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
        "parts": _rows(form, parts, _taken(run, snapshot, need, parts)),
        "more_slots": [(slot, slot_label(slot)) for slot in suiting if slot not in slots],
        "unmet": run.unmet.filter(need=need).first(),
    }
    return render(request, "coupling/run_adjust.html", context, status=status)


def _shown_slots(suiting: list[str], matches: list[Match], asked: str) -> list[str]:
    """The times of the need's matches and the one asked for; "" where time need not be fixed."""
    used = sorted({match.slot for match in matches})
    if asked in suiting and asked not in used:
        used = sorted([*used, asked])
    return used or suiting[:1] or [""]


def _parts(snapshot: Snapshot, need: Need, slots: list[str], matches: list[Match]) -> list[Part]:
    """Each part of the need at each time with the offers that fit it, and those it has."""
    found = []
    for slot in slots:
        for component in need.components.all():
            fitting = candidates_for(snapshot, component.pk, slot)
            offers = {offer.pk: offer for offer, _fit in fitting}
            own = [m for m in matches if (m.component_id, m.slot) == (component.pk, slot)]
            has = {match.offer_id: match.offer for match in own}
            found.append(Part(component, slot, list((offers | has).values())))
    return found


def _own_matches(run: CouplingRun, need: Need) -> QuerySet[Match]:
    return run.matches.filter(component__need=need).select_related("offer__organisation")


def _taken(
    run: CouplingRun, snapshot: Snapshot, need: Need, parts: list[Part]
) -> dict[tuple[int, str], Decimal]:
    """What others get of each candidate in each slot: earlier promises, this run's other needs."""
    offers = {offer for part in parts for offer in part.offers}
    renewing = {offer.pk for offer in offers if offer.renews}
    taken: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    others = run.matches.exclude(component__need=need).filter(offer__in=offers)
    summed = others.order_by().values_list("offer", "slot").annotate(s=Sum("quantity"))
    earlier = ((one.offer_id, one.slot, one.quantity) for one in snapshot.standing)
    for offer, slot, quantity in (*earlier, *summed):
        taken[offer, slot if offer in renewing else ""] += quantity
    return taken


def _rows(
    form: AdjustForm, parts: list[Part], taken: dict[tuple[int, str], Decimal]
) -> list[dict[str, Any]]:
    return [
        {
            "component": part.component,
            "slot": part.slot,
            "rows": [
                {
                    "offer": offer,
                    "field": form[part.field_name(offer)],
                    "free": _free(offer, part.slot, taken),
                }
                for offer in part.offers
            ],
        }
        for part in parts
    ]


def _free(offer: Offer, slot: str, taken: dict[tuple[int, str], Decimal]) -> Decimal:
    used = taken.get((offer.pk, ""), Decimal(0))
    if offer.renews and slot:
        used += taken.get((offer.pk, slot), Decimal(0))
    return max(Decimal(0), offer.quantity - used)
