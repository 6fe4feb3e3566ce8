"""The public doors: an invitation's link, and the application form."""

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from binglian.domain.alliance.actions import (
    accept_invitation,
    open_account_by_invitation,
    open_invitation,
    receive_application,
)
from binglian.domain.alliance.models import Alliance, Invitation
from binglian.domain.refusals import refuse_unless
from binglian.web.alliance.credit_codes import credit_code_warning
from binglian.web.alliance.forms import ApplicationForm, JoinAccountForm, MemberForm


@login_not_required
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """First an account, then the seat; whoever is signed in goes straight to the seat."""
    with transaction.atomic():
        invitation = open_invitation(token)
    if request.user.is_authenticated:
        return _take_seat(request, token, invitation)
    return _open_account(request, token, invitation)


def _open_account(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = JoinAccountForm(request.POST or None, initial={"email": invitation.email})
    if request.method == "POST" and form.is_valid():
        user = open_account_by_invitation(token=token, **form.cleaned_data)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("alliance:join", token)
    context = {"invitation": invitation, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/join_account.html", context, status=status)


def _take_seat(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    alliance = invitation.alliance
    form = None if invitation.organisation else MemberForm(request.POST or None, alliance=alliance)
    if form is not None:
        del form.fields["from_on"]  # counts from admission
    if request.method == "POST" and (form is None or form.is_valid()):
        facts = form.facts() | {"category": form.cleaned_data["category"]} if form else {}
        accept_invitation(token=token, by=request.user, **facts)
        if warning := credit_code_warning(facts.get("credit_code", "")):
            messages.warning(request, warning)
        messages.success(request, _("您已担任联络员。先登记贵单位能提供什么、需要什么。"))
        return redirect("alliance:overview", alliance.slug)
    context = {"invitation": invitation, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/join_seat.html", context, status=status)


@login_not_required
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Any organisation may ask to join."""
    asked = get_object_or_404(Alliance, slug=slug)
    form = ApplicationForm(request.POST or None, alliance=asked)
    if request.method == "POST" and form.is_valid():
        is_rare = consume(request, action="apply")
        refuse_unless(is_rare, _("从您的网络收到的申请太多，请一小时后再试，或联系秘书处。"))
        receive_application(alliance=asked, **form.cleaned_data)
        return redirect("alliance:applied", slug)
    context = {"asked": asked, "portal": asked, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/apply.html", context, status=status)


@require_safe
@login_not_required
def applied(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next, for whoever applied."""
    asked = get_object_or_404(Alliance, slug=slug)
    context = {"asked": asked, "portal": asked}
    return render(request, "alliance/applied.html", context)
