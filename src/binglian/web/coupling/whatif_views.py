"""What if: asked of a finished run, answered beside it, kept, its weights put to both leads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.actions import ask_adoption, keep_scenario
from binglian.domain.coupling.actions.scenarios import POLICY
from binglian.domain.coupling.engine_adapter import Answer, Changes, ask_what_if, size_of
from binglian.domain.coupling.jobs import enqueue_scenario
from binglian.domain.coupling.models import CouplingRun, Scenario
from binglian.domain.coupling.queries import (
    lists_changed_since,
    runs_visible_to,
    weights_in_force,
)
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import open_decision
from binglian.web.access import alliance_or_404, may

from .whatif_forms import WhatIfForm
from .whatif_page import asked_in_words, side_by_side

#: Lists up to so long are answered while the reader waits, within so many seconds.
MOST_ROWS, SECONDS = 300, 1.0
FINISHED = (CouplingRun.State.PROPOSED, CouplingRun.State.PUBLISHED)


def what_if(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sliders and, for lists of ordinary size, the answer at once; POST keeps it."""
    alliance, run = _found(request, slug, pk)
    if run.state not in FINISHED:
        messages.info(request, _("只有待审定或已公布的结果可以问“假如”。"))
        return redirect("coupling:run", slug, pk)
    is_kept = request.method == "POST"
    form = WhatIfForm(request.POST if is_kept else request.GET or None, run)
    is_small = size_of(run) <= MOST_ROWS
    changes = form.changes() if form.is_valid() else None
    answer = _answer(run, changes) if changes and is_small else None
    if is_kept and changes:
        return _keep(request, run, changes, answer)
    context = {
        "alliance": alliance,
        "section": "runs",
        "run": run,
        "form": form,
        "is_small": is_small,
        "is_asked": form.is_bound,
        "asked": asked_in_words(changes, alliance) if changes else [],
        "in_force": asked_in_words(Changes(run.weights), alliance),
        "has_changed": lists_changed_since(run),
        "scenarios": run.scenarios.select_related("kept_by"),
    }
    context |= side_by_side(answer) if answer else {}
    template = "coupling/what_if.html" + ("#answer" if request.htmx else "")
    failed = form.is_bound and not form.is_valid()
    return render(request, template, context, status=422 if failed else 200)


@require_safe
def scenario(request: HttpRequest, slug: str, pk: int, scenario_pk: int) -> HttpResponse:
    """A kept scenario: what was asked, what came of it, and whether its weights are adopted.

    It may ask what a member's leaving would mean, so it is for those who watch over the whole.
    """
    alliance = alliance_or_404(request, slug, Permission.VIEW_LEDGER)
    kept = _scenario_or_404(request, alliance, pk, scenario_pk)
    weights = kept.changes["weights"]
    context: dict[str, Any] = {
        "alliance": alliance,
        "section": "runs",
        "run": kept.run,
        "scenario": kept,
        "asked": asked_in_words(Changes.from_json(kept.changes), alliance),
        "may_run": may(request, Permission.RUN_COUPLING, alliance),
        "is_in_force": kept.adopted_at is not None and weights == weights_in_force(alliance),
        "is_new": weights != weights_in_force(alliance),
        "decision": open_decision(alliance, POLICY, kept.pk),
    }
    if kept.answer:
        context |= side_by_side(Answer.from_json(kept.answer))
    return render(request, "coupling/scenario.html", context)


@require_POST
def adopt(request: HttpRequest, slug: str, pk: int, scenario_pk: int) -> HttpResponse:
    """Put the weights of a scenario before both leads."""
    alliance = alliance_or_404(request, slug, Permission.RUN_COUPLING)
    kept = _scenario_or_404(request, alliance, pk, scenario_pk)
    asked = ask_adoption(scenario=kept, by=request.user)
    if asked.state == Decision.State.ASKED:
        messages.success(request, _("已提请两个牵头单位审定；都同意后，以后的耦合按这些权重。"))
    else:
        messages.success(request, _("以后的耦合按这些权重。"))
    return redirect("coupling:scenario", slug, pk, scenario_pk)


def _answer(run: CouplingRun, changes: Changes) -> Answer:
    return ask_what_if(run, changes, on=today(), seconds=SECONDS)


def _keep(
    request: HttpRequest, run: CouplingRun, changes: Changes, answer: Answer | None
) -> HttpResponse:
    title = request.POST.get("title", "")[:80]
    kept = keep_scenario(run=run, changes=changes, answer=answer, title=title, by=request.user)
    if answer is None:
        enqueue_scenario(kept.pk)
    return redirect("coupling:scenario", run.alliance.slug, run.pk, kept.pk)


def _found(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, CouplingRun]:
    alliance = alliance_or_404(request, slug, Permission.RUN_COUPLING)
    return alliance, get_object_or_404(runs_visible_to(request.user), alliance=alliance, pk=pk)


def _scenario_or_404(request: HttpRequest, alliance: Alliance, pk: int, scenario: int) -> Scenario:
    run = get_object_or_404(runs_visible_to(request.user), alliance=alliance, pk=pk)
    return get_object_or_404(run.scenarios.select_related("run", "kept_by"), pk=scenario)
