"""Commitments: the list, and one with the next step for whoever is awaited."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.coupling.actions import (
    accept_commitment,
    decision_on,
    decline_commitment,
    explain_commitment,
    judge_delivery,
    move_due_date,
    report_delivery,
)
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.coupling.queries import BY_DUE_DAY, commitments_visible_to
from binglian.domain.governance.promises import source_of
from binglian.domain.ledger.queries import entries_of
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may_for
from binglian.web.paging import page_of
from binglian.web.rows import rows as rows_of

from . import commitment_forms as typed
from .acts import act_label
from .awaiting import awaited_in

State = Commitment.State
#: Sorts what still asks for something before what is over.
_IS_OVER = Case(
    When(state__in=[State.DECLINED, State.JUDGED, State.EXPLAINED], then=1),
    default=0,
    output_field=IntegerField(),
)
FORMS: dict[str, type[forms.Form]] = {
    "accept": typed.AcceptForm,
    "decline": typed.DeclineForm,
    "deliver": typed.DeliverForm,
    "judge": typed.JudgeForm,
    "move": typed.MoveForm,
    "explain": typed.ExplainForm,
}


@require_safe
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """Every commitment of the alliance that fits the conditions, most pressing first."""
    alliance = alliance_or_404(request, slug)
    own = set(own_organisations(request.user, alliance).values_list("pk", flat=True))
    form = typed.CommitmentFilter(request.GET, alliance, speaks_for_somebody=bool(own))
    form.is_valid()
    rows = commitments_visible_to(request.user).filter(alliance=alliance)
    context = page_of(request, _as_rows(_fitting(rows, form.cleaned_data, own)), is_kept=True)
    context |= {
        "alliance": alliance,
        "section": "commitments",
        "filter": form,
        "is_filtered": any(form.cleaned_data.values()),
        "rows": [_row(commitment, own) for commitment in context["rows"]],
    }
    return render(request, "coupling/commitments.html", context)


@require_safe
def commitment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One commitment: facts of both sides, what happened, and the reader's next step."""
    return _page(request, *_found(request, slug, pk), {})


@require_POST
def accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a commitment on, from its page or from its row in a list."""

    def do(found: Commitment, facts: dict[str, Any]) -> None:
        due_on = facts["due_on"]
        chosen = None if due_on in (None, found.due_on) else due_on
        accept_commitment(commitment=found, by=request.user, due_on=chosen)

    return _act(request, slug, pk, "accept", do, _("已认领。到期前报告兑现即可。"))


@require_POST
def decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say no, with a reason."""

    def do(found: Commitment, facts: dict[str, Any]) -> None:
        decline_commitment(commitment=found, by=request.user, **facts)

    return _act(request, slug, pk, "decline", do, _("已谢绝，需求单位和秘书处会看到理由。"))


@require_POST
def deliver(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Report what was delivered."""

    def do(found: Commitment, facts: dict[str, Any]) -> None:
        report_delivery(commitment=found, by=request.user, **facts)

    return _act(request, slug, pk, "deliver", do, _("已报告兑现，等需求单位评价。"))


@require_POST
def judge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The side that needed it judges the delivery."""

    def do(found: Commitment, facts: dict[str, Any]) -> None:
        delivery = get_object_or_404(Delivery, commitment=found, verdict="")
        judge_delivery(delivery=delivery, by=request.user, **facts)

    return _act(request, slug, pk, "judge", do, _("评价已记录，提供单位会收到通知。"))


@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move the day on which it is due."""

    def do(found: Commitment, facts: dict[str, Any]) -> None:
        move_due_date(commitment=found, by=request.user, **facts)

    return _act(request, slug, pk, "move", do, _("期限已改，需求单位能看到理由。"))


@require_POST
def explain(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say why a promise cannot be kept."""

    def do(found: Commitment, facts: dict[str, Any]) -> None:
        explain_commitment(commitment=found, by=request.user, **facts)

    return _act(request, slug, pk, "explain", do, _("已说明，对方单位和秘书处会看到原因。"))


def _act(request: HttpRequest, slug: str, pk: int, name: str, do: Any, said: str) -> HttpResponse:
    alliance, found = _found(request, slug, pk)
    needed = name == "judge"  # the one who needed judges; the giver does everything else
    what = Permission.JUDGE_DELIVERY if needed else Permission.ANSWER_COMMITMENT
    seat = found.receiver_seat if needed else found.giver_seat
    require_permission(request.user, what, within=seat)
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, alliance, found, {name: form})
    try:
        do(found, form.cleaned_data)
    except ActionRefused as refused:
        if not request.htmx:
            raise
        messages.error(request, str(refused))  # a row has no room for it: show the list anew
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.htmx:  # send back only the row that changed
        own = set(own_organisations(request.user, alliance).values_list("pk", flat=True))
        again = commitments_visible_to(request.user).get(pk=pk)
        told = {"alliance": alliance, "row": _row(again, own), "csrf_token": get_token(request)}
        return HttpResponse(rows_of("coupling/commitment_row.jinja", told))
    is_asked = name == "accept" and decision_on(found)
    messages.success(request, _("已提请牵头单位，同意后即认领。") if is_asked else said)
    return redirect("coupling:commitment", slug, pk)


def _found(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Commitment]:
    alliance = alliance_or_404(request, slug)
    visible = commitments_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(visible, pk=pk)


def _page(
    request: HttpRequest, alliance: Alliance, found: Commitment, failed: dict[str, forms.Form]
) -> HttpResponse:
    steps = _steps(request, alliance, found)
    first = typed.first_values(found)
    context = {
        "alliance": alliance,
        "section": "commitments",
        "commitment": found,
        "need": None if found.is_pledged else found.component.need,
        "source": source_of(alliance, found.origin),
        "awaited": awaited_in(found),
        "decision": decision_on(found) if found.state == State.PROPOSED else None,
        "steps": {
            name: failed.get(name) or FORMS[name](initial=first.get(name), auto_id=f"{name}_%s")
            for name in steps
        },
        "failed": next(iter(failed), ""),
        "delivery": found.deliveries.last(),
        "acts": _acts(alliance, found),
    }
    return render(request, "coupling/commitment.html", context, status=422 if failed else 200)


def _steps(request: HttpRequest, alliance: Alliance, found: Commitment) -> list[str]:
    """The acts this reader can do now, the main one first."""
    if found.state == State.PROPOSED:
        if decision_on(found):
            return []  # before the leads
        gives = may_for(request, Permission.ANSWER_COMMITMENT, alliance, found.giver)
        return ["accept", "decline"] if gives else []
    if found.state == State.ACCEPTED:
        gives = may_for(request, Permission.ANSWER_COMMITMENT, alliance, found.giver)
        return ["deliver", "move", "explain"] if gives else []
    if found.state == State.DELIVERED:
        judges = may_for(request, Permission.JUDGE_DELIVERY, alliance, found.receiver)
        return ["judge"] if judges else []
    return []


def _acts(alliance: Alliance, found: Commitment) -> list[dict[str, Any]]:
    """What happened, oldest first, as the ledger has it."""
    sides = {side.pk: side for side in (found.giver, found.receiver)}
    about = entries_of(alliance.slug).filter(
        object_type=found._meta.label_lower, object_id=str(found.pk)
    )
    return [
        {
            "at": entry.at,
            "label": act_label(entry.act),
            "organisation": str(sides.get(entry.organisation_id, entry.organisation)),
            "details": _details(json.loads(entry.change)),
        }
        for entry in about.order_by("number")
    ]


def _details(change: dict[str, Any]) -> str:
    verdict = change.get("verdict")
    said = [
        str(Delivery.Verdict(verdict).label) if verdict else "",
        str(change.get("delivered_on") or ""),
        change.get("note") or change.get("why") or "",
    ]
    return " · ".join(filter(None, said))


def _row(found: Commitment, own: set[int]) -> dict[str, Any]:
    return {
        "commitment": found,
        "awaited": awaited_in(found),
        "can_accept": found.state == State.PROPOSED and found.giver_id in own,
    }


def _fitting(
    rows: QuerySet[Commitment], asked: dict[str, Any], own: set[int]
) -> QuerySet[Commitment]:
    if asked.get("side") == "give":
        rows = rows.filter(giver__in=own)
    elif asked.get("side") == "receive":
        rows = rows.filter(receiver__in=own)
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if asked.get("organisation"):
        rows = rows.filter(Q(giver=asked["organisation"]) | Q(receiver=asked["organisation"]))
    if asked.get("overdue"):
        rows = rows.filter(_is_overdue())
    for term in search_terms(asked.get("q") or ""):
        found = Q(search_text__contains=term)
        for place in ("offer", "component__need", "giver", "receiver"):
            found |= Q(**{f"{place}__search_text__contains": term})
        rows = rows.filter(found)
    return rows.order_by(_IS_OVER, BY_DUE_DAY, "pk")


def _as_rows(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With what a row of the list shows, and no more."""
    sides = [f"{side}__{name}" for side in ("giver", "receiver") for name in ("name", "name_en")]
    ends = ("offer__title", "offer__unit", "component__title", "component__need__title")
    own = ("title_zh", "title_en", "target", "quantity", "slot", "state", "due_on")
    since = ("proposed_at", "answer_due_on", "answered_at")
    related = ("giver", "receiver", "offer", "component__need")
    return rows.select_related(None).select_related(*related).only(*sides, *ends, *own, *since)


def _is_overdue() -> Q:
    unjudged = Delivery.objects.filter(
        commitment=OuterRef("pk"), verdict="", judge_due_on__lt=today()
    )
    return (
        Q(state=State.PROPOSED, answer_due_on__lt=today())
        | Q(state=State.ACCEPTED, due_on__lt=today())
        | Q(Exists(unjudged))
    )
