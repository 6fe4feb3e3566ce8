"""Help from outside at the desk: look at it, take it up as an offer, or say no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import organisations_kept_by
from binglian.domain.coupling.actions import decline_help, read_help_contact, take_up_help
from binglian.domain.coupling.help_queries import (
    commitment_for_help,
    help_visible_to,
    looks_at_help,
    may_answer_help,
)
from binglian.domain.coupling.models import HelpApplication
from binglian.web.access import alliance_or_404

State = HelpApplication.State


class TakeUpHelpForm(forms.Form):
    """The member that stands for the helper, and what the list shall say."""

    title = forms.CharField(
        label=gettext_lazy("资源名称"),
        max_length=120,
        help_text=gettext_lazy("列入清单的名称，不写个人信息"),
    )
    on_behalf = forms.ModelChoiceField(
        label=gettext_lazy("由谁代为提供"),
        queryset=Organisation.objects.none(),
        help_text=gettext_lazy("通常是所在街道或社区；帮助者自己是成员单位的，选它自己"),
    )

    def __init__(self, *args: Any, application: HelpApplication, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = organisations_kept_by(user, application.alliance)
        kept = kept.exclude(pk=application.need.organisation_id)
        self.fields["on_behalf"].queryset = kept
        lead = application.alliance.lead_b
        self.initial["on_behalf"] = lead.pk if kept.filter(pk=lead.pk).exists() else None
        self.initial["title"] = f"{application.number} {application.gives}"


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """What the reader may answer, open ones first."""
    alliance = alliance_or_404(request, slug)
    found = help_visible_to(request.user, alliance)
    context = {
        "alliance": alliance,
        "section": "needs",
        "waiting": found.filter(state=State.RECEIVED).order_by("pk"),
        "answered": found.exclude(state=State.RECEIVED)[:50],
    }
    return render(request, "coupling/help_list.html", context)


@require_safe
def help_from_outside(request: HttpRequest, slug: str, help_pk: int) -> HttpResponse:
    """One helper, and what the reader can do with it."""
    alliance, found = _help_or_404(request, slug, help_pk)
    return _page(request, alliance, found)


@require_POST
def contact(request: HttpRequest, slug: str, help_pk: int) -> HttpResponse:
    """How to reach the helper; the look is recorded with its reason."""
    alliance, found = _help_or_404(request, slug, help_pk)
    reached = read_help_contact(
        application=found, reason=request.POST.get("reason", ""), by=request.user
    )
    response = _page(request, alliance, found, contact=reached)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def take_up(request: HttpRequest, slug: str, help_pk: int) -> HttpResponse:
    """On the list of offers; whoever stands for the helper is asked to promise it."""
    alliance, found = _help_or_404(request, slug, help_pk)
    require_permission(request.user, Permission.TAKE_APPLICATIONS, within=alliance)
    form = TakeUpHelpForm(request.POST, application=found, user=request.user)
    if not form.is_valid():
        return _page(request, alliance, found, status=422, take_up_form=form)
    asked = take_up_help(application=found, by=request.user, **form.cleaned_data)
    if asked:
        messages.success(request, _("已列入资源清单，并请代为提供的单位认领。"))
        return redirect("coupling:commitment", slug, asked.pk)
    messages.success(request, _("已列入资源清单。数量还不够，下次匹配时一并考虑。"))
    return redirect("coupling:help", slug, found.pk)


@require_POST
def decline(request: HttpRequest, slug: str, help_pk: int) -> HttpResponse:
    """No, and why."""
    _alliance, found = _help_or_404(request, slug, help_pk)
    decline_help(application=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已答复帮助者。"))
    return redirect("coupling:help_list", slug)


def _page(
    request: HttpRequest, alliance: Alliance, found: HelpApplication, status: int = 200, **more: Any
) -> HttpResponse:
    is_open = found.state == State.RECEIVED
    takes = has_permission(request.user, Permission.TAKE_APPLICATIONS, within=alliance)
    context = {
        "alliance": alliance,
        "section": "needs",
        "application": found,
        "component": found.component,
        "commitment": commitment_for_help(found),
        "is_open": is_open,
        "may_answer": may_answer_help(request.user, found),
        "take_up_form": TakeUpHelpForm(application=found, user=request.user)
        if is_open and takes and found.component
        else None,
        "looks": looks_at_help(found),
        **more,
    }
    return render(request, "coupling/help.html", context, status=status)


def _help_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, HelpApplication]:
    alliance = alliance_or_404(request, slug)
    return alliance, get_object_or_404(help_visible_to(request.user, alliance), pk=pk)
