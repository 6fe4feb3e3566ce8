"""The rotating chair: the rota, exchanges of turns, and the handover."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.governance import queries
from binglian.domain.governance.actions import (
    answer_swap,
    ask_swap,
    confirm_handover,
    draw_up_rota,
    open_handover,
    skip_turn,
    tick_handover,
)
from binglian.domain.governance.models import DutyTurn, HandoverPoint
from binglian.web.access import alliance_or_404, may, may_for

from .meeting_views import SECTION
from .rota_forms import RotaForm, SwapForm


@require_safe
def rota(request: HttpRequest, slug: str) -> HttpResponse:
    """Whose turn it is and will be, exchanges asked about, and what is being handed over."""
    alliance = alliance_or_404(request, slug)
    own = set(own_organisations(request.user, alliance).values_list("pk", flat=True))
    turns = list(queries.turns_ahead(alliance))
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "rota",
        "present": queries.turn_on(alliance, today()),
        "turns": turns,
        "own_turns": [turn for turn in turns if turn.organisation_id in own],
        "own": own,
        "swaps": queries.swaps_in(alliance),
        "may_manage": may(request, Permission.MANAGE_MEETINGS, alliance),
        "today": today(),
    }
    return render(request, "governance/rota.html", context)


def rota_draw_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Put members in order; each has a turn."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEETINGS)
    last = alliance.duty_turns.last()
    first = {"starts_on": last.until_on if last else today()}
    form = RotaForm(request.POST or None, alliance=alliance, initial=first)
    if request.method == "POST" and form.is_valid():
        draw_up_rota(
            alliance=alliance,
            organisations=form.organisations(),
            starts_on=form.cleaned_data["starts_on"],
            months=form.cleaned_data["months"],
            by=request.user,
        )
        messages.success(request, _("轮值表已排定，各单位会收到通知。"))
        return redirect("governance:rota", slug)
    context = {"alliance": alliance, "section": SECTION, "tab": "rota", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/rota_draw_up.html", context, status=status)


@require_POST
def rota_skip(request: HttpRequest, slug: str, turn_pk: int) -> HttpResponse:
    """Those after it move up."""
    _alliance, turn = _found(request, slug, turn_pk, Permission.MANAGE_MEETINGS)
    skip_turn(turn=turn, why=request.POST.get("why", "")[:200], by=request.user)
    messages.success(request, _("已跳过，后面的单位依次提前。"))
    return redirect("governance:rota", slug)


def rota_swap(request: HttpRequest, slug: str, turn_pk: int) -> HttpResponse:
    """Ask another member to exchange turns."""
    alliance, turn = _found(request, slug, turn_pk)
    seat = alliance.seat_of(turn.organisation)
    require_permission(request.user, Permission.JOIN_MEETINGS, within=seat)
    form = SwapForm(request.POST or None, turn=turn)
    if request.method == "POST" and form.is_valid():
        ask_swap(turn=turn, by=request.user, **form.cleaned_data)
        messages.success(request, _("已请对方答复。"))
        return redirect("governance:rota", slug)
    context = {"alliance": alliance, "section": SECTION, "tab": "rota", "turn": turn, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/rota_swap.html", context, status=status)


@require_POST
def rota_swap_answer(request: HttpRequest, slug: str, swap_pk: int) -> HttpResponse:
    """Agree, and the turns are exchanged; or not."""
    alliance = alliance_or_404(request, slug)
    swap = get_object_or_404(queries.swaps_in(alliance), pk=swap_pk)
    is_yes = request.POST.get("answer") == "yes"
    answer_swap(swap=swap, is_yes=is_yes, by=request.user)
    messages.success(request, _("轮值已对调。") if is_yes else _("已答复：不同意。"))
    return redirect("governance:rota", slug)


def handover(request: HttpRequest, slug: str, turn_pk: int) -> HttpResponse:
    """The checklist of one turn: ticked by who leaves, confirmed by who comes."""
    alliance, turn = _found(request, slug, turn_pk)
    if request.method == "POST":
        open_handover(turn=turn, by=request.user)
        return redirect("governance:handover", slug, turn_pk)
    incoming = queries.next_turn(turn)
    joins = Permission.JOIN_MEETINGS
    context = {
        "alliance": alliance,
        "section": SECTION,
        "tab": "rota",
        "turn": turn,
        "incoming": incoming,
        "points": turn.handover.all(),
        "leaves": may_for(request, joins, alliance, turn.organisation),
        "comes": bool(incoming) and may_for(request, joins, alliance, incoming.organisation),
    }
    return render(request, "governance/handover.html", context)


@require_POST
def handover_tick(request: HttpRequest, slug: str, point_pk: int) -> HttpResponse:
    """This has been handed over."""
    point = _found_point(request, slug, point_pk)
    tick_handover(point=point, note=request.POST.get("note", "")[:200], by=request.user)
    return redirect("governance:handover", slug, point.turn_id)


@require_POST
def handover_confirm(request: HttpRequest, slug: str, point_pk: int) -> HttpResponse:
    """We have it."""
    point = _found_point(request, slug, point_pk)
    confirm_handover(point=point, by=request.user)
    return redirect("governance:handover", slug, point.turn_id)


def _found(
    request: HttpRequest, slug: str, turn_pk: int, permission: Permission | None = None
) -> tuple[Alliance, DutyTurn]:
    alliance = alliance_or_404(request, slug, permission)
    visible = queries.turns_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(visible, pk=turn_pk)


def _found_point(request: HttpRequest, slug: str, point_pk: int) -> HandoverPoint:
    alliance = alliance_or_404(request, slug)
    return get_object_or_404(HandoverPoint, turn__alliance=alliance, pk=point_pk)
