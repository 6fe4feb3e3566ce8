"""How the pages of a site's books find what they show."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.queries import sites_kept_by
from binglian.domain.projects.models import Project
from binglian.web.access import alliance_or_404, may_for


def keeps(request: HttpRequest, project: Project) -> bool:
    """Whether the reader keeps the books of this project's site."""
    return may_for(request, Permission.KEEP_SITE_BOOKS, project.alliance, project.owner)


def require_keeping(request: HttpRequest, project: Project) -> None:
    """Refuse before anything is read: what was typed is no reason to show a form."""
    if not keeps(request, project):
        raise PermissionDenied(_("只有项目的建设单位和秘书处可以登记。"))


def sites_or_403(request: HttpRequest, slug: str) -> tuple[Alliance, list[Project]]:
    """The alliance and the sites whose books the reader keeps; refused when there is none."""
    alliance = alliance_or_404(request, slug)
    sites = sites_kept_by(request.user, alliance)
    if not sites:
        raise PermissionDenied(_("只有项目的建设单位和秘书处可以登记，您还没有可登记的工地。"))
    return alliance, sites
