"""What belongs to no single alliance: founding alliances, opening accounts."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.actions import (
    end_all_sign_ins,
    end_sign_ins,
    enter_organisation,
    found_alliance,
    open_account,
)
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import alliances_visible_to, find_organisation
from binglian.web.alliance.forms import FoundingForm, PlatformAccountForm
from binglian.web.alliance.people import send_password_link
from binglian.web.paging import page_of


@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """Every alliance and every account."""
    require_permission(request.user, Permission.MANAGE_PLATFORM, within=None)
    alliances = alliances_visible_to(request.user).select_related("lead_a", "lead_b")
    context = page_of(request, User.objects.order_by("username")) | {"alliances": alliances}
    return render(request, "alliance/platform.html", context)


def found(request: HttpRequest) -> HttpResponse:
    """Open an alliance; its lead bodies are entered on the way when they are new."""
    require_permission(request.user, Permission.MANAGE_PLATFORM, within=None)
    form = FoundingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        with transaction.atomic():
            leads = {
                lead: _organisation(request, facts.pop(f"{lead}_name"), facts.pop(f"{lead}_kind"))
                for lead in ("lead_a", "lead_b")
            }
            alliance = found_alliance(by=request.user, **leads, **facts)
        messages.success(
            request,
            _("“%(name)s”已建立。接下来安排秘书处和两个牵头单位的人员。") % {"name": alliance},
        )
        return redirect("alliance:seat_new", alliance.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/found.html", {"form": form}, status=status)


def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account, with a platform role if wanted."""
    require_permission(request.user, Permission.MANAGE_PLATFORM, within=None)
    form = PlatformAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = open_account(alliance=None, by=request.user, **form.cleaned_data)
        send_password_link(request, user)
        messages.success(
            request, _("账号已开通，设置密码的链接已发到 %(email)s。") % {"email": user.email}
        )
        return redirect("alliance:platform")
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/account_new.html", {"form": form}, status=status)


@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sign-ins of somebody, as after a theft; one's own here goes on."""
    require_permission(request.user, Permission.MANAGE_PLATFORM, within=None)
    user = get_object_or_404(User, pk=pk)
    ended = end_sign_ins(user=user, by=request.user, but=request.session.session_key)
    told = {"name": user.username, "count": ended}
    messages.success(request, _("“%(name)s”已在各处退出登录（%(count)s 处）。") % told)
    return redirect("alliance:platform")


@require_POST
def sign_all_out(request: HttpRequest) -> HttpResponse:
    """End all sign-ins of everybody but the one in which it is asked."""
    ended = end_all_sign_ins(by=request.user, but=request.session.session_key)
    messages.success(
        request, _("所有人已退出登录（%(count)s 处），您这里除外。") % {"count": ended}
    )
    return redirect("alliance:platform")


def _organisation(request: HttpRequest, name: str, kind: str) -> Organisation:
    known = find_organisation(name)
    return known or enter_organisation(by=request.user, alliance=None, name=name, kind=kind)
