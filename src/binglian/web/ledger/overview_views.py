"""Every chain of the platform at a glance: does the record hold?"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.ledger import guards
from binglian.domain.ledger.actions import PLATFORM
from binglian.domain.ledger.models import Checkpoint, Verification
from binglian.domain.ledger.queries import (
    chain_length,
    known_chains,
    last_checkpoint,
    last_verification,
)


@dataclass(frozen=True)
class Line:
    """One chain in the overview."""

    chain: str
    name: str
    length: int
    verification: Verification | None
    checkpoint: Checkpoint | None


@require_safe
def chains(request: HttpRequest) -> HttpResponse:
    """For auditors, and for administrators, who hear the alarm too but read no rows here."""
    may_read = has_permission(request.user, Permission.VIEW_LEDGER, within=None)
    if not may_read:
        require_permission(request.user, Permission.MANAGE_PLATFORM, within=None)
    names: dict[str, Any] = {a.slug: a for a in alliances_visible_to(request.user)}
    names[PLATFORM] = _("平台（账号与角色）")
    lines = [
        Line(
            chain=chain,
            name=str(names.get(chain, chain)),
            length=chain_length(chain),
            verification=last_verification(chain),
            checkpoint=last_checkpoint(chain),
        )
        for chain in known_chains()
    ]
    has_guards = guards.are_in_place(connection)
    context = {"lines": lines, "may_read": may_read, "has_guards": has_guards}
    return render(request, "ledger/chains.html", context)
