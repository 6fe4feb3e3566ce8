"""Contracts at the desk, and the promise beside each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions import (
    decline_promise,
    enter_contract,
    open_promise,
    sign_promise,
)
from binglian.domain.checks.models import Contract, IntegrityPromise, PromiseSignature
from binglian.domain.checks.queries import (
    awaited_of,
    consents,
    contracts_visible_to,
    promise_in_force,
    sites_kept_by,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.accounts.second_factor import StepUpForm, fresh_step_up
from binglian.web.paging import page_of

from .access import keeps, require_keeping, sites_or_403
from .contract_forms import ContractForm, PromiseForm
from .forms import ReasonForm


@require_safe
def contracts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every contract, and how far its promise is."""
    alliance = alliance_or_404(request, slug)
    rows = contracts_visible_to(request.user).filter(project__alliance=alliance)
    context = page_of(request, rows) | _frame(alliance)
    context["shown"] = [(row, promise_in_force(row)) for row in context["rows"]]
    context["may_enter"] = bool(sites_kept_by(request.user, alliance))
    return render(request, "checks/contracts.html", context)


def contract_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a contract; its file gives the fingerprint and is let go."""
    alliance, sites = sites_or_403(request, slug)
    form = ContractForm(request.POST or None, request.FILES or None, alliance=alliance, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_contract(by=request.user, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记。下一步：把廉洁承诺送各方签署。"))
            return redirect("books:contract", slug, made.pk)
    context = _frame(alliance) | {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/contract_form.html", context, status=status)


def contract(request: HttpRequest, slug: str, contract_pk: int) -> HttpResponse:
    """One contract with its promise; POST lays a promise before the parties."""
    alliance, found = _contract_or_404(request, slug, contract_pk)
    if request.method == "POST":
        require_keeping(request, found.project)
    promise = promise_in_force(found)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        open_promise(contract=found, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("已送各方签署，他们会收到通知。"))
        return redirect("books:contract", slug, contract_pk)
    is_free = promise is None or promise.state == IntegrityPromise.State.DECLINED
    context = _frame(alliance) | {
        "contract": found,
        "promise": promise,
        "awaited": awaited_of(request.user, promise) if promise else [],
        "form": form if is_free and keeps(request, found.project) else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/contract.html", context, status=status)


def sign(request: HttpRequest, slug: str, contract_pk: int, organisation: int) -> HttpResponse:
    """A signatory reads the promise, agrees, proves who they are, and is done; or declines."""
    alliance, found = _contract_or_404(request, slug, contract_pk)
    promise = promise_in_force(found)
    if promise is None:
        raise Http404
    signature = get_object_or_404(
        promise.signatures.select_related("organisation"), organisation=organisation
    )
    who = signature.organisation
    seat = alliance.seat_of(who)
    require_permission(request.user, Permission.SIGN_FOR_ORGANISATION, within=seat)
    problems: list[str] = []
    declining = ReasonForm(auto_id="decline_%s")
    if request.method == "POST" and request.POST.get("act") == "decline":
        declining = ReasonForm(request.POST, auto_id="decline_%s")
        if declining.is_valid():
            why = declining.cleaned_data["reason"]
            decline_promise(promise=promise, organisation=who, why=why, by=request.user)
            messages.success(request, _("已记下，建设单位会看到原因。"))
            return redirect("books:contract", slug, contract_pk)
    elif request.method == "POST":
        problems = _signed(request, promise, signature)
        if not problems:
            messages.success(request, _("“%(who)s”已签署，谢谢。") % {"who": who})
            return redirect("books:contract", slug, contract_pk)
    step_up = StepUpForm(request)
    is_awaited = signature.state == PromiseSignature.State.AWAITED
    options = step_up.passkey_options() if is_awaited else None
    context = _frame(alliance) | {
        "contract": found,
        "promise": promise,
        "organisation": who,
        "signature": signature,
        "is_awaited": is_awaited and promise.state == IntegrityPromise.State.SIGNING,
        "consent": _consent(promise, signature),
        "step_up": step_up,
        "is_fresh": fresh_step_up(request) is not None,
        "passkey_options": dict(options) if options else None,
        "problems": problems,
        "declining": declining,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/promise_sign.html", context, status=status)


def _signed(
    request: HttpRequest, promise: IntegrityPromise, signature: PromiseSignature
) -> list[str]:
    """What is still wrong; nothing once it is signed."""
    if request.POST.get("agree") != "on":
        return [_("请先勾选同意。")]
    step_up, problems = StepUpForm(request).show()
    if step_up is None:
        return problems or [_("请输入动态验证码，或用通行密钥核验身份。")]
    sign_promise(
        promise=promise,
        organisation=signature.organisation,
        by=request.user,
        consent=request.POST.get("consent", ""),
        step_up=step_up,
    )
    return []


def _consent(promise: IntegrityPromise, signature: PromiseSignature) -> str:
    zh, en = consents(promise, signature.organisation)
    return en if (get_language() or "").startswith("en") else zh


def _contract_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Contract]:
    alliance = alliance_or_404(request, slug)
    rows = contracts_visible_to(request.user).filter(project__alliance=alliance)
    return alliance, get_object_or_404(rows, pk=pk)


def _frame(alliance: Alliance) -> dict[str, object]:
    return {"alliance": alliance, "section": "books"}
