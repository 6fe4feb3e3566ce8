"""What is kept about a reporter: theirs to take along, and to have erased."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.matters.actions import erase_reporter, export_reporter
from binglian.web.downloads import as_file
from binglian.web.secret_links import unseen

from .public_follow_views import follow_page, matter_or_404
from .public_forms import EraseForm


@require_safe
@login_not_required
def export(_request: HttpRequest, secret: str) -> HttpResponse:
    """Everything kept about the report, as a file."""
    matter = matter_or_404(secret)
    told = json.dumps(
        export_reporter(token=secret), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
    )
    return unseen(as_file(told.encode(), f"{matter.number}.json"))


@require_POST
@login_not_required
def erase(request: HttpRequest, secret: str) -> HttpResponse:
    """The right to be forgotten; the course stays, without the person."""
    matter = matter_or_404(secret)
    form = EraseForm(request.POST)
    if not form.is_valid():
        return follow_page(request, secret, matter, status=422, erase_form=form)
    erase_reporter(token=secret)
    messages.success(request, _("已删除。"))
    return redirect("public_matters:follow", secret)
