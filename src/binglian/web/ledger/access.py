"""Which ledger a page shows, and who may read it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.actions import PLATFORM
from binglian.domain.ledger.models import LedgerEntry
from binglian.web.access import alliance_or_404

from .objects import is_open_to


@dataclass(frozen=True)
class Book:
    """One chain as its reader meets it; ``alliance`` is ``None`` for the platform's own."""

    chain: str
    alliance: Alliance | None

    @property
    def context(self) -> dict[str, object]:
        return {"alliance": self.alliance, "chain": self.chain, "section": "ledger"}


def book_or_404(
    request: HttpRequest, slug: str, permission: Permission | None = Permission.VIEW_LEDGER
) -> Book:
    """The ledger of a page's address; the platform's is for those who may read every ledger."""
    if slug == PLATFORM:
        require_permission(request.user, Permission.VIEW_LEDGER, within=None)
        return Book(PLATFORM, None)
    return Book(slug, alliance_or_404(request, slug, permission))


def entry_or_404(request: HttpRequest, slug: str, number: int) -> tuple[Book, LedgerEntry]:
    """One row, for those who may read the ledger, or who see the thing it is about."""
    book = book_or_404(request, slug, None)
    entry = get_object_or_404(LedgerEntry, chain=book.chain, number=number)
    if not is_open_to(request.user, entry):
        require_permission(request.user, Permission.VIEW_LEDGER, within=book.alliance)
    return book, entry
