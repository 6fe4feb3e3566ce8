"""Checklists come into force by versions; what was inspected by an old one stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.models import Checklist, ChecklistItem, Family
from binglian.domain.checks.standard_lists import standard_lists
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

MOST_ITEMS = 60


@transaction.atomic
def bring_into_force(
    *,
    alliance: Alliance,
    code: str,
    family: str,
    title_zh: str,
    items: Sequence[tuple[str, str]],
    by: User,
    title_en: str = "",
    basis: str = "",
) -> Checklist:
    """Put a list into force (启用检查表); ``items`` are (Chinese, English). The old one stays kept.

    A list that says the same as the one in force changes nothing.
    """
    require_permission(by, Permission.PLAN_INSPECTIONS, within=alliance)
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    wanted = [(zh.strip(), en.strip()) for zh, en in items if zh.strip()]
    says = (family, title_zh.strip(), title_en.strip(), basis.strip(), wanted)
    refuse_unless(family in Family.values, _("请选类别。"))
    refuse_unless(title_zh.strip(), _("请写检查表名称。"))
    refuse_unless(
        0 < len(wanted) <= MOST_ITEMS, _("检查项须有 1 至 %(n)s 项。") % {"n": MOST_ITEMS}
    )
    known = [zh for zh, _en in wanted]
    refuse_unless(len(set(known)) == len(known), _("有两项要求相同。"))
    versions = alliance.checklists.filter(code=code)
    standing = versions.filter(replaced_at=None).first()
    if standing and _says(standing) == says:
        return standing
    if standing:
        standing.replaced_at = now()
        standing.save(update_fields=["replaced_at"])
    last = versions.order_by("-version").first()
    made = Checklist.objects.create(
        alliance=alliance,
        code=code,
        family=family,
        version=last.version + 1 if last else 1,
        title_zh=title_zh.strip(),
        title_en=title_en.strip(),
        basis=basis.strip(),
        entered_by=by,
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=made, number=number, text_zh=zh, text_en=en)
        for number, (zh, en) in enumerate(wanted, start=1)
    )
    change = {"code": code, "version": made.version, "items": len(wanted)}
    record(by, "checklist.in_force", made, within=alliance, change=change)
    return made


@transaction.atomic
def take_standard_lists(*, alliance: Alliance, by: User) -> list[Checklist]:
    """Put the shipped lists into force, as a beginning; lists of the same code give way."""
    return [bring_into_force(alliance=alliance, by=by, **one.facts()) for one in standard_lists()]


@transaction.atomic
def retire_checklist(*, checklist: Checklist, by: User) -> Checklist:
    """Use a list no longer (停用)."""
    require_permission(by, Permission.PLAN_INSPECTIONS, within=checklist.alliance)
    checklist = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
    refuse_unless(checklist.replaced_at is None, _("这份检查表已停用。"))
    checklist.replaced_at = now()
    checklist.save(update_fields=["replaced_at"])
    record(by, "checklist.retired", checklist, within=checklist.alliance)
    return checklist


def _says(checklist: Checklist) -> tuple[str, str, str, str, list[tuple[str, str]]]:
    items = [(item.text_zh, item.text_en) for item in checklist.items.all()]
    return checklist.family, checklist.title_zh, checklist.title_en, checklist.basis, items
