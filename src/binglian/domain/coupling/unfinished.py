"""What the lists leave unfinished, for the agenda of the next joint meeting."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.desk_queries import overdue_in
from binglian.domain.coupling.models import Commitment, UnmetNeed
from binglian.domain.coupling.queries import needs_by_urgency
from binglian.domain.governance.agenda_sources import AgendaSource, Unfinished, register


def _overdue(alliance: Alliance) -> Iterator[Unfinished]:
    """Late commitments, those made by resolutions apart: they come with the resolution."""
    rows = overdue_in(alliance).exclude(origin__startswith="resolution:")
    for row in rows.order_by("due_on", "pk"):
        yield Unfinished(
            origin=f"commitment:{row.pk}",
            title_zh=_worded("zh-hans", row),
            title_en=_worded("en", row),
            organisation=row.giver,
            url=f"/a/{alliance.slug}/commitments/{row.pk}/",
        )


def _unmet(alliance: Alliance) -> Iterator[Unfinished]:
    """Open needs that a published run could not serve, the most urgent first."""
    tried = UnmetNeed.objects.filter(run__alliance=alliance, run__published_at__isnull=False)
    for need in needs_by_urgency(alliance).filter(pk__in=tried.values("need")):
        yield Unfinished(
            origin=f"need:{need.pk}",
            title_zh=need.title,
            title_en="",
            organisation=need.organisation,
            url=f"/a/{alliance.slug}/needs/{need.pk}/",
        )


def _worded(language: str, commitment: Commitment) -> str:
    with override(language):
        return commitment.title


def register_unfinished() -> None:
    register(AgendaSource("coupling.overdue", _("逾期的承诺"), _overdue, "commitments/?overdue=on"))
    register(AgendaSource("coupling.unmet", _("未满足的需求"), _unmet, "needs/"))
