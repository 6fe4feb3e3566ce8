"""How well the promise to reporters is kept: contacts kept and erased, and each look at one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters.queries import matter_rules_of
from binglian.domain.matters.queries.retention import contact_looks_in, retention_in
from binglian.web.access import alliance_or_404
from binglian.web.paging import keyset_page_of


@require_safe
def retention(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever may read the ledger; no contact is on it."""
    alliance = alliance_or_404(request, slug, Permission.VIEW_LEDGER)
    context = keyset_page_of(request, contact_looks_in(alliance), by="-pk")
    context |= {
        "alliance": alliance,
        "section": "matters",
        "figures": retention_in(alliance, localdate()),
        "days": matter_rules_of(alliance).kept_days,
    }
    return render(request, "matters/retention.html", context)
