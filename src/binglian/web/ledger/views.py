"""The ledger as its auditor reads it: searched, verified, sealed, taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.ledger.actions import sign_checkpoint, verify_and_note
from binglian.domain.ledger.acts import act_label, object_label
from binglian.domain.ledger.jobs import enqueue_verification
from binglian.domain.ledger.keys import own_public_key
from binglian.domain.ledger.queries import (
    chain_length,
    entries_of,
    last_checkpoint,
    last_verification,
)
from binglian.domain.ledger.statements import fingerprint, public_pem
from binglian.domain.refusals import refuse_unless
from binglian.web.downloads import as_file
from binglian.web.paging import keyset_page_of

from .access import book_or_404
from .exports import export as exported
from .filters import LedgerFilter
from .objects import links

#: Longer chains are walked by the worker; this many rows take about two seconds.
WALKED_AT_ONCE = 100_000


@require_safe
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """The acts, newest first, narrowed by the query string; how the last verification went."""
    book = book_or_404(request, slug)
    narrowed = LedgerFilter(request.GET, book.alliance)
    context = book.context | keyset_page_of(
        request, narrowed.narrow(entries_of(book.chain)), by="-number"
    )
    pages = links(request.user, slug, context["rows"])
    context["rows"] = [
        (entry, act_label(entry.act), object_label(entry.object_type), pages.get(entry.pk))
        for entry in context["rows"]
    ]
    checkpoint = last_checkpoint(book.chain)
    context |= {
        "filter": narrowed.conditions,
        "problems": [*narrowed.errors.values()],
        "about": narrowed["object"].value(),
        "is_filtered": narrowed.is_used,
        "length": chain_length(book.chain),
        "verification": last_verification(book.chain),
        "checkpoint": checkpoint,
        "fingerprint": fingerprint(checkpoint.public_key) if checkpoint else "",
        "may_sign": has_permission(request.user, Permission.SIGN_CHECKPOINT, within=None),
    }
    return render(request, "ledger/entries.html", context)


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse | StreamingHttpResponse:
    """The rows of the page's filter as a file, ``?format=`` xlsx, csv or jsonl."""
    book = book_or_404(request, slug)
    rows = LedgerFilter(request.GET, book.alliance).narrow(entries_of(book.chain))
    return exported(rows, f"{book.chain}-ledger", request.GET.get("format", "xlsx"))


@require_POST
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Walk the whole chain now and keep what was found."""
    book = book_or_404(request, slug)
    if chain_length(book.chain) > WALKED_AT_ONCE:
        enqueue_verification(book.chain)
        messages.info(request, _("台账很长，已交后台核验，完成后结果显示在本页。"))
    else:
        found = verify_and_note(chain=book.chain, by=request.user, within=book.alliance)
        if found.is_sound:
            told = {"count": found.entries}
            messages.success(request, _("核验通过：%(count)s 行首尾相接，内容与哈希一致。") % told)
    return redirect("ledger:entries", slug)


@require_POST
def checkpoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign the present end of the chain and hand the statement out as a small file."""
    book = book_or_404(request, slug)
    signed = sign_checkpoint(chain=book.chain, by=request.user)
    refuse_unless(signed, _("台账还没有记录，无可签发。"))
    name = f"{signed.chain}-{signed.number}.checkpoint.json"
    return as_file(signed.statement.as_json().encode(), name)


@login_not_required
@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    """The public key of the checkpoints, for anybody who checks a proof."""
    return as_file(public_pem(own_public_key()).encode(), "binglian-ledger-key.pem")
