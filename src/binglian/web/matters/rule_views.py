"""The terms and thresholds by which an alliance handles matters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters.actions import change_matter_rules
from binglian.domain.matters.queries import matter_rules_of
from binglian.web.access import alliance_or_404

from .desk_views import frame
from .forms.rules import MatterRulesForm
from .reader import Reader


def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them on one page, for whoever keeps the catalogue."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_CATALOGUE)
    form = MatterRulesForm(request.POST or None, instance=matter_rules_of(alliance))
    if request.method == "POST" and form.is_valid():
        change_matter_rules(alliance=alliance, by=request.user, **form.facts())
        messages.success(request, _("办理规则已保存，从现在起适用。"))
        return redirect("matters:catalogue", slug)
    context = frame(Reader.of(request, alliance), "catalogue") | {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "matters/rules.html", context, status=status)
