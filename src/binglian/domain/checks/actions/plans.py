"""Drawings of a site, on which findings are shown."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.checks.models import SitePlan
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.projects.models import Project
from binglian.domain.refusals import refuse_unless

from .steps import note, require_keeping


@transaction.atomic
def enter_plan(*, project: Project, title: str, picture: PhotoFacts, by: User) -> SitePlan:
    """Put up a drawing (登记平面图); one of the same title takes the place of the former."""
    require_keeping(by, project)
    title = title.strip()[:60]
    refuse_unless(title, _("请写图名，如“负二层”。"))
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    project.site_plans.filter(title=title, replaced_at=None).update(replaced_at=now())
    plan = SitePlan.objects.create(
        project=project,
        title=title,
        image=picture.image,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        entered_by=by,
    )
    note(by, "site_plan.entered", plan, project, {"title": title})
    return plan


@transaction.atomic
def retire_plan(*, plan: SitePlan, by: User) -> SitePlan:
    """New findings are no longer shown on it; those shown before keep it."""
    rows = SitePlan.objects.select_for_update(of=("self",))
    plan = rows.select_related("project__alliance", "project__owner").get(pk=plan.pk)
    require_keeping(by, plan.project)
    refuse_unless(plan.replaced_at is None, _("这张平面图已停用。"))
    plan.replaced_at = now()
    plan.save(update_fields=["replaced_at"])
    note(by, "site_plan.retired", plan, plan.project, {"title": plan.title})
    return plan
