"""Writing a draft: facts, clauses and what is pledged under them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.governance.actions import (
    change_agreement,
    move_clause,
    remove_clause,
    remove_pledge,
    save_clause,
    save_pledge,
    start_agreement,
)
from binglian.domain.governance.actions.freezing import AGREEMENT
from binglian.domain.governance.models import AgreementVersion, Clause, ClausePledge
from binglian.domain.governance.queries import open_decision
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404

from . import agreement_forms as typed
from .agreement_views import find_version

_FACTS = ("title", "title_en", "from_on", "until_on", "notice_days", "renewal_days")


def agreement_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an agreement from the template."""
    alliance = alliance_or_404(request, slug, Permission.DRAFT_AGREEMENTS)
    form = typed.NewAgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = start_agreement(alliance=alliance, by=request.user, **form.cleaned_data)
        return redirect("governance:agreement_edit", slug, version.agreement_id, version.number)
    context = {"alliance": alliance, "section": "agreements", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/agreement_new.html", context, status=status)


def agreement_edit(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """The whole draft on one page, each clause a block."""
    alliance, found = _draft(request, slug, pk, edition)
    if request.method != "POST":
        return _page(request, alliance, found, {})
    form = typed.DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, alliance, found, {"facts": form})
    change_agreement(version=found, by=request.user, **form.cleaned_data)
    return _saved(request, found, "facts")


@require_POST
def clause_save(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """Write one clause: with its id an old one, without it a new one at the end."""
    alliance, found = _draft(request, slug, pk, edition)
    clause = _clause(request, found, is_required=False)
    form = typed.ClauseForm(request.POST, prefix=_prefix(clause))
    if not form.is_valid():
        return _page(request, alliance, found, {_prefix(clause): form})
    saved = save_clause(version=found, clause=clause, by=request.user, **form.cleaned_data)
    return _saved(request, found, f"clause-{saved.number}")


@require_POST
def clause_move(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """One place up or down, or out."""
    _alliance, found = _draft(request, slug, pk, edition)
    clause = _clause(request, found)
    where = request.POST.get("where")
    if where == "out":
        remove_clause(clause=clause, by=request.user)
        return _saved(request, found, "clauses")
    move_clause(clause=clause, by=request.user, is_up=where == "up")
    clause.refresh_from_db()
    return _saved(request, found, f"clause-{clause.number}")


@require_POST
def pledge_save(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    """Add what one member pledges under a clause."""
    alliance, found = _draft(request, slug, pk, edition)
    clause = _clause(request, found)
    prefix = f"pledge-{clause.pk}"
    members = typed.member_choices(alliance)
    form = typed.PledgeForm(request.POST, alliance=alliance, choices=members, prefix=prefix)
    if form.is_valid():
        try:
            save_pledge(clause=clause, by=request.user, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, found, f"clause-{clause.number}")
    return _page(request, alliance, found, {prefix: form})


@require_POST
def pledge_remove(request: HttpRequest, slug: str, pk: int, edition: int) -> HttpResponse:
    _alliance, found = _draft(request, slug, pk, edition)
    wanted = request.POST.get("pledge", "")
    rows = ClausePledge.objects.filter(clause__version=found)
    pledge = get_object_or_404(rows, pk=wanted if wanted.isdecimal() else 0)
    clause = pledge.clause
    remove_pledge(pledge=pledge, by=request.user)
    return _saved(request, found, f"clause-{clause.number}")


def _draft(
    request: HttpRequest, slug: str, pk: int, edition: int
) -> tuple[Alliance, AgreementVersion]:
    alliance, found = find_version(request, slug, pk, edition)
    require_permission(request.user, Permission.DRAFT_AGREEMENTS, within=alliance)
    return alliance, found


def _clause(request: HttpRequest, found: AgreementVersion, *, is_required: bool = True) -> Any:
    wanted = request.POST.get("clause", "")
    if not wanted and not is_required:
        return None
    return get_object_or_404(Clause, version=found, pk=wanted if wanted.isdecimal() else 0)


def _prefix(clause: Clause | None) -> str:
    return f"clause-{clause.pk}" if clause else "clause-new"


def _page(
    request: HttpRequest, alliance: Alliance, found: AgreementVersion, failed: dict[str, Any]
) -> HttpResponse:
    """The page of the draft; ``failed`` holds the one form that was filled in wrongly."""
    values = {name: getattr(found, name) for name in _FACTS}
    members = typed.member_choices(alliance)
    blocks = []
    for clause in found.clauses.prefetch_related("pledges__giver", "pledges__receiver"):
        facts = {name: getattr(clause, name) for name in ("heading", "text")}
        facts |= {"heading_en": clause.heading_en, "text_en": clause.text_en}
        pledge = f"pledge-{clause.pk}"
        blocks.append(
            {
                "clause": clause,
                "form": failed.get(_prefix(clause))
                or typed.ClauseForm(initial=facts, prefix=_prefix(clause)),
                "pledge": failed.get(pledge)
                or typed.PledgeForm(alliance=alliance, choices=members, prefix=pledge),
                "is_open": bool({_prefix(clause), pledge} & failed.keys()),
                "pledge_failed": pledge in failed,
            }
        )
    context = {
        "alliance": alliance,
        "section": "agreements",
        "version": found,
        "facts": failed.get("facts")
        or typed.DraftForm(initial=values | {"preamble": found.preamble}),
        "facts_failed": "facts" in failed,
        "blocks": blocks,
        "new": failed.get("clause-new") or typed.ClauseForm(prefix="clause-new"),
        "new_failed": "clause-new" in failed,
        "decision": open_decision(alliance, AGREEMENT, found.pk),
    }
    status = 422 if failed else 200
    return render(request, "governance/agreement_edit.html", context, status=status)


def _saved(request: HttpRequest, found: AgreementVersion, place: str) -> HttpResponse:
    messages.success(request, _("已保存。"))
    return redirect(f"{found.path}edit/#{place}")
