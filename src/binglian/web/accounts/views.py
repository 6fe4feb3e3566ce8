"""The reader's own pages."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.actions import (
    change_preferences,
    choose_weekly_letter,
    mark_notifications_read,
)
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.queries import notifications_visible_to
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.governance.queries import (
    evaluations_awaiting,
    replies_awaited,
)
from binglian.domain.governance.queries.agreements import signatures_awaited_from
from binglian.domain.governance.reserved import reserved_act
from binglian.web.access import decisions_of, waiting_facts
from binglian.web.matters.waiting import waiting_of
from binglian.web.paging import page_of

from .alliance_reports import alliance_reports
from .demo_people import demo_people
from .home import (
    awaited_work_of,
    meetings_to_prepare,
    work_of,
)

A_YEAR = 365 * 24 * 3600


class SignIn(LoginView):
    """Sign-in by user name or e-mail; in the demonstration also with one click."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = demo_people()
        password = settings.DEMO_PASSWORD if people else ""
        return super().get_context_data(**kwargs) | {
            "demo_people": people,
            "demo_password": password,
        }


login = SignIn.as_view()


@require_safe
@crossing_alliances("Who looks after the platform reads all alliances on one page")
def home(request: HttpRequest) -> HttpResponse:
    """What the reader has to do today, for every seat they hold."""
    lists: dict[str, QuerySet[Any]] = {
        "replies": replies_awaited(request.user),
        "sheets": evaluations_awaiting(request.user),
        "to_sign": signatures_awaited_from(request.user),
    }
    waits = waiting_facts(request, **lists)  # most have nothing in any of them
    found = {name: list(rows) if waits[name] else [] for name, rows in lists.items()}
    decisions = [
        (decision, lead, reserved_act(decision.act).label)
        for decision, lead in decisions_of(request)
    ]
    work = work_of(request.user)
    awaited = awaited_work_of(request.user)
    to_prepare = meetings_to_prepare(request.user)
    matters = waiting_of(request.user)
    reports = alliance_reports(request.user)
    context = {
        "decisions": decisions,
        "work": work,
        "awaited": awaited,
        **found,
        "to_prepare": to_prepare,
        "matters": matters,
        "is_idle": work is not None
        and not any([work, decisions, awaited, to_prepare, matters, *found.values()]),
        "reports": reports,
        # Viewers, auditors and administrators have nothing to do here but to look.
        "is_watching": bool(reports)
        and work is None
        and not decisions
        and not matters
        and not any(
            {Role.SECRETARIAT, Role.LEAD_A, Role.LEAD_B} & set(report.roles) for report in reports
        ),
    }
    return render(request, "accounts/home.html", context)


@csrf_exempt  # the visitor's form holds no token: all it changes is how their browser is answered
@require_POST
@login_not_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Set the language or the type size, for the account or, without one, for the browser."""
    if request.user.is_authenticated:
        return _set_with_token(request)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDenied
    return _set_preferences(request)


def _set_preferences(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if is_safe else reverse("home"))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = ""
    care = {"1": True, "0": False}.get(request.POST.get("care", ""))
    if request.user.is_authenticated:
        change_preferences(
            by=request.user,
            language=language or request.user.language,
            has_care_mode=request.user.has_care_mode if care is None else care,
        )
    # The browser remembers too, so that the sign-in page already looks as its reader wants.
    cookie = {"max_age": A_YEAR, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    cookie |= {"httponly": True}
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **cookie)
    if care is not None:
        response.set_cookie(settings.CARE_COOKIE_NAME, "1" if care else "0", **cookie)
    return response


_set_with_token = csrf_protect(_set_preferences)


def account(request: HttpRequest) -> HttpResponse:
    """The reader's own account: where mail goes, and whether the weekly letter is wanted."""
    if request.method == "POST":
        wanted = request.POST.get("weekly_letter", "")
        if wanted not in ("0", "1"):
            return render(request, "accounts/account.html", status=422)
        choose_weekly_letter(by=request.user, is_wanted=wanted == "1")
        messages.success(request, _("已保存。"))
        return redirect("account")
    return render(request, "accounts/account.html")


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What the platform told the reader; opening the page counts as having read it."""
    context = page_of(request, notifications_visible_to(request.user))
    mark_notifications_read(by=request.user)
    return render(request, "accounts/inbox.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The table of roles and permissions, as the program itself asks it."""
    context = {"roles": list(Role), "permissions": list(Permission)}
    return render(request, "accounts/roles.html", context)
