"""The table of what is reserved for whom; changing it is itself a decision of both leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.governance.actions import RESERVED_FOR, ask_rule_change
from binglian.domain.governance.models import Decision
from binglian.domain.governance.reserved import leads_needed, reserved_acts
from binglian.web.access import alliance_or_404, may

from .forms import RulesForm


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Each act and whose approval it needs, the term, the threshold, and a change under way."""
    alliance = alliance_or_404(request, slug)
    open_change = alliance.decisions.filter(
        act="governance.rules", state=Decision.State.ASKED
    ).first()
    context = {
        "alliance": alliance,
        "section": "decisions",
        "rows": [
            (act.label, RESERVED_FOR[leads_needed(alliance, act.code)], act.is_fixed)
            for act in reserved_acts()
        ],
        "open_change": open_change,
        "may_ask": may(request, Permission.ASK_LEADS, alliance) and not open_change,
    }
    return render(request, "governance/rules.html", context)


def rules_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Another table, put before both leads with what it changes."""
    alliance = alliance_or_404(request, slug, Permission.ASK_LEADS)
    form = RulesForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        asked = ask_rule_change(alliance=alliance, by=request.user, **form.wanted())
        messages.success(request, _("已提请。两个牵头单位都同意后，新表生效。"))
        return redirect("governance:decision", slug, asked.pk)
    context = {"alliance": alliance, "section": "decisions", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/rules_edit.html", context, status=status)
