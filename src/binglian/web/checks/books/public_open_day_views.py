"""Open days for everybody: looking, signing up without an account, staying away."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions import sign_up, withdraw_sign_up
from binglian.domain.checks.calendar_file import calendar_of
from binglian.domain.checks.models import OpenDay, SignUp
from binglian.domain.checks.queries import (
    coming,
    looks_at_visitors,
    past,
    public_open_days,
    sign_up_by_token,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.matters.doubting import WORK_BITS, doubts_about, new_token
from binglian.web.secret_links import held_or_404, linked_page

from .open_day_forms import SignUpForm

ICALENDAR = "text/calendar; charset=utf-8"
MOST_PAST = 30


@require_safe
@login_not_required
def open_days(request: HttpRequest, slug: str) -> HttpResponse:
    """Those to come, and what was asked on those that are over."""
    portal = get_object_or_404(Alliance, slug=slug)
    days = public_open_days(portal)
    context = {
        "portal": portal,
        "section": "open_days",
        "coming": coming(days),
        "past": past(days).exclude(state=OpenDay.State.CANCELLED)[:MOST_PAST],
    }
    return render(request, "checks/public_open_days.html", context)


@require_safe
@login_not_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All open days to come, for anybody's own calendar."""
    portal = get_object_or_404(Alliance, slug=slug)
    name = _("%(alliance)s：开放日") % {"alliance": portal}
    site = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(calendar_of(name, coming(public_open_days(portal)), site=site), ICALENDAR)


@require_safe
@login_not_required
def day_file(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """One open day, for anybody's own calendar."""
    _portal, found = _day_or_404(slug, day_pk)
    site = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(calendar_of(str(found), [found], site=site), ICALENDAR)


@login_not_required
@sensitive_post_parameters("phone", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def open_day(request: HttpRequest, slug: str, day_pk: int) -> HttpResponse:
    """One open day, and the form to sign up for it."""
    portal, found = _day_or_404(slug, day_pk)
    form = SignUpForm(request.POST or None, alliance=portal)
    if request.method == "POST":
        if not consume(request, action="report_flood"):
            return render(request, "matters/too_many.html", {"portal": portal}, status=429)
        if form.is_valid():
            with override("zh-hans"):  # kept as a text, whatever the visitor reads
                doubts = [str(doubt.label) for doubt in doubts_about(request, "")]
            try:
                _row, secret = sign_up(
                    open_day=found,
                    people=form.cleaned_data["people"],
                    contact=form.contact,
                    consent_text=form.consent,
                    doubts=doubts,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
                found.refresh_from_db()
            else:
                return redirect(reverse("public_books:visit", args=[secret]) + "?new=1")
    is_open = found.state == OpenDay.State.ANNOUNCED and found.starts_at > now()
    context = {
        "portal": portal,
        "section": "open_days",
        "day": found,
        "is_open": is_open,
        "form": form if is_open and (found.left or form.errors) else None,
        "token": new_token(),
        "work_bits": WORK_BITS,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/public_open_day.html", context, status=status)


@require_safe
@login_not_required
def visit(request: HttpRequest, visit_secret: str) -> HttpResponse:
    """What somebody signed up for; just sent in, with the link to keep."""
    row = _row_or_404(visit_secret)
    context = {
        "portal": row.open_day.alliance,
        "section": "open_days",
        "row": row,
        "day": row.open_day,
        "looks": looks_at_visitors(row.open_day),
        "may_withdraw": row.withdrawn_at is None and row.open_day.starts_at > now(),
    }
    return linked_page(
        request, "checks/visit.html", context, route="public_books:visit", secret=visit_secret
    )


@require_POST
@login_not_required
def withdraw(request: HttpRequest, visit_secret: str) -> HttpResponse:
    """They stay away: the places are free, the contact is erased at once."""
    withdraw_sign_up(row=_row_or_404(visit_secret))
    messages.success(request, _("已取消，联系方式已删除。"))
    return redirect("public_books:visit", visit_secret)


def _day_or_404(slug: str, pk: int) -> tuple[Alliance, OpenDay]:
    portal = get_object_or_404(Alliance, slug=slug)
    return portal, get_object_or_404(public_open_days(portal), pk=pk)


def _row_or_404(secret: str) -> SignUp:
    return held_or_404(sign_up_by_token(secret))
