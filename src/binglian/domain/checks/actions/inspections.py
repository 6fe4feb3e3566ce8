"""Inspections are planned or drawn by lot, done by a checklist, and sent once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.queries import people_with
from binglian.domain.checks.lots import drawn
from binglian.domain.checks.models import Checklist, Draw, Inspection, Verdict
from binglian.domain.checks.recusal import own_part_in, require_impartial
from binglian.domain.ledger.actions import record
from binglian.domain.projects.models import Project
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import note

_PLANNED = gettext_noop("请于 %(day)s 按“%(checklist)s”检查%(project)s。")


@transaction.atomic
def plan_inspection(
    *, project: Project, checklist: Checklist, inspector: User, due_on: date, by: User
) -> Inspection:
    """Plan that an inspector looks at a site by a checklist on a day (计划检查)."""
    require_permission(by, Permission.PLAN_INSPECTIONS, within=project.alliance)
    inspectors = people_with(project.alliance, Role.INSPECTOR)
    refuse_unless(inspectors.filter(pk=inspector.pk).exists(), _("请从本联盟的检查员中选。"))
    require_impartial(inspector, project)
    return _planned(project, checklist, inspector, due_on, by, None)


@transaction.atomic
def draw_inspections(
    *, alliance: Alliance, checklist: Checklist, count: int, due_on: date, by: User
) -> Draw:
    """Draw sites and inspectors by lot (双随机); every draw is recorded, also one nobody likes."""
    require_permission(by, Permission.PLAN_INSPECTIONS, within=alliance)
    sites = alliance.projects.filter(state__in=Project.UNDER_WAY)
    site_keys = sorted(sites.values_list("pk", flat=True))
    inspectors = sorted(people_with(alliance, Role.INSPECTOR).values_list("pk", flat=True))
    refuse_unless(inspectors, _("本联盟还没有检查员，请先安排任职。"))
    refuse_unless(
        0 < count <= len(site_keys),
        _("抽取数须在 1 和 %(n)s 之间。") % {"n": len(site_keys)},
    )
    people = User.objects.in_bulk(inspectors)
    projects = {one.pk: one for one in sites.select_related("alliance", "owner")}
    recused = [
        (site, one)
        for site in site_keys
        for one in inspectors
        if own_part_in(people[one], projects[site])
    ]
    for site in site_keys:
        refuse_unless(
            any((site, one) not in recused for one in inspectors),
            _("“%(site)s”的检查员都须回避，请先安排别的单位的检查员。") % {"site": projects[site]},
        )
    draw = Draw.objects.create(
        alliance=alliance,
        seed=secrets.token_hex(16),
        sites=site_keys,
        inspectors=inspectors,
        recused=recused,
        count=count,
        drawn_by=by,
    )
    change = {
        "seed": draw.seed,
        "sites": site_keys,
        "inspectors": inspectors,
        "recused": recused,
        "count": count,
    }
    record(by, "draw.made", draw, within=alliance, change=change)
    for site, inspector in drawn(draw.seed, site_keys, inspectors, count, recused):
        _planned(projects[site], checklist, people[inspector], due_on, by, draw)
    return draw


@transaction.atomic
def finish_inspection(
    *, inspection: Inspection, verdicts: Mapping[int, str], words: str, key: UUID, by: User
) -> Inspection:
    """Say of every point how it stood, keyed by the point's key; sent twice, kept once."""
    rows = Inspection.objects.select_for_update(of=("self",))
    inspection = rows.select_related("project__alliance", "checklist").get(pk=inspection.pk)
    require_permission(by, Permission.INSPECT, within=inspection.project.alliance)
    refuse_unless(inspection.inspector_id == by.pk, _("这次检查由别的检查员负责。"))
    if inspection.key == key:
        return inspection
    require_impartial(by, inspection.project)
    refuse_unless(inspection.done_at is None, _("这次检查已提交。"))
    is_new = not Inspection.objects.filter(key=key).exists()
    refuse_unless(is_new, _("这份结果已作为别的检查提交，请重新打开检查再填。"))
    items = {item.pk: item for item in inspection.checklist.items.all()}
    kept = []
    for at, item in items.items():
        verdict = found_or_refused(
            verdicts.get(at), _("第 %(n)s 项还没有结果。") % {"n": item.number}
        )
        refuse_unless(
            verdict in Verdict.Is.values, _("第 %(n)s 项的结果不对。") % {"n": item.number}
        )
        kept.append(Verdict(inspection=inspection, item=item, verdict=verdict))
    Verdict.objects.bulk_create(kept)
    inspection.done_at, inspection.key, inspection.words = now(), key, words.strip()[:500]
    inspection.save(update_fields=["done_at", "key", "words"])
    not_met = sum(verdicts[at] == Verdict.Is.NOT_MET for at in items)
    change = {"checklist": inspection.checklist.title_zh, "not_met": not_met}
    note(by, "inspection.done", inspection, inspection.project, change)
    return inspection


def _planned(
    project: Project,
    checklist: Checklist,
    inspector: User,
    due_on: date,
    by: User,
    draw: Draw | None,
) -> Inspection:
    refuse_unless(project.is_open, _("这个项目已结束，不再安排检查。"))
    is_own = checklist.alliance_id == project.alliance_id and checklist.replaced_at is None
    refuse_unless(is_own, _("请选本联盟现行的检查表。"))
    refuse_unless(due_on >= today(), _("检查日期不能早于今天。"))
    inspection = Inspection.objects.create(
        project=project,
        checklist=checklist,
        inspector=inspector,
        due_on=due_on,
        draw=draw,
        planned_by=by,
    )
    change = {"checklist": checklist.title_zh, "due_on": due_on, "by_lot": draw is not None}
    note(by, "inspection.planned", inspection, project, change)
    facts = {"day": f"{due_on:%Y-%m-%d}", "checklist": checklist.title, "project": project.title}
    notify(
        [inspector],
        key=f"inspection:{inspection.pk}",
        message=_PLANNED,
        facts=facts,
        url=f"/a/{project.alliance.slug}/inspections/{inspection.pk}/",
    )
    return inspection
