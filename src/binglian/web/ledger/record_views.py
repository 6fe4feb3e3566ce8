"""One row of the ledger, and its proof to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.ledger.actions import seal_record
from binglian.domain.ledger.acts import act_label, object_label
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.proofs import as_json
from binglian.domain.ledger.queries import prove, sealing
from binglian.domain.ledger.statements import fingerprint
from binglian.web.downloads import as_file

from .access import entry_or_404
from .objects import links


@require_safe
def record(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who did what, when, on what; its place in the chain; and the way to its proof."""
    book, entry = entry_or_404(request, slug, number)
    checkpoint = sealing(entry)
    context = book.context | {
        "entry": entry,
        "act": act_label(entry.act),
        "kind": object_label(entry.object_type),
        "link": links(request.user, slug, [entry]).get(entry.pk),
        "others": _of_the_same_object(entry).exclude(pk=entry.pk).exists(),
        "checkpoint": checkpoint,
        "fingerprint": fingerprint(checkpoint.public_key) if checkpoint else "",
    }
    return render(request, "ledger/record.html", context)


@require_safe
def proof(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The proof file of one row; with ``?all=1`` of every row about the same object."""
    book, entry = entry_or_404(request, slug, number)
    rows = [entry]
    name = f"{book.chain}-{entry.number}"
    if request.GET.get("all"):
        rows = [row for row in _of_the_same_object(entry) if sealing(row)]
        name += "-all"
    return as_file(as_json(prove(rows)).encode(), f"{name}.proof.json")


@require_POST
def seal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Have the row sealed now, so that its proof need not wait for the night."""
    book, entry = entry_or_404(request, slug, number)
    seal_record(entry=entry, by=request.user, within=book.alliance)
    return redirect("ledger:record", slug, number)


def _of_the_same_object(entry: LedgerEntry):
    return LedgerEntry.objects.filter(
        chain=entry.chain, object_type=entry.object_type, object_id=entry.object_id
    ).order_by("number")
