"""What one of the three rates leaves out: asked by one person, confirmed by another (剔除)."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters.models import Exclusion, Matter
from binglian.domain.refusals import refuse_unless

from .steps import locked, note_step, require_for


@transaction.atomic
def ask_exclusion(*, matter: Matter, rate: str, reason: str, by: User) -> Exclusion:
    """Ask that a rate leave a matter out; until another person agrees it counts."""
    matter = locked(matter)
    require_for(by, Permission.REVISIT, matter)
    refuse_unless(rate in Exclusion.Rate, _("请选择从哪一率剔除。"))
    refuse_unless(reason.strip(), _("请写明剔除的理由。"))
    refuse_unless(not matter.exclusions.filter(rate=rate).exists(), _("已提请剔除。"))
    row = Exclusion.objects.create(
        matter=matter, rate=rate, reason=reason.strip(), asked_by=by, asked_at=now()
    )
    facts = {"reason": row.reason}
    change = {"rate": rate}
    note_step(matter, "exclusion_asked", by, facts=facts, is_public=False, change=change)
    return row


@transaction.atomic
def confirm_exclusion(*, exclusion: Exclusion, by: User) -> Exclusion:
    """A second person agrees."""
    matter = locked(exclusion.matter)
    require_for(by, Permission.REVIEW_OBJECTIONS, matter)
    row = Exclusion.objects.get(pk=exclusion.pk)
    refuse_unless(row.asked_by != by, _("剔除须由另一人确认。"))
    refuse_unless(row.confirmed_at is None, _("已确认剔除。"))
    row.confirmed_by, row.confirmed_at = by, now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    change = {"rate": row.rate}
    note_step(matter, "exclusion_confirmed", by, is_public=False, change=change)
    return row
