"""Opening a screen, and shutting it for good."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.tokens import digest_of, new_token
from binglian.domain.alliance.models import Alliance
from binglian.domain.indicators.models import Display
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless


@transaction.atomic
def open_display(*, alliance: Alliance, name: str, by: User) -> tuple[Display, str]:
    """A screen and the secret of its address, which is told this once.

    Raises
    ------
    PermissionDenied
        ``by`` opens no displays here.
    ActionRefused
        Nobody says where it stands.
    """
    require_permission(by, Permission.MANAGE_DISPLAYS, within=alliance)
    refuse_unless(name.strip(), _("请写明大屏放在哪里，以便日后停用。"))
    token = new_token()
    display = Display.objects.create(
        alliance=alliance, name=name.strip(), token_digest=digest_of(token), opened_by=by
    )
    record(by, "display.opened", display, within=alliance, change={"name": display.name})
    return display, token


@transaction.atomic
def close_display(*, display: Display, by: User) -> Display:
    """The address opens nothing any more; an open screen goes dark at its next question."""
    display = Display.objects.select_for_update().get(pk=display.pk)
    require_permission(by, Permission.MANAGE_DISPLAYS, within=display.alliance)
    refuse_unless(display.closed_at is None, _("这块大屏已停用。"))
    display.closed_by, display.closed_at = by, now()
    display.save(update_fields=["closed_by", "closed_at"])
    record(by, "display.closed", display, within=display.alliance)
    return display
