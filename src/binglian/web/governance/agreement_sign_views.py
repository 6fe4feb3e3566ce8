"""The page on which a signatory reads, agrees, proves who they are, and is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.governance.actions import (
    accede,
    check_paper,
    decline_agreement,
    hand_in_paper,
    sign_agreement,
)
from binglian.domain.governance.models import AgreementVersion, Signature
from binglian.domain.governance.queries.agreements import may_accede, signing_words
from binglian.domain.governance.words import signature_word
from binglian.web.access import may, may_for
from binglian.web.accounts.second_factor import StepUpForm, fresh_step_up

from . import agreement_forms as typed
from .agreement_views import find_version

Answer = Signature.State


def sign(request: HttpRequest, slug: str, pk: int, edition: int, organisation: int) -> HttpResponse:
    """Sign, decline or accede for one organisation."""
    alliance, found, who = _party(request, slug, pk, edition, organisation)
    seat = alliance.seat_of(who)
    require_permission(request.user, Permission.SIGN_FOR_ORGANISATION, within=seat)
    if request.method == "POST" and request.POST.get("act") == "decline":
        return _decline(request, alliance, found, who)
    if request.method != "POST":
        return _page(request, alliance, found, who, [])
    if request.POST.get("agree") != "on":
        return _page(request, alliance, found, who, [_("请先勾选同意。")])
    step_up, problems = StepUpForm(request).show()
    if step_up is None:
        problems = problems or [_("请输入动态验证码，或用通行密钥核验身份。")]
        return _page(request, alliance, found, who, problems)
    act = accede if found.state == AgreementVersion.State.IN_FORCE else sign_agreement
    act(
        version=found,
        organisation=who,
        by=request.user,
        consent=request.POST.get("consent", ""),
        step_up=step_up,
    )
    messages.success(request, _("“%(who)s”已确认，谢谢。") % {"who": who})
    return redirect(found.path)


def paper(
    request: HttpRequest, slug: str, pk: int, edition: int, organisation: int
) -> HttpResponse:
    """A sealed sheet instead: handed in by one person, compared by another."""
    alliance, found, who = _party(request, slug, pk, edition, organisation)
    drafts = may(request, Permission.DRAFT_AGREEMENTS, alliance)
    if not drafts and not may_for(request, Permission.SIGN_FOR_ORGANISATION, alliance, who):
        raise PermissionDenied(_("只有秘书处和本单位签署人可以办理纸质件。"))
    signature = get_object_or_404(found.signatures, organisation=who, is_accession=False)
    form = typed.ScanForm(request.POST or None, request.FILES or None)
    problem = ""
    if request.method == "POST" and signature.state == Answer.CHECKING:
        is_right = request.POST.get("answer") == "right"
        why = request.POST.get("why", "")
        if is_right or why.strip():
            check_paper(signature=signature, by=request.user, is_right=is_right, why=why)
            return redirect(found.path)
        problem = _("请写明哪里不符。")
    elif request.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        hand_in_paper(
            version=found,
            organisation=who,
            scan=scan.read(),
            scan_name=scan.name,
            by=request.user,
        )
        messages.success(request, _("已收到扫描件，请秘书处另一人核对。"))
        return redirect(found.path)
    context = {
        "alliance": alliance,
        "section": "agreements",
        "version": found,
        "organisation": who,
        "signature": signature,
        "form": form,
        "problem": problem,
        "may_check": drafts and signature.by_id != request.user.pk,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/agreement_paper.html", context, status=status)


@require_safe
def scan(request: HttpRequest, slug: str, pk: int, edition: int, organisation: int) -> HttpResponse:
    """The scan of a sealed sheet."""
    alliance, found, who = _party(request, slug, pk, edition, organisation)
    drafts = may(request, Permission.DRAFT_AGREEMENTS, alliance)
    if not drafts and not may_for(request, Permission.SIGN_FOR_ORGANISATION, alliance, who):
        raise PermissionDenied(_("只有秘书处和本单位签署人可以查看扫描件。"))
    signature = get_object_or_404(found.signatures, organisation=who, is_accession=False)
    if signature.scan is None:
        raise Http404
    # Always a file to keep: what was uploaded is never shown as a page of ours.
    name = content_disposition_header(True, signature.scan_name)
    headers = {"Content-Disposition": name}
    content = bytes(signature.scan)
    return HttpResponse(content, "application/octet-stream", headers=headers)


def _party(
    request: HttpRequest, slug: str, pk: int, edition: int, organisation: int
) -> tuple[Alliance, AgreementVersion, Organisation]:
    alliance, found = find_version(request, slug, pk, edition)
    members = Organisation.objects.filter(memberships__alliance=alliance).distinct()
    return alliance, found, get_object_or_404(members, pk=organisation)


def _decline(
    request: HttpRequest, alliance: Alliance, found: AgreementVersion, who: Organisation
) -> HttpResponse:
    form = typed.WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, alliance, found, who, [], form)
    decline_agreement(
        version=found, organisation=who, by=request.user, why=form.cleaned_data["why"]
    )
    messages.success(request, _("已谢绝，秘书处会看到理由。生效后仍可加入。"))
    return redirect(found.path)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    found: AgreementVersion,
    who: Organisation,
    problems: list[str],
    declining: Any = None,
) -> HttpResponse:
    kept = found.signatures.filter(organisation=who).defer("scan").order_by("-is_accession")
    signature = kept.first()
    is_awaited = found.state == AgreementVersion.State.SIGNING and (
        signature is not None and signature.state == Answer.AWAITED
    )
    accedes = may_accede(found, who)
    step_up = StepUpForm(request)
    options = step_up.passkey_options() if is_awaited or accedes else None
    context = {
        "alliance": alliance,
        "section": "agreements",
        "version": found,
        "agreement": found.agreement,
        "organisation": who,
        "word": signature_word(),
        "clauses": found.clauses.prefetch_related("pledges__giver", "pledges__receiver"),
        "signature": signature,
        "is_awaited": is_awaited,
        "accedes": accedes,
        "words": signing_words(found, who, request.user),
        "step_up": step_up,
        "is_fresh": fresh_step_up(request) is not None,
        "passkey_options": dict(options) if options else None,
        "problems": problems,
        "declining": declining or typed.WhyForm(auto_id="decline_%s"),
        "is_declining": declining is not None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/agreement_sign.html", context, status=status)
