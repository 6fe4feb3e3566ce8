"""Residents' supervisors at the desk: named and confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.checks.actions import (
    appoint_supervisor,
    decline_nomination,
    nominate_supervisor,
)
from binglian.domain.checks.models import SupervisorNomination
from binglian.domain.checks.queries import (
    nominating_organisations,
    nominations_visible_to,
    observations_visible_to,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may
from binglian.web.alliance.people import send_password_link
from binglian.web.paging import page_of


class NominationForm(forms.Form):
    """A community names somebody; nobody asks for a name."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("提名社区"), queryset=Organisation.objects.none(), empty_label=None
    )
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        help_text=gettext_lazy("设置密码的链接发到这里；不填姓名、身份证号和政治面貌"),
    )
    chosen_how = forms.CharField(
        label=gettext_lazy("怎样推选"),
        max_length=120,
        help_text=gettext_lazy("例如：11月1日居民会议举手推选"),
    )

    def __init__(self, *args: Any, named_by: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=[one.pk for one in named_by])
        self.fields["organisation"].queryset = own


@require_safe
def supervisors(request: HttpRequest, slug: str) -> HttpResponse:
    """What supervisors saw, who is one, and who is named."""
    alliance = alliance_or_404(request, slug)
    return _page(request, alliance)


@require_POST
def supervisor_nominate(request: HttpRequest, slug: str) -> HttpResponse:
    """A community names somebody whom its residents chose."""
    alliance = alliance_or_404(request, slug)
    own = nominating_organisations(request.user, alliance)
    if not own:
        raise PermissionDenied(_("群众监督员由社区或街道提名。"))
    form = NominationForm(request.POST, named_by=own)
    if form.is_valid():
        try:
            nominate_supervisor(alliance=alliance, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提名，等秘书处确认。"))
            return redirect("books:supervisors", slug)
    return _page(request, alliance, form, status=422)


@require_POST
def nomination_decide(request: HttpRequest, slug: str, nomination_pk: int) -> HttpResponse:
    """The secretariat confirms, or says why not."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_MEMBERS)
    rows = nominations_visible_to(request.user, alliance)
    nomination = get_object_or_404(rows, pk=nomination_pk)
    if request.POST.get("act") == "decline":
        reason = request.POST.get("reason", "")
        decline_nomination(nomination=nomination, reason=reason, by=request.user)
        messages.success(request, _("已退回，社区会看到原因。"))
        return redirect("books:supervisors", slug)
    with transaction.atomic():
        user, is_new = appoint_supervisor(nomination=nomination, by=request.user)
    if is_new:
        send_password_link(request, user)
    messages.success(request, _("已任职，设置密码的链接已发到邮箱。") if is_new else _("已任职。"))
    return redirect("books:supervisors", slug)


def _page(
    request: HttpRequest, alliance: Alliance, form: NominationForm | None = None, status: int = 200
) -> HttpResponse:
    own = nominating_organisations(request.user, alliance)
    nominations = nominations_visible_to(request.user, alliance)
    seats = alliance.appointments.current().filter(role=Role.SUPERVISOR.value)
    rows = observations_visible_to(request.user).filter(alliance=alliance)
    context = page_of(request, rows.order_by("-state", "-pk"))
    context |= _frame(alliance) | {
        "seats": seats.select_related("organisation").order_by("organisation__name", "pk"),
        "waiting": nominations.filter(state=SupervisorNomination.State.NOMINATED),
        "declined": nominations.filter(state=SupervisorNomination.State.DECLINED)[:20],
        "form": form or (NominationForm(named_by=own) if own else None),
        "may_confirm": may(request, Permission.MANAGE_MEMBERS, alliance),
        "may_observe": may(request, Permission.OBSERVE_SITES, alliance),
    }
    return render(request, "checks/supervisors.html", context, status=status)


def _frame(alliance: Alliance) -> dict[str, Any]:
    return {"alliance": alliance, "section": "books"}
