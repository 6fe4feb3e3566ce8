"""Coupling runs: asked for, followed, looked at, put before both leads."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.counting import number_of
from binglian.domain.coupling.actions import ask_publication, ask_run, cancel_run
from binglian.domain.coupling.actions.publication import PUBLICATION
from binglian.domain.coupling.jobs import enqueue_run
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.coupling.policy import in_words
from binglian.domain.coupling.queries import compare_with_previous, runs_visible_to
from binglian.domain.governance.models import Decision, Delegation, Lead
from binglian.domain.governance.queries import leads_of, open_decision
from binglian.web.access import alliance_or_404, may, waiting_facts
from binglian.web.paging import keyset_page_of, page_of

from . import run_page
from .run_book import run_book
from .run_filter import MatchFilter
from .run_findings import figures_of, multiplier_of, wishes_in_words
from .run_flows import flows, journeys, on_map
from .run_forms import RunForm

State = CouplingRun.State
#: A run nobody took up for so long needs a worker.
PATIENCE = timedelta(seconds=10)
PARTS = ("matches", "map", "unmet", "changes", "effect")
#: Rows of the table beside the map.
JOURNEYS = 30


def runs(request: HttpRequest, slug: str) -> HttpResponse:
    """Every run of the alliance, newest first; the secretariat starts the next one here."""
    alliance = alliance_or_404(request, slug)
    if request.method == "POST":
        require_permission(request.user, Permission.RUN_COUPLING, within=alliance)
    starts = _round_in(request.POST.get("round") or request.GET.get("start"))
    need = request.GET.get("need", "")
    form = RunForm(request.POST or None, alliance, starts, need=need) if starts else None
    if request.method == "POST" and form and form.is_valid():
        asked = ask_run(alliance=alliance, by=request.user, round=starts, **form.cleaned_data)
        enqueue_run(asked.pk)
        return redirect("coupling:run", slug, asked.pk)
    shown = _round_in(request.GET.get("round"))
    rows = runs_visible_to(request.user).filter(alliance=alliance)
    context = page_of(request, rows.filter(round=shown) if shown else rows)
    context |= {
        "alliance": alliance,
        "section": "runs",
        "form": form,
        "starts": starts,
        "shown": shown,
        "rounds": CouplingRun.Round.choices,
        "may_run": may(request, Permission.RUN_COUPLING, alliance),
        "is_busy": alliance.runs.filter(state__in=[State.QUEUED, State.RUNNING]).exists(),
        "open_offers": alliance.offers.filter(state="open").count(),
        "open_needs": alliance.needs.filter(state="open").count(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "coupling/runs.html", context, status=status)


def _round_in(typed: str | None) -> str:
    """The kind of round named in the address; "" where none is."""
    return typed if typed in CouplingRun.Round.values else ""


@require_safe
def run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One run: its progress while it is worked out, then its result."""
    alliance, found = _found(request, slug, pk)
    context = _frame(request, alliance, found)
    if found.is_open:
        return render(request, "coupling/run_open.html", context | _glance(found))
    if found.state in (State.CANCELLED, State.FAILED):
        return render(request, "coupling/run_ended.html", context)
    if found.published_at or context["may_run"]:
        context["multiplier"] = multiplier_of(found)
    context["weights"] = in_words(found.weights, alliance) if found.weights else []
    context["wishes"] = wishes_in_words(found)
    part = request.GET.get("show", PARTS[0])
    part = part if part in PARTS else PARTS[0]
    if part == "effect" and not context.get("multiplier"):
        part = PARTS[0]
    context |= _result(request, alliance, found) | {"part": part} | _PART[part](request, found)
    return render(request, "coupling/run.html", context)


@require_safe
def progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The moving part of an open run's page; once it has ended, the whole page is loaded anew."""
    alliance, found = _found(request, slug, pk)
    if not request.htmx:
        return redirect("coupling:run", slug, pk)
    context = _frame(request, alliance, found) | _glance(found)
    answer = render(request, "coupling/run_open.html#glance", context)
    if not found.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Stop a run that is queued or being worked out."""
    _alliance, found = _found(request, slug, pk)
    cancel_run(run=found, by=request.user)
    messages.success(request, _("已要求停止，几秒内结束。"))
    return redirect("coupling:run", slug, pk)


@require_POST
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put the result before both leads."""
    _alliance, found = _found(request, slug, pk)
    asked = ask_publication(run=found, by=request.user)
    if asked.state == Decision.State.ASKED:
        messages.success(request, _("已提请两个牵头单位审定；都同意后公布。"))
    else:
        messages.success(request, _("结果已公布，各单位已收到通知。"))
    return redirect("coupling:run", slug, pk)


@require_safe
def export(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Matches and unmet needs as a workbook."""
    _alliance, found = _found(request, slug, pk)
    content = run_book(found, get_language() or "zh-hans")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    headers = {"Content-Disposition": f'attachment; filename="{slug}-run-{found.number}.xlsx"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _found(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, CouplingRun]:
    alliance = alliance_or_404(request, slug)
    return alliance, get_object_or_404(runs_visible_to(request.user), alliance=alliance, pk=pk)


def _frame(request: HttpRequest, alliance: Alliance, found: CouplingRun) -> dict[str, Any]:
    return {
        "alliance": alliance,
        "section": "runs",
        "run": found,
        "may_run": may(request, Permission.RUN_COUPLING, alliance),
    }


def _glance(found: CouplingRun) -> dict[str, Any]:
    waits = found.state == State.QUEUED and now() - found.asked_at > PATIENCE
    return {"is_left_lying": waits, "bound_words": run_page.bound_in_words(found)}


def _result(request: HttpRequest, alliance: Alliance, found: CouplingRun) -> dict[str, Any]:
    decision = open_decision(alliance, PUBLICATION, found.pk)
    counts = CouplingRun.objects.filter(pk=found.pk).values(
        partly=number_of(found.unmet.filter(served_share__gt=0)),
        match_count=number_of(found.matches.all()),
        unmet_count=number_of(found.unmet.all()),
        by_hand=number_of(found.matches.filter(is_by_hand=True)),
    )
    counted = counts.get()
    given: list[Delegation] | None = None if waiting_facts(request)["is_delegate"] else []
    return counted | {
        "decision": decision,
        "answers": _answers(decision) if decision else [],
        "leads": leads_of(request.user, alliance, given),
        "headline": run_page.result_in_words(found, counted["partly"]),
        "bound_words": run_page.bound_in_words(found),
        "fate": run_page.fate_of(found) if found.published_at else None,
    }


def _answers(decision: Decision) -> list[tuple[Any, Any]]:
    """Each lead body with its answer, or ``None`` while it is awaited."""
    given = {answer.lead: answer for answer in decision.approvals.all()}
    bodies = ((Lead.A, decision.alliance.lead_a), (Lead.B, decision.alliance.lead_b))
    return [(body, given.get(lead.value)) for lead, body in bodies]


def _matches(request: HttpRequest, found: CouplingRun) -> dict[str, Any]:
    asked = MatchFilter(request.GET, found)
    matches = asked.matches()
    context = keyset_page_of(request, run_page.needs_served(matches))
    unfold = request.GET.get("unfold", "")
    return context | {
        "rows": [(need, run_page.supplies_of(need)) for need in context["rows"]],
        "flows": None if context["after"] else flows(matches, unfold),
        "filter": asked,
        "is_filtered": asked.is_used,
        "unfold_query": _query_without(request, "unfold", "after"),
    }


def _map(request: HttpRequest, found: CouplingRun) -> dict[str, Any]:
    asked = MatchFilter(request.GET, found)
    drawn = on_map(asked.matches())
    return {
        "map": drawn,
        "journeys": journeys(drawn, JOURNEYS),
        "filter": asked,
        "is_filtered": asked.is_used,
        "filter_part": "map",
    }


def _query_without(request: HttpRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def _unmet(request: HttpRequest, found: CouplingRun) -> dict[str, Any]:
    return page_of(request, found.unmet.select_related("need__organisation").order_by("pk"))


def _changes(_request: HttpRequest, found: CouplingRun) -> dict[str, Any]:
    return {"comparison": compare_with_previous(found)}


def _effect(_request: HttpRequest, found: CouplingRun) -> dict[str, Any]:
    return {"figures": figures_of(found)}


_PART = {"matches": _matches, "map": _map, "unmet": _unmet, "changes": _changes, "effect": _effect}
