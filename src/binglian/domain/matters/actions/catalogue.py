"""Keeping the categories, and who answers for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.ledger.actions import record
from binglian.domain.matters.imports import CataloguePlan
from binglian.domain.matters.models import Category, Clock, Responsibility
from binglian.domain.places.models import Area
from binglian.domain.refusals import refuse_unless


@transaction.atomic
def save_category(*, alliance: Alliance, code: str, by: User, **facts: Any) -> Category:
    """Enter a category or change the one of this code; ``facts`` are its fields."""
    require_permission(by, Permission.MANAGE_CATALOGUE, within=alliance)
    refuse_unless(code.strip(), _("请填写类别代码。"))
    row = alliance.matter_categories.filter(code=code).first()
    is_new = row is None
    row = row or Category(alliance=alliance, code=code)
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    refuse_unless(row.name_zh.strip(), _("请填写类别名称。"))
    row.name_en = row.name_en or row.name_zh
    if changed or is_new:
        row.save()
        act = "category.entered" if is_new else "category.changed"
        record(by, act, row, within=alliance, change={"fields": changed})
    return row


@transaction.atomic
def save_responsibility(
    *,
    category: Category,
    area: Area | None,
    organisation: Organisation,
    by: User,
    co_handlers: Iterable[Organisation] = (),
    **facts: Any,
) -> Responsibility:
    """Say who answers for a category, everywhere or in an area; matters dispatched stay as are.

    ``facts``: contact_hours, period, clock, legal_basis.

    Raises
    ------
    ActionRefused
        No member, a period that is none, or a clock nobody knows.
    """
    alliance = category.alliance
    require_permission(by, Permission.MANAGE_CATALOGUE, within=alliance)
    helpers = list(co_handlers)
    members = set(admitted_organisations(alliance).values_list("pk", flat=True))
    for one in (organisation, *helpers):
        refuse_unless(one.pk in members, _("“%(name)s”不是本联盟成员。") % {"name": one.name})
    refuse_unless(organisation not in helpers, _("主办单位不同时协办。"))
    refuse_unless(facts.get("period", 1) > 0, _("办理期限须大于零。"))
    refuse_unless(facts.get("clock", Clock.HOURS) in Clock, _("请选择计时方式。"))
    row = Responsibility.objects.filter(category=category, area=area).first()
    is_new = row is None
    row = row or Responsibility(category=category, area=area, organisation=organisation, period=5)
    facts = {"organisation": organisation, **facts}
    changed = [name for name, value in facts.items() if is_new or getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    if changed or is_new:
        row.save()
    if set(row.co_handlers.all()) != set(helpers):
        row.co_handlers.set(helpers)
        changed.append("co_handlers")
    if changed or is_new:
        act = "responsibility.entered" if is_new else "responsibility.changed"
        record(by, act, row, within=alliance, organisation=organisation, change={"fields": changed})
    return row


@transaction.atomic
def remove_responsibility(*, responsibility: Responsibility, by: User) -> None:
    """Strike an entry; matters dispatched by it stay where they are."""
    alliance = responsibility.category.alliance
    require_permission(by, Permission.MANAGE_CATALOGUE, within=alliance)
    organisation = responsibility.organisation
    record(by, "responsibility.removed", responsibility, within=alliance, organisation=organisation)
    responsibility.delete()


@transaction.atomic
def import_catalogue(*, plan: CataloguePlan, by: User) -> None:
    """Carry a catalogue file out, all of it or nothing; what it does not name stays.

    Raises ``ActionRefused`` when any row is wrong.
    """
    refuse_unless(not plan.problems, _("表格有误，没有写入。请改正后再导入。"))
    for line in plan.lines:
        category = save_category(alliance=plan.alliance, code=line.code, by=by, **line.category)
        save_responsibility(
            category=category,
            area=line.area,
            organisation=line.organisation,
            co_handlers=line.co_handlers,
            by=by,
            **line.entry,
        )
