"""Yearly evaluations: facts, remarks and answers, the decision of the leads, the public page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.governance import queries
from binglian.domain.governance.actions import (
    answer_evaluation,
    ask_evaluation,
    ask_evaluation_publication,
    draw_up_evaluation,
    remark_on,
)
from binglian.domain.governance.actions.evaluations import EVALUATION, EVALUATION_PUBLICATION
from binglian.domain.governance.models import Evaluation
from binglian.web.access import alliance_or_404, may
from binglian.web.downloads import download

from .evaluation_figures import SheetFigures, as_spreadsheet, figures_of
from .evaluation_forms import EvaluationForm
from .meeting_views import SECTION

_TAB = {"section": SECTION, "tab": "evaluations"}


@require_safe
def evaluations(request: HttpRequest, slug: str) -> HttpResponse:
    """Every evaluation of the alliance, latest first."""
    alliance = alliance_or_404(request, slug)
    rows = queries.evaluations_visible_to(request.user).filter(alliance=alliance)
    runs_it = may(request, Permission.MANAGE_MEETINGS, alliance)
    context = {"alliance": alliance, "rows": rows, "may_manage": runs_it} | _TAB
    return render(request, "governance/evaluations.html", context)


def evaluation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Count the facts of a period and ask members to look at theirs."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEETINGS)
    form = EvaluationForm(request.POST or None, initial=EvaluationForm.last_year())
    if request.method == "POST" and form.is_valid():
        drawn = draw_up_evaluation(alliance=alliance, by=request.user, **form.cleaned_data)
        messages.success(request, _("已整理，各单位会收到核对通知。"))
        return redirect("governance:evaluation", slug, drawn.pk)
    context = {"alliance": alliance, "form": form} | _TAB
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/evaluation_new.html", context, status=status)


@require_safe
def evaluation(request: HttpRequest, slug: str, evaluation_pk: int) -> HttpResponse:
    """One sheet for each organisation, by name; one's own first, with room to answer."""
    alliance, found = _found(request, slug, evaluation_pk)
    own = own_organisations(request.user, alliance)
    ours = set(own.values_list("pk", flat=True))
    asked = queries.open_decision(alliance, EVALUATION, found.pk)
    publication = queries.open_decision(alliance, EVALUATION_PUBLICATION, found.pk)
    figures = figures_of(found)
    context = {
        "alliance": alliance,
        "evaluation": found,
        "figures": figures,
        "own": [one for one in figures if one.sheet.organisation_id in ours],
        "partners": _to_remark_on(figures, list(own)),
        "decision": asked or publication,
        "takes_answers": found.state == Evaluation.State.OPEN and not asked,
        "waiting": [one for one in figures if not one.sheet.answered_at],
        "may_manage": may(request, Permission.MANAGE_MEETINGS, alliance),
    } | _TAB
    return render(request, "governance/evaluation.html", context)


def _to_remark_on(
    figures: list[SheetFigures], own: list[Organisation]
) -> list[tuple[SheetFigures, Organisation, str]]:
    """(whose sheet, who of ours may write on it, what they wrote so far)."""
    rows = []
    for one in figures:
        written = {remark.organisation_id: remark.text for remark in one.remarks}
        for organisation in own:
            if queries.may_remark(one.sheet, organisation):
                rows.append((one, organisation, written.get(organisation.pk, "")))
    return rows


@require_POST
def evaluation_remark(
    request: HttpRequest, slug: str, evaluation_pk: int, sheet_pk: int, organisation_pk: int
) -> HttpResponse:
    """A line about an organisation one dealt with."""
    _alliance, found = _found(request, slug, evaluation_pk)
    remark_on(
        sheet=get_object_or_404(found.sheets, pk=sheet_pk),
        organisation=get_object_or_404(Organisation, pk=organisation_pk),
        text=request.POST.get("text", "")[:200],
        by=request.user,
    )
    messages.success(request, _("评语已记下，对方能看到并说明。"))
    return redirect("governance:evaluation", slug, evaluation_pk)


@require_POST
def evaluation_answer(
    request: HttpRequest, slug: str, evaluation_pk: int, sheet_pk: int
) -> HttpResponse:
    """The member has looked at its facts and says what it wants said."""
    _alliance, found = _found(request, slug, evaluation_pk)
    sheet = get_object_or_404(found.sheets, pk=sheet_pk)
    answer_evaluation(sheet=sheet, text=request.POST.get("text", "")[:400], by=request.user)
    messages.success(request, _("已答复。审定之前还可以改。"))
    return redirect("governance:evaluation", slug, evaluation_pk)


@require_POST
def evaluation_ask(request: HttpRequest, slug: str, evaluation_pk: int) -> HttpResponse:
    """Put it before both leads."""
    _alliance, found = _found(request, slug, evaluation_pk, Permission.MANAGE_MEETINGS)
    ask_evaluation(evaluation=found, by=request.user)
    messages.success(request, _("已提请牵头单位审定。"))
    return redirect("governance:evaluation", slug, evaluation_pk)


@require_POST
def evaluation_publish(request: HttpRequest, slug: str, evaluation_pk: int) -> HttpResponse:
    """Ask both leads whether the public may read it."""
    _alliance, found = _found(request, slug, evaluation_pk, Permission.MANAGE_MEETINGS)
    ask_evaluation_publication(evaluation=found, by=request.user)
    messages.success(request, _("已提请牵头单位决定是否对外公布。"))
    return redirect("governance:evaluation", slug, evaluation_pk)


@require_safe
def evaluation_export(request: HttpRequest, slug: str, evaluation_pk: int) -> HttpResponse:
    """The sheets as a spreadsheet."""
    _alliance, found = _found(request, slug, evaluation_pk)
    return download(as_spreadsheet(found), str(found), request.GET.get("format", "xlsx"))


@login_not_required
@require_safe
def evaluation_public(request: HttpRequest, slug: str, evaluation_pk: int) -> HttpResponse:
    """What the leads have decided to publish, for anybody."""
    published = queries.public_evaluations().filter(alliance__slug=slug)
    found = get_object_or_404(published, pk=evaluation_pk)
    # The alliance is not in the context: its frame is for members.
    context = {"evaluation": found, "figures": figures_of(found), "of": found.alliance}
    return render(request, "governance/evaluation_public.html", context)


def _found(
    request: HttpRequest, slug: str, pk: int, permission: Permission | None = None
) -> tuple[Alliance, Evaluation]:
    alliance = alliance_or_404(request, slug, permission)
    visible = queries.evaluations_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(visible, pk=pk)
