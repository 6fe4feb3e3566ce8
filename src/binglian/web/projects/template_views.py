"""Networks kept as templates: the list, and keeping one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.projects.actions import keep_template
from binglian.domain.projects.queries import templates_visible_to
from binglian.domain.projects.words import KINDS
from binglian.web.access import alliance_or_404

from .access import project_or_404
from .project_views import owners_for


@require_safe
def templates(request: HttpRequest, slug: str) -> HttpResponse:
    """What further projects can begin with."""
    alliance = alliance_or_404(request, slug)
    kinds = {word.code: str(word) for word in KINDS}
    found = templates_visible_to(request.user).filter(alliance=alliance).select_related("kept_by")
    rows = [(one, kinds.get(one.kind, one.kind), len(one.content["tasks"])) for one in found]
    context = {
        "alliance": alliance,
        "section": "projects",
        "rows": rows,
        "may_enter": owners_for(request, alliance).exists(),
    }
    return render(request, "projects/templates.html", context)


@require_POST
def keep(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the project's network for further projects."""
    _alliance, project = project_or_404(request, slug, pk, to_edit=True)
    kept = keep_template(project=project, by=request.user, title=request.POST.get("title", ""))
    messages.success(request, _("已存为模板“%(title)s”。") % {"title": kept})
    return redirect("projects:templates", slug)
