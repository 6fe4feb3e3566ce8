"""Who is responsible for a place, since when and until when."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.heritage.models import Guardian, Place
from binglian.domain.refusals import refuse_unless

from .steps import locked, note


@transaction.atomic
def add_guardian(
    *, place: Place, organisation: Organisation, role: str, by: User, from_on: date | None = None
) -> Guardian:
    """An organisation is responsible as owner, agent or user; nothing happens the second time."""
    place = locked(place)
    require_permission(by, Permission.KEEP_PLACES, within=place.alliance)
    refuse_unless(role in Guardian.Role.values, _("请选择身份：所有权人、代管人或使用人。"))
    guardian, is_new = Guardian.objects.get_or_create(
        place=place,
        organisation=organisation,
        role=role,
        until_on=None,
        defaults={"from_on": from_on or today()},
    )
    if is_new:
        note(by, "guardian.added", place, {"role": role, "organisation": organisation.name})
    return guardian


@transaction.atomic
def end_guardian(*, guardian: Guardian, by: User, until_on: date | None = None) -> Guardian:
    """Its responsibility ends; that it was responsible stays on record."""
    place = locked(guardian.place)
    require_permission(by, Permission.KEEP_PLACES, within=place.alliance)
    guardian = Guardian.objects.select_for_update().get(pk=guardian.pk)
    refuse_unless(guardian.until_on is None, _("这项责任已经结束。"))
    guardian.until_on = until_on or today()
    guardian.save(update_fields=["until_on"])
    change = {"role": guardian.role, "organisation": guardian.organisation.name}
    note(by, "guardian.ended", place, change)
    return guardian
