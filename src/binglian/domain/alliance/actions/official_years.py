"""Importing the official days off of a year."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import OfficialYear
from binglian.domain.alliance.official_years import read_again
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless


@transaction.atomic
def import_official_year(
    *, year: int, days: Mapping[date, bool], source: str, by: User
) -> OfficialYear:
    """Count a year by its announced days: which are off, and which weekends are worked (调休).

    ``days`` maps each day that differs from its weekday to whether offices work on it. Deadlines
    already set are worked out again by the subjects that set them.

    Raises
    ------
    PermissionDenied
        ``by`` does not administer the platform.
    ActionRefused
        No source, no day, or a day of another year.
    """
    require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    refuse_unless(source.strip(), _("请写明放假安排的文件依据。"))
    refuse_unless(days, _("%(year)s 年没有放假安排。") % {"year": year})
    for day in days:
        refuse_unless(
            day.year == year, _("%(day)s 不在 %(year)s 年。") % {"day": day, "year": year}
        )
    row, _is_new = OfficialYear.objects.update_or_create(
        year=year,
        defaults={
            "days": {str(day): works for day, works in sorted(days.items())},
            "source": source.strip(),
            "imported_by": by,
        },
    )
    record(by, "calendar.imported", row, change={"days": len(days), "source": row.source})
    read_again()
    transaction.on_commit(read_again)
    return row
