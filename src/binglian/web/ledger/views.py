"""Reading and checking the record of an alliance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.ledger.actions import sign_checkpoint
from binglian.domain.ledger.acts import act_label, object_label
from binglian.domain.ledger.queries import entries_of, stored_statements
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.refusals import refuse_unless
from binglian.web.access import alliance_or_404
from binglian.web.downloads import as_file
from binglian.web.paging import page_of


@require_safe
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """The acts, newest first; ``?object=type:id`` narrows, ``?verify=1`` walks the whole chain."""
    alliance = alliance_or_404(request, slug, Permission.VIEW_LEDGER)
    rows = entries_of(alliance.slug)
    about = request.GET.get("object", "").replace("\0", "")  # PostgreSQL reads none
    object_type, _colon, object_id = about.partition(":")
    if about:
        rows = rows.filter(object_type=object_type, object_id=object_id)
    context = page_of(request, rows)
    context["rows"] = [
        (entry, act_label(entry.act), object_label(entry.object_type)) for entry in context["rows"]
    ]
    context |= {
        "alliance": alliance,
        "section": "ledger",
        "about": about,
        "verdict": (
            verify_chain(alliance.slug, stored_statements()) if "verify" in request.GET else None
        ),
        "may_sign": has_permission(request.user, Permission.SIGN_CHECKPOINT, within=None),
    }
    return render(request, "ledger/entries.html", context)


@require_POST
def checkpoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign the present end of the chain and hand the statement out as a small file."""
    alliance = alliance_or_404(request, slug, Permission.VIEW_LEDGER)
    signed = sign_checkpoint(chain=alliance.slug, by=request.user)
    refuse_unless(signed, _("台账还没有记录，无可签发。"))
    name = f"{signed.chain}-{signed.number}.checkpoint.json"
    return as_file(signed.statement.as_json().encode(), name)
